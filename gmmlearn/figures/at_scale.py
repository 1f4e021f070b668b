"""Figures of chapter 9: two matrix products, where time goes, parabolas, passes over the data, lost digits."""

import cProfile
import pstats
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from matplotlib.patches import Rectangle

from .. import library
from ..data import old_faithful
from .style import COLOURS, INK, LINES, MARKERS, MUTED, Shown, label, new, show


def three_groups(n_samples: int = 100_000):
    """Samples of three components in the plane, and parameters to begin with.

    Examples
    --------
    >>> X, weights, means, covariances = three_groups(500)
    >>> X.shape, covariances.shape
    ((500, 2), (3, 2, 2))
    """
    truth = (
        np.array([0.5, 0.3, 0.2]),
        np.array([[-2.0, -1.0], [2.0, -0.5], [0.5, 2.5]]),
        np.array([[[1.0, 0.4], [0.4, 0.6]], [[0.8, -0.5], [-0.5, 1.2]], [[0.5, 0.0], [0.0, 0.3]]]),
    )
    X, _ = library.sample_mixture(*truth, n_samples, np.random.default_rng(9))
    means = np.array([[-1.0, -0.5], [1.0, 0.0], [0.0, 1.5]])
    return X, np.full(3, 1 / 3), means, np.tile(np.eye(2), (3, 1, 1))


def eruptions(n_samples: int, seed: int = 0):
    """Eruptions of a geyser like Old Faithful: draws from the mixture that chapter 6 finds.

    Examples
    --------
    >>> eruptions(4).shape
    (4, 2)
    """
    found = library.fit(old_faithful(), 2, np.random.default_rng(0), tol=1e-6, max_iter=1000)
    return library.sample_mixture(*found[:3], n_samples, np.random.default_rng(seed))[0]


def two_products() -> Shown:
    """The opening picture: the arrays of one iteration, and the two products between them."""
    figure, ax = new(9.0, 3.5)
    ax.set(xlim=(0, 20.4), ylim=(-0.5, 6.5), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)

    def array(x, y, width, height, name, shape, colour):
        ax.add_patch(Rectangle((x, y), width, height, facecolor=colour, alpha=0.3, edgecolor=INK, lw=1.2))
        ax.text(x + width / 2, y + height / 2, name, ha="center", va="center", fontsize=11)
        ax.text(x + width / 2, y - 0.15, shape, ha="center", va="top", fontsize=10, color=MUTED)

    def sign(x, text, fontsize=13):
        ax.text(x, 3.2, text, ha="center", va="center", fontsize=fontsize)

    array(0.2, 1.2, 0.8, 4, "X", "n × d", MUTED)
    sign(1.4, "→")
    array(1.8, 1.2, 2.2, 4, "T", "n × m", COLOURS[0])
    sign(4.4, "@")
    array(4.8, 2.1, 1.2, 2.2, r"$\theta^{\mathsf{T}}$", "m × K", COLOURS[1])
    sign(6.4, "=")
    array(6.8, 1.2, 1.2, 4, "log\njoint", "n × K", COLOURS[2])
    sign(9.0, "softmax\n→", fontsize=10)
    array(10.0, 2.6, 4, 1.2, r"$R^{\mathsf{T}}$", "K × n", COLOURS[2])
    sign(14.4, "@")
    array(14.8, 1.2, 2.2, 4, "T", "n × m", COLOURS[0])
    sign(17.4, "=")
    array(17.8, 2.6, 2.2, 1.2, "S", "K × m", COLOURS[1])
    ax.text(4.4, 6.1, "E-step: the first product", ha="center", fontsize=11.5)
    ax.text(15.0, 6.1, "sums for the M-step: the second product", ha="center", fontsize=11.5)
    ax.text(10.1, -0.1, r"S  →  weights, means, covariances  →  new $\theta$", ha="center", fontsize=11)
    return show(
        figure,
        alt="Arrays as rectangles. X becomes T, which is wider. T times theta transposed is the log joint; a softmax "
        "turns it into responsibilities R. R transposed times the same T is S, a small array with a row for each "
        "component, from which the new parameters are read.",
        caption="One iteration of EM. Only X, T, the log joint and R grow with the number of samples n; θ and S are "
        "small. So n may be a block of the data, and the S of all blocks are added up.",
    )


