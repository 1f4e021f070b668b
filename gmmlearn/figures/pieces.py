"""Pieces that the figures of several chapters share: points, ellipses, contours, bars, curves.

Each takes the axes first, draws on them and returns nothing that a caller must keep. Component `k`
always has colour, mark, line and hatch number `k` of `style`.
"""

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from .style import COLOURS, HATCHES, INK, LINES, MARKERS, MUTED


def colour(k: int) -> str:
    """Colour of component `k`."""
    return COLOURS[k % len(COLOURS)]


def blend(responsibilities) -> np.ndarray:
    """Colours mixed by responsibility.

    Parameters
    ----------
    responsibilities : array-like of shape (n, K)
        Rows sum to 1.

    Returns
    -------
    ndarray of shape (n, 3)
        Red, green and blue between 0 and 1.

    Examples
    --------
    >>> [round(float(channel), 2) for channel in blend([[0.5, 0.5]])[0]]
    [0.36, 0.37, 0.35]
    """
    responsibilities = np.asarray(responsibilities, float)
    palette = np.array([mpl.colors.to_rgb(colour(k)) for k in range(responsibilities.shape[1])])
    return np.clip(responsibilities @ palette, 0.0, 1.0)


def points(axes: Axes, X, *, labels=None, responsibilities=None, size=24, alpha=0.8, legend=False) -> None:
    """Scatter the rows of `X`: grey, or coloured and marked by label, or blended by responsibility.

    Parameters
    ----------
    axes : Axes
    X : array-like of shape (n, 2)
    labels : array-like of shape (n,), optional
        Integer labels.
    responsibilities : array-like of shape (n, K), optional
        The mark is that of the largest, the colour is blended.
    size, alpha : float
        As in `Axes.scatter`.
    legend : bool
        Whether to name the components for `axes.legend`.
    """
    X = np.asarray(X, float)
    if labels is None and responsibilities is None:
        axes.scatter(X[:, 0], X[:, 1], s=size, c=MUTED, alpha=alpha, linewidths=0)
        return
    if responsibilities is not None:
        shades = blend(responsibilities)
        labels = np.argmax(responsibilities, axis=1)
    else:
        labels = np.asarray(labels)
        shades = np.array([mpl.colors.to_rgb(colour(k)) for k in labels]).reshape(-1, 3)
    for k in np.unique(labels):
        chosen = labels == k
        axes.scatter(
            X[chosen, 0],
            X[chosen, 1],
            s=size,
            c=shades[chosen],
            marker=MARKERS[k % len(MARKERS)],
            alpha=alpha,
            linewidths=0,
            label=f"component {k}" if legend else None,
        )


def ellipse_path(mean, covariance, radius: float = 1.0) -> np.ndarray:
    """Points at Mahalanobis distance `radius` from `mean`: a closed path of shape (121, 2).

    Examples
    --------
    >>> path = ellipse_path([0, 0], [[4, 0], [0, 1]], radius=2)
    >>> [float(value) for value in path.max(axis=0)]
    [4.0, 2.0]
    """
    turn = np.linspace(0.0, 2.0 * np.pi, 121)
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    return np.asarray(mean, float) + radius * circle @ np.linalg.cholesky(covariance).T


def ellipses(axes: Axes, means, covariances, *, radii=(1.0, 2.0), fill=0.12, first=0, labels=False) -> None:
    """Ellipses at the given Mahalanobis distances of every component, with a mark at each mean.

    Parameters
    ----------
    axes : Axes
    means : array-like of shape (K, 2)
    covariances : array-like of shape (K, 2, 2)
    radii : sequence of float
        In standard deviations; the ellipses do not carry the weights.
    fill : float
        Opacity of the inner ellipse.
    first : int
        Number of the first component, so that one component of many can be drawn in its colour.
    labels : bool
        Whether to write the number of each component beside its mean.
    """
    for k, (mean, covariance) in enumerate(zip(means, covariances), start=first):
        for place, radius in enumerate(radii):
            path = ellipse_path(mean, covariance, radius)
            axes.plot(*path.T, color=colour(k), ls=LINES[k % len(LINES)], lw=2.0 if place == 0 else 1.4)
            if place == 0 and fill:
                axes.fill(*path.T, color=colour(k), alpha=fill, lw=0)
        mean_mark(axes, mean, k)
        if labels:
            axes.annotate(
                str(k), mean, xytext=(8, 6), textcoords="offset points", color=INK, fontsize=12, weight="bold"
            )


