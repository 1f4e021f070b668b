"""How EM goes astray: starts that go nowhere, local optima, collapse onto a point."""

import numpy as np
from scipy import stats

from . import pieces, style


def traces(named, *, title="", marks=None):
    """Log-likelihood against the iteration, one curve for each name.

    Parameters
    ----------
    named : dict of str to array-like
        Name -> `log_likelihoods` of a fit.
    title : str
    marks : dict of str to int, optional
        Name -> iteration to ring on its curve, for example where it would have stopped.
    """
    figure, ax = style.new(8.4, 3.6)
    said = []
    for k, (name, values) in enumerate(named.items()):
        values = np.asarray(values)
        ax.plot(values, label=name, color=pieces.colour(k), ls=style.LINES[k], marker=style.MARKERS[k], ms=6,
                markevery=max(1, len(values) // 12))  # fmt: skip
        if marks and name in marks:
            at = marks[name]
            ax.scatter(at, values[at], s=220, facecolors="none", edgecolors=style.INK, lw=1.8, zorder=6)
            ax.annotate("the default tol\nstops here", (at, values[at]), (-6, 110), textcoords="offset points",
                        fontsize=10, arrowprops={"arrowstyle": "->", "color": style.INK})  # fmt: skip
        said.append(f"{name}: from {values[0]:.3f} to {values[-1]:.3f} in {len(values)} iterations")
    ax.locator_params(axis="x", integer=True)
    style.label(ax, "iteration", "log-likelihood", title, legend=True, loc="best")
    return style.show(figure, alt="Log-likelihood against iteration. " + "; ".join(said) + ".")


def endings(values, chosen):
    """Where many starts ended, in order, with some of them ringed.

    Parameters
    ----------
    values : array-like of shape (m,)
        Final mean log-likelihood of every start.
    chosen : sequence of int
        Starts to ring.
    """
    values = np.asarray(values)
    order = np.argsort(values)
    figure, ax = style.new(8.4, 3.0)
    ax.plot(values[order], ls="", marker="o", ms=6, color=pieces.colour(0))
    for start in chosen:
        ax.scatter(
            np.flatnonzero(order == start), values[start], s=190, facecolors="none", edgecolors=style.INK, lw=1.8
        )
    best = int(np.sum(values > values.max() - 1e-3))
    style.label(ax, "start, in the order of its result", "", "mean log-likelihood at the end")
    return style.show(
        figure,
        alt=f"{len(values)} dots in rising order from {values.min():.3f} to {values.max():.3f}; {best} share the top.",
        caption="Every dot is one fit of the same data; ringed, those that are drawn below.",
    )


COLLAPSE_X = np.array([-2.1, -1.7, -1.2, -0.9, -0.6, -0.2, 0.1, 0.5, 0.9, 1.2, 1.8, 2.4])
"""Twelve points on a line, about one Gaussian."""


def collapsed_log_likelihood(deviation):
    """Log-likelihood of `COLLAPSE_X` when one of two components sits on its fifth point.

    Examples
    --------
    >>> bool(collapsed_log_likelihood(1e-8) > collapsed_log_likelihood(1e-4))
    True
    """
    wide = 0.9 * stats.norm.pdf(COLLAPSE_X, COLLAPSE_X.mean(), COLLAPSE_X.std())
    narrow = 0.1 * stats.norm.pdf(COLLAPSE_X, COLLAPSE_X[4], deviation)
    return float(np.log(wide + narrow).sum())


def collapse():
    """The density with a spike on one point, and the log-likelihood as the spike gets narrower."""
    figure, (left, right) = style.new(9.0, 3.6, columns=2)
    grid = np.sort(np.r_[np.linspace(-3.5, 3.5, 400), COLLAPSE_X[4] + np.linspace(-0.3, 0.3, 301)])
    wide = 0.9 * stats.norm.pdf(grid, COLLAPSE_X.mean(), COLLAPSE_X.std())
    for k, deviation in enumerate((0.5, 0.1, 0.03)):
        density = wide + 0.1 * stats.norm.pdf(grid, COLLAPSE_X[4], deviation)
        pieces.curve(left, grid, density, k, label=f"sd {deviation:g}")
    left.scatter(COLLAPSE_X, np.full_like(COLLAPSE_X, -0.06), marker="|", s=80, c=style.MUTED)
    style.label(left, "x", "", "density of the mixture", legend=True)
    deviations = np.geomspace(1, 1e-12, 100)
    pieces.curve(right, deviations, [collapsed_log_likelihood(d) for d in deviations])
    right.axvline(1e-3, color=pieces.colour(1), ls="--")
    right.annotate("sd 0.001:\nreg_covar = 1e-6\nstops here", (1e-3, 0.62), (8, 0), fontsize=10,
                   xycoords=("data", "axes fraction"), textcoords="offset points")  # fmt: skip
    right.set_xscale("log")
    right.invert_xaxis()
    style.label(right, "standard deviation of the narrow component", "", "log-likelihood (sum)")
    return style.show(
        figure,
        alt="Left: the density of two components, one of which is a spike on a single point that grows as "
        "its standard deviation shrinks. Right: the log-likelihood rises in a straight line without end as "
        "the standard deviation, on a log axis, goes to zero.",
        caption="The spike helps at one sample only, but there without limit. reg_covar sets how narrow it can get.",
    )
