"""The kindergarten: a mixture as teachers who look after children (chapter 4, and wherever it helps).

A teacher is a component. Her place is the mean, the zone that she walks is the covariance, her commitment is
the weight, and her share in a child is the responsibility. Each child wears its shares as a round coat.
"""

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, Polygon, Rectangle, Wedge

from .. import library
from . import pieces
from .examples import Mixture
from .player import play
from .style import HATCHES, INK, LINES, MARKERS, MUTED, Shown, label, new, show

LIMITS = (0.0, 10.0, 0.0, 6.0)
"""The playground: left, right, bottom, top."""

LAWN, PATH, SAND, WOOD, LEAF, SKIN = "#EEF4E6", "#E3DCCB", "#F3E6BC", "#9B7B55", "#A9C79B", "#F2D5B0"

TEACHERS = Mixture(
    weights=np.array([0.25, 0.5, 0.25]),
    means=np.array([[2.7, 2.6], [6.0, 3.9], [6.9, 1.6]]),
    covariances=np.array([[[0.2, 0.04], [0.04, 0.35]], [[3.0, 0.3], [0.3, 0.7]], [[1.1, -0.2], [-0.2, 0.35]]]),
)
"""Three teachers: a narrow zone on the left, a wide one on the right, a flat one below it."""


def children(n_children: int = 22, seed: int = 4) -> np.ndarray:
    """Where the children play: drawn from the mixture of `TEACHERS`, apart from each other and from the plates.

    Examples
    --------
    >>> children(5).shape
    (5, 2)
    """
    rng = np.random.default_rng(seed)
    spots, _ = library.sample_mixture(*TEACHERS, 40 * n_children, rng)
    plates = [mean + np.array([side, -0.55]) for mean in TEACHERS.means for side in (-0.35, 0.35)]  # where π is written
    chosen: list[np.ndarray] = []
    for spot in spots:
        inside = 1.8 < spot[0] < 9.5 and 0.6 < spot[1] < 5.3
        others = [*chosen, *TEACHERS.means, *plates]
        if inside and all(np.hypot(*(spot - other)) > 0.64 for other in others):
            chosen.append(spot)
        if len(chosen) == n_children:
            break
    return np.array(chosen)


def kindergarten(
    axes: Axes, X, weights, means, covariances, responsibilities=None, *, size: float = 1.0, apart: bool = False
) -> None:
    """Draw the playground with the teachers, their zones, and the children.

    Parameters
    ----------
    axes : Axes
        Its scales become equal, its ticks go.
    X : array-like of shape (n, 2)
        Where the children are; the picture is made for the region `LIMITS`.
    weights, means, covariances : arrays of shapes (K,), (K, 2), (K, 2, 2)
        Commitment, place and zone of every teacher.
    responsibilities : array-like of shape (n, K), optional
        Shares that the children wear; grey coats without it.
    size : float
        Of children and teachers.
    apart : bool
        Whether commitments are written on the path, where no child plays, and not at the teachers' feet.
    """
    playground(axes)
    for k, (mean, covariance) in enumerate(zip(means, covariances)):
        for radius, fill in ((2.0, 0.07), (1.0, 0.12)):
            path = pieces.ellipse_path(mean, covariance, radius)
            axes.plot(*path.T, color=pieces.colour(k), ls=LINES[k], lw=1.6, zorder=2)
            axes.fill(*path.T, color=pieces.colour(k), alpha=fill, lw=0, zorder=1)
    for i, spot in enumerate(np.asarray(X, float)):
        child(axes, spot, None if responsibilities is None else responsibilities[i], size=size)
    for k, (weight, mean) in enumerate(zip(weights, means)):
        teacher(axes, mean, k, size=size)
        written = {"fontsize": 10, "color": INK, "bbox": {"fc": "white", "ec": "none", "alpha": 0.75, "pad": 1}}
        if apart:
            axes.plot(1.4 + 3.0 * k, 0.24, marker=MARKERS[k], ms=9, color=pieces.colour(k), mec="white", zorder=10)
            axes.text(1.75 + 3.0 * k, 0.22, f"π = {weight:.2f}", va="center", zorder=10, **written)
        else:
            x, y = mean - np.array([0.0, 0.39 * size])
            axes.text(x, y, f"π = {weight:.2f}", ha="center", va="top", zorder=10, **written)


def playground(axes: Axes) -> None:
    """Lawn, path, sandpit, tree and fence."""
    left, right, bottom, top = LIMITS
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal", xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.add_artist(Rectangle((left, bottom), right - left, top - bottom, fc=LAWN, ec="none", zorder=0))
    across = np.linspace(left, right, 80)
    axes.fill_between(across, 0.02 * across, 0.3 + 0.03 * across, color=PATH, lw=0, zorder=0)
    axes.add_artist(Ellipse((4.4, 0.85), 1.5, 0.7, fc=SAND, ec=WOOD, lw=2, zorder=0))
    axes.add_artist(Rectangle((1.02, 4.4), 0.16, 0.6, fc=WOOD, ec="none", zorder=0))
    for x, y, radius in ((0.8, 5.1, 0.36), (1.4, 5.1, 0.36), (1.1, 5.4, 0.42)):
        axes.add_artist(Circle((x, y), radius, fc=LEAF, ec="none", zorder=0))
    for height in (top - 0.14, top - 0.34):
        axes.plot([left, right], [height, height], color=WOOD, lw=2, zorder=0)
    posts = np.arange(left + 0.25, right, 0.5)
    axes.vlines(posts, top - 0.5, top - 0.04, color=WOOD, lw=4, zorder=0)


