"""How long a function takes on growing n, beside the same by calls into NumPy, SciPy and scikit-learn."""

import importlib
import re
import time
import tracemalloc
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import library
from ..contract import EXERCISES
from .reporting.build import duration

SIZES = (30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
MOST_SECONDS, MOST_BYTES = 0.3, 300_000_000
"""A size is left out when one call is expected to take more than this."""
SECONDS_PER_SIZE = 0.03
N_REPETITIONS = 5


@dataclass(frozen=True)
class Timing:
    """The answer of `compare`: seconds of one call by number of samples, as a picture and as a table.

    Attributes
    ----------
    name : str
        Exercise.
    twin : str
        What the library calls.
    n_samples : tuple of int
    own_seconds, library_seconds : tuple of float
        The best of a few repetitions, which disturbances spoil least.
    """

    name: str
    twin: str
    n_samples: tuple[int, ...]
    own_seconds: tuple[float, ...]
    library_seconds: tuple[float, ...]

    @property
    def in_words(self) -> str:
        """The largest size in one sentence."""
        own, other = self.own_seconds[-1], self.library_seconds[-1]
        ratio = own / other
        relation = "as long as" if 0.8 <= ratio <= 1.25 else f"{ratio:.2g} times as long as"
        return (
            f"With {self.n_samples[-1]:,} samples your {self.name} takes {duration(own)}, {relation} {self.twin}. "
            "Speed is not graded."
        )

    def __str__(self) -> str:
        rows = [("n", "yours", "library")]
        rows += [
            (f"{n:,}", duration(own), duration(other))
            for n, own, other in zip(self.n_samples, self.own_seconds, self.library_seconds)
        ]
        return "\n".join([*("".join(f"{cell:>16}" for cell in row) for row in rows), "", self.in_words])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        # Only a notebook that shows the picture needs matplotlib, and `checks` does without it.
        return importlib.import_module("gmmlearn.figures.timing").draw(self)._repr_html_()


def measure(name: str, function: Callable[..., Any], sizes: tuple[int, ...] = SIZES) -> Timing:
    """Time a function and its library twin on growing inputs, until a call gets long or large.

    Examples
    --------
    >>> measure("assign", lambda responsibilities: responsibilities.argmax(axis=1), sizes=(10, 100)).n_samples
    (10, 100)
    """
    other, twin = library_call(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _best_of(other, *workload(name, sizes[0]))  # imports what the library imports inside
        found = [(n, own, _best_of(other, *workload(name, n))) for n, own in seconds_by_size(name, function, sizes)]
    return Timing(name, twin, *zip(*found))


def seconds_by_size(name: str, function: Callable[..., Any], sizes: tuple[int, ...]) -> Iterator[tuple[int, float]]:
    """Number of samples and seconds of one call, for growing sizes until a call gets long or large."""
    loads: list[tuple[float, int]] = []
    for n_samples in sizes:
        if len(loads) > 1 and _next_is_too_much(*loads[-2:]):
            return
        arguments, options = workload(name, n_samples)
        seconds = _best_of(function, arguments, options)
        loads.append((seconds, _peak(function, arguments, options)))
        yield n_samples, seconds


def library_call(name: str) -> tuple[Callable[..., Any], str]:
    """What the library would call for an exercise, and its name.

    >>> library_call("assign")[1]
    'numpy.argmax'
    """
    if name == "fit":
        return _fit_by_sklearn, "sklearn.mixture.GaussianMixture"
    function = getattr(library, name)
    named = re.search(r"By `([\w.]+)`", function.__doc__ or "")
    return function, named.group(1) if named else "the library"


def _fit_by_sklearn(X: np.ndarray, n_components: int, rng: np.random.Generator, **options: Any) -> Any:
    """As many iterations by scikit-learn, from the same kind of start."""
    from sklearn.mixture import GaussianMixture

    return GaussianMixture(
        n_components, random_state=int(rng.integers(2**32)), max_iter=options["max_iter"], tol=0.0
    ).fit(X)


def _next_is_too_much(before: tuple[float, int], last: tuple[float, int]) -> bool:
    """Whether the next call would be too long or too large, if it grows as the last one did."""
    (seconds_before, bytes_before), (seconds, n_bytes) = before, last
    return (
        seconds * max(seconds / max(seconds_before, 1e-6), 3) > MOST_SECONDS
        or n_bytes * max(n_bytes / max(bytes_before, 1), 3) > MOST_BYTES
    )


def _best_of(function: Callable[..., Any], arguments: Mapping[str, Any], options: Mapping[str, Any]) -> float:
    """Seconds of one call, the best of a few."""
    best, spent = float("inf"), 0.0
    for _ in range(N_REPETITIONS):
        given = _fresh(arguments)
        begin = time.perf_counter()
        function(*given, **options)
        best = min(best, seconds := time.perf_counter() - begin)
        spent += seconds
        if spent > SECONDS_PER_SIZE:
            break
    return max(best, 1e-6)  # the clock of a browser is coarse, and may say that no time has passed


def _peak(function: Callable[..., Any], arguments: Mapping[str, Any], options: Mapping[str, Any]) -> int:
    """Bytes that one call takes at most."""
    given = _fresh(arguments)
    tracemalloc.start()
    try:
        function(*given, **options)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _fresh(arguments: Mapping[str, Any]) -> list[Any]:
    return [np.random.default_rng(0) if name == "rng" else value for name, value in arguments.items()]


def workload(name: str, n_samples: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arguments and options of one call with n samples, of an ordinary mixture of three components in the plane.

    Raises
    ------
    KeyError
        For an exercise that is not timed, whose arguments are counts.
    """
    rng = np.random.default_rng(n_samples)
    weights, means = np.array([0.5, 0.3, 0.2]), np.array([[0.0, 0.0], [4.0, 1.0], [-3.0, 4.0]])
    covariances = np.array([[[1.0, 0.6], [0.6, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.1], [0.1, 0.2]]])
    X = means[rng.choice(3, n_samples, p=weights)] + rng.standard_normal((n_samples, 2))
    shares = rng.dirichlet(np.ones(3), n_samples)
    made = {
        ("x", "n"): X[:, 0],
        ("X", "n, d"): X,
        ("weights", "K"): weights,
        ("means", "K"): means[:, 0],
        ("means", "K, d"): means,
        ("covariances", "K, d, d"): covariances,
        ("mean", ""): 1.0,
        ("mean", "d"): means[1],
        ("covariance", "d, d"): covariances[1],
        ("variance", ""): 0.5,
        ("variances", "K"): np.array([0.5, 2.0, 0.2]),
        ("responsibilities", "n, K"): shares,
        ("theta", "K, m"): library.natural_parameters(weights, means, covariances),
        ("n_samples", "=n"): n_samples,
        ("n_components", "=K"): 3,
        ("candidates", ""): (1, 2, 3),
        ("rng", ""): None,  # made anew for every call
    }
    options = {
        "fit": {"max_iter": 10, "tol": -np.inf},
        "fit_sklearn": {"random_state": 0},
        "select_n_components": {"random_state": 0, "n_init": 1},
    }
    return {one: made[one, axes] for one, axes in EXERCISES[name].arguments.items()}, options.get(name, {})
