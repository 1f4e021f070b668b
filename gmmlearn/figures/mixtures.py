"""Pictures of chapter 1 on a line: densities, and mixtures of them."""

from collections.abc import Mapping

import numpy as np

from .. import library
from ..data import old_faithful
from .examples import BOOKS, FAITHFUL, book_prices, marginal
from .pieces import colour, curve, histogram, remark
from .player import play
from .style import INK, LINES, MUTED, Shown, label, new, show

APART = (np.array([-3.0, 3.0]), np.array([1.0, 4.0]))
"""Means and variances of the two components of the film."""


def opening() -> Shown:
    """Waiting times at Old Faithful: one Gaussian misses what a mixture of two shows."""
    waiting = old_faithful()[:, 1]
    x = np.linspace(38, 102, 400)
    weights, means, variances = marginal(FAITHFUL, 1)
    figure, axes = new(7.2, 3.6)
    histogram(axes, waiting, 26, label="272 waiting times")
    for k in range(2):
        part = weights[k] * library.gaussian_density(x, means[k], variances[k])
        curve(axes, x, part, k, fill=0.18, label=f"component {k}, weight {weights[k]:.2f}")
    curve(axes, x, library.mixture_density(x, weights, means, variances), label="mixture: their sum")
    one = library.gaussian_density(x, waiting.mean(), waiting.var())
    axes.plot(x, one, color=MUTED, ls=":", lw=2.4, label="one Gaussian")
    axes.set_ylim(0, 0.062)
    label(axes, "minutes until the next eruption", "density", legend=True, loc="upper left")
    return show(
        figure,
        alt="Histogram of waiting times at Old Faithful with two humps, near 54 and 80 minutes. A dotted "
        "single Gaussian peaks between them, where few data are. Two coloured bell curves lie under the "
        "two humps, and their sum, a black curve, follows the histogram.",
        caption="Waiting times between eruptions of the Old Faithful geyser. One Gaussian puts its peak "
        "near the valley; two weighted Gaussians, added, follow the data.",
    )


def books() -> Shown:
    """Simulated prices of books with the Gaussian that has their mean and variance."""
    prices = book_prices()
    x = np.linspace(0, 45, 400)
    figure, axes = new(7.2, 3.0)
    histogram(axes, prices, 36, label="400 simulated prices")
    one = library.gaussian_density(x, prices.mean(), prices.var())
    axes.plot(x, one, color=MUTED, ls=":", lw=2.6, label="one Gaussian, same mean and variance")
    axes.axvline(prices.mean(), color=INK, lw=1)
    remark(axes, "mean price:\nhardly any book", (19.5, 0.082), (prices.mean(), 0.07), ha="left")
    axes.set_ylim(0, 0.15)
    label(axes, "price in euros", "density", legend=True, loc="upper right")
    return show(
        figure,
        alt="Histogram of book prices with a tall hump near 10 euros and a wide one near 27. The single "
        "Gaussian with the same mean and variance peaks between the two, where the histogram is low.",
        caption="Paperbacks are cheap and alike; hardcovers cost more and vary more. The mean price describes neither.",
    )


def anatomy() -> Shown:
    """One Gaussian density with what its mean and its variance do."""
    x = np.linspace(-3, 9, 400)
    figure, axes = new(7.2, 3.0)
    curve(axes, x, library.gaussian_density(x, 2.0, 1.0), 0, fill=0.12, label="mean 2, variance 1")
    curve(axes, x, library.gaussian_density(x, 3.0, 4.0), 1, fill=0.12, label="mean 3, variance 4")
    for k, (mean, sd) in enumerate([(2.0, 1.0), (3.0, 2.0)]):
        height = float(library.gaussian_density(np.array([mean + sd]), mean, sd**2)[0])
        arrow = {"arrowstyle": "<->", "color": colour(k), "lw": 1.8}
        axes.annotate("", (mean, height), (mean + sd, height), arrowprops=arrow)
        axes.text(mean + sd + 0.15, height + 0.008, f"standard deviation {sd:g}", fontsize=10)
        axes.plot([mean, mean], [0, 0.3989 / sd], color=colour(k), lw=1, ls=LINES[k])
    axes.set_ylim(0, 0.44)
    label(axes, "x", "density", legend=True, loc="upper left")
    return show(
        figure,
        alt="Two bell curves: one of mean 2 and variance 1, tall and narrow; one of mean 3 and variance 4, "
        "twice as wide and half as high. Arrows mark one standard deviation from each mean.",
        caption="The mean says where the bell is. Twice the standard deviation makes it twice"
        " as wide and half as high, so that the area under it stays 1.",
    )


def above_one() -> Shown:
    """A density of height 4 whose areas are still below 1."""
    x = np.linspace(-0.5, 0.5, 401)
    density = library.gaussian_density(x, 0.0, 0.01)
    middle = np.abs(x) <= 0.1
    figure, axes = new(7.2, 2.9)
    curve(axes, x, density, 0, label="density of N(0, 0.01)")
    axes.fill_between(x[middle], density[middle], color=colour(0), alpha=0.25, lw=0)
    axes.axhline(1, color=MUTED, lw=1.2, ls="--")
    remark(axes, "height 1", (-0.47, 1.0), va="bottom", ha="left")
    remark(axes, "area 0.68", (0.0, 1.9))
    remark(axes, "the height, 3.99, is\nnot a probability", (0.3, 3.5), (0.01, 3.99))
    axes.set_ylim(0, 4.4)
    label(axes, "x", "density")
    return show(
        figure,
        alt="A narrow bell curve of height 3.99, far above a dashed line at height 1. The "
        "area under it between -0.1 and 0.1 is shaded and labelled 0.68.",
        caption="Variance 0.01, standard deviation 0.1. Heights may exceed 1; areas may not.",
    )


def curves(x, named: Mapping[str, np.ndarray], *, bars=None) -> Shown:
    """Draw your own curves: `named` maps a name to values at the points `x`; `bars` are data behind them."""
    figure, axes = new(7.2, 2.9)
    if bars is not None:
        histogram(axes, bars, 36, label="data")
    for k, (name, y) in enumerate(named.items()):
        curve(axes, x, y, k % len(LINES), label=name)
    axes.set_ylim(bottom=0)
    label(axes, "x", "density", legend=True)
    tops = ", ".join(f"{name} reaches {np.max(y):.3g}" for name, y in named.items())
    return show(figure, alt=f"Curves over x from {np.min(x):g} to {np.max(x):g}: {tops}.")


def sum_or_mixture() -> Shown:
    """Choosing one of two variables against adding them."""
    rng = np.random.default_rng(3)
    a, b = rng.normal(-3, 1, 4000), rng.normal(3, 1, 4000)
    chosen = np.where(rng.random(4000) < 0.5, a, b)
    x = np.linspace(-7, 7, 400)
    half, means, ones = np.array([0.5, 0.5]), np.array([-3.0, 3.0]), np.ones(2)
    figure, (left, right) = new(7.2, 2.9, columns=2, sharey=True)
    histogram(left, chosen, np.linspace(-7, 7, 57))
    curve(left, x, library.mixture_density(x, half, means, ones))
    histogram(right, a + b, np.linspace(-7, 7, 57))
    curve(right, x, library.gaussian_density(x, 0.0, 2.0))
    left.set_xticks([-6, -3, 0, 3, 6])
    right.set_xticks([-6, -3, 0, 3, 6])
    label(left, "A or B", "density", "Choose one: a mixture")
    label(right, "A + B", "", "Add both: one Gaussian")
    return show(
        figure,
        alt="Two histograms. On the left, of draws that are A or B by the toss of a coin: two"
        " humps at -3 and 3. On the right, of draws of A + B: one hump at 0.",
        caption="A ~ N(-3, 1) and B ~ N(3, 1), 4000 draws. Left: densities are added. Right: variables are added.",
    )


def books_mixture() -> Shown:
    """Book prices with the weighted curve of each kind and their sum."""
    x = np.linspace(0, 45, 400)
    figure, axes = new(7.2, 3.0)
    histogram(axes, book_prices(), 36, label="400 simulated prices")
    for k, kind in enumerate(["paperbacks", "hardcovers"]):
        part = BOOKS.weights[k] * library.gaussian_density(x, BOOKS.means[k], BOOKS.covariances[k])
        curve(axes, x, part, k, fill=0.18, label=f"{BOOKS.weights[k]:g} × curve of the {kind}")
    curve(axes, x, library.mixture_density(x, *BOOKS), label="mixture: their sum", lw=1.8)
    axes.set_ylim(0, 0.15)
    label(axes, "price in euros", "density", legend=True, loc="upper right")
    return show(
        figure,
        alt="Histogram of book prices. A tall coloured curve, 0.6 times the density of the paperbacks, lies on the "
        "hump near 10 euros; a flat one, 0.4 times that of the hardcovers, on that near 27. Their sum follows both.",
        caption="Each kind of book has its own Gaussian, scaled by its share of the books.",
    )


def weight_film() -> Shown:
    """The density of a mixture of two as the weight of the first goes from 0 to 1."""
    means, variances = APART
    x = np.linspace(-7, 10, 300)
    parts = [library.gaussian_density(x, means[k], variances[k]) for k in range(2)]
    figure, axes = new(7.2, 3.2)

    def draw(frame: int) -> None:
        first = frame / 30
        for k, weight in enumerate([first, 1 - first]):
            curve(axes, x, weight * parts[k], k, fill=0.18, lw=1.6, label=f"component {k}: weight {weight:.2f}")
        curve(axes, x, first * parts[0] + (1 - first) * parts[1], label="mixture")
        axes.set(xlim=(-7, 10), ylim=(0, 0.44))
        label(axes, "x", "density", legend=True, loc="upper right")

    return play(
        figure,
        draw,
        31,
        alt="The density of a mixture as the weight of component 0 grows from 0 to 1: at 0 only the wide bell at 3, at "
        "1 only the narrow bell at -3, in between two humps, equally high near weight 0.33.",
        caption="Component 0 is N(-3, 1), component 1 is N(3, 4). Press Play, or move the slider.",
        label=lambda frame: f"weight of component 0: {frame / 30:.2f}",
        seconds_per_frame=0.15,
    )


def variance_for_deviation() -> Shown:
    """What comes out if the variance is taken for the standard deviation."""
    x = np.linspace(-2, 2, 400)
    figure, axes = new(7.2, 2.8)
    curve(axes, x, library.gaussian_density(x, 0.0, 0.25), 0, label="asked for: variance 0.25")
    curve(axes, x, library.gaussian_density(x, 0.0, 0.25**2), 1, label="what the function gives")
    axes.set_ylim(0, 1.75)
    label(axes, "x", "density", legend=True)
    return show(
        figure,
        alt="Two bells around 0. The one asked for has height 0.80; the one that the wrong "
        "function gives is half as wide and twice as high, 1.60.",
        caption="Both have area 1, so a test of the area does not notice.",
    )
