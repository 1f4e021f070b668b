"""The pictures of chapter 7, second half: how many components, which shapes, and where a mixture breaks."""

from functools import cache

import numpy as np

from gmmlearn import library
from gmmlearn.data import old_faithful

from . import pieces, style
from .clusters import full_covariances, moons, stretched_clusters
from .player import play

MOST = 6
"""Components that the pictures of Old Faithful go up to; the remarks in them are placed for so many."""


@cache
def geyser_model(n_components):
    """Old Faithful with `n_components` full components, the best of five starts; fitted once."""
    return library.fit_sklearn(old_faithful(), n_components, n_init=5, random_state=0)


def more_and_more_components():
    """A film: Old Faithful with 1, 2, ... components, and BIC for each."""
    X = old_faithful()
    models = [geyser_model(k) for k in range(1, MOST + 1)]
    values = [model.bic(X) for model in models]
    lowest = int(np.argmin(values))
    figure, (data, criterion) = style.new(8.4, 3.5, columns=2)

    def draw(frame):
        model = models[frame]
        pieces.points(data, X, size=10, alpha=0.5)
        pieces.ellipses(data, model.means_, full_covariances(model))
        data.set(xlim=(1.0, 6.0), ylim=(38, 102))
        style.label(data, "eruption (minutes)", "waiting (minutes)", f"{frame + 1} component{'s' if frame else ''}")
        criterion.plot(range(1, frame + 2), values[: frame + 1], "o-", color=style.INK)
        if frame >= lowest:
            pieces.remark(criterion, "lowest", (lowest + 1.9, values[lowest] - 22), (lowest + 1, values[lowest]))
        criterion.set(xlim=(0.5, MOST + 0.5), ylim=(2270, 2640), xticks=range(1, MOST + 1))
        style.label(criterion, "number of components", title="BIC (lower is better)")

    return play(
        figure,
        draw,
        MOST,
        label=lambda frame: f"{frame + 1} of {MOST} components, BIC {values[frame]:.0f}",
        alt=f"A film of {MOST} frames. Left: Old Faithful's 272 eruptions with 1 to {MOST} fitted "
        f"ellipses, the later ones small and overlapping. Right: BIC falls from {values[0]:.0f} to "
        f"{values[1]:.0f} with the second component and then rises to {values[-1]:.0f}.",
        caption="Each further component costs six more parameters; after the second they no longer pay.",
        seconds_per_frame=0.9,
    )


@cache
def criteria_of_old_faithful():
    """What three referees say about 1, 2, ... components: name -> values, all on the scale of `-2 l`.

    The held-out one is the mean of ten-fold cross-validation, scaled to all the samples.
    """
    from sklearn.mixture import GaussianMixture
    from sklearn.model_selection import KFold, cross_val_score

    X = old_faithful()
    models = [geyser_model(k) for k in range(1, MOST + 1)]
    folds = KFold(10, shuffle=True, random_state=0)
    held_out = [
        cross_val_score(GaussianMixture(k, n_init=2, random_state=0), X, cv=folds).mean() for k in range(1, MOST + 1)
    ]
    return {
        "BIC": np.array([model.bic(X) for model in models]),
        "AIC": np.array([model.aic(X) for model in models]),
        "held-out": -2 * len(X) * np.array(held_out),
    }


def criteria():
    """What BIC is made of, and the three numbers that rate a model."""
    X = old_faithful()
    ks = np.arange(1, MOST + 1)
    loss = np.array([-2 * geyser_model(k).score(X) * len(X) for k in range(1, MOST + 1)])
    referees = criteria_of_old_faithful()
    figure, (parts, rated) = style.new(8.6, 3.5, columns=2, sharey=True)
    pieces.curve(parts, ks, loss, 2, label="$-2\\ell$", marker="^")
    pieces.curve(parts, ks, referees["BIC"], 0, label="BIC", marker="o")
    parts.vlines(ks, loss, referees["BIC"], color=style.FAINT, lw=5)
    pieces.remark(parts, "the price,\n$p\\,\\ln n$", (4.45, 2470), (5, 2310))
    for k, (name, values) in zip((0, 1, 3), referees.items()):
        low = int(np.argmin(values))
        look = {"label": f"{name}: lowest at {ks[low]}", "marker": style.MARKERS[k], "ms": 5}
        pieces.curve(rated, ks, values, k, **look)
        rated.plot(ks[low], values[low], "o", ms=15, mfc="none", mec=pieces.colour(k), mew=1.8)
    style.label(parts, "number of components", title="fit and price", legend=True)
    style.label(rated, "number of components", title="three referees", legend=True)
    rated.set_ylim(2180, 2640)
    return style.show(
        figure,
        alt="Left: minus twice the log-likelihood falls with every component; a grey bar on top of it, the price, "
        "grows; their sum, BIC, is lowest at 2. Right: BIC, AIC and the held-out value on one scale; AIC and the "
        "held-out value lie close together and are nearly flat from 2 on, while BIC climbs.",
        caption="Old Faithful, full covariances. The held-out curve comes from ten-fold "
        "cross-validation, scaled to 272 points.",
    )


