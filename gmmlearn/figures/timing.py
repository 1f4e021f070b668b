"""The picture behind `compare`: seconds of one call against the number of samples."""

from html import escape
from typing import Protocol

from .style import COLOURS, LINES, MARKERS, Shown, label, new, show


class Measured(Protocol):
    """What is drawn: `gmmlearn.checks.timing.Timing` is one."""

    name: str
    twin: str
    n_samples: tuple[int, ...]
    own_seconds: tuple[float, ...]
    library_seconds: tuple[float, ...]
    in_words: str


def draw(timing: Measured) -> Shown:
    """Both lines on two logarithmic axes, with the numbers as a table that can be unfolded.

    Parameters
    ----------
    timing : Measured
        Seconds of the student's function and of its library twin.

    Returns
    -------
    Shown
        Leave it as the last line of a cell.
    """
    figure, axes = new(6.4, 3.6)
    lines = ((f"your {timing.name}", timing.own_seconds), (timing.twin, timing.library_seconds))
    for k, (name, seconds) in enumerate(lines):
        axes.plot(timing.n_samples, seconds, color=COLOURS[k], marker=MARKERS[k], linestyle=LINES[k], label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.grid(True, which="major", alpha=0.3)
    label(axes, "number of samples n", "seconds for one call", "How the time grows", legend=True)
    alt = f"Two lines on logarithmic axes, time against number of samples. {timing.in_words}"
    shown = show(figure, alt=alt, caption=timing.in_words)
    return Shown(shown.markup + _table(timing), shown.alt)


def _table(timing: Measured) -> str:
    """The same numbers for those who do not see the picture."""
    head = "".join(
        f'<th scope="col" style="text-align:right;padding:0 .6em">{escape(word)}</th>'
        for word in ("n", f"{timing.name}, seconds", f"{timing.twin}, seconds")
    )
    rows = "".join(
        '<tr style="background:none">'
        + "".join(
            f'<td style="text-align:right;padding:0 .6em">{cell}</td>' for cell in (f"{n:,}", f"{a:.2g}", f"{b:.2g}")
        )
        + "</tr>"
        for n, a, b in zip(timing.n_samples, timing.own_seconds, timing.library_seconds)
    )
    return (
        "<details><summary>The numbers</summary>"
        f'<table style="border-collapse:collapse"><thead><tr style="background:none">{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )
