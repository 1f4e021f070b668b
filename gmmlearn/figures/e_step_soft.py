"""Pictures of chapter 4: soft and hard assignments, and what a responsibility promises."""

import numpy as np

from . import pieces
from .faithful import ERUPTION, WAITING
from .style import COLOURS, INK, MARKERS, Shown, label, new, show

SURE = 0.9
"""Points without a share as large are in doubt."""


def soft(X, responsibilities, means, covariances) -> Shown:
    """Points in blended colours; those in doubt are larger and ringed."""
    figure, axes = new(6.2, 4.0)
    divided = draw_soft(axes, X, responsibilities, means, covariances)
    label(axes, "feature 0", "feature 1", legend=True, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return show(
        figure,
        alt=f"{len(X)} points in three groups with their ellipses, coloured by blending the components' colours. "
        f"{divided} points between the groups are ringed: there no component has nine tenths.",
        caption="Colours are blended by responsibility, the mark is that of the largest. Ringed: no component has 0.9 "
        "or more.",
    )


def draw_soft(axes, X, responsibilities, means, covariances) -> int:
    """Blended points and rings on `axes`; returns how many are ringed."""
    X, responsibilities = np.asarray(X), np.asarray(responsibilities)
    divided = responsibilities.max(axis=1) < 0.9
    pieces.points(axes, X, responsibilities=responsibilities, size=20, legend=True)
    axes.scatter(*X[divided].T, s=70, fc="none", ec=INK, lw=1.2, label="in doubt")
    pieces.ellipses(axes, means, covariances, radii=(2.0,), fill=0)
    return int(divided.sum())


def soft_and_hard(X, responsibilities, labels, means, covariances) -> Shown:
    """The same points, shared and assigned."""
    figure, (left, right) = new(8.4, 3.8, columns=2, sharex=True, sharey=True)
    draw_soft(left, X, responsibilities, means, covariances)
    pieces.points(right, X, labels=labels, size=20)
    pieces.ellipses(right, means, covariances, radii=(2.0,), fill=0)
    label(left, "feature 0", "feature 1", "soft: responsibilities (rings: in doubt)")
    label(right, "feature 0", "", "hard: assign")
    return show(
        figure,
        alt="The same points twice. Left in blended colours with a ring around those in doubt; right each point in the "
        "colour and mark of one component, with no trace of the doubt.",
        caption="On the right every point has one label, and the ringed ones look as certain as all the others.",
    )


def calibration(responsibilities, labels) -> Shown:
    """Of the points with a share near 0.3, how many did the component make?"""
    bins = 5
    shares = np.ravel(responsibilities)
    hits = np.ravel(np.arange(np.shape(responsibilities)[1]) == np.asarray(labels)[:, np.newaxis])
    edges = np.linspace(0, 1, bins + 1)
    place = np.clip(np.digitize(shares, edges) - 1, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    promised = np.bincount(place, shares, bins) / count
    kept = np.bincount(place, hits, bins) / count
    figure, axes = new(5.4, 3.8)
    axes.plot([0, 1], [0, 1], color=INK, ls=":", lw=1.4, label="promise kept")
    axes.errorbar(
        promised, kept, 2 * np.sqrt(promised * (1 - promised) / count), color=COLOURS[0], marker=MARKERS[0], ms=8, lw=0,
        elinewidth=1.6, capsize=4, label="this sample, ± 2 standard errors",
    )  # fmt: skip
    axes.set(xlim=(-0.04, 1.04), ylim=(-0.04, 1.04))
    label(axes, "responsibility (mean of each bin)", "fraction really made by it", legend=True, loc="upper left")
    pairs = "; ".join(f"{p:.2f}: {k:.2f}" for p, k in zip(promised, kept))
    return show(
        figure,
        alt="Fraction of pairs of point and component where the component really made the point, against the "
        f"responsibility. All lie close to the diagonal: {pairs}.",
        caption="All pairs of a point and a component, sorted into bins by responsibility. Of those with a share of "
        "about 0.3, about 3 in 10 are true. The parameters are the true ones here.",
    )


def doubt(X, from_one, from_both) -> Shown:
    """Old Faithful: the eruptions in doubt by the wait alone, and by both measurements."""
    figure, panels = new(8.2, 3.7, columns=2, sharey=True)
    counts = []
    titles = ("by the wait alone", "by both measurements")
    for panel, responsibilities, title in zip(panels, (from_one, from_both), titles):
        unsure = np.max(responsibilities, axis=1) < SURE
        counts.append(int(unsure.sum()))
        pieces.points(panel, X, responsibilities=responsibilities, size=20, legend=True)
        panel.scatter(*X[unsure].T, s=80, fc="none", ec=INK, lw=1.4, label="in doubt")
        label(panel, ERUPTION, WAITING if panel is panels[0] else "", f"{title}: {counts[-1]} in doubt")
    label(panels[1], ERUPTION, legend=True, loc="lower right")
    return show(
        figure,
        alt=f"Old Faithful twice. Left, shares from the waiting time alone: {counts[0]} eruptions at 64 to 70 minutes "
        f"are ringed as undecided. Right, from both measurements: {counts[1]} is ringed.",
        caption=f"Ringed: no component has a share of {SURE:g}. The wait alone leaves doubt between the groups; the "
        "length of the eruption takes nearly all of it away.",
    )
