"""The pictures of chapter 7, first half: a mixture fitted by scikit-learn, its answers, its settings."""

import numpy as np

from gmmlearn import library

from . import pieces, style
from .clusters import crossing_clusters, full_covariances

INITS = ("kmeans", "k-means++", "random_from_data", "random")
TYPES = ("full", "tied", "diag", "spherical")


def overview():
    """Data, fit, answers and new points in four panels."""
    X, _ = crossing_clusters()
    model = library.fit_sklearn(X, 3, n_init=5, random_state=0)
    figure, axes = style.new(7.8, 5.6, rows=2, columns=2, sharex=True, sharey=True)
    figure.set_layout_engine("compressed")
    (data, fitted), (asked, drawn) = axes
    for panel in axes.flat:
        pieces.square(panel, X)
    pieces.points(data, X, size=12)
    pieces.points(fitted, X, size=8, alpha=0.35)
    pieces.ellipses(fitted, model.means_, full_covariances(model))
    pieces.points(asked, X, responsibilities=model.predict_proba(X), size=16)
    new_points, labels = model.sample(len(X))
    pieces.points(drawn, new_points, labels=labels, size=14)
    titles = ("1  data: X", "2  fit(X)", "3  predict_proba(X)", f"4  sample({len(X)})")
    for panel, title in zip(axes.flat, titles):
        style.label(panel, title=title)
    return style.show(
        figure,
        alt="Four panels with the same axes. 1: grey points, a slanted cloud crossed by a steep one, and a round cloud "
        "at the right. 2: one pair of ellipses fitted to each cloud. 3: the points coloured by component, with mixed "
        "colours where the two clouds cross. 4: as many new points in clouds of the same shape.",
        caption="The chapter in one picture: data go in, fit finds the parameters, and the fitted model "
        "answers questions about points or draws new ones.",
    )


def fitted(model, X):
    """The data with the ellipses of a fitted model.

    Parameters
    ----------
    model : GaussianMixture
        Fitted.
    X : ndarray of shape (n, 2)
        The data.
    """
    figure, axes = style.new(6.0, 3.4)
    pieces.points(axes, X, size=12, alpha=0.5)
    pieces.ellipses(axes, model.means_, full_covariances(model), labels=True)
    pieces.square(axes, X)
    n_components = len(model.means_)
    return style.show(
        figure,
        alt=f"The points with the ellipses of {n_components} fitted components at one and two standard deviations.",
        caption=f"Your fit: {n_components} components, converged_ = {model.converged_}.",
    )


def hard_and_soft(model, X):
    """What `predict` says beside what `predict_proba` says; points below 75 percent are ringed.

    Parameters
    ----------
    model : GaussianMixture
        Fitted.
    X : ndarray of shape (n, 2)
        The data.
    """
    probabilities = model.predict_proba(X)
    doubtful = probabilities.max(axis=1) < 0.75
    figure, (hard, soft) = style.new(8.2, 3.3, columns=2, sharey=True)
    figure.set_layout_engine("compressed")
    pieces.points(hard, X, labels=model.predict(X), legend=True)
    pieces.points(soft, X, responsibilities=probabilities)
    soft.scatter(*X[doubtful].T, s=46, facecolors="none", edgecolors=style.INK, linewidths=0.6)
    for panel in (hard, soft):
        pieces.square(panel, X)
    style.label(hard, title="predict: one label each")
    style.label(soft, title=f"predict_proba: {doubtful.sum()} points in doubt")
    figure.legend(*hard.get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False)
    return style.show(
        figure,
        alt="The same points twice. Left: each has the colour and the mark of one component, with a sharp border where "
        f"two clouds cross. Right: colours are mixed by probability, and the {doubtful.sum()} points whose largest "
        "probability is below 0.75 are ringed; they lie where the clouds cross.",
        caption="The border on the left is sharp although the data are not: the rings on the right mark "
        "the points for which no component has 75 percent.",
    )


def drawn_anew(model, X):
    """The data beside as many points that the model draws.

    Parameters
    ----------
    model : GaussianMixture
        Fitted.
    X : ndarray of shape (n, 2)
        The data.
    """
    new_points, labels = model.sample(len(X))
    figure, (data, drawn) = style.new(8.2, 3.0, columns=2, sharey=True)
    figure.set_layout_engine("compressed")
    pieces.points(data, X, size=16)
    pieces.points(drawn, new_points, labels=labels, size=18)
    for panel in (data, drawn):
        pieces.square(panel, X)
    style.label(data, title="data")
    style.label(drawn, title=f"sample({len(X)})")
    return style.show(
        figure,
        alt="Left the data in grey, right the same number of new points in the colours of the components "
        "that they were drawn from. Both clouds have the same outline.",
        caption="Without titles and colours you could hardly tell which of the two is the data; that is what "
        "'generative' promises.",
    )


