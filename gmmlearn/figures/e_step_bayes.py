"""Pictures of chapter 4: Bayes' rule for one point, shares along a line and over the plane, soft and hard."""

import numpy as np

from .. import library
from . import pieces
from .style import COLOURS, HATCHES, INK, MARKERS, Shown, label, new, show

MINUTES = "waiting time (minutes)"


def whole_idea(X, weights, means, covariances, at) -> Shown:
    """A point between components, the heights that they reach there, and the shares that follow."""
    joint = np.exp(library.log_joint(np.array([at], float), weights, means, covariances))[0]
    figure, (plane, heights, shares) = new(8.8, 3.4, columns=3, width_ratios=[1.7, 1, 1])
    pieces.points(plane, X, size=12, alpha=0.4)
    pieces.ellipses(plane, means, covariances, labels=True)
    plane.plot(*at, marker="*", ms=20, color=INK, mec="white", mew=1.5, zorder=8)
    pieces.remark(plane, "who made me?", (at[0] + 0.4, at[1] - 3.2), at)
    label(plane, "feature 0", "feature 1", "1. a point between components")
    for axes, values, title in ((heights, joint, "2. weight × density"), (shares, joint / joint.sum(), "3. shares")):
        pieces.bars(axes, values, write="{:.3f}" if axes is heights else "{:.2f}")
        axes.set_ylim(0, values.max() * 1.18)
        label(axes, "component", "", title)
    return show(
        figure,
        alt="Left: points, three components with their ellipses, and a star between components 0 and 1. Middle: bars "
        f"of weight times density at the star: {listed(joint, 3)}. Right: the same bars divided by their sum: "
        f"{listed(joint / joint.sum(), 2)}.",
        caption="The E-step for one point. How high does each weighted component reach at the star? Divide by the sum "
        "of the heights: those are the responsibilities.",
    )


def listed(values, digits: int) -> str:
    """Numbers as you read them out.

    Examples
    --------
    >>> listed([0.25, 0.75], 1)
    '0.2, 0.8'
    """
    return ", ".join(f"{value:.{digits}f}" for value in values)


def two_easy_problems(X, labels, weights, means, covariances) -> Shown:
    """Labels known, parameters known, neither known."""
    figure, axes = new(9.0, 3.3, columns=3, sharex=True, sharey=True)
    pieces.points(axes[0], X, labels=labels, size=14)
    fits = [library.fit_gaussian(X[labels == k]) for k in range(len(weights))]
    pieces.ellipses(axes[0], [fit[0] for fit in fits], [fit[1] for fit in fits], radii=(2.0,), fill=0)
    shares = library.responsibilities(X, weights, means, covariances)
    pieces.points(axes[1], X, labels=np.argmax(shares, axis=1), size=14)
    pieces.ellipses(axes[1], means, covariances, radii=(2.0,), fill=0)
    pieces.points(axes[2], X, size=14)
    titles = ("labels known: fit each group", "parameters known: label", "what we have: neither")
    for panel, title in zip(axes, titles):
        label(panel, "feature 0", "feature 1" if panel is axes[0] else "", title)
    return show(
        figure,
        alt="Three panels with the same points. Left, points marked by their true label and an ellipse fitted to each "
        "group. Middle, the true ellipses and each point marked by its most probable component. Right, grey points "
        "without labels or ellipses.",
        caption="Left: with labels, exercise 3.1 done once for each group gives the parameters. Middle: with "
        "parameters, each point goes to its most probable component. Right: in practice both are missing.",
    )


def bayes(x: float, weights, means, sds) -> Shown:
    """Bayes' rule for one wait: prior, density at the point, product, posterior."""
    weights, means, sds = (np.asarray(values, float) for values in (weights, means, sds))
    densities = library.gaussian_density(x, means, sds**2)
    joint = weights * densities
    posterior = joint / joint.sum()
    figure, panels = new(8.8, 3.1, columns=4, width_ratios=[2.3, 1, 1, 1])
    across = np.linspace(x - 9, x + 9, 200)
    for k in range(len(weights)):
        pieces.curve(panels[0], across, library.gaussian_density(across, means[k], sds[k] ** 2), k)
        panels[0].plot(x, densities[k], marker=MARKERS[k], ms=9, color=COLOURS[k], mec="white", zorder=5)
    panels[0].axvline(x, color=INK, lw=1.2, ls=":")
    panels[0].set_ylim(0, 0.03)
    pieces.remark(panels[0], "component 0", (x - 6.4, 0.0155))
    pieces.remark(panels[0], "component 1", (x + 5.8, 0.0125))
    label(panels[0], MINUTES, "density", f"densities at {x:g} minutes")
    for axes, values, title, digits in (
        (panels[1], weights, "prior π", 2),
        (panels[2], joint, "× density", 5),
        (panels[3], posterior, "÷ sum: posterior", 2),
    ):
        pieces.bars(axes, values, write=f"{{:.{digits}f}}")
        axes.set(xlim=(-0.75, 1.75), ylim=(0, 1.2 * values.max()), yticks=[])
        label(axes, "component", "", title)
    return show(
        figure,
        alt=f"Two bell curves cross near {x:g} minutes, where their heights are {listed(densities, 5)}. Bars: the "
        f"prior {listed(weights, 2)}; prior times density {listed(joint, 5)}; the posterior {listed(posterior, 2)}.",
        caption=f"Component 0 (circle, left) is the nearer one at {x:g} minutes and its curve is the higher one, but "
        "component 1 (square) makes more of the eruptions, and that decides.",
    )