def profile(call: Callable[[], object]) -> Shown:
    """Where one call spends its time, by function, as Python's own profiler sees it.

    Parameters
    ----------
    call : callable
        Without arguments.
    """
    call()  # imports and first uses of memory are not what we ask about
    profiler = cProfile.Profile()
    profiler.runcall(call)
    own = {_named(*where): row[2] for where, row in pstats.Stats(profiler).stats.items()}
    total = sum(own.values())
    largest = sorted(own, key=own.get)[-6:]
    shares = [100 * own[name] / total for name in largest]
    figure, ax = new(8.4, 0.9 + 0.4 * len(largest))
    ax.barh(largest, shares, color=COLOURS[0], height=0.6)
    for row, share in enumerate(shares):
        ax.annotate(f"{share:.0f} %", (share, row), (4, 0), textcoords="offset points", va="center")
    ax.set_xlim(0, 1.15 * max(shares))
    label(ax, "percent of the time, without the functions that it calls", title=f"one iteration: {1000 * total:.0f} ms")
    words = ", ".join(f"{name} {share:.0f} %" for name, share in zip(largest[::-1], shares[::-1]))
    return show(
        figure,
        alt=f"Bars: {words}.",
        caption="Measured on your machine just now. Products and exponentials are not calls, so they count for the "
        "function whose line they are in; reduce is a maximum or a sum.",
    )


def _named(file: str, line: int, name: str) -> str:
    """A function of the profiler in a few words."""
    name = name.removeprefix("<").removesuffix(">").replace("method ", "").partition(" of ")[0].strip("'")
    return name if file == "~" else f"{name} ({Path(file).name}, line {line})"


def best_seconds(call: Callable[[], object]) -> float:
    """The shortest of five repetitions, which other programs disturb least."""
    found = []
    for _ in range(5):
        begin = time.perf_counter()
        call()
        found.append(time.perf_counter() - begin)
    return min(found)


def costs() -> Shown:
    """What a number costs in the same operation, by the order of the axes and by where the result goes."""
    n_samples, n_components = 200_000, 3
    many = np.ones(5_000_000)  # above 32 MiB, below which C libraries hand out the memory of an earlier array
    table = np.random.default_rng(0).normal(size=(n_samples, n_components))
    turned = np.ascontiguousarray(table.T)
    in_use = np.empty_like(many)
    calls = {
        "maximum of each row, (n, K)": lambda: table.max(axis=1),
        "the same of (K, n)": lambda: turned.max(axis=0),
        "sum of each row, (n, K)": lambda: table.sum(axis=1),
        "the same of (K, n) ": lambda: turned.sum(axis=0),
        f"{many.size:,} squares into new memory": lambda: np.square(many),
        "the same into memory in use": lambda: np.square(many, out=in_use),
    }
    sizes = [table.size] * 4 + [many.size] * 2
    nanoseconds = {name: 1e9 * best_seconds(calls[name]) / size for name, size in zip(calls, sizes)}
    figure, ax = new(8.0, 3.0)
    rows = np.arange(len(nanoseconds))[::-1]
    ax.barh(rows, list(nanoseconds.values()), color=[COLOURS[1], COLOURS[0]] * 3, height=0.6)
    for row, value in zip(rows, nanoseconds.values()):
        ax.annotate(f"{value:.1f}", (value, row), (4, 0), textcoords="offset points", va="center")
    ax.set(yticks=rows, yticklabels=list(nanoseconds), xlim=(0, 1.12 * max(nanoseconds.values())))
    label(ax, "nanoseconds for each number, on your machine", title=f"n = {n_samples:,}, K = {n_components}")
    words = ", ".join(f"{name.strip()}: {value:.1f}" for name, value in nanoseconds.items())
    return show(figure, alt=f"Bars, nanoseconds for each number. {words}.")


