"""Stills of the explorations by matplotlib, for print and for pages without a kernel: the same scenes and values."""

import textwrap
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, Polygon, Rectangle

from gmmlearn import library
from gmmlearn.explore.models import model
from gmmlearn.explore.scenes import scene
from gmmlearn.figures.style import MARKERS, THEMES

_INCHES, _DPI = 7.4, 90
_TICKS, _LETTER = 0.6, 0.077
"""Inches that the labels of ticks take, and those of a letter of a title."""
WIDTH = round(_INCHES * _DPI)
"""Of a still, in the pixels of a page."""


def still(name: str, state: dict | None = None, data: dict | None = None, theme: str = "light") -> Figure:
    """One picture of an exploration.

    Parameters
    ----------
    name : str
        One of `gmmlearn.explore.models.NAMES`.
    state, data : dict, optional
        By default those at the beginning.
    theme : {"light", "dark"}

    Returns
    -------
    Figure

    Examples
    --------
    >>> len(still("sampling").axes)
    2
    """
    module, spec = model(name), scene(name)
    data = module.data() if data is None else data
    if state is None:
        state = module.initial()
        state = module.started(state, data) if hasattr(module, "started") else state
    values = module.compute(state, data, library)
    scope = {**state, **values, **module.marks(state, values, data)}
    panels = [panel for panel in spec["panels"] if scope.get(panel.get("when", "box"), False) is not False]
    return _drawn(panels, scope, THEMES[theme])


def png(name: str, state: dict, data: dict) -> bytes:
    """The still of a state with its caption, as the bytes of a picture."""
    figure = still(name, state, data)
    width, height = figure.get_size_inches()
    figure.set_size_inches(width, height + 0.35)
    figure.supxlabel(
        f"{scene(name)['title']}. A still picture: to move it, run its cell in a notebook.",
        x=0.01, ha="left", fontsize=9, color=THEMES["light"]["ink"],
    )  # fmt: skip
    file = BytesIO()
    figure.savefig(file, dpi=_DPI)
    return file.getvalue()


def _drawn(panels: list[dict], scope: dict, theme: dict) -> Figure:
    shares = [panel.get("share", 1) for panel in panels]
    aspects = [panel["aspect"] * panel.get("share", 1) for panel in panels if "aspect" in panel]
    height = max([_INCHES / sum(shares) * aspect for aspect in aspects] or [3.0]) + 0.3
    figure = Figure(figsize=(_INCHES, height), facecolor=theme["ground"], layout="constrained")
    axes = figure.subplots(1, len(panels), width_ratios=shares, squeeze=False)[0]
    for ax, panel, share in zip(axes, panels, shares):
        _dress(ax, panel, scope, theme, int((_INCHES * share / sum(shares) - _TICKS) / _LETTER))
        for mark in panel["marks"]:
            if "when" not in mark or (scope.get(mark["when"]) is not None and scope[mark["when"]] is not False):
                MARKS[mark["mark"]](ax, mark, scope, theme)
    return figure


def _name(name: Any, scope: dict) -> str:
    """A name, or one of two by a part of the state, as `nameFor` in the browser."""
    return name["then" if scope[name["when"]] else "otherwise"] if isinstance(name, dict) else name


def _dress(ax: Axes, panel: dict, scope: dict, theme: dict, letters: int) -> None:
    box = scope[panel["box"]]
    ax.set(xlim=box[:2], ylim=box[2:], facecolor=theme["ground"])
    title, below = _name(panel.get("title", ""), scope), panel.get("x", "")
    ax.set_title(textwrap.fill(title, letters), loc="left", color=theme["ink"], fontsize=10)
    ax.set_xlabel(textwrap.fill(below, letters), color=theme["ink"])
    ax.tick_params(colors=theme["ink"])
    for spine in ax.spines.values():
        spine.set_color(theme["soft"])
    if "categories" in panel:
        ax.set_xticks(range(len(panel["categories"])), panel["categories"])


def _colour(theme: dict, name: Any) -> str:
    name = "ink" if name is None else name
    return theme[name] if name in ("ink", "soft") else theme["components"][int(name)]


