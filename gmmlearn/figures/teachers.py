"""The kindergarten once more, with teachers who walk (chapters 5 and 6)."""

import numpy as np

from .. import library
from . import e_step, player, style
from .m_step import m_step

NEWCOMERS = (np.full(3, 1 / 3), np.array([[3.9, 4.6], [8.3, 4.5], [4.6, 1.2]]), np.tile(1.1 * np.eye(2), (3, 1, 1)))
"""Weights, means and covariances of three teachers on their first morning: not yet where the children are."""


def one_walk():
    """The M-step on the playground: shares at the first places, and the places that they lead to."""
    X = e_step.children()
    shares = library.responsibilities(X, *NEWCOMERS)
    after = m_step(X, shares)
    figure, axes = style.new(10.0, 3.4, columns=2)
    for ax, parameters, title in zip(axes, (NEWCOMERS, after), ("shares are agreed", "the teachers walk")):
        e_step.kindergarten(ax, X, *parameters, responsibilities=shares, size=0.9, apart=True)
        ax.set_title(title, loc="left")
    arrow = {"arrowstyle": "-|>", "color": style.INK, "lw": 1.8, "shrinkA": 0, "shrinkB": 16}
    for old, new in zip(NEWCOMERS[1], after[1]):
        axes[1].plot(*old, marker="x", ms=8, mew=2.5, color=style.INK, zorder=7)
        axes[1].annotate("", xy=new, xytext=old, arrowprops=arrow, zorder=7.5)
    return style.show(
        figure,
        alt="The same playground twice. On the left three teachers with round zones stand beside the children. "
        "On the right an arrow leads each to the middle of the children in her care, and her zone has their shape.",
        caption="Every child wears the shares that the teachers have in it. Children and shares are the same on "
        "both sides: the M-step moves the teachers only. A cross marks where each stood.",
    )


def mornings(n_iter: int = 7):
    """A film of EM on the playground: shares, walk, shares, walk."""
    X = e_step.children()
    course = [NEWCOMERS]
    for _ in range(n_iter - 1):
        course.append(m_step(X, library.responsibilities(X, *course[-1])))
    figure, ax = style.new(6.6, 4.2)

    def draw(frame):
        shares = library.responsibilities(X, *course[frame])
        e_step.kindergarten(ax, X, *course[frame], responsibilities=shares, apart=True)

    def words(frame):
        return f"after {frame} walks: mean log-likelihood {library.log_likelihood(X, *course[frame]) / len(X):.3f}"

    return player.play(
        figure,
        draw,
        n_iter,
        label=words,
        seconds_per_frame=0.7,
        alt="Three teachers walk from poor places to the middle of the children, first a long way, "
        "then in small steps, and their zones take the shape of the children in their care.",
        caption="After each walk the shares are computed again; the children wear them.",
    )
