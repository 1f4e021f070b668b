"""The pictures of chapter 8: what a declared model makes of digits, penguins, a photograph or a table of your own."""

import numpy as np

from gmmlearn.errors import UsageError
from gmmlearn.project import Project, fitted, split, table

from . import pieces, style
from .clusters import full_covariances

COLOURS = ("red", "green", "blue")
MOST_POINTS = 2000
EXAMPLES = {
    "digits": Project("digits", "all", n_components=10, candidates=[10], pca=20, reg_covar=1.0, n_init=2),
    "penguins": Project(
        "penguins",
        ["bill_length_mm", "flipper_length_mm"],
        n_components=3,
        candidates=[3],
        scaling="standard",
        n_init=5,
    ),
    "photo": Project("photo", COLOURS, n_components=6, candidates=[6], held_out=0.9, scaling="standard", n_init=2),
}
"""Models of the opening picture."""


def overview():
    """Generated digits, penguins with ellipses, and the photograph in six colours."""
    figure, (left, middle, right) = style.new(9.2, 3.3, columns=3)
    model = fitted(EXAMPLES["digits"])
    mosaic(left, split(EXAMPLES["digits"]).back(_draws(model, 25, 3)), 5)
    _plane(middle, EXAMPLES["penguins"], *EXAMPLES["penguins"].features)
    right.imshow(_repainted(EXAMPLES["photo"])[0])
    right.set_axis_off()
    for axes, title in zip((left, middle, right), ("digits that nobody wrote", "penguins", "a photo in six colours")):
        axes.set_title(title, loc="left", fontsize=style.RC["axes.titlesize"])
    return style.show(
        figure,
        alt="Three panels. Left: 25 small pictures of handwritten digits, drawn from a mixture. Middle: penguins by "
        "the length of bill and flipper, in three groups with ellipses. Right: a red cup of coffee on a wooden table, "
        "painted with six colours only.",
        caption="Three projects, one model. Everything here was drawn, grouped or painted by a mixture like yours.",
    )


def data(name: str, *features: str):
    """A table at a first glance: pictures of digits, the photograph, or two features against each other.

    Parameters
    ----------
    name : str
        As in `Project.data`.
    *features : str
        Two columns, for tables that are not pictures.
    """
    found = table(name)
    if name == "photo":
        figure, axes = style.new(4.6, 3.9)
        axes.imshow(_picture(found))
        axes.set_axis_off()
        return style.show(
            figure,
            alt="A photograph from above: an espresso in a white cup on a red saucer, on a table of reddish wood.",
            caption=f"{len(found)} pixels. Each is a row with five numbers: red, green, blue, and where it is.",
        )
    if name == "digits":
        figure, axes = style.new(7.2, 3.0)
        rows = np.random.default_rng(0).choice(len(found), 40, replace=False)
        mosaic(axes, found.features(found.columns)[rows], 10)
        return style.show(
            figure,
            alt="Forty small grey pictures of handwritten digits in four rows.",
            caption=f"40 of {len(found)} digits. Each is a row with 64 numbers, the ink in 8 by 8 pixels from 0 to 16.",
        )
    _require_two(features)
    figure, axes = style.new(5.6, 3.6)
    pieces.points(axes, found.features(features), size=18)
    style.label(axes, *features)
    return style.show(
        figure, alt=f"{features[1]} against {features[0]} of {len(found)} rows, in grey.", caption=f"{len(found)} rows."
    )


def plane(project: Project, across: str, up: str):
    """The training rows in two features, in the colours of their components, with the ellipses of the model.

    Parameters
    ----------
    project : Project
    across, up : str
        Two of its features; the ellipses are the model's in this plane.
    """
    _require_two((across, up), project)
    figure, axes = style.new(6.4, 4.2)
    _plane(axes, project, across, up)
    each = _step(project)
    thinned = f" One training row in {each} is shown." if each > 1 else ""
    return style.show(
        figure,
        alt=f"{up} against {across}: points in the colours and marks of {project.n_components} components, each with "
        "ellipses at one and two standard deviations.",
        caption=f"{project.n_components} components, {project.covariance_type}; ellipses at one and two standard "
        f"deviations, in the units of the data.{thinned}",
    )


