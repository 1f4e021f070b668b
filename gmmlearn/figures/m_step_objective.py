"""What the M-step maximizes: Q as a ledger, along its parameters, and next to the log-likelihood."""

import numpy as np
from scipy import special

from .. import library
from . import pieces, style
from .m_step import m_step


def ledger(X, responsibilities, weights, means, covariances):
    """Q as a ledger: responsibilities times log joint densities, added up."""
    log_joint = library.log_joint(X, weights, means, covariances)
    product = responsibilities * log_joint
    figure, axes = style.new(9.0, 0.9 + 0.42 * len(X), columns=3)
    parts = (
        (responsibilities, "r: who answers", "Blues", (0, 1.6)),
        (log_joint, "log joint density", "Oranges_r", (log_joint.min() * 2, log_joint.max() + 2)),
        (product, f"product; all of it adds up to {product.sum():.2f}", "Greys_r", (product.min() * 2.4, 0)),
    )
    for ax, (table, title, colours, (low, high)) in zip(axes, parts):
        ax.imshow(table, cmap=colours, vmin=low, vmax=high, aspect="auto")
        for (i, k), value in np.ndenumerate(table):
            ax.text(k, i, f"{value:.2f}".replace("-0.00", "0.00"), ha="center", va="center", fontsize=11, color="black")
        ax.set_xticks(range(table.shape[1]), [f"k = {k}" for k in range(table.shape[1])])
        ax.set_yticks(range(len(X)), [f"i = {i}" for i in range(len(X))] if ax is axes[0] else [])
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        style.label(ax, title=title)
    return style.show(
        figure,
        alt=f"Three tables with {len(X)} rows and {len(weights)} columns: responsibilities, log joint "
        f"densities and their product, whose entries add up to {product.sum():.2f}.",
        caption="Each log joint density is weighted by the responsibility of its component.",
    )


def slices(X, responsibilities):
    """Q along one weight, one mean and one variance of a mixture in one dimension, the rest being updated."""
    best = m_step(X, responsibilities, 0.0)
    w, m, v = best[0][0], best[1][0, 0], best[2][0, 0, 0]
    share = np.linspace(0.03, 0.97, 200)
    panels = (
        ("weight of component 0", share, w, lambda p, s: p[0].__setitem__(slice(None), [s, 1 - s])),
        ("mean of component 0", np.linspace(m - 2, m + 2, 200), m, lambda p, s: p[1].__setitem__((0, 0), s)),
        ("variance of component 0", np.linspace(v / 3, 3 * v, 200), v, lambda p, s: p[2].__setitem__((0, 0, 0), s)),
    )
    figure, axes = style.new(9.0, 3.2, columns=3)
    for ax, (name, values, update, put) in zip(axes, panels):
        heights = []
        for value in values:
            parameters = [part.copy() for part in best]
            put(parameters, value)
            heights.append(library.expected_log_likelihood(X, responsibilities, *parameters))
        pieces.curve(ax, values, heights)
        ax.axvline(update, color=pieces.colour(1), ls="--")
        ax.annotate(f"update: {update:.2f}", (update, 0.04), (6, 0), xycoords=("data", "axes fraction"),
                    textcoords="offset points", fontsize=10)  # fmt: skip
        style.label(ax, name, "Q" if ax is axes[0] else "")
    return style.show(
        figure,
        alt="Three curves of Q: against one weight, one mean and one variance. Each has its single peak at a "
        "dashed line, the value that the update gives.",
        caption="Q with one parameter moved and the others left at their updates. Dashed: the update.",
    )


def touching(X, weights, means, covariances):
    """Q plus entropy as the responsibilities leave the posterior: it touches the log-likelihood at 0."""
    posterior = library.responsibilities(X, weights, means, covariances)
    even = np.full_like(posterior, 1 / len(weights))
    share = np.linspace(0, 0.25, 60)
    Q, H = np.empty_like(share), np.empty_like(share)
    for place, s in enumerate(share):
        mixed = (1 - s) * posterior + s * even
        Q[place] = library.expected_log_likelihood(X, mixed, weights, means, covariances)
        H[place] = special.entr(mixed).sum()
    figure, ax = style.new(8.0, 3.6)
    ax.axhline(library.log_likelihood(X, weights, means, covariances), color=style.INK, lw=2)
    pieces.curve(ax, share, Q + H, 0)
    pieces.curve(ax, share, Q, 1)
    for text, at, k in (("log-likelihood", None, None), ("Q + entropy", Q + H, 0), ("Q alone", Q, 1)):
        y = at[34] if at is not None else library.log_likelihood(X, weights, means, covariances)
        ax.annotate(text, (share[34], y), (0, 7), textcoords="offset points", fontsize=10,
                    color=style.INK if k is None else pieces.colour(k))  # fmt: skip
    ax.margins(y=0.12)
    style.label(ax, "share of 1/K mixed into the posterior responsibilities", "value")
    return style.show(
        figure,
        alt="A level line, the log-likelihood, and below it two falling curves: Q plus entropy, which "
        "touches the level line at the left end only, and Q alone, which lies below.",
        caption="The parameters stay; only the responsibilities change from left to right.",
    )