def _points(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    xy = np.reshape(scope[mark["xy"]], (-1, 2))
    area = (1.1 * mark.get("size", 3)) ** 2 * (0.4 if len(xy) > 800 else 1)
    rows, labels = scope.get(mark.get("blend")), scope.get(mark.get("labels"))
    groups = np.zeros(len(xy), int)
    colours: Any = _colour(theme, mark.get("colour", "soft"))
    if rows is not None:
        groups = np.argmax(rows, axis=1)
        colours = np.clip(rows @ [to_rgb(theme["components"][k]) for k in range(rows.shape[1])], 0, 1)
    elif labels is not None:
        groups = np.asarray(labels, int)
        colours = np.array([to_rgb(theme["components"][k]) for k in groups]).reshape(-1, 3)
    edge = theme["ink"] if mark.get("outline") else "none"
    for k in np.unique(groups):
        own = groups == k
        sign = MARKERS[k % 4] if rows is not None or labels is not None else MARKERS[mark.get("shape", 0)]
        ax.scatter(
            *xy[own].T, s=area, marker=sign, edgecolors=edge, c=colours if isinstance(colours, str) else colours[own]
        )


def _curve(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    heights = np.array(scope[mark["y"]], float)
    dash = (0, mark["dash"]) if "dash" in mark else "-"
    ax.plot(scope[mark["x"]], heights, color=_colour(theme, mark.get("colour")), lw=mark.get("width", 1.5), ls=dash)


def _curves(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    x = scope[mark["x"]]
    for k, heights in enumerate(np.reshape(scope[mark["y"]], (-1, len(x)))):
        ax.plot(x, heights, color=_colour(theme, k), lw=mark.get("width", 1.5))


def _areas(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    x = scope[mark["x"]]
    for k, heights in enumerate(np.reshape(scope[mark["y"]], (-1, len(x)))):
        ax.fill_between(x, heights, color=_colour(theme, k), alpha=0.15, lw=0)


def _each_ellipse(mark: dict, scope: dict) -> Iterator[tuple[int, Ellipse]]:
    """Each component and an ellipse of it."""
    for k, (mean, covariance) in enumerate(zip(scope[mark["means"]], scope[mark["covariances"]])):
        variances, vectors = np.linalg.eigh(np.array(covariance, float))
        angle = np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))
        for scale in mark.get("scales", [1, 2]):
            second, first = 2 * scale * np.sqrt(np.maximum(variances, 0))
            yield k, Ellipse(mean, first, second, angle=angle)


def _ellipses(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    dash = (0, mark["dash"]) if "dash" in mark else "-"
    for k, ellipse in _each_ellipse(mark, scope):
        ellipse.set(fill=False, ec=_colour(theme, mark.get("colour", k)), lw=mark.get("width", 1.5), ls=dash)
        ax.add_patch(ellipse)
    if "dash" not in mark and "colour" not in mark:
        for k, mean in enumerate(scope[mark["means"]]):
            ax.plot(*mean, MARKERS[k % 4], mfc=_colour(theme, k), mec=theme["ink"], ms=8)


def _discs(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    for k, ellipse in _each_ellipse(mark, scope):
        ellipse.set(fc=_colour(theme, k), alpha=0.12, lw=0)
        ax.add_patch(ellipse)


def _contours(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    nx, ny = scope[mark["shape"]]
    x0, x1, y0, y1 = scope["box"]
    grid = np.reshape(scope[mark["grid"]], (ny, nx))
    colour = _colour(theme, mark.get("colour", "soft"))
    ax.contour(
        np.linspace(x0, x1, nx),
        np.linspace(y0, y1, ny),
        grid,
        scope[mark["levels"]],
        colors=colour,
        linewidths=mark.get("width", 1),
        linestyles="solid",
        alpha=0.7,
    )


def _path(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    dash = (0, mark["dash"]) if "dash" in mark else "-"
    sign = MARKERS[mark.get("shape", 0)]
    colour = _colour(theme, mark.get("colour"))
    ax.plot(
        *np.reshape(scope[mark["xy"]], (-1, 2)).T, color=colour, ls=dash, marker=sign, ms=4, lw=mark.get("width", 1.5)
    )


def _arrows(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    start = scope[mark["from"]]
    for k, tip in enumerate(scope[mark["to"]]):
        ax.plot(*zip(start, tip), color=_colour(theme, k + 1), lw=mark.get("width", 2), marker="o", ms=5)


def _links(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    for k, (start, end) in enumerate(scope[mark["pairs"]]):
        colour = _colour(theme, scope[mark["component"]] if "component" in mark else k)
        width = mark.get("thinnest", 0.5) + mark.get("width", 7) * scope[mark["shares"]][k]
        ax.plot(*zip(start, end), color=colour, lw=width)
        if "component" not in mark:
            ax.plot(*start, "o", mfc=_colour(theme, 4), mec=theme["ink"], ms=8)


def _bars(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    heights = scope[mark["heights"]]
    places = np.arange(len(heights))
    if mark.get("outline"):
        ax.bar(places, heights, 0.78, fill=False, ec=theme["ink"], ls="--", lw=1.5)
        return
    bars = ax.bar(places, heights, 0.72, color=[_colour(theme, k) for k in places])
    if mark.get("numbers"):
        ax.bar_label(bars, fmt="%.2f", color=theme["ink"])


def _regions(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    nx, ny = scope[mark["shape"]]
    shares = np.reshape(scope[mark["shares"]], (-1, ny, nx))
    palette = [to_rgb(theme["components"][k]) for k in range(len(shares))]
    picture = np.clip(np.einsum("kyx,kc->yxc", shares, palette), 0, 1)
    ax.imshow(picture, extent=scope["box"], origin="lower", aspect="auto", alpha=0.22, interpolation="bilinear")
    x, y = np.linspace(*scope["box"][:2], nx), np.linspace(*scope["box"][2:], ny)
    for lead in scope[mark["leads"]]:
        ax.contour(x, y, np.reshape(lead, (ny, nx)), [0], colors=theme["ink"], linestyles="dotted")


def _trails(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    for k, way in enumerate(np.swapaxes(scope[mark["way"]], 0, 1)):
        if len(way) > 1:
            ax.plot(*way.T, color=theme["ink"], marker=MARKERS[k % 4], mfc=_colour(theme, k), ms=4)


def _slices(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    place, *parts = scope[mark["slices"]]
    bottoms = np.cumsum([0.0, *parts[:-1]])
    ax.bar(place, parts, 0.16, bottoms, color=[_colour(theme, k) for k in range(len(parts))])
    ax.plot(place, sum(parts), "o", mfc=_colour(theme, 4), mec=theme["ink"], ms=8)


def _window(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    x, y, half = scope[mark["window"]]
    ax.add_patch(Rectangle((x - half, y - half), 2 * half, 2 * half, fill=False, ec=theme["ink"], lw=1.5))


def _whiskers(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    heights = scope[mark["at"]]
    ax.errorbar(range(len(heights)), heights, scope[mark["lengths"]], fmt="none", ecolor=theme["ink"], capsize=4)


def _names(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    for place, text in zip(scope[mark["at"]], scope[mark["names"]]):
        ax.annotate(text, place, (7, 5), textcoords="offset points", color=theme["ink"], weight="bold")


def _people(ax: Axes, mark: dict, scope: dict, theme: dict) -> None:
    unit = np.array([np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())]) / 45
    for k, mean in enumerate(np.array(scope[mark["at"]])):
        dress = mean + unit * [[0, 1], [1, -1.4], [-1, -1.4]]
        ax.add_patch(Polygon(dress, fc=_colour(theme, k), ec=theme["ink"]))
        ax.add_patch(Ellipse(mean + unit * [0, 1.5], *(1.3 * unit), fc=_colour(theme, k), ec=theme["ink"]))


MARKS = {
    "points": _points,
    "areas": _areas,
    "curve": _curve,
    "curves": _curves,
    "discs": _discs,
    "ellipses": _ellipses,
    "contours": _contours,
    "path": _path,
    "arrows": _arrows,
    "links": _links,
    "bars": _bars,
    "names": _names,
    "people": _people,
    "regions": _regions,
    "trails": _trails,
    "slices": _slices,
    "whiskers": _whiskers,
    "window": _window,
}
"""How each kind of mark is drawn; the browser has one function for each as well."""
