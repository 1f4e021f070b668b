"""How every figure of the course looks, and the one way in which it is shown."""

import base64
import html
import json
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from .palette import Palette


def _themes() -> dict[str, dict]:
    text = (Path(__file__).parents[1] / "explore" / "browser" / "colours.js").read_text(encoding="utf-8")
    return json.loads(text[text.index("{") : text.rindex("}") + 1])


THEMES = _themes()
"""The colours of the explorations; figures are on white paper in both themes."""

COLOURS = tuple(THEMES["light"]["components"][:6])
"""One for each component; they stay apart for colour-blind readers."""

MARKERS = ("o", "s", "^", "D", "P", "X")
"""One mark for each component, since colour alone must not carry a meaning."""

LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)))
"""One line style for each component."""

HATCHES = ("//", "\\\\", "..", "xx", "--", "++")
"""One filling for the bars of each component."""

INK = THEMES["light"]["ink"]
"""Axes, text and whatever belongs to the whole mixture."""

FAINT = THEMES["light"]["grid"]
"""Level lines, and bands behind a curve."""

MUTED = THEMES["light"]["soft"]
"""Data that belong to nobody yet, and remarks; still 5:1 against the paper."""

SMALLEST_TEXT = 10.0
"""In points; `show` refuses a figure with smaller text."""

LEAST_CONTRAST = 3.0
"""Of a line to the paper; `show` refuses a figure with a fainter one."""

CSS_DPI = 96

RC = {
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "font.family": ["DejaVu Sans"],
    "font.size": 11.0,
    "axes.titlesize": 11.5,
    "axes.labelsize": 11.0,
    "xtick.labelsize": 10.0,
    "ytick.labelsize": 10.0,
    "legend.fontsize": 10.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": mpl.cycler(color=COLOURS),
    "lines.linewidth": 2.0,
    "path.simplify": True,
}


def new(width: float = 7.2, height: float = 3.4, rows: int = 1, columns: int = 1, **subplots):
    """Open a figure on white paper and return it with its axes.

    The figure is not registered with pyplot, so nothing is drawn twice in a notebook and nothing
    has to be closed.

    Parameters
    ----------
    width, height : float
        Size in inches; 96 pixels of the page are an inch.
    rows, columns : int
        Panels.
    **subplots
        Passed on to `Figure.subplots`, for example `sharex=True` or `width_ratios=[2, 1]`.

    Returns
    -------
    (Figure, Axes or ndarray of Axes)
        As `matplotlib.pyplot.subplots` returns them.

    Examples
    --------
    >>> figure, (left, right) = new(7.2, 3, columns=2)
    >>> left.get_facecolor()
    (1.0, 1.0, 1.0, 1.0)
    """
    with mpl.rc_context(RC):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots(rows, columns, **subplots)
    return figure, axes


class Shown:
    """A figure turned into HTML: the picture, its description and its caption."""

    def __init__(self, markup: str, alt: str):
        self.markup = markup
        self.alt = alt

    def _repr_html_(self) -> str:
        return self.markup

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"


def show(figure: Figure, *, alt: str, caption: str = "") -> Shown:
    """Turn a figure into something that a notebook shows with its description.

    Every figure of the course goes through here, so that every one has an alt text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        From `new`, or anybody's.
    alt : str
        What the picture shows, for those who cannot see it: what is on the axes and what to notice.
    caption : str
        One or two sentences under the picture; plain text.

    Returns
    -------
    Shown
        Leave it as the last line of a cell.

    Raises
    ------
    ValueError
        If `alt` is empty, or the figure holds text smaller than `SMALLEST_TEXT` points or a line that is too faint.

    Examples
    --------
    >>> figure, axes = new(2, 2)
    >>> _ = axes.plot([0, 1], [0, 1])
    >>> show(figure, alt="A rising line.")
    Figure: A rising line.
    """
    check_legible(figure, alt)
    width = round(figure.get_figwidth() * CSS_DPI)
    image = image_of(png(figure, scale=2), alt, width)
    return Shown(framed(image, caption, width), alt)


