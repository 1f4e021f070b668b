"""Pictures of chapter 1 in the plane: covariances, level lines, and densities too small for a float."""

import numpy as np
from scipy.special import logsumexp

from .. import library
from ..data import old_faithful
from .examples import FAITHFUL, THREE, Mixture
from .pieces import contours, curve, ellipse_path, ellipses, mean_mark, points, remark, square
from .player import play
from .style import COLOURS, INK, LINES, MUTED, Shown, label, new, show

SHAPES = {"round": [[1.0, 0.0], [0.0, 1.0]], "stretched": [[4.0, 0.0], [0.0, 0.5]], "tilted": [[2.0, 1.2], [1.2, 1.0]]}
"""Covariances of three kinds."""

TILTED = np.array([[4.0, 1.8], [1.8, 1.0]])


def covariance_shapes() -> Shown:
    """The same 200 standard normal points under three covariances, with their ellipses."""
    Z = np.random.default_rng(2).standard_normal((200, 2))
    figure, panels = new(7.2, 2.9, columns=3, sharey=True)
    for k, (axes, (name, covariance)) in enumerate(zip(panels, SHAPES.items())):
        X = Z @ np.linalg.cholesky(covariance).T
        points(axes, X, labels=np.full(200, k), size=12, alpha=0.45)
        for radius, width in [(1, 2.2), (2, 1.5)]:
            axes.plot(*ellipse_path([0, 0], covariance, radius).T, color=INK, lw=width)
        square(axes, limits=(-5, 5, -4, 4))
        axes.set_xticks([-4, -2, 0, 2, 4])
        rows = "\n".join(f"[{a:g}, {b:g}]" for a, b in covariance)
        label(axes, "feature 0", "feature 1" if k == 0 else "", f"{name}\n{rows}")
    return show(
        figure,
        alt="Three clouds of points with ellipses: a round one for covariance [[1, 0], [0, 1]], one stretched along "
        "feature 0 for [[4, 0], [0, 0.5]], and one tilted upwards for [[2, 1.2], [1.2, 1]].",
        caption="Each cloud with its covariance matrix and the ellipses at 1 and 2 standard deviations. The "
        "diagonal holds the variances of the features, the off-diagonal entry says how they move together.",
    )


def correlation_film() -> Shown:
    """An ellipse while the off-diagonal entry of its covariance goes from negative to positive."""
    Z = np.random.default_rng(4).standard_normal((150, 2))
    figure, axes = new(5.0, 3.5)

    def draw(frame: int) -> None:
        covariance = np.array([[4.0, 0.18 * (frame - 10)], [0.18 * (frame - 10), 1.0]])
        points(axes, Z @ np.linalg.cholesky(covariance).T, size=14, alpha=0.5)
        ellipses(axes, [[0.0, 0.0]], [covariance])
        square(axes, limits=(-6, 6, -3.6, 3.6))
        label(axes, "feature 0, variance 4", "feature 1, variance 1")

    return play(
        figure,
        draw,
        21,
        alt="A cloud of points with its ellipse. As the off-diagonal entry grows from -1.8 to 1.8 the ellipse turns "
        "from falling to rising and is widest across at 0; its extent along each axis stays the same.",
        caption="Variances 4 and 1 stay as they are; only the off-diagonal entry of the covariance changes.",
        label=lambda frame: f"off-diagonal entry {0.18 * (frame - 10):.2f}",
        seconds_per_frame=0.18,
    )


def distance() -> Shown:
    """Two points equally far on the ruler, of which one is far in standard deviations."""
    covariance = np.array(SHAPES["tilted"])
    ends = {"along": ([1.7, 1.2], [4.0, -1.6]), "across": ([-1.2, 1.7], [-3.4, 3.0])}
    figure, axes = new(5.8, 3.7)
    for radius in (1, 2, 3, 4):
        path = ellipse_path([0, 0], covariance, radius)
        axes.plot(*path.T, color=COLOURS[0], lw=1.4)
        axes.annotate(f"{radius}", path[48], color=COLOURS[0], backgroundcolor="white", ha="center")
    steps = {name: np.sqrt(end @ np.linalg.solve(covariance, end)) for name, (end, _) in ends.items()}
    for k, (name, (end, words)) in enumerate(ends.items(), start=1):
        axes.plot([0, end[0]], [0, end[1]], color=COLOURS[k], ls=LINES[k])
        mean_mark(axes, end, k, size=70)
        remark(axes, f"{name}: ruler {np.linalg.norm(end):.2f},\nMahalanobis {steps[name]:.2f}", words, end)
    square(axes, limits=(-5.6, 6.4, -3.6, 3.9))
    label(axes, "feature 0", "feature 1")
    return show(
        figure,
        alt="Four nested tilted ellipses numbered 1 to 4. Two points lie at the same distance 2.08 from the centre: "
        f"one along the ellipse at Mahalanobis distance {steps['along']:.2f}, one across it at {steps['across']:.2f}.",
        caption="Both points are 2.08 from the mean on the ruler. Counted in ellipses, one is "
        "almost four times as far.",
    )