def line(project: Project):
    """The training rows in their only feature as a histogram, with the density of the model and its components."""
    figure, axes = style.new(6.4, 3.6)
    on_line(axes, project)
    return style.show(
        figure,
        alt=f"A histogram of {split(project).features[0]} with the density of the model, and under it the densities of "
        f"its {project.n_components} components, each times its weight.",
        caption="The black curve is the density of the model, the sum of its components times their weights.",
    )


def on_line(axes, project: Project) -> None:
    """Draw the rows and the model of a project with one feature.

    Parameters
    ----------
    axes : Axes
    project : Project
    """
    rows, model = split(project), fitted(project)
    x = rows.table.features(rows.features)[rows.train_rows]
    grid = np.linspace(x.min(), x.max(), 400)[:, None]
    units = abs(float((rows.back([[1.0]]) - rows.back([[0.0]])).item()))  # of the data in one of the model
    density = np.exp(model.score_samples(rows.seen(grid))) / units
    parts = density[:, None] * model.predict_proba(rows.seen(grid))
    pieces.histogram(axes, x[:, 0])
    for k, part in enumerate(parts.T):
        axes.plot(grid, part, color=pieces.colour(k), ls=style.LINES[k % len(style.LINES)])
    pieces.curve(axes, grid, density)
    style.label(axes, rows.features[0], "density")


def result(project: Project):
    """What the model is good for: digits that it draws, the repainted photograph, or itself among the rows."""
    features = split(project).features
    if project.data == "digits" and features == tuple(table("digits").columns):
        return generated(project)
    if project.data == "photo":
        return repainted(project)
    if len(features) == 1:
        return line(project)
    return plane(project, *features[:2])


def _require_two(names, project: Project | None = None) -> None:
    if len(names) != 2:
        raise UsageError(f"This picture has two axes: give the names of two columns, not {len(names)}.")
    features = split(project).features if project is not None else names
    strange = [name for name in names if name not in features]
    if strange:
        raise UsageError(f"{strange[0]!r} is not a feature of this project; it has {', '.join(features[:8])}.")


