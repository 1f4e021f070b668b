"""Why EM climbs, drawn in one dimension: the lower bound that touches the log-likelihood."""

import numpy as np
from scipy import special, stats

from . import pieces, player, style

FIXED_MEAN = 1.0
DEVIATION = 1.6
X_LINE = np.array([-4.6, -4.1, -3.7, -3.2, 0.2, 0.6, 1.1, 1.5, 1.9, 4.4, 4.9, 5.3, 5.8, 6.1, 6.6])
"""Three groups on a line, for a mixture of equal weights and standard deviations with one mean left free."""


def line_log_likelihood(mean):
    """Log-likelihood of `X_LINE` when the free mean is `mean`, a number or an array of shape (m,)."""
    free = stats.norm.pdf(X_LINE, np.asarray(mean, float)[..., None], DEVIATION)
    return np.log(0.5 * free + 0.5 * stats.norm.pdf(X_LINE, FIXED_MEAN, DEVIATION)).sum(axis=-1)


def line_responsibilities(mean: float) -> np.ndarray:
    """Responsibility of the free component for every point of `X_LINE`."""
    return special.expit(stats.norm.logpdf(X_LINE, mean, DEVIATION) - stats.norm.logpdf(X_LINE, FIXED_MEAN, DEVIATION))


def line_bound(mean, r):
    """The bound Q + entropy at the free mean(s) `mean`, for responsibilities `r` of the free component."""
    free = np.log(0.5) + stats.norm.logpdf(X_LINE, np.asarray(mean, float)[..., None], DEVIATION)
    other = np.log(0.5) + stats.norm.logpdf(X_LINE, FIXED_MEAN, DEVIATION)
    return (r * free + (1 - r) * other + special.entr(r) + special.entr(1 - r)).sum(axis=-1)


def line_steps(start: float, n_iter: int) -> list[float]:
    """The free mean before each iteration of EM, and after the last."""
    means = [start]
    for _ in range(n_iter):
        r = line_responsibilities(means[-1])
        means.append(float(r @ X_LINE / r.sum()))
    return means


def draw_bound(ax, mean: float, *, top: bool) -> None:
    """The log-likelihood, its bound that touches at `mean`, and, if `top`, the bound's highest point."""
    grid = np.linspace(-7, 9, 321)
    r = line_responsibilities(mean)
    after = float(r @ X_LINE / r.sum())
    pieces.curve(ax, grid, line_log_likelihood(grid))
    pieces.curve(ax, grid, line_bound(grid, r), 1)
    ax.plot(mean, line_log_likelihood(mean), "o", ms=9, color=style.INK)
    if top:
        ax.plot([after, after], [line_bound(after, r), line_log_likelihood(after)], color=style.MUTED, lw=1.5, ls=":")
        ax.plot(after, line_bound(after, r), "s", ms=9, color=pieces.colour(1))
    ax.scatter(X_LINE, np.full_like(X_LINE, -67.8), marker="|", s=90, c=style.MUTED, linewidths=1.6)
    ax.set(xlim=(-7, 9), ylim=(-69, -46))
    style.label(ax, "the free mean", "log-likelihood (sum)")


def bound(start: float = 3.0):
    """One iteration: the curve to climb, the bound that touches it, and the bound's top."""
    figure, ax = style.new(8.4, 4.0)
    draw_bound(ax, start, top=True)
    after = line_steps(start, 1)[1]
    pieces.remark(ax, "touches here:\nwhere we are", (start - 3.0, -49), (start, line_log_likelihood(start)))
    height = line_bound(after, line_responsibilities(start))
    pieces.remark(ax, "top of the bound:\nwhere we go", (after, height - 9), (after, height - 0.4))
    return style.show(
        figure,
        alt="The log-likelihood as a curve with two peaks, and under it a parabola that touches it at the "
        "present mean. The top of the parabola lies to the right, and the log-likelihood there is higher.",
        caption="Black: the log-likelihood. Dashed: the lower bound, Q plus entropy, with responsibilities from the "
        "round mark. Square: its top, the next mean. The ticks at the bottom are the data.",
    )


def play_bound(start: float = 3.0, n_iter: int = 5):
    """A film of the bound: it touches the curve, is climbed, and is made again."""
    means = line_steps(start, n_iter)
    figure, ax = style.new(8.4, 4.0)

    def words(frame):
        mean, after = means[frame // 2], means[frame // 2 + 1]
        if frame % 2:
            return f"M-step {frame // 2 + 1}: go to the top, {mean:.2f} to {after:.2f}"
        return f"E-step {frame // 2 + 1}: a bound at {mean:.2f}, where ℓ = {line_log_likelihood(mean):.2f}"

    return player.play(
        figure,
        lambda frame: draw_bound(ax, means[frame // 2], top=bool(frame % 2)),
        2 * n_iter,
        label=words,
        seconds_per_frame=0.9,
        alt=f"From {start:g} a bound is made and climbed {n_iter} times; the mean ends at {means[-1]:.2f}, "
        "on the peak on the side where it began.",
        caption="E-step: a new bound that touches at the present mean. M-step: the top of that bound.",
    )
