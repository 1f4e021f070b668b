"""Figures of chapter 5: where the M-step moves the components."""

import numpy as np

from .. import library
from . import pieces, player, style


def playground(n_samples: int = 150):
    """Three overlapping groups of points, and three badly placed components.

    Returns
    -------
    (X, weights, means, covariances)
        Points (n, 2) and the parameters before the first M-step.

    Examples
    --------
    >>> X, weights, means, covariances = playground()
    >>> X.shape, means.shape
    ((150, 2), (3, 2))
    """
    truth = (
        np.array([0.45, 0.35, 0.2]),
        np.array([[0.0, 0.0], [4.2, 1.2], [0.6, 4.2]]),
        np.array([[[1.1, 0.6], [0.6, 0.9]], [[0.7, -0.4], [-0.4, 1.3]], [[0.9, 0.0], [0.0, 0.35]]]),
    )
    X, _ = library.sample_mixture(*truth, n_samples, np.random.default_rng(5))
    means = np.array([[-1.8, 1.0], [5.4, -1.2], [3.0, 5.2]])
    return X, np.full(3, 1 / 3), means, np.tile(1.6 * np.eye(2), (3, 1, 1))


def m_step(X, responsibilities, reg_covar=1e-6):
    """Weights, means and covariances from the responsibilities: one M-step of the library's.

    Examples
    --------
    >>> weights, means, covariances = m_step(np.array([[0.0], [2.0]]), np.ones((2, 1)), reg_covar=0.0)
    >>> weights.tolist(), means.tolist(), covariances.tolist()
    ([1.0], [[1.0]], [[[1.0]]])
    """
    means = library.update_means(X, responsibilities)
    covariances = library.update_covariances(X, responsibilities, means, reg_covar)
    return library.update_weights(responsibilities), means, covariances


def one_step():
    """The opening picture: responsibilities at the old places, then the places that they lead to."""
    X, *old = playground()
    R = library.responsibilities(X, *old)
    new = m_step(X, R)
    figure, axes = style.new(9.0, 4.65, columns=2, sharex=True, sharey=True)
    titles = ("given: who answers for whom", "the M-step: everybody moves")
    for ax, parameters, title in zip(axes, (old, new), titles):
        pieces.points(ax, X, responsibilities=R, size=20)
        pieces.ellipses(ax, *parameters[1:], radii=(1.5,))
        pieces.square(ax, limits=(-4.2, 7.8, -3.6, 7.4))
        style.label(ax, "feature 0", "feature 1" if ax is axes[0] else "", title)
    arrows(axes[1], old[1], new[1])
    return style.show(
        figure,
        alt="Two scatter plots of the same 150 points, coloured by responsibility. On the left three round "
        "zones are beside the three groups. On the right an arrow leads from each old centre to a new one "
        "inside a group, and the zones have become ellipses that follow the groups.",
        caption="One M-step. The colour of a point mixes the colours of the components that answer for it. "
        "The points and their responsibilities are the same on both sides; only the components moved.",
    )


def arrows(ax, old_means, new_means) -> None:
    """An arrow from each old mean, drawn hollow, to the new one."""
    for k, (old, new) in enumerate(zip(old_means, new_means)):
        ax.scatter(*old, s=90, marker=style.MARKERS[k], facecolors="white", edgecolors=pieces.colour(k), lw=1.8)
        arrow = {"arrowstyle": "-|>", "color": style.INK, "lw": 1.6, "shrinkA": 6, "shrinkB": 8}
        ax.annotate("", xy=new, xytext=old, arrowprops=arrow, zorder=6)


