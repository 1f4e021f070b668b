"""Pictures of chapter 2: a label, then a point, many times over."""

import numpy as np

from .. import library
from ..data import old_faithful
from .examples import FAITHFUL, THREE
from .pieces import bars, colour, ellipse_path, ellipses, mean_mark, points, remark, square
from .player import play
from .style import COLOURS, INK, LINES, MARKERS, MUTED, Shown, label, new, show

PLANE = (-4.0, 5.6, -3.2, 5.6)
"""Limits that hold nearly all draws from `THREE`."""

TILTED = np.array([[4.0, 1.8], [1.8, 1.0]])


def opening() -> Shown:
    """A label, a point, and then many of both."""
    rng = np.random.default_rng(8)
    X, labels = library.sample_mixture(*THREE, 300, rng)
    figure, (first, second, third) = new(7.4, 2.7, columns=3)
    bars(first, THREE.weights, write="{:.1f}")
    first.set_ylim(0, 0.85)
    remark(first, "drawn: 1", (1.4, 0.68), (1.05, 0.4))
    ellipses(second, THREE.means, THREE.covariances, fill=0.05)
    chosen = ellipse_path(THREE.means[1], THREE.covariances[1])
    second.fill(*chosen.T, color=colour(1), alpha=0.35, lw=0)
    second.scatter(2.5, 1.9, s=60, color=INK, marker="*", zorder=6)
    remark(second, "the point", (3.2, 4.6), (2.5, 2.05))
    points(third, X, labels=labels, size=9)
    label(first, "component", "weight", "1. draw a label")
    label(second, "feature 0", "", "2. draw a point")
    label(third, "feature 0", "", "3. repeat")
    for axes in (second, third):
        square(axes, limits=PLANE)
        axes.set_xticks([-2, 0, 2, 4])
    first.set_box_aspect((PLANE[3] - PLANE[2]) / (PLANE[1] - PLANE[0]))  # as high as its neighbours
    return show(
        figure,
        alt="Three panels. First a bar chart of the weights 0.6, 0.3 and 0.1, in which component 1 was drawn. Then "
        "three ellipses, of which that of component 1 is filled and holds one point. Then 300 points in the colours "
        "and marks of their components.",
        caption="To draw from a mixture, draw the label of a component by its weight, then a "
        "point from that component.",
    )


def two_steps_film() -> Shown:
    """Points of a mixture, one at a time, beside the counts of each component."""
    X, labels = library.sample_mixture(*THREE, 200, np.random.default_rng(8))
    sizes = [*range(11), 15, 20, 30, 40, 60, 80, 100, 130, 160, 200]
    figure, (left, right) = new(7.4, 3.5, columns=2, width_ratios=[3, 2])

    def draw(frame: int) -> None:
        n = sizes[frame]
        for k, (mean, covariance) in enumerate(zip(THREE.means, THREE.covariances)):
            left.plot(*ellipse_path(mean, covariance, 2).T, color=colour(k), ls=LINES[k], lw=1.0)
        points(left, X[:n], labels=labels[:n], size=22)
        if n:
            left.scatter(*X[n - 1], s=170, facecolors="none", edgecolors=INK, linewidths=1.6)
        square(left, limits=PLANE)
        counts = np.bincount(labels[:n], minlength=3)
        bars(right, counts, due=THREE.weights * n if n else None, along="y", write="{:d}")
        right.set(xlim=(0, max(10, 1.25 * counts.max())), ylim=(2.6, -0.6))
        label(left, "feature 0", "feature 1", f"{n} points" if n != 1 else "1 point")
        label(right, "points so far", "component", "counts; line: weight × n")

    def words(frame: int) -> str:
        n = sizes[frame]
        return "nothing drawn yet" if n == 0 else f"point {n}: component {labels[n - 1]}"

    return play(
        figure,
        draw,
        len(sizes),
        alt="Points appear one at a time inside three ellipses, each in the colour and mark "
        "of its component, while bars count them. After 200 points the bars lie close to "
        "the lines that mark 0.6, 0.3 and 0.1 of the points, but not on them.",
        caption="First the label, then the point. The ring marks the latest point, the black "
        "lines the expected counts.",
        label=words,
        seconds_per_frame=0.4,
    )


