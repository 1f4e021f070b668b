"""Figures of chapter 6: the loop at work, the bound under it, and how it goes astray."""

import numpy as np
from scipy import special
from threadpoolctl import threadpool_limits

from .. import Fit, library
from . import pieces, player, style
from .examples import THREE
from .m_step import m_step


def three_groups(n_samples: int, seed: int = 0):
    """Points of a mixture of three unequal, tilted components, and the truth they come from.

    Returns
    -------
    (X, labels, (weights, means, covariances))

    Examples
    --------
    >>> X, labels, truth = three_groups(400)
    >>> X.shape, truth[0].tolist()
    ((400, 2), [0.6, 0.3, 0.1])
    """
    X, labels = library.sample_mixture(*THREE, n_samples, np.random.default_rng(seed))
    return X, labels, THREE


def five_blobs(n_samples: int = 250):
    """Five small round groups far from each other, like the five of a die."""
    means = np.array([[0.0, 0.0], [6.0, 0.0], [0.0, 6.0], [6.0, 6.0], [3.0, 3.0]])
    covariances = np.tile(0.09 * np.eye(2), (5, 1, 1))
    return library.sample_mixture(np.full(5, 0.2), means, covariances, n_samples, np.random.default_rng(1))[0]


def run(X, responsibilities, *, max_iter=100, tol=1e-3, reg_covar=1e-6, log_joint=library.log_joint) -> Fit:
    """EM from given responsibilities, in the order of exercise 6.2.

    `log_joint` may be another function than the library's, as when a chapter shows what a wrong one does.

    Examples
    --------
    >>> found = run(np.array([[1.0], [2.0], [3.0]]), np.ones((3, 1)))
    >>> len(found.log_likelihoods), found.converged
    (2, True)
    """
    # The products are too small to be shared among threads, which on a busy machine only wait for each other.
    with threadpool_limits(1):
        return _climb(X, responsibilities, max_iter, tol, reg_covar, log_joint)


def _climb(X, responsibilities, max_iter, tol, reg_covar, log_joint) -> Fit:
    parameters = m_step(X, responsibilities, reg_covar)
    trace = []
    for _ in range(max_iter):
        joint = log_joint(X, *parameters)
        log_density = special.logsumexp(joint, axis=1, keepdims=True)
        trace.append(float(log_density.mean()))
        parameters = m_step(X, np.exp(joint - log_density), reg_covar)
        if len(trace) > 1 and trace[-1] - trace[-2] < tol:
            return Fit(*parameters, np.array(trace), True)
    return Fit(*parameters, np.array(trace), False)


def states(X, responsibilities, n_iter: int):
    """The parameters before each of `n_iter` iterations, with the responsibilities they lead to."""
    found = []
    with threadpool_limits(1):
        for _ in range(n_iter):
            parameters = m_step(X, responsibilities)
            joint = library.log_joint(X, *parameters)
            log_density = special.logsumexp(joint, axis=1, keepdims=True)
            responsibilities = np.exp(joint - log_density)
            found.append((parameters, responsibilities, float(log_density.mean())))
    return found


def slow_start(X):
    """Responsibilities of three components that hardly differ: EM has a long way to go, and you can watch it."""
    draws = 1.0 + 0.25 * np.random.default_rng(1).random((len(X), 3))
    return draws / draws.sum(axis=1, keepdims=True)


def filmstrip(X, responsibilities):
    """The opening picture: a few iterations of EM side by side."""
    shown = (0, 6, 11, 19)
    course = states(X, responsibilities, max(shown) + 1)
    figure, axes = style.new(9.6, 2.75, columns=len(shown), sharex=True, sharey=True)
    for ax, iteration in zip(axes, shown):
        (_, means, covariances), R, value = course[iteration]
        pieces.points(ax, X, responsibilities=R, size=12)
        pieces.ellipses(ax, means, covariances, radii=(1.5,))
        pieces.square(ax, X)
        style.label(ax, title=f"after {iteration} iterations\nlog-likelihood {value:.3f}")
    return style.show(
        figure,
        alt="Four scatter plots of the same points. At first three ellipses lie on top of each other over "
        "all points; from picture to picture they part, and at the end each covers one group.",
        caption="EM at work. The points never change; their colours are the responsibilities of the moment. "
        "The number is the mean log-likelihood per point, and it only rises.",
    )


FILMED = (0, 2, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 16, 17, 19)
"""Iterations that the film shows: where little happens it leaves one out, since every frame costs time."""


def play_em(X, responsibilities):
    """A film of EM: the components over the points, and the log-likelihood so far."""
    n_iter = FILMED[-1] + 1
    course = states(X, responsibilities, n_iter)
    values = [value for _, _, value in course]
    figure, (left, right) = style.new(8.4, 3.5, columns=2)

    def draw(frame):
        iteration = FILMED[frame]
        (_, means, covariances), R, _ = course[iteration]
        pieces.points(left, X, responsibilities=R, size=14)
        pieces.ellipses(left, means, covariances, radii=(1.5,))
        pieces.square(left, X)
        style.label(left, "feature 0", "feature 1", "components and responsibilities")
        right.plot(values[: iteration + 1], marker="o", ms=5, color=style.INK, lw=1.5)
        right.set(xlim=(-0.5, n_iter - 0.5), ylim=(min(values) - 0.05, max(values) + 0.05))
        right.locator_params(axis="x", integer=True)
        style.label(right, "iteration", "", "mean log-likelihood per point")

    return player.play(
        figure,
        draw,
        len(FILMED),
        label=lambda frame: f"iteration {FILMED[frame]}: {values[FILMED[frame]]:.4f}",
        alt="Three ellipses start on top of each other and end on three groups. The log-likelihood beside "
        f"them rises from {values[0]:.3f}, slowly, then fast, then slowly again, to {values[-1]:.3f}.",
        caption="Left: ellipses at 1.5 standard deviations. Right: the log-likelihood of the same moment. "
        "The film skips some iterations in which little moves; the curve has them all.",
    )
