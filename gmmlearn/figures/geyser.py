"""The question of all chapters: when will the geyser erupt next, and how sure can you be?

A model forecasts the next wait, from the length of the eruption just seen if it has two features. It is scored on
waits that it was not fitted to: ten-fold cross-validation over the 272 eruptions, every tenth in one fold. The score
is the mean log density of the wait (Good 1952; Gneiting and Raftery 2007, section 4.1, the logarithmic score).
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from scipy.stats import norm

from .. import library
from ..data import old_faithful
from . import pieces
from .examples import Mixture
from .style import INK, MUTED, Shown, label, new, show

N_FOLDS = 10
LEVEL = 0.9
GRID = np.arange(20.0, 130.0, 0.1)
"""Waits in minutes at which a forecast is computed."""


class Score(NamedTuple):
    """How well a model forecasts the waits that it has not seen.

    Attributes
    ----------
    log_density : float
        Mean log density of the waits, in 1/minute; the higher, the better.
    width : float
        Mean width in minutes of the central 90 % interval.
    inside : float
        Share of the waits within their interval.
    """

    log_density: float
    width: float
    inside: float


def forecast(mixture, lengths) -> Mixture:
    """The next wait, as a mixture on a line: one row of weights and means for each length.

    With two features the weights are the responsibilities of the components for the length, and each component
    forecasts along its own line: the conditional of a Gaussian (Bishop 2006, equations 2.81 and 2.82).

    Parameters
    ----------
    mixture : (weights, means, covariances)
        Of the wait alone, or of length and wait.
    lengths : array-like of shape (n,)
        Of the eruption just seen, in minutes; without effect where the mixture has one feature.

    Returns
    -------
    Mixture
        Weights of shape (n, K), means (n, K), variances (K,).

    Examples
    --------
    >>> tilted = [1.0], [[3.0, 70.0]], [[[1.0, 5.0], [5.0, 50.0]]]
    >>> print(forecast(tilted, [4.0]).means, forecast(tilted, [4.0]).covariances)
    [[75.]] [25.]
    """
    weights, means, covariances = (np.asarray(part, float) for part in mixture)
    lengths = np.asarray(lengths, float)[:, np.newaxis]
    if means.shape[1] == 1:
        table = np.ones_like(lengths)
        return Mixture(table * weights, table * means[:, 0], covariances[:, 0, 0])
    shares = library.responsibilities(lengths, weights, means[:, :1], covariances[:, :1, :1])
    slopes = covariances[:, 1, 0] / covariances[:, 0, 0]
    variances = covariances[:, 1, 1] - slopes * covariances[:, 1, 0]
    return Mixture(shares, means[:, 1] + slopes * (lengths - means[:, 0]), variances)


def interval(mixture, lengths) -> np.ndarray:
    """The central interval of the next wait for each length, shape (n, 2), to a tenth of a minute."""
    weights, means, variances = forecast(mixture, lengths)
    below = sum(weights[:, [k]] * norm.cdf(GRID, means[:, [k]], np.sqrt(variances[k])) for k in range(weights.shape[1]))
    tails = (1 - LEVEL) / 2, (1 + LEVEL) / 2
    return np.column_stack([GRID[(below < tail).sum(axis=1)] for tail in tails])


def score(fit: Callable) -> Score:
    """How well a model forecasts the waits that were held out.

    Parameters
    ----------
    fit : callable
        From the other eruptions, shape (n, 2), to `(weights, means, covariances)`.
    """
    X = old_faithful()
    fold = np.arange(len(X)) % N_FOLDS
    density, limits = np.empty(len(X)), np.empty((len(X), 2))
    for one in range(N_FOLDS):
        out = fold == one
        fitted = fit(X[~out])
        weights, means, variances = forecast(fitted, X[out, 0])
        density[out] = (weights * norm.pdf(X[out, 1:], means, np.sqrt(variances))).sum(axis=1)
        limits[out] = interval(fitted, X[out, 0])
    inside = (limits[:, 0] <= X[:, 1]) & (X[:, 1] <= limits[:, 1])
    return Score(np.log(density).mean(), np.diff(limits).mean(), inside.mean())


def one_gaussian(train):
    """Chapter 1: mean and variance of the waits."""
    return [1.0], [[train[:, 1].mean()]], [[[train[:, 1].var()]]]


def two_by_eye(train):
    """Chapter 1: waits below 67 minutes and the others, each with its share, its mean and its variance."""
    groups = train[train[:, 1] < 67, 1], train[train[:, 1] >= 67, 1]
    shares = [len(group) / len(train) for group in groups]
    return shares, [[group.mean()] for group in groups], [[[group.var()]] for group in groups]


def one_in_the_plane(train):
    """Chapter 3: the Gaussian of largest likelihood, with the length."""
    mean, covariance = library.fit_gaussian(train)
    return [1.0], [mean], [covariance]


def by_the_clock(train):
    """Chapter 4: eruptions shorter than 3 minutes and the others, a Gaussian for each."""
    groups = train[train[:, 0] < 3], train[train[:, 0] >= 3]
    fits = [library.fit_gaussian(group) for group in groups]
    return [len(group) / len(train) for group in groups], *zip(*fits)


def one_m_step(train):
    """Chapter 5: the responsibilities of chapter 4's mixture, and one M-step."""
    R = library.responsibilities(train, *(np.array(part) for part in by_the_clock(train)))
    means = library.update_means(train, R)
    return library.update_weights(R), means, library.update_covariances(train, R, means)