def traces(own, theirs):
    """Two traces of the mean log-likelihood, and the gap between them.

    Parameters
    ----------
    own, theirs : array-like of shape (n_iter,)
        As `fit` and scikit-learn's `lower_bounds_` report them; of different length they are compared
        as far as both go.
    """
    own, theirs = np.asarray(own, float), np.asarray(theirs, float)
    shared = min(len(own), len(theirs))
    gap = np.abs(own[:shared] - theirs[:shared])
    figure, (values, gaps) = style.new(8.2, 3.1, columns=2)
    pieces.curve(values, np.arange(1, len(theirs) + 1), theirs, 5, label="scikit-learn", ls="-", lw=7)
    pieces.curve(values, np.arange(1, len(own) + 1), own, label="fit of chapter 6", marker="o", ms=5, ls="--", lw=1.5)
    gaps.semilogy(np.arange(1, shared + 1), np.maximum(gap, 1e-17), "o", color=style.INK)
    gaps.axhline(np.finfo(float).eps, color=style.COLOURS[1], ls="--")
    gaps.annotate("distance from 1 to the next float", (0.04, 2e-16), (0, -14), textcoords="offset points",
                  xycoords=("axes fraction", "data"), fontsize=10)  # fmt: skip
    gaps.set_ylim(4e-18, 1e-11)
    style.label(values, "iteration", "mean log-likelihood", "two programs, one curve", legend=True, loc="lower right")
    style.label(gaps, "iteration", "absolute gap", "how far apart (0 drawn at 1e-17)")
    return style.show(
        figure,
        alt=f"Left: the mean log-likelihood of both programs over {shared} iterations, one curve on top "
        f"of the other. Right: the gap between them on a logarithmic scale, at most {gap.max():.0e}.",
        caption="From the same start both programs take the same steps; what is left is rounding.",
    )


def starts(X):
    """Final mean log-likelihood and iterations of every `init_params`.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        The data; three components are fitted, everything else at its default.
    """
    n_seeds = 20
    figure, (scores, rounds) = style.new(8.4, 3.3, columns=2, sharey=True)
    jitter = np.linspace(-0.24, 0.24, n_seeds)
    alone = library.fit_sklearn(X, 1).score(X)
    for row, name in enumerate(INITS):
        models = [library.fit_sklearn(X, 3, init_params=name, random_state=seed) for seed in range(n_seeds)]
        look = {"color": pieces.colour(row), "marker": style.MARKERS[row], "s": 34, "alpha": 0.75, "linewidths": 0}
        scores.scatter([model.score(X) for model in models], row + jitter, **look)
        rounds.scatter([model.n_iter_ for model in models], row + jitter, **look)
        stuck = sum(model.score(X) < alone + 0.1 for model in models)
    scores.axvline(alone, color=style.INK, ls="--", lw=1.2)
    scores.annotate("one Gaussian", (alone, -0.45), (5, 0), textcoords="offset points", fontsize=10, va="center")
    scores.set_yticks(range(len(INITS)), INITS)
    scores.set_ylim(len(INITS) - 0.5, -0.7)
    style.label(scores, "final mean log-likelihood", "init_params")
    style.label(rounds, "iterations until it stopped")
    return style.show(
        figure,
        alt=f"One row of {n_seeds} marks for each of kmeans, k-means++, random_from_data and random. Left: nearly all "
        f"marks share the best value, but {stuck} of random lie at a dashed line, the value of a single Gaussian, and "
        "a few of random_from_data between. Right: the marks at the dashed line stopped after two iterations.",
        caption=f"{n_seeds} seeds for each kind of start, everything else at its default. Every one of "
        "these fits says converged_ = True.",
    )


def covariance_types(X):
    """The four covariance types fitted to the same points.

    Parameters
    ----------
    X : ndarray of shape (n, 2)
        The data.
    """
    figure, axes = style.new(8.0, 5.8, rows=2, columns=2, sharex=True, sharey=True)
    figure.set_layout_engine("compressed")
    for panel, name in zip(axes.flat, TYPES):
        model = library.fit_sklearn(X, 3, covariance_type=name, n_init=5, random_state=0)
        pieces.points(panel, X, size=9, alpha=0.4)
        pieces.ellipses(panel, model.means_, full_covariances(model))
        pieces.square(panel, X)
        style.label(panel, title=f"{name}: covariances_ {model.covariances_.shape}")
    return style.show(
        figure,
        alt="Four panels of the same points with fitted ellipses. full: each ellipse has its own shape "
        "and slant. tied: three copies of one slanted ellipse. diag: ellipses of their own width and "
        "height, none slanted. spherical: three circles of different size.",
        caption="The same data under four constraints. Ellipses at one and two standard deviations.",
    )


def side_by_side(own, theirs):
    """Every number of a `Fit` beside scikit-learn's, components in the order of their first mean.

    Parameters
    ----------
    own : Fit
    theirs : sklearn.mixture.GaussianMixture
        Fitted with full covariances.

    Returns
    -------
    IPython.display.Markdown
        A table.
    """
    from IPython.display import Markdown

    weights, means, covariances, trace, _ = own
    mine = np.argsort(np.asarray(means)[:, 0])
    other = np.argsort(theirs.means_[:, 0])
    numbers = {
        "iterations": (len(trace), theirs.n_iter_),
        "mean log-likelihood": (np.asarray(trace)[-1], theirs.lower_bound_),
        "weights": (np.asarray(weights)[mine], theirs.weights_[other]),
        "means": (np.asarray(means)[mine], theirs.means_[other]),
        "covariances": (np.asarray(covariances)[mine], theirs.covariances_[other]),
    }
    rows = ["| | yours | scikit-learn's | largest gap |", "|---|---|---|---|"]
    for name, (left, right) in numbers.items():
        gap = np.max(np.abs(np.asarray(left, float) - right))
        rows.append(f"| {name} | {_words(left)} | {_words(right)} | {gap:.0e} |")
    return Markdown("\n".join(rows))


def _words(numbers) -> str:
    return ", ".join(f"{value:.6g}" for value in np.ravel(numbers))