def parabolas() -> Shown:
    """The log joint of a mixture on a line is a parabola for each component; the E-step is its softmax."""
    waits = old_faithful()[:, 1:]
    fitted = library.fit(waits, 2, np.random.default_rng(0), tol=1e-8, max_iter=500)[:3]
    # Short waits first, so that they have the colour that they have in chapters 1 to 5.
    order = fitted[1][:, 0].argsort()
    fitted = [part[order] for part in fitted]
    x = np.linspace(40, 100, 241)[:, np.newaxis]
    joint, shares = library.log_joint(x, *fitted), library.responsibilities(x, *fitted)
    figure, axes = new(9.0, 3.5, columns=2, sharex=True)
    for k, theta in enumerate(library.natural_parameters(*fitted)):
        words = f"−{-theta[0]:.1f} + {theta[1]:.2f} x − {-theta[2]:.4f} x²"
        style = {"color": COLOURS[k], "linestyle": LINES[k]}
        axes[0].plot(x[:, 0], joint[:, k], label=words, **style)
        axes[1].plot(x[:, 0], shares[:, k], **style)
    axes[0].set_ylim(-34, 2.5)
    label(
        axes[0],
        "minutes until the next eruption",
        "log weight + log density",
        "T(x) · θ",
        legend=True,
        loc="lower left",
    )
    label(axes[1], "minutes until the next eruption", "responsibility", "its softmax")
    return show(
        figure,
        alt="Two parabolas that open downwards, one for short and one for long waits, with their three coefficients; "
        "beside them the responsibilities, two S-shaped curves that cross where the parabolas cross.",
        caption="Old Faithful's waits. Each component is a parabola, and its three coefficients are its θ. The "
        "component whose parabola is higher is responsible; where they cross, each has one half.",
    )


def pass_over(X, theta, block: int):
    """One pass: the sums of all blocks and the mean log-likelihood."""
    S, log_likelihood = 0.0, 0.0
    for first in range(0, len(X), block):
        part = library.expected_statistics(X[first : first + block], theta)
        S, log_likelihood = S + part[0], log_likelihood + part[1]
    return S, log_likelihood / len(X)


def stepwise(X, parameters, block: int, power: float, n_passes: int):
    """Stepwise EM (Cappé and Moulines 2009): an M-step after each block; the sums forget with step t ** -power.

    Returns
    -------
    list of tuple
        Weights, means and covariances after each pass.
    """
    S, step, found = 0.0, 1, []
    for _ in range(n_passes):
        for first in range(0, len(X), block):
            samples = X[first : first + block]
            new_sums, _ = library.expected_statistics(samples, library.natural_parameters(*parameters))
            size = step**-power
            S = (1 - size) * S + size * new_sums / len(samples)
            parameters = library.parameters(S)
            step += 1
        found.append(parameters)
    return found