def _step(project: Project) -> int:
    """From which to which training row a picture goes, so that points do not hide the ellipses."""
    return -(-len(split(project).train) // MOST_POINTS)


def _plane(axes, project: Project, across: str, up: str) -> None:
    rows, model = split(project), fitted(project)
    places = [rows.features.index(name) for name in (across, up)]
    n_features = rows.train.shape[1]
    jacobian = (rows.back(np.eye(n_features)) - rows.back(np.zeros((1, n_features))))[:, places]
    covariances = jacobian.T @ full_covariances(model) @ jacobian
    X, labels = rows.table.features((across, up))[rows.train_rows], model.predict(rows.train)
    each = _step(project)
    pieces.points(axes, X[::each], labels=labels[::each], size=14, alpha=0.6)
    pieces.ellipses(axes, rows.back(model.means_)[:, places], covariances + 1e-12 * np.eye(2))
    style.label(axes, across, up)


def mosaic(axes, images, n_columns: int) -> None:
    """Pictures of 8 by 8 pixels side by side, dark ink on white.

    Parameters
    ----------
    axes : Axes
    images : array-like of shape (m, 64)
    n_columns : int
    """
    images = np.clip(np.asarray(images, float), 0, 16).reshape(-1, 8, 8)
    n_rows = -(-len(images) // n_columns)
    paper = np.zeros((n_rows * 9 + 1, n_columns * 9 + 1))
    for place, image in enumerate(images):
        top, left = 9 * (place // n_columns) + 1, 9 * (place % n_columns) + 1
        paper[top : top + 8, left : left + 8] = image
    axes.imshow(paper, cmap="Greys", vmin=0, vmax=16, interpolation="nearest")
    axes.set_axis_off()


def _draws(model, n_samples: int, seed: int) -> np.ndarray:
    """Points drawn from a fitted model, in mixed order."""
    rng = np.random.default_rng(seed)
    factors = np.linalg.cholesky(full_covariances(model))
    labels = rng.choice(len(model.weights_), size=n_samples, p=model.weights_)
    noise = rng.standard_normal((n_samples, model.means_.shape[1]))
    return model.means_[labels] + np.einsum("nij,nj->ni", factors[labels], noise)


def generated(project: Project):
    """Real digits beside ones that the model draws.

    Parameters
    ----------
    project : Project
        On the digits, with all pixels as features.
    """
    n, seed = 40, 0
    rows, model = split(project), fitted(project)
    if project.data != "digits" or rows.features != tuple(rows.table.columns):
        raise UsageError('Only a project with data="digits" and features="all" draws digits.')
    real = rows.table.features(rows.features)[np.random.default_rng(seed).choice(rows.train_rows, n, replace=False)]
    figure, panels = style.new(9.2, 3.8, columns=3)
    drawn = rows.back(_draws(model, n, seed))
    for axes, images, title in zip(
        panels,
        (real, drawn, rows.back(model.means_)),
        ("written by people", "drawn from the mixture", "the means of the components"),
    ):
        mosaic(axes, images, 6)
        axes.set_anchor("NW")
        axes.set_title(title, loc="left", fontsize=style.RC["axes.titlesize"])
    return style.show(
        figure,
        alt=f"Small grey pictures of digits in three panels: {n} that people wrote, {n} drawn from the mixture, most "
        f"of which can be read, and the {project.n_components} means, which are blurred digits.",
        caption="Which panel would fool you? A draw is a mean plus noise of the component's own shape.",
    )


def _picture(found) -> np.ndarray:
    return np.stack([found.columns[name].reshape(found.shape) for name in COLOURS], axis=2) / 255


def _repainted(project: Project) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The photograph in the mean colours of the components; these, and the share of pixels of each."""
    rows, model = split(project), fitted(project)
    whole = rows.table
    labels = model.predict(rows.seen(whole.features(rows.features)))
    pixels = _picture(whole).reshape(-1, 3)
    colours = np.array(
        [pixels[labels == k].mean(axis=0) if (labels == k).any() else (0, 0, 0) for k in range(project.n_components)]
    )
    shares = np.bincount(labels, minlength=project.n_components) / len(labels)
    return colours[labels].reshape(*whole.shape, 3), colours, shares


def repainted(project: Project):
    """The photograph, and what is left of it when each component paints its pixels in one colour.

    Parameters
    ----------
    project : Project
        On the photograph.
    """
    if project.data != "photo":
        raise UsageError(f'This picture is for data="photo", not for {project.data!r}.')
    painted, colours, shares = _repainted(project)
    figure, (before, after, paints) = style.new(9.2, 3.5, columns=3, width_ratios=[1, 1, 0.16])
    before.imshow(_picture(table("photo")))
    after.imshow(painted)
    order = np.argsort(shares)
    bottoms = np.concatenate([[0], np.cumsum(shares[order])])[:-1]
    paints.bar(0, shares[order], bottom=bottoms, color=colours[order], width=1, edgecolor="white", linewidth=1)
    for axes, title in zip((before, after, paints), ("photograph", f"{len(colours)} colours", "shares")):
        axes.set_axis_off()
        axes.set_title(title, loc="left", fontsize=style.RC["axes.titlesize"])
    return style.show(
        figure,
        alt=f"The photograph of a cup beside the same picture in {len(colours)} flat colours, and a bar with the share "
        "of the pixels that each colour paints.",
        caption="Each pixel goes to its most probable component and takes the mean colour there.",
    )