def share_curve(weights, means, sds) -> Shown:
    """Weighted densities along the line, and below them the shares."""
    across = np.linspace(35, 100, 400)
    covariances = np.asarray(sds, float)[:, np.newaxis, np.newaxis] ** 2
    parameters = weights, np.asarray(means, float)[:, np.newaxis], covariances
    joint = library.log_joint(across[:, np.newaxis], *parameters)
    shares = library.responsibilities(across[:, np.newaxis], *parameters)
    figure, (above, below) = new(7.4, 4.3, rows=2, sharex=True)
    bottom = np.zeros_like(across)
    for k, share in enumerate(shares.T):
        pieces.curve(above, across, np.exp(joint[:, k]), k, label=f"component {k}", fill=0.08)
        below.fill_between(
            across, bottom, bottom + share, fc=COLOURS[k], alpha=0.55, hatch=HATCHES[k], ec="white", lw=0
        )
        bottom = bottom + share
    even = across[np.argmin(np.abs(shares[:, 0] - 0.5))]
    for axes in (above, below):
        axes.axvline(even, color=INK, ls=":", lw=1.4)
    paper = {"bbox": {"fc": "white", "ec": "none", "pad": 2}}
    pieces.remark(below, "share of 0", (46, 0.5), **paper)
    pieces.remark(below, "share of 1", (88, 0.5), **paper)
    pieces.remark(above, f"even at {even:.1f}", (even, 0.036), **paper)
    below.set(ylim=(0, 1), yticks=[0, 0.5, 1])
    label(above, "", "π × density", legend=True, loc="upper left")
    label(below, MINUTES, "responsibility")
    return show(
        figure,
        alt="Above, two weighted bell curves over the waiting time. Below, the shares stacked to a total of 1: that of "
        f"component 0 falls from 1 to 0 in an S-shaped curve and passes one half at {even:.1f} minutes, where the "
        "weighted curves cross.",
        caption="Where the weighted curves cross the shares are even. A few minutes to either side hardly any doubt is "
        "left.",
    )


def far_map(weights, means, covariances, reach: float = 70.0) -> Shown:
    """Where the plain formula gives numbers, and where it gives NaN."""
    axis = np.linspace(-reach, reach, 141)
    plane = np.column_stack([a.ravel() for a in np.meshgrid(axis, axis)])
    joint = library.log_joint(plane, weights, means, covariances)
    lost = (np.exp(joint).sum(axis=1) == 0).reshape(axis.size, axis.size)
    winner = np.argmax(joint, axis=1).reshape(axis.size, axis.size)
    figure, panels = new(8.2, 3.9, columns=2, sharey=True)
    for panel, hidden in zip(panels, (lost, np.zeros_like(lost))):
        for k in range(len(weights)):
            mine = np.where((winner == k) & ~hidden, 1.0, np.nan)
            panel.contourf(axis, axis, mine, levels=[0.5, 1.5], colors=[COLOURS[k]], alpha=0.6)
        if hidden.any():
            panel.contourf(axis, axis, hidden, levels=[0.5, 1.5], colors=["#DDDDDD"], hatches=["xx"])
        pieces.ellipses(panel, means, covariances, radii=(2.0,), fill=0)
        panel.set_aspect("equal")
    paper = {"bbox": {"fc": "white", "ec": "none", "pad": 2}}
    pieces.remark(panels[0], "0 / 0 = NaN", (0, -60), **paper)
    for at in ((-45, -50), (45, 25), (-42, 45)):
        column, row = (int(np.argmin(np.abs(axis - place))) for place in at)
        pieces.remark(panels[1], f"component {winner[row, column]}", at, **paper)
    label(panels[0], "feature 0", "feature 1", "exp, then divide")
    label(panels[1], "feature 0", "", "each row's largest taken out first")
    return show(
        figure,
        alt="A large plane with three small components in the middle, coloured by the component with the largest "
        f"share. Left, by the plain formula: {lost.mean():.0%} of the plane, everything far out, is hatched and marked "
        "NaN. Right, by the stable formula: every place has its colour.",
        caption="Same mixture, same plane, coloured by the largest share. On the left the densities far out are 0 and "
        "their ratio is not a number; on the right nothing is lost.",
    )


class Table:
    """A small table that a notebook shows as one, and a terminal as text.

    Parameters
    ----------
    head : sequence of str
    rows : sequence of sequences of str

    Examples
    --------
    >>> print(Table(["k", "share"], [["0", "0.42"]]))
    | k | share |
    |---|---|
    | 0 | 0.42 |
    """

    def __init__(self, head, rows):
        self.head, self.rows = head, rows

    def __repr__(self) -> str:
        lines = [self.head, *self.rows]
        text = ["| " + " | ".join(line) + " |" for line in lines]
        return "\n".join([text[0], "|" + "---|" * len(self.head), *text[1:]])

    def _repr_markdown_(self) -> str:
        return repr(self)


def bayes_table(x: float, weights, means, sds) -> Table:
    """Bayes' rule for one number, a row for each component and one for the sums."""
    weights, means, sds = (np.asarray(values, float) for values in (weights, means, sds))
    densities = library.gaussian_density(x, means, sds**2)
    joint = weights * densities
    rows = [
        [str(k), f"{prior:.2f}", f"{density:.5f}", f"{product:.5f}", f"{product / joint.sum():.3f}"]
        for k, (prior, density, product) in enumerate(zip(weights, densities, joint))
    ]
    sums = ["**sum**", f"{weights.sum():.2f}", "", f"{joint.sum():.5f}", f"{(joint / joint.sum()).sum():.3f}"]
    return Table(["component", "prior π", f"density at {x:g}", "prior × density", "posterior"], [*rows, sums])
