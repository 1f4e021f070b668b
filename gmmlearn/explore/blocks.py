"""How fast a pass over the data is, by the size of its blocks, measured on the machine of the reader.

It has no twin in the browser and no model: what it shows is how long a function takes in this kernel.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np

from gmmlearn import library
from gmmlearn.explore import own
from gmmlearn.figures.style import COLOURS, INK, MARKERS, MUTED, Shown, label, new, show

SIZES = tuple(2**power for power in range(5, 15))
LARGEST = 2**25
"""Bytes of the statistics of a block; larger blocks are left out."""
SECONDS_A_SIZE = 0.05
SECONDS_AT_MOST = 1.0
"""The same by the clock on the wall, after which a function that waits or is very slow is not called again."""
LIBRARY = "expected_statistics of gmmlearn.library"
CLOCK = time.process_time if sys.platform in ("linux", "darwin") else time.perf_counter
"""This process's own time, as other programs count for the clock on the wall; on Windows it moves by 16 ms at a time,
and in a browser it may stand still."""
CACHES = Path("/sys/devices/system/cpu/cpu0/cache")
_UNITS = {"K": 2**10, "M": 2**20, "G": 2**30}


def blocks(function: Callable[..., Any] | None = None) -> "Blocks":
    """Measure a pass over the data with blocks of many sizes, and see what many passes cost.

    Parameters
    ----------
    function : callable, optional
        `expected_statistics` of yours; until it passes its public check, and by default, the library's is measured.
    """
    return Blocks(function)


class Blocks(widgets.VBox):
    """Throughput against the size of a block; measured again when d or K changes, or at a press of the button.

    Attributes
    ----------
    samples_per_second : dict of int to float
        Size of the block -> what was measured last.
    """

    def __init__(self, function: Callable[..., Any] | None = None) -> None:
        self.function, self.whose = _usable(function)
        self.caches = cache_sizes()
        style = {"description_width": "initial"}
        look = {"style": style, "layout": {"width": "max-content"}}
        self.features = widgets.Dropdown(options=[2, 10, 50], value=10, description="features d", **look)
        self.components = widgets.Dropdown(options=[3, 10, 20], value=10, description="components K", **look)
        # No slider: in Notebook 7 its arrow keys go to the notebook, and with forced colours its track is not seen.
        self.passes = widgets.BoundedIntText(30, 1, 200, description="passes", **look)
        self.again = widgets.Button(description="Measure again")
        self.bar = widgets.IntProgress(0, 0, len(SIZES))
        self.picture, self.words = widgets.HTML(), widgets.HTML()
        row = widgets.HBox([self.features, self.components, self.again, self.bar], layout={"flex_flow": "row wrap"})
        super().__init__([row, self.picture, self.passes, self.words])
        for choice in (self.features, self.components):
            choice.observe(lambda change: self.measure(), "value")
        self.again.on_click(lambda button: self.measure())
        self.passes.observe(lambda change: self._say(), "value")
        self.measure()

    def measure(self) -> None:
        """Time a pass with every size of block, and draw the result."""
        d, n_components = self.features.value, self.components.value
        X, theta = _problem(d, n_components)
        sizes = [size for size in SIZES if 8 * size * theta.shape[1] <= LARGEST]
        self.bar.value, self.bar.max, self.samples_per_second = 0, len(sizes), {}
        self.bar.layout.visibility = "visible"
        for size in sizes:
            try:
                self.samples_per_second[size] = throughput(self.function, X, theta, size)
            except (
                Exception
            ) as error:  # whatever a student's function raises, with larger blocks than those of its check
                if self.function is library.expected_statistics:
                    raise
                self.function = library.expected_statistics
                self.whose = f"{LIBRARY}, since yours raises {type(error).__name__} with blocks of {size:,}"
                return self.measure()
            self.bar.value += 1
        self.shown = _drawn(self.samples_per_second, theta.shape[1], n_components, self.caches, self.whose)
        self.picture.value = self.shown.markup
        self.bar.layout.visibility = "hidden"
        self._say()

    @property
    def sentence(self) -> str:
        """What the passes over ten million samples cost, with the best block and with the largest."""
        best = max(self.samples_per_second, key=self.samples_per_second.get)
        seconds = self.passes.value * 1e7 / self.samples_per_second[best]
        largest = max(self.samples_per_second)
        slow = self.passes.value * 1e7 / self.samples_per_second[largest]
        return (
            f"Ten million samples, {self.passes.value} passes: {_duration(seconds)} in blocks of {best:,}, "
            f"{_duration(slow)} in blocks of {largest:,}."
        )

    def _say(self) -> None:
        self.words.value = self.sentence

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        """The widget, and its picture for where no widget can be."""
        bundle = super()._repr_mimebundle_(**kwargs)
        note = "A still picture: to measure on your machine, run its cell in a notebook."
        still = f"{self.shown.markup}<p>{note}</p>"
        return bundle | {"text/html": still, "text/plain": f"{self.shown.alt} {note}"}, {}


def throughput(function: Callable[..., Any], X: np.ndarray, theta: np.ndarray, size: int) -> float:
    """Samples per second in blocks of a size: the best of what fits in the time for one.

    Examples
    --------
    >>> throughput(library.expected_statistics, np.ones((64, 1)), np.array([[0.0, 0.0, -0.5]]), 32) > 0
    True
    """
    n_samples = min(len(X), max(size, 2048))
    rates, end, latest = [], CLOCK() + SECONDS_A_SIZE, time.monotonic() + SECONDS_AT_MOST
    while not rates or (CLOCK() < end and time.monotonic() < latest):
        begin, done = CLOCK(), 0
        while done < n_samples and (not done or time.monotonic() < latest):
            function(X[done : done + size], theta)
            done += size
        rates.append(min(done, n_samples) / max(CLOCK() - begin, 1e-6))
    return max(rates)


def cache_sizes(folder: Path = CACHES) -> dict[str, int]:
    """Name of each data cache of a core -> its bytes, as the system says; empty where it does not say.

    >>> all(size > 0 for size in cache_sizes().values())
    True
    """
    found = {}
    for cache in sorted(folder.glob("index*")):
        try:
            level, kind, size = ((cache / name).read_text().strip() for name in ("level", "type", "size"))
        except OSError:  # virtual and ARM machines may leave the size out
            continue
        if kind != "Instruction" and size[-1:] in _UNITS:
            found[f"L{level}"] = int(size[:-1]) * _UNITS[size[-1]]
    if sys.platform == "darwin":
        for level, name in (("L1", "hw.l1dcachesize"), ("L2", "hw.l2cachesize")):
            said = subprocess.run(["sysctl", "-n", name], capture_output=True, text=True, check=False).stdout.strip()
            found |= {level: int(said)} if said.isdigit() and int(said) else {}
    return found


def _usable(function: Callable[..., Any] | None) -> tuple[Callable[..., Any], str]:
    """The function to measure, and whose it is: the library's until yours is written and passes its public check."""
    if function is None:
        return library.expected_statistics, LIBRARY
    try:
        reason = own.within(own.CHECK_SECONDS, lambda: own.public_check("expected_statistics", function))
    except KeyboardInterrupt:
        reason = own.INTERRUPTED
    except (own.TooSlow, own.Ended) as error:
        reason = str(error)
    if reason:
        return library.expected_statistics, f"{LIBRARY}, since yours {reason}"
    return function, "your expected_statistics"


