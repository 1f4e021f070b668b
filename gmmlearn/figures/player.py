"""Moving pictures: frames drawn once, shown by a small player that needs no kernel and no network."""

import base64
import html
import json
import uuid
from collections.abc import Callable
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from .palette import Palette
from .style import CSS_DPI, Shown, check_legible, framed, pixels

MOST_BYTES = 2_000_000
"""A notebook with two or three players must stay a file that you can send."""

_PAGE = Path(__file__).with_name("player.html")


def play(
    figure: Figure,
    draw: Callable[[int], None],
    n_frames: int,
    *,
    alt: str,
    caption: str = "",
    label: Callable[[int], str] | None = None,
    seconds_per_frame: float = 0.2,
    scale: float = 1.5,
) -> Shown:
    """Show a moving picture that stands still on its first frame until the reader starts it.

    Before each frame everything is wiped off the axes, so `draw` draws a frame as if it were the only
    one; it must set the same limits, ticks and scales every time, lest the picture jump.

    Parameters
    ----------
    figure : Figure
        From `style.new`; its size is that of the film.
    draw : callable
        `draw(frame)` draws frame `frame`, an integer from 0 on, on the figure's axes.
    n_frames : int
        At most about 60.
    alt : str
        What the film shows and how it ends, for those who cannot see it.
    caption : str
        Plain text under the picture.
    label : callable, optional
        `label(frame)` is a few words shown beside the slider and read by screen readers.
    seconds_per_frame : float
        Pace of the play button.
    scale : float
        Pixels of a frame for each pixel of the page.

    Returns
    -------
    Shown
        Leave it as the last line of a cell.

    Raises
    ------
    ValueError
        If the film has no frames, no description, too small a text, or more than `MOST_BYTES` bytes.
    """
    if n_frames < 1:
        raise ValueError("a film needs at least one frame")
    label = label or (lambda frame: f"frame {frame + 1} of {n_frames}")
    pictures = []
    for frame in range(n_frames):
        for axes in figure.axes:
            wipe(axes)
        draw(frame)
        if frame == 0:
            figure.draw_without_rendering()
            figure.set_layout_engine("none")
        if frame in (0, n_frames - 1):
            check_legible(figure, alt)
        pictures.append(pixels(figure, scale))
    palette = Palette(pictures[:: max(1, n_frames // 3)] + pictures[-1:])
    frames = [base64.b64encode(palette.png(picture)).decode("ascii") for picture in pictures]
    size = sum(map(len, frames))
    if size > MOST_BYTES:
        raise ValueError(f"the film takes {size} bytes, more than {MOST_BYTES}: fewer or smaller frames, please")
    labels = [label(frame) for frame in range(n_frames)]
    width = round(figure.get_figwidth() * CSS_DPI)
    return Shown(framed(page(frames, labels, alt, width, seconds_per_frame), caption, width), alt)


def wipe(axes: Axes) -> None:
    """Take away what was drawn and leave the axes and their ticks, which take longer to make than the rest."""
    for artist in (*axes.lines, *axes.collections, *axes.patches, *axes.texts, *axes.images, *axes.artists):
        artist.remove()
    axes.containers.clear()
    for place in ("left", "center", "right"):
        axes.set_title("", loc=place)
    axes.set(xlabel="", ylabel="")
    if axes.get_legend():
        axes.get_legend().remove()
    axes.dataLim = Bbox.null()
    axes.autoscale(True)
    axes.set_prop_cycle(None)


def page(frames: list[str], labels: list[str], alt: str, width: int, seconds_per_frame: float) -> str:
    """The player's HTML with everything in it."""
    data = {"frames": frames, "labels": labels, "milliseconds": round(1000 * seconds_per_frame)}
    holes = {
        "@ID@": f"player-{uuid.uuid4().hex[:12]}",
        "@ALT@": html.escape(alt),
        "@FIRST@": frames[0],
        "@LABEL@": html.escape(labels[0]),
        "@LAST@": str(len(frames) - 1),
        "@WIDTH@": str(width),
        "@DATA@": json.dumps(data).replace("</", "<\\/"),
    }
    text = _PAGE.read_text(encoding="utf-8")
    for hole, filling in holes.items():
        text = text.replace(hole, filling)
    return text