def unit_interval() -> Shown:
    """Uniform draws that fall on pieces as long as the weights."""
    draws = [0.05, 0.42, 0.64, 0.78, 0.95]
    ends = np.cumsum(THREE.weights)
    figure, axes = new(7.2, 1.9)
    for k, (end, weight) in enumerate(zip(ends, THREE.weights)):
        axes.barh(0, weight, 0.5, left=end - weight, color=colour(k), edgecolor="white", lw=2)
        axes.text(end - weight / 2, -0.02, f"{k}", ha="center", va="center", color="white", fontsize=14, weight="bold")
    for u in draws:
        k = int((u >= ends).sum())
        axes.scatter(u, 0.42, marker="v", s=60, color=colour(k), edgecolors=INK, linewidths=0.8, zorder=4)
        axes.text(u, 0.56, f"u = {u:g}\nlabel {k}", ha="center", va="bottom", fontsize=10)
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.3, 1.15), yticks=[], xticks=[0, 0.6, 0.9, 1.0])
    axes.spines["left"].set_visible(False)
    label(axes, "uniform draw u, and the cumulative weights")
    return show(
        figure,
        alt="The interval from 0 to 1 cut at 0.6 and 0.9 into three pieces labelled 0, 1 and 2. Five marks above it: "
        "draws 0.05 and 0.42 fall on piece 0, 0.64 and 0.78 on piece 1, and 0.95 on piece 2.",
        caption="Pieces as long as the weights 0.6, 0.3 and 0.1. A uniform draw hits a piece with"
        " just that probability.",
    )


def share_bars(labels, weights) -> Shown:
    """Shares of your own labels beside the weights; labels that should not exist are shown too."""
    labels, weights = np.asarray(labels).astype(np.intp, casting="same_kind"), np.asarray(weights)
    counts = np.bincount(labels, minlength=len(weights))
    due = np.concatenate([weights, np.zeros(len(counts) - len(weights))])
    figure, axes = new(4.6, 2.7)
    bars(axes, counts / len(labels), due=due, write="{:.3f}")
    axes.set_ylim(0, 1.18 * max(due.max(), counts.max() / len(labels)))
    label(axes, "label", "share", f"{len(labels)} labels; line: weight")
    shares = ", ".join(f"label {k} has share {count / len(labels):.3f}" for k, count in enumerate(counts))
    return show(figure, alt=f"Bars of the shares of {len(labels)} labels: {shares}. Lines mark the weights.")


def law_of_large_numbers() -> Shown:
    """Shares of 10, 100, 1,000 and 10,000 labels."""
    rng = np.random.default_rng(11)
    sizes = (10, 100, 1000, 10_000)
    shares = []
    figure, panels = new(7.4, 2.7, columns=4, sharey=True)
    for axes, n in zip(panels, sizes):
        share = np.bincount(library.sample_categorical(THREE.weights, n, rng), minlength=3) / n
        shares.append(share)
        bars(axes, share, due=THREE.weights)
        spread = np.sqrt(THREE.weights * (1 - THREE.weights) / n)
        look = {"fmt": "none", "ecolor": MUTED, "elinewidth": 2, "capsize": 4}
        axes.errorbar(range(3), THREE.weights, yerr=2 * spread, **look)
        label(axes, "component", "share" if n == 10 else "", f"n = {n:,}")
    panels[0].set_ylim(0, 1.0)
    worst = [np.abs(share - THREE.weights).max() for share in shares]
    return show(
        figure,
        alt="Four bar charts of the shares of three components among 10, 100, 1,000 and 10,000"
        " labels. The largest differences from the weights are " + ", ".join(f"{value:.3f}" for value in worst) + ".",
        caption="Black lines: the weights. Grey whiskers: two standard deviations of a share to either side. With 100 "
        "times as many labels they are ten times shorter.",
    )


