"""Pictures of chapter 3: likelihood, its logarithm, one Gaussian, the surface of two means."""

import numpy as np

from .. import library
from . import pieces
from .player import play
from .style import COLOURS, FAINT, INK, MARKERS, MUTED, Shown, label, new, show

MINUTES = "waiting time (minutes)"
LOG_LIKELIHOOD = "log-likelihood"


def log_likelihood_of_mean(x, mean, sd: float) -> np.ndarray:
    """Log-likelihood of every entry of `mean` for the data `x`, with a known standard deviation.

    Examples
    --------
    >>> log_likelihood_of_mean([0.0, 2.0], [1.0], 1.0).round(4)
    array([-2.8379])
    """
    x = np.asarray(x, float)[:, np.newaxis]
    squares = ((x - np.asarray(mean, float)) / sd) ** 2
    return -0.5 * (squares + np.log(2 * np.pi * sd**2)).sum(axis=0)


def stems(axes, x, mean: float, sd: float, k: int = 0) -> np.ndarray:
    """A normal curve with a stem from each data point up to it; returns the heights of the stems."""
    heights = library.gaussian_density(np.asarray(x, float), mean, sd**2)
    across = np.linspace(30, 115, 300)
    pieces.curve(axes, across, library.gaussian_density(across, mean, sd**2), k, fill=0.08)
    axes.vlines(x, 0, heights, color=INK, lw=1.6)
    axes.plot(x, np.zeros_like(heights), ls="", marker="o", ms=6, color=INK, clip_on=False, zorder=4)
    axes.plot(x, heights, ls="", marker="_", ms=9, mew=2, color=INK, zorder=4)
    axes.set(xlim=(30, 115), ylim=(0, 0.037), yticks=[0, 0.02])
    return heights


def candidates(x, means=(55.0, 65.0, 90.0), sd: float = 12.0) -> Shown:
    """The whole idea: three curves over the same data, and one number for each."""
    figure, axes = new(7.8, 4.4, rows=3, columns=2, width_ratios=[1.1, 1])
    whole = figure.add_subplot(axes[0, 1].get_gridspec()[:, 1])
    for unused in axes[:, 1]:
        unused.remove()
    sums = log_likelihood_of_mean(x, means, sd)
    for k, (panel, mean) in enumerate(zip(axes[:, 0], means)):
        product = stems(panel, x, mean, sd, k).prod()
        label(panel, MINUTES if k == 2 else "", "", f"mean {mean:g}: product of the heights {product:.1e}")
    for k, (mean, value) in enumerate(zip(means, sums)):
        whole.plot(mean, value, ls="", marker=MARKERS[k], ms=11, color=COLOURS[k], mec="white", zorder=4)
        pieces.remark(whole, f"{value:.2f}", (mean, value - 0.8))
    whole.set(xlim=(45, 97), ylim=(sums.min() - 2, sums.max() + 2))
    label(whole, "candidate for the mean", LOG_LIKELIHOOD, "log of the product, for each")
    return show(
        figure,
        alt="Left: three normal curves over the same five waiting times; a stem at each data point reaches up to the "
        "curve. Right: the logarithm of the product of the five heights is "
        + ", ".join(f"{value:.2f} for the mean {mean:g}" for mean, value in zip(means, sums))
        + ".",
        caption="Five waits for the geyser Old Faithful (dots) and three curves that might have produced them. A curve "
        "explains the data well when it is high where the data are: multiply the five heights, take the logarithm, and "
        "every candidate gets one number.",
    )


