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


class Timed(Protocol):
    """One line of `lines`."""

    title: str
    seconds: tuple[float, ...]


class Several(Protocol):
    """What `lines` draws: `gmmlearn.checks.styles.Reference` is one."""

    name: str
    n_samples: tuple[int, ...]
    styles: tuple[Timed, ...]
    rows: list[list[str]]


def lines(timings: Several) -> Shown:
    """A line for each way to write a function, on two logarithmic axes, with the numbers as a table.

    Parameters
    ----------
    timings : Several

    Returns
    -------
    Shown
        Leave it as the last line of a cell.
    """
    figure, axes = new(6.4, 3.6)
    for k, style in enumerate(timings.styles):
        n = timings.n_samples[: len(style.seconds)]
        axes.plot(n, style.seconds, color=COLOURS[k], marker=MARKERS[k], linestyle=LINES[k], label=style.title)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.grid(True, which="major", alpha=0.3)
    label(axes, "number of samples n", "seconds for one call", "How the times grow", legend=True)
    titles = [style.title for style in timings.styles]
    alt = f"{len(titles)} lines on logarithmic axes, time against number of samples: {', '.join(titles)}."
    shown = show(figure, alt=alt, caption=f"One call of {timings.name}. Speed is not graded.")
    return Shown(shown.markup + _unfolding(["n", *titles], timings.rows), shown.alt)


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
    rows = zip(timing.n_samples, timing.own_seconds, timing.library_seconds)
    head = ["n", f"{timing.name}, seconds", f"{timing.twin}, seconds"]
    return _unfolding(head, [[f"{n:,}", f"{a:.2g}", f"{b:.2g}"] for n, a, b in rows])


def _unfolding(head: list[str], rows: list[list[str]]) -> str:
    look = "text-align:right;padding:0 .6em"
    titles = "".join(f'<th scope="col" style="{look}">{escape(word)}</th>' for word in head)
    body = "".join(
        '<tr style="background:none">' + "".join(f'<td style="{look}">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return (
        "<details><summary>The numbers</summary>"
        f'<table style="border-collapse:collapse"><thead><tr style="background:none">{titles}</tr></thead>'
        f"<tbody>{body}</tbody></table></details>"
    )