def balance(x, responsibility):
    """A beam with weights on it: the plain and the weighted mean are where it would rest."""
    x, responsibility = np.asarray(x, float), np.asarray(responsibility, float)
    plain, weighted = x.mean(), responsibility @ x / responsibility.sum()
    figure, axes = style.new(8.0, 3.0, rows=2, sharex=True)
    rows = ((np.ones_like(x), plain, "every point counts 1"), (responsibility, weighted, "each counts r"))
    for ax, (weight, rest, title) in zip(axes, rows):
        ax.axhline(0, color=style.INK, lw=2)
        ax.scatter(x, np.full_like(x, 0.42), s=420 * weight, c=pieces.colour(0), alpha=0.75, lw=0)
        for at, number in zip(x, weight):
            ax.annotate(f"{number:g}", (at, 1.0), ha="center", fontsize=10)
        ax.scatter(rest, -0.42, s=150, marker="^", c=style.INK)
        ax.annotate(f"rests at {rest:.2f}", (rest, -0.42), (10, -4), textcoords="offset points", fontsize=10)
        ax.set(ylim=(-1.0, 1.6), yticks=[])
        ax.spines["left"].set_visible(False)
        style.label(ax, "x" if ax is axes[1] else "", title=title)
    return style.show(
        figure,
        alt=f"A beam with equal weights at {', '.join(f'{v:g}' for v in x)} rests at {plain:.2f}; with the "
        f"weights {', '.join(f'{v:g}' for v in responsibility)} it rests at {weighted:.2f}.",
        caption="The area of a disc is its weight. The triangle marks where the beam balances: the mean.",
    )


MOVER = (
    np.array([[0.0, -1.2], [-1.1, 0.6], [-0.6, -0.9], [-0.2, 1.2], [6.2, 0.3], [7.0, -0.8], [7.3, 0.9], [5.2, 1.3]]),
    np.array([[0.8, 0.2], *[[0.95, 0.05]] * 3, *[[0.05, 0.95]] * 3, [0.2, 0.8]]),
)
"""Eight points and fixed responsibilities; each component answers for 4.0 points, and row 0 will move."""


def influence():
    """A film: one point moves to the right, its responsibilities stay, and the means follow."""
    X, R = MOVER
    n_frames = 13
    before = library.update_means(X, R)
    figure, (left, right) = style.new(9.0, 3.6, columns=2, width_ratios=(2.2, 1))

    def state(frame):
        moved = X.copy()
        moved[0, 0] += 5.0 * frame / (n_frames - 1)
        means = library.update_means(moved, R)
        return moved, means, np.linalg.norm(means - before, axis=1)

    def draw(frame):
        moved, means, gone = state(frame)
        pieces.points(left, moved, responsibilities=R, size=70)
        left.scatter(*moved[0], s=260, facecolors="none", edgecolors=style.INK, lw=1.6)
        left.annotate("0.8 / 0.2", moved[0], (0, -22), textcoords="offset points", fontsize=10, ha="center")
        for k in range(2):
            left.plot(*np.array([before[k], means[k]]).T, color=pieces.colour(k), lw=3, ls=style.LINES[k])
            pieces.mean_mark(left, means[k], k, size=190)
        left.set(xlim=(-2.2, 8.4), ylim=(-2.0, 2.2))
        style.label(left, "feature 0", "feature 1", "the ringed point moves")
        pieces.bars(right, gone, write="{:.2f}")
        right.set(ylim=(0, 1.25))
        style.label(right, "component", "", "distance its mean has moved")

    def words(frame):
        moved, _, gone = state(frame)
        return f"point moved {moved[0, 0]:.2f}; mean 0 moved {gone[0]:.2f}, mean 1 moved {gone[1]:.2f}"

    return player.play(
        figure,
        draw,
        n_frames,
        label=words,
        alt="Eight points and two means. As the ringed point, which belongs 0.8 to component 0 and 0.2 to "
        "component 1, moves 5 to the right, mean 0 moves by 1.00 and mean 1 by 0.25.",
        caption="Large marks: the two weighted means. The bars show how far each has gone.",
    )