def mean_mark(axes: Axes, mean, k: int, size: float = 110) -> None:
    """A large mark with a white rim where the mean of component `k` lies."""
    axes.scatter(
        *mean, s=size, c=colour(k), marker=MARKERS[k % len(MARKERS)], edgecolors="white", linewidths=1.8, zorder=5
    )


def grid_of(axes: Axes, n: int = 121):
    """Grid over the present limits of the axes: `(across, up, positions)`, positions `(n * n, 2)`."""
    across = np.linspace(*axes.get_xlim(), n)
    up = np.linspace(*axes.get_ylim(), n)
    positions = np.column_stack([a.ravel() for a in np.meshgrid(across, up)])
    return across, up, positions


def contours(axes: Axes, function, *, levels=8, n=121, colors=INK, filled=False, label=False, **options):
    """Level lines of `function`, which takes positions (m, 2) and returns (m,), over the present limits.

    Returns the contour set, for a colour bar or for labels.
    """
    across, up, positions = grid_of(axes, n)
    heights = np.asarray(function(positions), float).reshape(n, n)
    if filled:
        drawn = axes.contourf(across, up, heights, levels=levels, **{"cmap": "Blues"} | options)
    else:
        drawn = axes.contour(
            across, up, heights, levels=levels, colors=colors, **{"linewidths": 1.1, "linestyles": "solid"} | options
        )
    if label:
        axes.clabel(drawn, fontsize=10, inline=True)
    return drawn


def curve(axes: Axes, x, y, k: int | None = None, *, label: str | None = None, fill=0.0, **options) -> None:
    """A curve in the colour and line style of component `k`, or in ink for the whole mixture."""
    look = {"color": INK, "ls": "-", "lw": 2.4} if k is None else {"color": colour(k), "ls": LINES[k]}
    axes.plot(x, y, label=label, **look | options)
    if fill:
        axes.fill_between(x, y, color=look["color"], alpha=fill, lw=0)


def histogram(axes: Axes, x, bins=30, *, label: str | None = None, **options) -> None:
    """A histogram on the scale of a density: its bars have area 1 in all."""
    look = {"color": "#C9CDD2", "edgecolor": "white", "linewidth": 0.6}
    axes.hist(x, bins=bins, density=True, label=label, **look | options)


def bars(axes: Axes, values, *, due=None, along="x", write=None) -> None:
    """One bar for each component, hatched and coloured; `due` marks where each should end.

    Parameters
    ----------
    axes : Axes
    values : array-like of shape (K,)
    due : array-like of shape (K,), optional
        Black line across each bar, the weights for example.
    along : {"x", "y"}
        Direction along which the components are laid out.
    write : str, optional
        Format of the number at the end of each bar, such as `"{:.2f}"`.
    """
    upright = along == "x"
    for k, value in enumerate(values):
        draw = axes.bar if upright else axes.barh
        draw(k, value, 0.62, color=colour(k), hatch=HATCHES[k % len(HATCHES)], edgecolor="white", lw=0)
        if due is not None:
            line = axes.hlines if upright else axes.vlines
            line(due[k], k - 0.42, k + 0.42, color=INK, lw=2.5, label="weight" if k == 0 else None)
        if write:
            end = value if due is None else max(value, due[k])
            place = (k, end) if upright else (end, k)
            offset = (0, 3) if upright else (4, 0)
            axes.annotate(
                write.format(value),
                place,
                xytext=offset,
                textcoords="offset points",
                ha="center" if upright else "left",
                va="bottom" if upright else "center",
                fontsize=10,
                color=INK,
            )
    names = [str(k) for k in range(len(values))]
    (axes.set_xticks if upright else axes.set_yticks)(range(len(values)), names)


def remark(axes: Axes, text: str, at, towards=None, **options) -> None:
    """A short remark on the picture, with an arrow to `towards` if given (both in data units)."""
    arrow = {"arrowstyle": "->", "color": INK, "lw": 1.2} if towards is not None else None
    target = at if towards is None else towards
    look = {"fontsize": 10, "color": INK, "ha": "center", "va": "center"}
    axes.annotate(text, xy=target, xytext=at, arrowprops=arrow, **look | options)


def square(axes: Axes, X=None, *, limits=None) -> None:
    """Same scale on both axes, with limits around `X` or as given `(x0, x1, y0, y1)`."""
    if X is not None:
        low, high = np.min(X, axis=0), np.max(X, axis=0)
        pad = 0.08 * (high - low)
        limits = (low[0] - pad[0], high[0] + pad[0], low[1] - pad[1], high[1] + pad[1])
    if limits is not None:
        axes.set(xlim=limits[:2], ylim=limits[2:])
    axes.set_aspect("equal")