def passes() -> Shown:
    """How far EM and stepwise EM are from the best log-likelihood, after each pass over the data."""
    n_passes, block = 16, 250
    X, *start = three_groups(10_000)
    batch, parameters = [], start
    for n_iter in range(120):
        S, score = pass_over(X, library.natural_parameters(*parameters), 4096)
        if n_iter <= n_passes:
            batch.append(score)
        parameters = library.parameters(S)
    best = score
    lines = {"EM, one step a pass": batch[1:]}
    for power in (0.6, 1.0):
        found = stepwise(X, start, block, power, n_passes)
        lines[f"stepwise, step size $t^{{-{power:g}}}$"] = [library.log_likelihood(X, *one) / len(X) for one in found]
    figure, ax = new(7.4, 3.7)
    at = np.arange(1, n_passes + 1)
    for k, (name, scores) in enumerate(lines.items()):
        ax.plot(at, best - np.array(scores), color=COLOURS[k], marker=MARKERS[k], linestyle=LINES[k], label=name)
    ax.set(yscale="log", xticks=at)
    ax.grid(True, axis="y", alpha=0.3)
    label(ax, "passes over the data", "log-likelihood lost, for each sample", legend=True, loc="upper right")
    after = {name: best - scores[0] for name, scores in lines.items()}
    words = ", ".join(f"{name.replace('$', '')}: {value:.1g}" for name, value in after.items())
    return show(
        figure,
        alt=f"Three falling lines on a logarithmic axis. Lost after one pass: {words}. EM begins highest and falls "
        "steadily; the stepwise lines begin lower and level off, and EM overtakes them.",
        caption=f"{len(X):,} samples in blocks of {block}, so that a pass of stepwise EM has {len(X) // block} steps.",
    )


def digits() -> Shown:
    """How many digits quadratic statistics lose, with an offset and with components far apart."""
    rng = np.random.default_rng(3)
    noise = rng.standard_normal((2000, 2)) @ np.array([[1.0, 0.0], [0.6, 0.8]])
    offsets = 10.0 ** np.arange(0, 8)
    plain = [_covariance_error(noise + offset, 0.0) for offset in offsets]
    centred = [_covariance_error(noise + offset, (noise + offset).mean(axis=0)) for offset in offsets]
    distances = 10.0 ** np.arange(0.5, 6.1, 0.5)
    apart = [_likelihood_error(noise, distance) for distance in distances]
    figure, (left, right) = new(9.0, 3.6, columns=2, sharey=True)
    least = 1e-17
    left.plot(
        offsets, np.maximum(plain, least), color=COLOURS[1], marker=MARKERS[1], linestyle=LINES[1], label="as it is"
    )
    left.plot(offsets, np.maximum(centred, least), color=COLOURS[0], marker=MARKERS[0], label="centred first")
    right.plot(
        distances, np.maximum(apart, least), color=COLOURS[2], marker=MARKERS[2], label="centred, two components"
    )
    for ax in (left, right):
        ax.set(xscale="log", yscale="log")
        ax.grid(True, alpha=0.3)
        ax.axhline(1e-8, color=MUTED, lw=1, ls=":")
    label(left, "mean, in standard deviations", "relative error", "the covariances", legend=True, loc="upper left")
    label(
        right, "distance of the components, in standard deviations", "", "the log joint", legend=True, loc="upper left"
    )
    return show(
        figure,
        alt="Left: without centring the error of the covariances grows with the square of the offset and is near "
        "a tenth at ten million standard deviations; centred, it stays below 1e-14. Right: the error of the log joint "
        "grows with the square of the distance between two components, also when centred.",
        caption="The errors are measured against residuals from the mean, which lose hardly anything. The dotted line "
        "is 1e-8. Centring takes care of an offset, but it does not bring components closer together.",
    )


def _covariance_error(X, centre) -> float:
    """Of the covariance by statistics of X - centre, against that by residuals from the mean."""
    S = library.sufficient_statistics(X - centre).sum(axis=0, keepdims=True)
    _, expected = library.fit_gaussian(X)
    return np.abs(library.parameters(S, 0.0)[2][0] - expected).max() / np.abs(expected).max()


def _likelihood_error(noise, distance: float) -> float:
    """Of the log joint of samples near one of two components, by statistics, against residuals."""
    means = np.array([[-distance / 2, 0.0], [distance / 2, 0.0]])
    parameters = np.array([0.5, 0.5]), means, np.tile(np.array([[1.0, 0.6], [0.6, 1.0]]), (2, 1, 1))
    X = noise + means[1]
    got = library.sufficient_statistics(X) @ library.natural_parameters(*parameters)[1]
    expected = library.log_joint(X, *parameters)[:, 1]
    return np.abs((got - expected) / expected).max()