def sliding_mean(x, sd: float = 12.0) -> Shown:
    """The curve slides over the data while its log-likelihood is traced."""
    means = np.linspace(46, 96, 21)
    values = log_likelihood_of_mean(x, means, sd)
    figure, (left, right) = new(7.6, 3.1, columns=2)

    def draw(frame: int) -> None:
        stems(left, x, means[frame], sd)
        label(left, MINUTES, "density", f"mean {means[frame]:.0f}")
        right.plot(means[: frame + 1], values[: frame + 1], color=INK)
        right.plot(means[frame], values[frame], ls="", marker="o", ms=10, color=COLOURS[0], mec="white")
        right.set(xlim=(44, 98), ylim=(values.min() - 1, values.max() + 1))
        label(right, "candidate for the mean", LOG_LIKELIHOOD, f"log-likelihood {values[frame]:.2f}")

    return play(
        figure,
        draw,
        len(means),
        label=lambda frame: f"mean {means[frame]:.0f}, log-likelihood {values[frame]:.2f}",
        alt="A normal curve slides from left to right over five waiting times. The stems from the data to the curve "
        "grow and shrink, and the log-likelihood traces a parabola with its top where the mean of the curve is the "
        f"mean of the data, {np.mean(x):g}.",
        caption="The data stay and the parameter moves. The trace on the right is a parabola: each data point "
        "subtracts a squared distance, and a sum of squares is a parabola again.",
    )


def vanishing_product(x, mean: float, sd: float) -> Shown:
    """The running product of the densities falls out of the floating-point numbers; the sum does not."""
    densities = library.gaussian_density(np.asarray(x, float), mean, sd**2)
    with np.errstate(under="ignore"):
        product = np.cumprod(densities)
    total = np.cumsum(np.log(densities))
    count = np.arange(1, len(densities) + 1)
    alive = product > 0
    figure, axes = new(7.4, 3.3)
    axes.plot(count, total, color=INK, label="sum of the logarithms")
    axes.plot(
        count[alive][::12], np.log(product[alive])[::12], ls="", marker="o", color=COLOURS[1],
        label="logarithm of the product",
    )  # fmt: skip
    floor = np.log(5e-324)
    axes.axhline(floor, color=MUTED, ls="--", lw=1.4)
    pieces.remark(axes, "smallest positive float64: 5e-324", (2, floor - 42), color=MUTED, ha="left")
    end = count[alive][-1]
    axes.plot(end, total[end - 1], marker="X", ms=11, color=COLOURS[1], mec="white", zorder=4)
    pieces.remark(
        axes, f"from data point {end + 1} on the\nproduct is exactly 0", (225, -470), (end + 2, total[end - 1] + 8)
    )
    axes.set_ylim(total[-1] - 60, 40)
    label(axes, "number of data points multiplied", "natural logarithm", legend=True, loc="upper right")
    return show(
        figure,
        alt="The sum of logarithms falls in a straight line to about -1095 at 272 data points. The logarithm of the "
        f"running product lies on the same line but ends at data point {end}, at -745, where the product becomes zero.",
        caption="Each factor is about 0.02. The product of a few hundred such numbers is too small for a computer and "
        "becomes 0; the sum of their logarithms is an ordinary number.",
    )


def one_top(x) -> Shown:
    """The log-likelihood of one Gaussian over mean and variance, and its slice along the variance."""
    x = np.asarray(x, float)
    n, mean, variance = len(x), x.mean(), x.var()

    def height(v, m=mean):
        return -0.5 * n * (np.log(2 * np.pi * v) + (variance + (m - mean) ** 2) / v)

    figure, (left, right) = new(7.8, 3.5, columns=2)
    v, m = np.linspace(90, 700, 200), np.linspace(57, 85, 160)
    left.contour(m, v, height(v[:, np.newaxis], m), levels=height(variance) - np.array([80, 40, 20, 10, 5, 1])
                 , colors=COLOURS[0], linewidths=1.3, linestyles="solid")  # fmt: skip
    left.plot(mean, variance, marker="*", ms=16, color=INK, mec="white")
    left.axvline(mean, color=MUTED, ls=":", lw=1.4)
    label(left, "mean", "variance", "level lines: one top (star)")
    right.plot(v, height(v), color=INK)
    right.plot(
        v[v > 2 * variance], height(v[v > 2 * variance]), color=COLOURS[1], lw=6, alpha=0.7, label="bends upwards"
    )
    right.plot(variance, height(variance), marker="*", ms=16, color=INK, mec="white")
    right.axvline(2 * variance, color=MUTED, ls="--", lw=1.4)
    pieces.remark(right, "twice the top's\nvariance", (2 * variance + 15, height(130)), ha="left", color=MUTED)
    pieces.remark(right, "bends upwards", (600, height(400.0)))
    label(right, "variance, at the best mean", LOG_LIKELIHOOD, "slice along the dotted line")
    return show(
        figure,
        alt=f"Left: level lines over mean and variance are closed curves around one top, at mean {mean:.1f} and "
        f"variance {variance:.0f}. Right: along the variance the curve rises to the top and falls after it; beyond "
        f"variance {2 * variance:.0f} it bends upwards while it goes on falling.",
        caption="All 272 waits. There is one top, but the hill is not concave: past twice the best variance the slope "
        "flattens out. What makes the star the maximum is that the curve rises before it and falls after it.",
    )