def two_criteria(candidates, wrong):
    """A criterion beside scikit-learn's BIC, on Old Faithful.

    Parameters
    ----------
    candidates : sequence of int
        Numbers of components.
    wrong : callable
        `wrong(model, X)` rates a fitted model, lower being better.
    """
    X = old_faithful()
    models = [geyser_model(k) for k in candidates]
    figure, (left, right) = style.new(8.2, 3.0, columns=2)
    values = [wrong(model, X) for model in models]
    pieces.curve(left, candidates, values, 1, marker="s")
    pieces.curve(right, candidates, [model.bic(X) for model in models], 0, marker="o")
    style.label(left, "number of components", title="criterion(model, X)")
    style.label(right, "number of components", title="model.bic(X)")
    for panel in (left, right):
        panel.set_xticks(list(candidates))
    return style.show(
        figure,
        alt=f"Left: a straight line that rises from {values[0]:.0f} to {values[-1]:.0f}, lowest at one "
        "component. Right: scikit-learn's BIC for the same models, lowest at two components.",
        caption="The same models rated twice.",
    )


@cache
def crescents_model(n_components):
    """The two crescents with `n_components` full components, the best of five starts; fitted once."""
    return library.fit_sklearn(moons()[0], n_components, n_init=5, random_state=0)


def bend():
    """A film: the density of ever more components bends around two crescents, and BIC for each."""
    numbers = (1, 2, 3, 4, 6, 8, 10)
    X, _ = moons()
    values = [crescents_model(k).bic(X) for k in numbers]
    figure, (density, criterion) = style.new(8.6, 3.2, columns=2, width_ratios=[1.5, 1])

    def draw(frame):
        model = crescents_model(numbers[frame])
        density.set(xlim=(-1.6, 2.6), ylim=(-1.1, 1.6))
        pieces.contours(density, lambda Z: np.exp(model.score_samples(Z)), filled=True, levels=8, n=61)
        pieces.points(density, X, size=4, alpha=0.6)
        density.scatter(*model.means_.T, marker="P", s=70, c=style.COLOURS[1], edgecolors="white", zorder=5)
        style.label(density, title=f"density of {numbers[frame]} component{'s' if frame else ''}")
        criterion.plot(numbers[: frame + 1], values[: frame + 1], "o-", color=style.INK)
        criterion.set(xlim=(0.5, numbers[-1] + 0.5), ylim=(1000, 2000), xticks=range(2, numbers[-1] + 1, 2))
        style.label(criterion, "number of components", title="BIC (lower is better)")

    best = int(np.argmin(values))
    return play(
        figure,
        draw,
        len(numbers),
        label=lambda frame: f"{numbers[frame]} component{'s' if frame else ''}, BIC {values[frame]:.0f}",
        alt=f"A film of {len(numbers)} frames. Left: points on two crescents and the density of 1 to {numbers[-1]} "
        "components, at first one broad blob, then a chain that follows the crescents ever more closely. Right: BIC "
        f"falls from {values[0]:.0f} to {values[best]:.0f} at {numbers[best]} components and rises after that.",
        caption="Plus signs are the means.",
        seconds_per_frame=0.8,
    )


