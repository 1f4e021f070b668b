"""Pictures of chapter 3: the log-likelihood over two means, and walks up its slopes."""

from collections.abc import Callable

import numpy as np

from . import pieces
from .player import play
from .style import COLOURS, FAINT, INK, LINES, MARKERS, Shown, label, new, show

FIRST, SECOND = "first mean (minutes)", "second mean (minutes)"
LIMITS = (40.0, 95.0)
FLOOR = -2000.0
"""The landscape is drawn flat below this height, so that the peaks stand out."""

LEVELS = (-2000, -1700, -1433, -1300, -1200, -1120, -1070)


def heights(function: Callable[[float, float], float], n: int = 45):
    """`function` on an n by n grid over `LIMITS`: the grid, and values with the second mean upwards.

    Examples
    --------
    >>> across, values = heights(lambda first, second: second, n=3)
    >>> values[:, 0].tolist()
    [40.0, 67.5, 95.0]
    """
    across = np.linspace(*LIMITS, n)
    return across, np.array([[function(first, second) for first in across] for second in across])


def tops(across, values):
    """The highest grid point on either side of the diagonal, as `(first, second)` pairs."""
    below = np.less.outer(across, across)  # [i, j]: second mean i is smaller than first mean j
    found = []
    for side in (below, below.T):
        i, j = np.unravel_index(np.argmax(np.where(side, values, -np.inf)), values.shape)
        found.append((across[j], across[i]))
    return found


def lines(axes, across, values) -> None:
    """Level lines of the surface with the diagonal along which both means are equal."""
    axes.contour(across, across, values, levels=LEVELS, colors=FAINT, linewidths=1.2, linestyles="solid")
    axes.plot(LIMITS, LIMITS, color=INK, ls=":", lw=1.4)
    axes.set(xlim=LIMITS, ylim=LIMITS, aspect="equal")


def surface(function: Callable[[float, float], float]) -> Shown:
    """The surface of a log-likelihood of two means, as a landscape and as level lines."""
    across, values = heights(function)
    figure, right = new(7.8, 3.9)
    figure.set_layout_engine("none")  # a constrained layout gives an axis in 3-D more room than there is
    right.set_position((0.585, 0.14, 0.4, 0.78))
    hills = figure.add_axes((0.03, 0.04, 0.47, 0.88), projection="3d")
    hills.set_box_aspect((4, 4, 3), zoom=0.85)
    smooth = {"cmap": "cividis", "lw": 0, "antialiased": False, "rstride": 1, "cstride": 1}
    hills.plot_surface(*np.meshgrid(across, across), np.maximum(values, FLOOR), **smooth)
    hills.tick_params(axis="z", pad=6)
    hills.view_init(38, -125)
    hills.set(zticks=[-1800, -1400, -1000], xticks=[40, 60, 80], yticks=[40, 60, 80])
    label(hills, "first mean", "second mean", "log-likelihood as a landscape")
    lines(right, across, values)
    peaks = tops(across, values)
    for first, second in peaks:
        right.plot(first, second, ls="", marker="*", ms=15, color=COLOURS[0], mec="white")
    pieces.remark(right, "saddle", (86, 76), (71.5, 71.2), bbox={"fc": "white", "ec": "none", "pad": 2})
    label(right, FIRST, SECOND, "the same from above")
    return show(
        figure,
        alt="A landscape over the first and the second mean with two equal peaks, mirror images of each other in the "
        f"diagonal, near ({peaks[0][0]:.0f}, {peaks[0][1]:.0f}) and ({peaks[1][0]:.0f}, {peaks[1][1]:.0f}); between "
        "them, on the diagonal, a saddle.",
        caption="Two peaks of the same height (stars), mirror images in the dotted diagonal: which component is called "
        "the first makes no difference. Between them is a saddle, where both means are equal. (On the left everything "
        "below -2000 is drawn as a plain.)",
    )


def climbs(function: Callable[[float, float], float], paths: dict[str, np.ndarray], every: int = 1) -> Shown:
    """Walks on the surface, step by step, with the log-likelihood along each.

    Parameters
    ----------
    function : callable
        Log-likelihood of `(first, second)`.
    paths : dict
        Name of each walk -> array of shape (n_steps + 1, 2).
    every : int
        Steps from one frame to the next.
    """
    across, values = heights(function)
    traces = {name: np.array([function(*means) for means in path]) for name, path in paths.items()}
    n_steps = max(map(len, paths.values())) - 1
    floor = min(trace.min() for trace in traces.values())
    figure, (left, right) = new(7.8, 3.9, columns=2)

    def draw(frame: int) -> None:
        lines(left, across, values)
        step = frame * every
        for k, (name, path) in enumerate(paths.items()):
            look = {"color": COLOURS[k], "ls": LINES[k]}
            left.plot(*path[: step + 1].T, lw=1.6, **look)
            left.plot(*path[: step + 1].T, ls="", marker=".", ms=5, color=COLOURS[k])
            left.plot(*path[min(step, len(path) - 1)], marker=MARKERS[k], ms=10, color=COLOURS[k], mec="white")
            right.plot(traces[name][: step + 1], marker=MARKERS[k], markevery=[-1], ms=8, label=name, **look)
        right.set(xlim=(-0.5, n_steps + 0.5), ylim=(floor - 60, -950))
        label(left, FIRST, SECOND, f"step {step}")
        label(right, "step", "log-likelihood", "height", legend=True, loc="lower right")

    ends = "; ".join(
        f"{name} ends at ({path[-1][0]:.1f}, {path[-1][1]:.1f}) with {traces[name][-1]:.1f}"
        for name, path in paths.items()
    )
    return play(
        figure,
        draw,
        n_steps // every + 1,
        label=lambda frame: f"step {frame * every}",
        alt=f"Walks over the level lines of the surface of two means, and their heights step by step. {ends}.",
        caption="Gradient ascent: at each point the steepest way up, a step, and again.",
    )