def _problem(d: int, n_components: int) -> tuple[np.ndarray, np.ndarray]:
    """Samples, as many as the largest block, and natural parameters of that many features and components."""
    rng = np.random.default_rng(0)
    means = 2 * rng.standard_normal((n_components, d))
    covariances = np.tile(np.eye(d), (n_components, 1, 1))
    theta = library.natural_parameters(np.full(n_components, 1 / n_components), means, covariances)
    return rng.standard_normal((SIZES[-1], d)), theta


def _drawn(found: dict[int, float], n_statistics: int, n_components: int, caches: dict[str, int], whose: str) -> Shown:
    """The curve, with the size of a block's statistics on top and a line where they fill a cache."""
    figure, ax = new(8.0, 3.9)
    sizes, rates = np.array(list(found)), np.array(list(found.values())) / 1e6
    ax.plot(sizes, rates, color=COLOURS[0], marker=MARKERS[0])
    ax.set_ylim(0, 1.18 * rates.max())
    ax.set_xscale("log", base=2)
    ax.set_xticks(sizes[::2], [f"{size:,}" for size in sizes[::2]])
    a_sample = 8 * n_statistics
    top = ax.secondary_xaxis("top", functions=(lambda size: size * a_sample, lambda n_bytes: n_bytes / a_sample))
    ticks = [2**power for power in range(10, 34, 2) if sizes[0] <= 2**power / a_sample <= sizes[-1]]
    top.set_xticks(ticks, [_bytes(tick) for tick in ticks])
    top.minorticks_off()
    top.set_xlabel("size of T")
    dotted = {name: size for name, size in caches.items() if sizes[0] < size / a_sample < sizes[-1]}
    for name, size in dotted.items():
        ax.axvline(size / a_sample, color=MUTED, ls=":", lw=1.5)
        ax.annotate(f" {name}", (size / a_sample, 1.1 * rates.max()), color=INK)
    label(ax, "samples in a block", "million samples per second")
    best = sizes[rates.argmax()]
    if dotted:
        listed = ", ".join(f"{name} {_bytes(size)}" for name, size in dotted.items())
        said = f"Dotted: where T alone would fill a cache ({listed})."
    elif caches:
        said = "Every cache that this system reports is smaller or larger than each T here."
    else:
        said = "This system does not say how large its caches are."
    return show(
        figure,
        alt=f"A curve: samples per second against the size of a block, {sizes[0]} to {sizes[-1]:,}. It is highest at "
        f"{best:,} samples, where T has {_bytes(best * a_sample)}: {rates.max():.2f} million a second.",
        caption=f"Measured here just now: {whose}, {n_statistics} statistics, {n_components} components. {said}",
    )


def _bytes(size: float) -> str:
    """A size of memory in words.

    >>> _bytes(32 * 2**10), _bytes(2**20)
    ('32 KiB', '1 MiB')
    """
    unit, name = next(((one, name) for one, name in ((2**30, "GiB"), (2**20, "MiB")) if size >= one), (2**10, "KiB"))
    return f"{size / unit:.3g} {name}"


def _duration(seconds: float) -> str:
    """Seconds, minutes or hours, two digits.

    >>> _duration(4.21), _duration(113), _duration(300), _duration(9000)
    ('4.2 seconds', '110 seconds', '5 minutes', '2.5 hours')
    """
    unit, name = next(
        ((one, name) for one, name in ((3600, "hours"), (60, "minutes")) if seconds >= 2 * one), (1, "seconds")
    )
    return f"{float(f'{seconds / unit:.2g}'):g} {name}"