def counts_spread() -> Shown:
    """How often component 0 comes up in 200 draws, over 2000 repetitions, against a rounded count."""
    rng = np.random.default_rng(17)
    counts = rng.binomial(200, 0.6, 2000)
    figure, axes = new(6.4, 2.7)
    axes.hist(counts, bins=np.arange(92.5, 148), color=COLOURS[0], alpha=0.75, edgecolor="white", lw=0.5)
    axes.axvline(120, color=COLOURS[1], ls=LINES[1], lw=2.6)
    remark(axes, "rounding gives 120\nevery single time", (134, 105), (120, 95), ha="left")
    label(axes, "points of component 0 among 200", "repetitions out of 2000")
    return show(
        figure,
        alt="Histogram of the count of component 0 among 200 draws: a bell around 120 that reaches from about 100 to "
        "140. A dashed line at 120 shows the only value that rounding can give.",
        caption="The count is random: its standard deviation is the root of 200 · 0.6 · 0.4, which is 6.9.",
    )


def stretch_film() -> Shown:
    """A round cloud that the Cholesky factor stretches and the mean moves."""
    Z = np.random.default_rng(6).standard_normal((180, 2))
    factor, mean = np.linalg.cholesky(TILTED), np.array([2.0, 1.5])
    figure, axes = new(5.8, 4.0)

    def draw(frame: int) -> None:
        stretch, move = min(frame, 12) / 12, max(frame - 12, 0) / 6
        now, centre = (1 - stretch) * np.eye(2) + stretch * factor, move * mean
        points(axes, centre + Z @ now.T, size=13, alpha=0.45)
        circle = centre + ellipse_path([0, 0], np.eye(2)) @ now.T
        axes.plot(*circle.T, color=COLOURS[0], lw=2)
        for j in range(2):
            tip = centre + now[:, j]
            axes.annotate("", tip, centre, arrowprops={"arrowstyle": "-|>", "color": COLOURS[j + 1], "lw": 2.2})
            mean_mark(axes, tip, j + 1, size=50)
        square(axes, limits=(-5, 7.5, -3.3, 4.6))
        label(axes, "feature 0", "feature 1")

    def words(frame: int) -> str:
        if frame == 0:
            return "standard normal noise"
        return "stretched by L" if frame <= 12 else "moved by the mean"

    return play(
        figure,
        draw,
        19,
        alt="A round cloud with a unit circle and two arrows, (1, 0) and (0, 1). The "
        "Cholesky factor stretches it until the arrows end at (2, 0.9) and (0, 0.44) "
        "and the circle is a tilted ellipse; then everything moves by the mean.",
        caption="The square marks where (1, 0) goes, the triangle where (0, 1) goes: the columns of L.",
        label=words,
        seconds_per_frame=0.15,
    )


def cloud(X, mean, covariance) -> Shown:
    """Your own draws under the ellipses of the covariance that was asked for."""
    X = np.asarray(X)
    figure, axes = new(5.4, 3.3)
    points(axes, X, size=12, alpha=0.4)
    ellipses(axes, [mean], [covariance], fill=0)
    square(axes, np.vstack([X, ellipse_path(mean, covariance, 2)]))
    inside = np.einsum("ij,jk,ik->i", X - mean, np.linalg.inv(covariance), X - mean) < 4
    label(axes, "feature 0", "feature 1", f"within 2 standard deviations: {inside.mean():.0%}")
    return show(
        figure,
        alt=f"{len(X)} drawn points under the ellipses at 1 and 2 standard deviations of the covariance asked for; "
        f"{inside.mean():.0%} of them lie inside the outer one.",
        caption="For a Gaussian in the plane 86 % of the points lie within 2 standard deviations.",
    )