def check_legible(figure: Figure, alt: str) -> None:
    """Refuse a figure without a description, with text that is too small to read, or with a line too faint to see."""
    if not alt.strip():
        raise ValueError("show(figure, alt=...) needs a description of the picture")
    small = {text.get_text() for text in texts(figure) if text.get_fontsize() < SMALLEST_TEXT}
    if small:
        raise ValueError(f"text below {SMALLEST_TEXT:g} pt in a figure: {sorted(small)}")
    lines = [(line.get_color(), line.get_alpha()) for axes in figure.axes for line in axes.lines if drawn(line)]
    faint = {colour for colour, alpha in lines if contrast(colour, alpha) < LEAST_CONTRAST}
    if faint:
        raise ValueError(f"a line with a contrast below {LEAST_CONTRAST:g} to 1 in a figure: {sorted(map(str, faint))}")


def drawn(line: Line2D) -> bool:
    """Whether a line is seen as one: marks alone are none."""
    return line.get_visible() and line.get_linestyle() not in ("None", "", " ") and len(line.get_xdata()) > 1


def contrast(colour, alpha: float | None = None, ground: str = "white") -> float:
    """Of a colour, as it is seen through its opacity, to the ground, as WCAG defines it.

    Examples
    --------
    >>> contrast("black")
    21.0
    """
    *channels, own = mpl.colors.to_rgba(colour, alpha)
    below = np.array(mpl.colors.to_rgb(ground))
    low, high = sorted(map(luminance, (own * np.array(channels) + (1 - own) * below, below)))
    return (high + 0.05) / (low + 0.05)


def luminance(channels: np.ndarray) -> float:
    """Relative luminance of red, green and blue between 0 and 1, as WCAG defines it."""
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def texts(figure: Figure) -> Iterator[Text]:
    """Every visible text of a figure."""
    return (text for text in figure.findobj(Text) if text.get_visible() and text.get_text())


def pixels(figure: Figure, scale: float) -> np.ndarray:
    """Draw the figure at `scale` times the pixels that the page gives it: bytes of shape (height, width, 4)."""
    with mpl.rc_context(RC):
        figure.set_dpi(CSS_DPI * scale)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def png(figure: Figure, scale: float, n_colours: int = 255) -> bytes:
    """Draw the figure as a PNG with a palette, which makes a third of the bytes and no difference to the eye."""
    picture = pixels(figure, scale)
    return Palette([picture[::2, ::2]], n_colours).png(picture)


def image_of(picture: bytes, alt: str, width: int) -> str:
    """A PNG within the page, `width` pixels wide where there is room."""
    data = base64.b64encode(picture).decode("ascii")
    return (
        f'<img alt="{html.escape(alt)}" width="{width}" src="data:image/png;base64,{data}" '
        'style="max-width:100%;height:auto;box-sizing:border-box;padding:4px;background:#fff;border-radius:4px">'
    )


def framed(inner: str, caption: str, width: int) -> str:
    """`inner` as an HTML figure; the caption takes the colour of the reader's theme."""
    words = (
        f'<figcaption style="max-width:{width}px;color:inherit;font-size:0.95em;line-height:1.4;'
        f'margin-top:0.3em">{html.escape(caption)}</figcaption>'
        if caption
        else ""
    )
    return f'<figure style="margin:0.6em 0">{inner}{words}</figure>'


def label(axes: Axes, x: str = "", y: str = "", title: str = "", *, legend: bool = False, **legend_options) -> Axes:
    """Name the axes, put the title at the left, and place a legend that hides nothing behind it."""
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if title:
        axes.set_title(title, loc="left", fontsize=RC["axes.titlesize"])
    if legend:
        axes.legend(**{"frameon": False, "fontsize": 10, "handlelength": 2.6} | legend_options)
    return axes
