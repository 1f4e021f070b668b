"""The evidence of a project: the curves behind a choice, the starts, the labels, the strangest rows."""

import numpy as np
from sklearn.metrics import adjusted_rand_score, confusion_matrix

from gmmlearn.errors import UsageError
from gmmlearn.project import Project, fitted, single_starts, split
from gmmlearn.project.fitting import curve

from . import pieces, style
from .project import mosaic, on_line

NEAR = 0.02
"""Mean log densities closer than this are drawn close together."""
MOST_LABELS = 40


def curves(project: Project):
    """BIC and the mean log density of training and held-out rows, over the candidates."""
    held_out = len(split(project).held_out) > 0
    found = {by: curve(project, by) for by in ("bic", "train", *(["held_out"] if held_out else []))}
    candidates = list(found["bic"])
    figure, (left, right) = style.new(8.8, 3.3, columns=2)
    left.plot(candidates, list(found["bic"].values()), "o-", color=style.INK)
    right.plot(candidates, list(found["train"].values()), "s--", color=pieces.colour(1), label="training rows")
    if held_out:
        right.plot(candidates, list(found["held_out"].values()), "o-", color=pieces.colour(0), label="held-out rows")
    for axes in (left, right):
        axes.axvline(project.n_components, color=style.MUTED, lw=1.2, ls=":")
        axes.locator_params(axis="x", integer=True)
    style.label(left, "components", "BIC", "BIC, lower is better")
    style.label(right, "components", "mean log density", "log density, higher is better", legend=True)
    lowest = min(found["bic"], key=found["bic"].__getitem__)
    highest = max(found["held_out"], key=found["held_out"].__getitem__) if held_out else None
    said = f"BIC is lowest at {lowest}" + (f", the held-out rows are highest at {highest}" if highest else "")
    return style.show(
        figure,
        alt=f"Two panels over the number of components, {candidates[0]} to {candidates[-1]}: BIC, and the mean log "
        f"density of training and held-out rows. {said}.",
        caption=f"{said}. The dotted line is the declared number, {project.n_components}.",
    )


def starts(project: Project):
    """Ten single starts: how high each comes, and how far it agrees with the declared model."""
    X = split(project).train
    chosen = fitted(project)
    labels, best = chosen.predict(X), chosen.score(X)
    models = single_starts(project)
    agreement = [adjusted_rand_score(labels, model.predict(X)) for model in models]
    scores = [model.score(X) for model in models]
    figure, axes = style.new(6.0, 3.5)
    axes.plot(agreement, scores, "o", ms=9, color=pieces.colour(0), alpha=0.7, label="a single start", zorder=3)
    axes.plot(1, best, "*", ms=24, color=pieces.colour(1), label=f"the declared model, n_init={project.n_init}")
    axes.set_xlim(min(*agreement, 0.6) - 0.05, 1.05)
    low, high = min(*scores, best), max(*scores, best)
    room = max(NEAR - (high - low), 0.1 * (high - low)) / 2
    axes.set_ylim(low - room, high + room)
    axes.ticklabel_format(axis="y", useOffset=False)
    style.label(axes, "agreement with the declared model", "mean log density", legend=True, loc="best")
    mean = float(np.mean(agreement))
    return style.show(
        figure,
        alt=f"Ten single starts by agreement with the declared model, {min(agreement):.2f} to {max(agreement):.2f}, "
        f"and mean log density, {min(scores):.3f} to {max(scores):.3f}; the declared model reaches {best:.3f}.",
        caption=f"Stability: the mean agreement (adjusted Rand index) is {mean:.3f}. Further left, other groups; "
        "further up, a better fit.",
    )