def child(axes: Axes, spot, shares=None, *, size: float = 1.0, ring: bool = False) -> None:
    """A child at `spot`: a head above a coat whose slices are its shares, clockwise from the top."""
    x, y = spot
    radius = 0.17 * size
    axes.add_artist(Circle((x, y + 1.45 * radius), 0.62 * radius, fc=SKIN, ec=INK, lw=0.8, zorder=6))
    eyes = x + radius * np.array([-0.22, 0.22])
    axes.plot(eyes, [y + 1.5 * radius] * 2, ls="", marker="o", ms=0.7 * size, color=INK, zorder=7)
    if shares is None:
        axes.add_artist(Circle((x, y), radius, fc="#C9CDD2", ec=INK, lw=1.0, zorder=5))
    else:
        edges = 90 - 360 * np.concatenate([[0.0], np.cumsum(shares)])
        for k, (start, end) in enumerate(pairwise(edges)):
            if start - end > 1e-6:
                axes.add_artist(Wedge((x, y), radius, end, start, fc=pieces.colour(k), ec="none", zorder=5))
        axes.add_artist(Circle((x, y), radius, fc="none", ec=INK, lw=1.0, zorder=6))
    if ring:
        axes.add_artist(Circle((x, y + 0.5 * radius), 2.2 * radius, fc="none", ec=INK, lw=2.2, zorder=7))


def teacher(axes: Axes, place, k: int, *, size: float = 1.0) -> None:
    """Teacher `k`: a dress in her colour with her mark on it."""
    x, y = place
    unit = 0.34 * size
    dress = [(-0.75, -1.0), (0.75, -1.0), (0.3, 0.55), (-0.3, 0.55)]
    axes.add_artist(
        Polygon([(x + unit * a, y + unit * b) for a, b in dress], fc=pieces.colour(k), ec="white", lw=1.5, zorder=8)
    )
    axes.add_artist(Circle((x, y + 1.05 * unit), 0.52 * unit, fc=INK, ec="white", lw=1.5, zorder=8))
    axes.add_artist(Circle((x, y + 0.95 * unit), 0.40 * unit, fc=SKIN, ec="none", zorder=9))
    eyes = x + unit * np.array([-0.15, 0.15])
    axes.plot(eyes, [y + unit] * 2, ls="", marker="o", ms=0.9 * size, color=INK, zorder=10)
    axes.plot(x, y - 0.35 * unit, marker=MARKERS[k], ms=8 * size, color="white", zorder=9)


def before_and_after(X, weights, means, covariances, responsibilities) -> Shown:
    """The E-step at a glance: children in grey, then wearing their shares."""
    figure, (left, right) = new(9.2, 3.1, columns=2)
    kindergarten(left, X, weights, means, covariances, size=1.15)
    kindergarten(right, X, weights, means, covariances, responsibilities, size=1.15)
    label(left, title="before: who looks after whom?")
    label(right, title="after the E-step: every coat is shared out")
    divided = int((np.max(responsibilities, axis=1) < 0.9).sum())
    return show(
        figure,
        alt=f"A kindergarten with three teachers, each in the middle of her zone, and {len(X)} children, drawn twice. "
        "Left, all coats are grey. Right, each coat is a pie of the teachers' colours; most are of one colour, "
        f"{divided} children between the zones wear two.",
        caption="Teachers stand at their places; the lines around each are her zone at one and two "
        "standard deviations; "
        "π is her commitment. A child's coat shows the share that each teacher has in it. Nobody has moved.",
    )


def walk(weights, means, covariances, start=(7.2, 3.6), end=(0.75, 2.5), n_frames: int = 20) -> Shown:
    """A child walks across the playground while the teachers' shares in it change."""
    spots = np.linspace(start, end, n_frames)
    shares = library.responsibilities(spots, weights, means, covariances)
    figure, (left, right) = new(8.6, 3.8, columns=2, width_ratios=[1.95, 1])

    def draw(frame: int) -> None:
        kindergarten(left, [], weights, means, covariances, size=1.1)
        left.plot(*spots[: frame + 1].T, color=MUTED, ls=":", lw=1.6, zorder=3)
        child(left, spots[frame], shares[frame], size=1.5, ring=True)
        for k, share in enumerate(shares[frame]):
            bar = right.bar(k, share, 0.65, color=pieces.colour(k), hatch=HATCHES[k], edgecolor="white", lw=0)
            right.bar_label(bar, fmt="{:.2f}", fontsize=10, padding=2)
        right.set(ylim=(0, 1.12), yticks=[0, 0.5, 1], xticks=range(len(weights)))
        label(right, "teacher", "share", "shares in the child")

    def words(frame: int) -> str:
        return ", ".join(f"{k}: {share:.0%}" for k, share in enumerate(shares[frame]))

    last = shares[-1]
    return play(
        figure,
        draw,
        n_frames,
        label=words,
        seconds_per_frame=0.35,
        alt="A child walks from the right fence to the left one. First teacher 1 has nearly all of it, then, near the "
        f"place of teacher 0, she has; at the left fence teacher {int(np.argmax(last))} has {last.max():.0%}.",
        caption="The dotted line is the child's path; the coat and the bars show the shares, which always sum to 1.",
    )