def log_of_a_sum(weights, means, sds) -> Shown:
    """Two weighted bumps and their sum, and the logarithms of the three."""
    across = np.linspace(28, 108, 400)
    parts = np.array([w * library.gaussian_density(across, m, s**2) for w, m, s in zip(weights, means, sds)])
    figure, (left, right) = new(7.8, 3.3, columns=2)
    for axes, curves, whole in ((left, parts, parts.sum(axis=0)), (right, np.log(parts), np.logaddexp(*np.log(parts)))):
        axes.plot(across, whole, color=FAINT, lw=7, label="the mixture")
        for k, part in enumerate(curves):
            pieces.curve(axes, across, part, k, label=f"component {k}, weighted")
    right.set_ylim(-22, -1)
    left.set_ylim(0, 0.062)
    label(left, MINUTES, "density", "densities: they add", legend=True, loc="upper left")
    label(right, MINUTES, "log density", "logarithms: the higher one wins")
    pieces.remark(right, "a smooth bend,\nnot a parabola", (67, -17.5), (67, -7.8))
    return show(
        figure,
        alt="Left: two weighted bell curves and their sum. Right: their logarithms are two parabolas; the logarithm of "
        "the mixture runs along the higher parabola and bends smoothly from one to the other where they cross.",
        caption="The same mixture twice. The logarithm turns each component into a parabola, which is what made one "
        "Gaussian easy. The logarithm of the sum follows whichever parabola is higher. It is above both everywhere, "
        "most clearly where they cross.",
    )


def walk_away(weights, means, sds) -> Shown:
    """Log density of a mixture far from its data, by way of the density and by log-sum-exp."""
    across = np.linspace(0, 500, 501)
    parts = np.array([w * library.gaussian_density(across, m, s**2) for w, m, s in zip(weights, means, sds)])
    logs = [
        np.log(w) + library.gaussian_log_density(across[:, np.newaxis], [m], [[s**2]])
        for w, m, s in zip(weights, means, sds)
    ]
    stable = np.logaddexp(*logs)
    density = parts.sum(axis=0)
    alive = density > 0
    end = across[alive].max()
    figure, axes = new(7.4, 3.2)
    axes.plot(across, stable, color=INK, label="log-sum-exp")
    axes.plot(across[alive], np.log(density[alive]), color=COLOURS[1], lw=7, alpha=0.7, label="log of the density")
    axes.plot(end, stable[alive][-1], marker="X", ms=11, color=COLOURS[1], mec="white", zorder=4)
    pieces.remark(axes, f"from {end + 1:.0f} minutes on the density is 0\nand its logarithm -inf",
                  (400, -300), (end + 3, stable[alive][-1] + 10))  # fmt: skip
    label(axes, MINUTES, "log density", legend=True, loc="lower left")
    return show(
        figure,
        alt="Log density against waiting time from 0 to 500 minutes. Both ways agree until the density underflows at "
        f"{end + 1:.0f} minutes; log-sum-exp goes on as a smooth curve down to {stable[-1]:.0f}.",
        caption="Both curves are the same function. The one that goes through the density ends where the density "
        "leaves the floating-point numbers.",
    )