def scatter_with_weights(X, responsibilities):
    """For every component, the points drawn as large as it answers for them, and its new ellipse."""
    _, means, covariances = m_step(X, responsibilities)
    n_components = responsibilities.shape[1]
    figure, axes = style.new(9.0, 3.4, columns=n_components, sharex=True, sharey=True)
    for k, ax in enumerate(np.atleast_1d(axes)):
        sizes = 2 + 46 * responsibilities[:, k]
        ax.scatter(*X.T, s=sizes, c=pieces.colour(k), marker=style.MARKERS[k], alpha=0.6, lw=0)
        pieces.ellipses(ax, means[k : k + 1], covariances[k : k + 1], radii=(1.5,), first=k, fill=0)
        pieces.square(ax, X)
        total = responsibilities[:, k].sum()
        style.label(ax, "feature 0", "feature 1" if k == 0 else "", f"component {k}: N = {total:.1f}")
    return style.show(
        figure,
        alt=f"{n_components} scatter plots of the same points. In each the points are as large as one "
        "component's responsibility for them, and the ellipse of that component lies over the large ones.",
        caption="What each component sees: the same points, as large as its responsibility for them. "
        "The ellipse is 1.5 standard deviations of its new covariance.",
    )


def regularized(X, responsibilities, k, values):
    """The ellipse of component `k` for several values of `reg_covar`, from a segment to a disc."""
    means = library.update_means(X, responsibilities)
    figure, axes = style.new(9.0, 3.2, columns=len(values), sharex=True, sharey=True)
    turn = np.linspace(0, 2 * np.pi, 121)
    for ax, value in zip(axes, values):
        covariance = library.update_covariances(X, responsibilities, means, value)[k]
        # The root by eigenvalues, since a singular matrix has no Cholesky factor.
        size, direction = np.linalg.eigh(covariance)
        half = direction * np.sqrt(np.clip(size, 0, None))
        ax.plot(*(means[k] + np.column_stack([np.cos(turn), np.sin(turn)]) @ half.T).T, c=pieces.colour(k), lw=2)
        ax.scatter(*X.T, s=20 + 160 * responsibilities[:, k], c=style.MUTED, alpha=0.5, lw=0)
        pieces.mean_mark(ax, means[k], k, size=70)
        pieces.square(ax, limits=(-1, 7, -2, 6))
        determinant = abs(np.linalg.det(covariance).round(12))
        style.label(ax, title=f"reg_covar = {value:g}\ndeterminant {determinant:.3g}")
    return style.show(
        figure,
        alt="The zone of one component that answers for two points only: a segment without reg_covar, "
        "a thin ellipse with a small one, a wider ellipse with a large one.",
        caption="One standard deviation of the component; the size of a point is its responsibility.",
    )


def side_by_side(X, responsibilities, fits, *, caption="", names=None):
    """Panels with the same points and other components over them.

    Parameters
    ----------
    X : ndarray of shape (n, 2)
    responsibilities : ndarray of shape (n, K)
        For the colours of the points.
    fits : sequence of (title, means, covariances)
        A panel for each.
    caption : str
        As in `style.show`.
    names : (str, str), optional
        Of the features. Without them the two have one scale, so that round things look round.
    """
    figure, axes = style.new(9.0, 4.0, columns=len(fits), sharex=True, sharey=True)
    for ax, (title, means, covariances) in zip(axes, fits):
        pieces.points(ax, X, responsibilities=responsibilities, size=18, alpha=0.55)
        pieces.ellipses(ax, means, covariances, radii=(1.5,))
        across, up = names or ("feature 0", "feature 1")
        style.label(ax, across, up if ax is axes[0] else "", title)
        if names is None:
            ax.set_aspect("equal")
    places = [
        f"{title}: " + ", ".join(f"component {k} at {describe(*fit)}" for k, fit in enumerate(zip(means, covariances)))
        for title, means, covariances in fits
    ]
    alt = f"{len(fits)} panels with the same {len(X)} points and other ellipses over them. " + "; ".join(places)
    return style.show(figure, alt=alt + ".", caption=caption)


def describe(mean, covariance) -> str:
    """Place and shape of a component in words.

    Examples
    --------
    >>> describe([1, 2], [[4, 1], [1, 1]])
    '(1.0, 2.0) with standard deviations 2.0 and 1.0, correlation 0.50'
    """
    across, up = np.sqrt(np.diag(covariance))
    correlation = np.asarray(covariance)[0, 1] / (across * up)
    place = f"({mean[0]:.1f}, {mean[1]:.1f})"
    return f"{place} with standard deviations {across:.1f} and {up:.1f}, correlation {correlation:.2f}"