def agreement(project: Project):
    """How many rows of each label are in each component.

    Parameters
    ----------
    project : Project
        With labels.
    """
    if not project.labels:
        raise UsageError('There are no labels to compare with: name their column, as in labels="species".')
    rows, model = split(project), fitted(project)
    labels = np.concatenate([rows.train_labels, rows.held_out_labels])
    components = np.concatenate([model.predict(X) for X in (rows.train, rows.held_out) if len(X)])
    names, numbers = np.unique(labels[labels != ""], return_inverse=True)
    if len(names) > MOST_LABELS:
        raise UsageError(
            f"{project.labels} has {len(names)} different labels; this table has room for {MOST_LABELS}. Labels are "
            "groups of rows that you want to compare with."
        )
    counts = confusion_matrix(numbers, components[labels != ""], labels=range(max(len(names), project.n_components)))
    counts = counts[: len(names), : project.n_components]
    order = np.argsort(counts.argmax(axis=0), kind="stable")
    figure, axes = style.new(max(4.6, 0.42 * project.n_components + 1.8), max(2.2, 0.34 * len(names) + 1.1))
    # The dark end of the blues is left out, where neither black nor white can be read well.
    axes.imshow(np.sqrt(counts[:, order]), cmap="Blues", aspect="auto", vmin=0, vmax=np.sqrt(counts.max()) / 0.6)
    for row, column in np.argwhere(counts[:, order]):
        axes.text(column, row, counts[row, order[column]], ha="center", va="center", fontsize=10, color=style.INK)
    axes.set_xticks(range(project.n_components), order)
    axes.set_yticks(range(len(names)), names)
    style.label(axes, "component", project.labels)
    return style.show(
        figure,
        alt=f"A table of counts: {len(names)} labels by {project.n_components} components, ordered so that each "
        "component is near the label that most of its rows have.",
        caption="The model has not seen the labels. Components are in the order of the label that most of their rows "
        "have.",
    )


def strangest(project: Project, log_densities, n: int = 12):
    """The digits with the lowest log density, or the rows of another table as points on its plane.

    Parameters
    ----------
    project : Project
    log_densities : array-like of shape (n,)
        Of the training rows.
    n : int
        How many to show.
    """
    rows = split(project)
    if np.shape(log_densities) != (len(rows.train),):
        raise UsageError(
            f"log_densities has shape {np.shape(log_densities)}, but the project has {len(rows.train)} training rows. "
            "If you have changed the declaration, run the cells of section 3 again, then this one."
        )
    lowest = np.argsort(np.asarray(log_densities))[:n]
    if project.data == "digits":
        figure, axes = style.new(7.2, 1.4 if n <= 12 else 2.4)
        mosaic(axes, rows.table.features(rows.table.columns)[rows.train_rows[lowest]], min(n, 12))
        return style.show(
            figure, alt=f"The {n} training digits with the lowest log density.", caption="The strangest comes first."
        )
    figure, axes = style.new(6.0, 3.8)
    if len(rows.features) == 1:
        on_line(axes, project)
        x = rows.table.features(rows.features)[rows.train_rows[lowest], 0]
        axes.plot(x, np.zeros(len(x)), "o", ms=9, mfc="none", mec=style.INK, mew=1.8, clip_on=False, zorder=5)
        return style.show(
            figure,
            alt=f"A histogram of {rows.features[0]} with the density of the model; rings on its lower edge are at the "
            f"{n} rows with the lowest log density.",
            caption=f"Ringed: the {n} rows that the model finds least likely.",
        )
    across, up = rows.features[:2]
    X = rows.table.features((across, up))[rows.train_rows]
    pieces.points(axes, X, size=14, alpha=0.5)
    axes.scatter(*X[lowest].T, s=90, facecolors="none", edgecolors=pieces.colour(1), linewidths=1.8)
    for place, row in enumerate(lowest[:5]):
        axes.annotate(str(place + 1), X[row], (7, 4), textcoords="offset points", fontsize=11, weight="bold")
    style.label(axes, across, up)
    return style.show(
        figure,
        alt=f"{up} against {across} in grey; the {n} rows with the lowest log density are ringed, the first five "
        "numbered.",
        caption=f"Ringed: the {n} rows that the model finds least likely; 1 is the strangest.",
    )