def wrong_side() -> Shown:
    """Draws with the Cholesky factor on the wrong side."""
    Z = np.random.default_rng(7).standard_normal((400, 2))
    factor = np.linalg.cholesky(TILTED)
    figure, panels = new(7.2, 2.9, columns=2, sharey=True)
    for axes, X, title in zip(panels, [Z @ factor.T, Z @ factor], ["expected", "what the function draws"]):
        points(axes, X, size=11, alpha=0.4)
        ellipses(axes, [np.zeros(2)], [TILTED], fill=0)
        square(axes, limits=(-6.5, 6.5, -3.6, 3.6))
        label(axes, "feature 0", "feature 1" if axes is panels[0] else "", title)
    return show(
        figure,
        alt="Two clouds under the same tilted ellipses. The left one fills them; the "
        "right one is flatter, hardly tilted, and sticks out on both sides.",
        caption="The ellipses are those of the covariance asked for, [[4, 1.8], [1.8, 1]].",
    )


def scatter(X, labels, *, title: str = "") -> Shown:
    """Your own draws from a mixture in the plane, by label."""
    X, labels = np.asarray(X), np.asarray(labels)
    figure, axes = new(6.6, 3.6)
    points(axes, X, labels=labels, size=16, legend=True)
    label(axes, "feature 0", "feature 1", title, legend=True, loc="upper left", bbox_to_anchor=(1, 1), markerscale=1.6)
    counts = ", ".join(f"{(labels == k).sum()} of component {k}" for k in np.unique(labels))
    return show(figure, alt=f"Scatter plot of {len(X)} points: {counts}.")


def order() -> Shown:
    """The labels of 60 draws in the order in which they come, and grouped."""
    labels = library.sample_categorical(THREE.weights, 60, np.random.default_rng(1))
    figure, axes = new(7.2, 1.9)
    for row, sequence in enumerate([labels, np.sort(labels)]):
        for k in range(3):
            places = np.flatnonzero(sequence == k)
            look = {"marker": MARKERS[k], "color": colour(k), "s": 34}
            axes.scatter(places, np.full(len(places), 1 - row), label=f"component {k}" if row == 0 else None, **look)
    axes.axvline(29.5, ymax=0.7, color=MUTED, ls="--", lw=1.4)
    axes.set(yticks=[0, 1], yticklabels=["grouped", "independent"], ylim=(-0.5, 2.1), xlim=(-1, 60))
    label(axes, "row of X", legend=True, ncols=3, loc="upper center")
    half = np.sort(labels)[:30]
    return show(
        figure,
        alt="Two rows of 60 marks, one for each sample. In the upper row the three kinds of marks are mixed; in the "
        "lower they are sorted, so that the first 30 are all of component 0.",
        caption=f"The same 60 labels. Take the first half of the grouped rows, and all {len(half)} of them are of "
        "component 0.",
    )


def which_is_real() -> Shown:
    """Old Faithful and as many draws from a mixture fitted to it, without saying which is which."""
    real = old_faithful()
    drawn, _ = library.sample_mixture(*FAITHFUL, len(real), np.random.default_rng(2))
    figure, panels = new(7.2, 3.2, columns=2, sharey=True)
    for axes, X, title in zip(panels, [drawn, real], "AB"):
        points(axes, X, size=14, alpha=0.6)
        axes.set(xlim=(1.2, 5.8), ylim=(35, 105))
        label(axes, "length, minutes", "wait, minutes" if title == "A" else "", title)
    return show(
        figure,
        alt="Two scatter plots A and B of 272 points each, both with a cloud near (2, 54)"
        " and a larger one near (4.3, 80).",
        caption="One panel is Old Faithful, the other was drawn from a mixture of two Gaussians.",
    )