def crescents():
    """Two crescents: the density of few components, of many, and new points from the many."""
    X, _ = moons()
    figure, axes = style.new(9.0, 2.6, columns=3, sharex=True, sharey=True)
    figure.set_layout_engine("compressed")
    for panel in axes:
        pieces.square(panel, limits=(-1.6, 2.6, -1.1, 1.6))
    for panel, n_components in zip(axes, (2, 8)):
        model = crescents_model(n_components)
        pieces.contours(panel, lambda Z, model=model: np.exp(model.score_samples(Z)), filled=True, levels=10)
        pieces.points(panel, X, size=5, alpha=0.6)
        panel.scatter(*model.means_.T, marker="P", s=70, c=style.COLOURS[1], edgecolors="white", zorder=5)
        style.label(panel, title=f"{n_components} components, BIC {model.bic(X):.0f}")
    pieces.points(axes[2], model.sample(500)[0], size=9)
    style.label(axes[2], title="500 draws from the 8")
    return style.show(
        figure,
        alt="500 points on two crescents. Left: the density of 2 components, two broad blobs that "
        "also cover the empty space between. Middle: 8 components in a chain along the crescents, a "
        "density that follows them. Right: points drawn from it form two crescents.",
        caption="Plus signs are the means. No component is a crescent, but their sum is close to two of them.",
    )


def k_means_beside_mixture():
    """Stretched clusters: what k-means and a mixture make of them, errors marked."""
    from scipy.optimize import linear_sum_assignment
    from sklearn.cluster import KMeans

    X, truth = stretched_clusters()
    figure, panels = style.new(8.4, 3.3, columns=2, sharey=True)
    figure.set_layout_engine("compressed")
    found = {
        "k-means": KMeans(3, n_init=10, random_state=0).fit_predict(X),
        "mixture": library.fit_sklearn(X, 3, n_init=5, random_state=0).predict(X),
    }
    wrong = {}
    for panel, (name, labels) in zip(panels, found.items()):
        counts = np.array([[np.sum((labels == k) & (truth == j)) for j in range(3)] for k in range(3)])
        labels = linear_sum_assignment(-counts)[1][labels]
        missed = labels != truth
        wrong[name] = int(missed.sum())
        pieces.points(panel, X, labels=labels, size=16, alpha=0.7)
        panel.scatter(*X[missed].T, marker="x", s=34, c=style.INK, linewidths=1.1)
        pieces.square(panel, X)
        style.label(panel, title=f"{name}: {wrong[name]} of {len(X)} misplaced")
    return style.show(
        figure,
        alt="A long flat cluster, a slanted one above it and a small round one. Left: k-means cuts the long cluster in "
        f"pieces, {wrong['k-means']} crosses. Right: the mixture follows the shapes, {wrong['mixture']} crosses.",
        caption="Crosses mark points whose group differs from the cluster that they were drawn from, "
        "with the groups matched as well as possible.",
    )


def too_many_features():
    """How much a fitted mixture loses against the truth on new data, as features are added.

    Only the first two features tell the two clusters apart. The loss is the mean log-likelihood of 2000 new points
    under the truth less that under the fit.
    """
    dimensions, n_train = (2, 5, 10, 15, 20, 25, 30), 200
    losses = {name: [] for name in ("full", "diag", "spherical")}
    for n_features in dimensions:
        means = np.zeros((2, n_features))
        means[1, :2] = 4
        law = np.array([0.5, 0.5]), means, np.array([np.eye(n_features)] * 2)
        train, _ = library.sample_mixture(*law, n_train, np.random.default_rng(1))
        test, _ = library.sample_mixture(*law, 2000, np.random.default_rng(2))
        best = library.log_likelihood(test, *law) / len(test)
        for name, values in losses.items():
            model = library.fit_sklearn(train, 2, covariance_type=name, n_init=3, random_state=0)
            values.append(best - model.score(test))
    figure, axes = style.new(7.0, 3.3)
    for k, (name, values) in enumerate(losses.items()):
        pieces.curve(axes, dimensions, values, k, marker=style.MARKERS[k], ms=6, label=name)
    style.label(axes, "features $d$", "log-likelihood lost per point", legend=True)
    return style.show(
        figure,
        alt="Loss of mean log-likelihood on new data against the number of features, 2 to 30. The line "
        f"of full rises steeply to {losses['full'][-1]:.1f}, that of diag to {losses['diag'][-1]:.2f}, "
        f"that of spherical to {losses['spherical'][-1]:.2f}.",
        caption=f"Two round clusters, {n_train} training points. What the model need not learn, it cannot get wrong.",
    )