def three_components() -> Shown:
    """Components without their weights beside the density with them."""
    figure, (left, right) = new(7.2, 3.7, columns=2, sharey=True)
    ellipses(left, THREE.means, THREE.covariances)
    for k, weight in enumerate(THREE.weights):
        remark(left, f"weight {weight:g}", THREE.means[k] + [(-1.6, -2.4), (0.6, -2.9), (1.9, 0.9)][k])
    square(right, limits=(-4, 5.6, -3.2, 5.6))
    square(left, limits=(-4, 5.6, -3.2, 5.6))
    levels = [0.001, 0.01, 0.05]
    widths = [0.9, 1.6, 2.6]
    contours(right, lambda X: np.exp(mixture_log_density(X, THREE)), levels=levels, linewidths=widths)
    for k, mean in enumerate(THREE.means):
        mean_mark(right, mean, k, size=60)
    label(left, "feature 0", "feature 1", "components: no weights")
    label(right, "feature 0", "", "mixture density: with weights")
    return show(
        figure,
        alt="Left: three ellipses, a tilted one at the origin with weight 0.6, an upright one at (3, 1) with weight "
        "0.3, and a small flat one at (-2, 4) with weight 0.1. Right: level lines of the mixture density, at 0.001, "
        "0.01 and 0.05, which surround all three.",
        caption="An ellipse says where a component lies and how it is shaped, but not how much of"
        " the data is its own. The level lines on the right belong to the weighted sum. "
        "Thin, medium and thick: density 0.001, 0.01 and 0.05.",
    )


def mixture_log_density(X, mixture: Mixture) -> np.ndarray:
    """Log density of a mixture at the rows of `X`."""
    parts = [library.gaussian_log_density(X, *each) for each in zip(mixture.means, mixture.covariances)]
    return logsumexp(np.column_stack(parts) + np.log(mixture.weights), axis=1)


def underflow() -> Shown:
    """Where the density of N(0, 1) becomes exactly 0 in a float, and its logarithm does not."""
    x = np.linspace(0, 60, 601)
    density = library.gaussian_density(x, 0.0, 1.0)
    last = x[density > 0].max()
    figure, (left, right) = new(7.2, 3.0, columns=2)
    curve(left, x[density > 0], density[density > 0], 0)
    left.set_yscale("log")
    left.set(xlim=(-2, 62), ylim=(1e-320, 1e10), yticks=[1, 1e-100, 1e-200, 1e-300])
    left.axvspan(last, 62, color=MUTED, alpha=0.18, lw=0)
    remark(left, "rounded\nto 0", ((last + 62) / 2, 1e-150))
    curve(right, x, -0.5 * x**2 - 0.5 * np.log(2 * np.pi), 1)
    label(left, "x", "density (logarithmic axis)", "density of N(0, 1) in a float")
    label(right, "x", "log density", "its logarithm")
    return show(
        figure,
        alt="Left: the density of N(0, 1) on a logarithmic axis falls to 5e-324 near x = 38.5; the region beyond is "
        "grey and labelled rounded to 0. Right: the log density is a smooth parabola down to -1801 at x = 60.",
        caption=f"The last x of this grid with a density above 0 is {last:.1f}. The logarithm goes on.",
    )


def level_lines(log_density) -> Shown:
    """Level lines of your own log density, a function of positions (m, 2)."""
    figure, axes = new(5.4, 3.6)
    square(axes, limits=(-6, 6, -4, 4))
    contours(axes, log_density, levels=[-12, -9, -7, -5, -4, -3, -2], label=True)
    label(axes, "feature 0", "feature 1", "level lines of the log density")
    return show(
        figure,
        alt="Level lines of the log density that the function under test computes, at -12, -9, -7, -5, -4, -3 and -2.",
    )


def wrong_tilt() -> Shown:
    """Level lines that come out if the transposed Cholesky factor is solved with."""
    factor = np.linalg.cholesky(TILTED)
    X = np.random.default_rng(5).standard_normal((300, 2)) @ factor.T
    figure, panels = new(7.2, 2.9, columns=2, sharey=True)
    for axes, covariance, title in zip(
        panels, [TILTED, factor.T @ factor], ["the covariance asked for", "what the function computes"]
    ):
        points(axes, X, size=10, alpha=0.35)
        for radius, width in [(1, 2.2), (2, 1.5)]:
            axes.plot(*ellipse_path([0, 0], covariance, radius).T, color=COLOURS[1], lw=width)
        square(axes, limits=(-6, 6, -3.5, 3.5))
        label(axes, "feature 0", "feature 1" if axes is panels[0] else "", title)
    return show(
        figure,
        alt="The same tilted cloud of points twice. Left: ellipses that follow the cloud. Right: ellipses that are "
        "flatter and hardly tilted, so that they miss the ends of the cloud.",
        caption="Points from covariance [[4, 1.8], [1.8, 1]] with ellipses at 1 and 2 standard deviations.",
    )


def faithful() -> Shown:
    """Old Faithful in the plane under a mixture of two."""
    X = old_faithful()
    figure, axes = new(6.4, 3.8)
    points(axes, X, size=16, alpha=0.6)
    axes.set(xlim=(1.0, 6.0), ylim=(34, 106))
    contours(axes, lambda positions: mixture_log_density(positions, FAITHFUL), levels=[-9, -7, -5, -4], label=True)
    for k, mean in enumerate(FAITHFUL.means):
        mean_mark(axes, mean, k)
    label(axes, "length of an eruption, minutes", "minutes until the next", "272 eruptions of Old Faithful")
    return show(
        figure,
        alt="Scatter plot of 272 eruptions: short ones of about 2 minutes followed by waits near 54 minutes, and long "
        "ones of about 4.3 minutes followed by waits near 80. Level lines of the log density of a mixture of two "
        "surround the two clouds, whose means are marked.",
        caption="Level lines of the log density of a mixture of two Gaussians. Chapter 6 finds these parameters.",
    )