def em(train):
    """Chapter 6: EM with two components, from k-means."""
    return library.fit(train, 2, np.random.default_rng(0), tol=1e-6, max_iter=1000)[:3]


def lowest_bic(train):
    """Chapter 7: scikit-learn, with the number of components that has the lowest BIC."""
    fits = [library.fit_sklearn(train, k, random_state=0) for k in (1, 2, 3, 4)]
    best = min(fits, key=lambda model: model.bic(train))
    return best.weights_, best.means_, best.covariances_


MODELS: dict[str, tuple[int, Callable]] = {
    "one Gaussian": (1, one_gaussian),
    "two, cut by eye": (1, two_by_eye),
    "one, with the length": (3, one_in_the_plane),
    "two, with the length": (4, by_the_clock),
    "one M-step": (5, one_m_step),
    "EM": (6, em),
    "K by BIC": (7, lowest_bic),
}
"""Name -> chapter and fit, in the order in which the course gets there."""


def scores(chapter: int) -> dict[str, Score]:
    """Model -> score, of all models up to a chapter."""
    return {name: _score_of(name) for name, (first, _) in MODELS.items() if first <= chapter}


@cache
def _score_of(name: str) -> Score:
    return score(MODELS[name][1])


def board(chapter: int) -> Shown:
    """How well the models up to a chapter forecast, and how sure they are; the new ones in black."""
    found = scores(chapter)
    figure, (densities, widths) = new(8.4, 1.3 + 0.36 * len(found), columns=2, sharey=True)
    rows = np.arange(len(found))
    for row, (name, one) in zip(rows, found.items()):
        colour = INK if MODELS[name][0] == chapter else MUTED
        densities.plot(one.log_density, row, "D", color=colour, ms=7)
        densities.annotate(f"{one.log_density:.2f}", (one.log_density, row), (9, 0), textcoords="offset points",
                           va="center", color=colour)  # fmt: skip
        widths.barh(row, one.width, height=0.55, color=colour)
        widths.annotate(f"{one.width:.1f} min", (one.width, row), (5, 0), textcoords="offset points",
                        va="center", color=colour)  # fmt: skip
    densities.hlines(rows, -4.15, [one.log_density for one in found.values()], color=MUTED, lw=0.8, zorder=0)
    densities.set(xlim=(-4.15, -2.95), ylim=(len(found) - 0.5, -0.5), yticks=rows, yticklabels=list(found))
    widths.set(xlim=(0, 56))
    label(densities, "mean log density of a held-out wait", title="score: higher is better")
    label(widths, "minutes", title="width of the 90 % interval")
    words = "; ".join(
        f"{name}: {one.log_density:.2f}, interval of {one.width:.1f} minutes" for name, one in found.items()
    )
    least, most = (round(100 * f(one.inside for one in found.values())) for f in (min, max))
    return show(
        figure,
        alt=f"Two rows of marks, one for each model so far. {words}.",
        caption="Each of the 272 waits is forecast by a model that was fitted without it (ten-fold cross-validation). "
        f"Between {least} and {most} % of the waits are inside their 90 % interval, so the intervals are honest.",
    )


def next_wait(*names: str, length: float | None = None) -> Shown:
    """Forecasts of the next wait: the density of each, and its 90 % interval below.

    Parameters
    ----------
    *names : str
        Of `MODELS`; each is fitted to all 272 eruptions.
    length : float, optional
        Of the eruption just seen, in minutes; needed by models of length and wait.
    """
    figure, (axes, bars) = new(7.4, 3.0 + 0.3 * len(names), rows=2, sharex=True,
                               gridspec_kw={"height_ratios": [2.4, 0.35 * len(names) + 0.1]})  # fmt: skip
    words = []
    for k, name in enumerate(names):
        model = MODELS[name][1](old_faithful())
        weights, means, variances = forecast(model, [length or 0.0])
        density = (weights.T * norm.pdf(GRID, means.T, np.sqrt(variances)[:, np.newaxis])).sum(axis=0)
        low, high = interval(model, [length or 0.0])[0]
        pieces.curve(axes, GRID, density, k, label=name)
        bars.plot([low, high], [k, k], color=pieces.colour(k), lw=5, solid_capstyle="butt")
        bars.annotate(f"{low:.0f} to {high:.0f}", (high, k), (6, 0), textcoords="offset points", va="center")
        words.append(f"{name}: {low:.0f} to {high:.0f} minutes")
    bars.set(ylim=(len(names) - 0.4, -0.6), yticks=[], xlim=(30, 115))
    axes.set(ylim=(0, None), yticks=[])
    after = f", after an eruption of {length:g} minutes" if length else ""
    label(axes, title=f"the next wait{after}", legend=True)
    label(bars, "minutes", "90 %")
    return show(
        figure,
        alt=f"The density of the next wait{after}, with the central 90 % interval below. {'; '.join(words)}.",
        caption="Nine waits in ten should be within the bar.",
    )
