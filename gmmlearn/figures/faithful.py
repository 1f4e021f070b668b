"""Pictures of Old Faithful's 272 eruptions in two dimensions, and of models for them (chapters 3 and 4)."""

import numpy as np

from .. import library
from . import pieces
from .style import COLOURS, Shown, label, new, show

WAITING = "waiting time (min)"
ERUPTION = "length of eruption (min)"


def fitted(X, mean, covariance) -> Shown:
    """Old Faithful with the ellipses of one fitted Gaussian."""
    figure, axes = new(5.6, 3.9)
    pieces.points(axes, X)
    pieces.ellipses(axes, [mean], [covariance])
    label(axes, ERUPTION, WAITING)
    return show(
        figure,
        alt="Old Faithful's 272 eruptions in two groups, with the ellipses of one Gaussian at one and two standard "
        "deviations; its mean lies in the gap between the groups, where there are few points.",
        caption="The best single Gaussian, with ellipses at 1 and 2 standard deviations. Its mean is where "
        "there is hardly any eruption.",
    )


def log_joint_panels(X, table) -> Shown:
    """One panel for each column of `log_joint`: how well that component explains every data point."""
    table = np.asarray(table, float)
    K = table.shape[1]
    figure, axes = new(3.7 * K + 0.6, 3.5, columns=K, sharey=True, squeeze=False)
    low = max(table.min(), table.max() - 60)
    for k, panel in enumerate(axes[0]):
        drawn = panel.scatter(*np.transpose(X), c=table[:, k], s=22, cmap="viridis", vmin=low, vmax=table.max())
        best = np.argmax(table[:, k])
        pieces.mean_mark(panel, X[best], k)
        label(panel, ERUPTION, WAITING if k == 0 else "", f"column {k}: largest {table[best, k]:.2f}")
    figure.colorbar(drawn, ax=axes[0], label="log joint", extend="min")
    return show(
        figure,
        alt="Old Faithful once for each column of the log joint. In column 0 the short eruptions are bright and the "
        "long ones dark, in column 1 the other way round; the data point with the largest entry is marked.",
        caption="Bright: this component explains this data point well. Dark: it explains it badly. "
        "The large mark is the data point with the largest entry in the column.",
    )


def two_models(X, models) -> Shown:
    """Two models of the same data side by side.

    Parameters
    ----------
    X : array-like of shape (n, 2)
    models : dict
        Title of each panel -> `(log_likelihood, weights, means, covariances)`.
    """
    figure, axes = new(7.8, 3.6, columns=len(models), sharey=True)
    for panel, (name, (value, *parameters)) in zip(axes, models.items()):

        def log_density(at, parameters=parameters):
            return np.logaddexp.reduce(library.log_joint(at, *parameters), axis=1)

        pieces.points(panel, X, size=14, alpha=0.6)
        panel.set(xlim=(1, 6), ylim=(35, 105))
        levels = [-12, -9, -7, -5]
        pieces.contours(panel, log_density, levels=levels, colors=COLOURS[0], linestyles="solid")
        label(panel, ERUPTION, WAITING if panel is axes[0] else "", f"{name}: {value:.1f}")
    values = "; ".join(f"{name}, log-likelihood {parts[0]:.1f}" for name, parts in models.items())
    return show(
        figure,
        alt=f"Old Faithful twice with level lines of a model's density: {values}. The lines of the single "
        "Gaussian cross the empty gap, those of the mixture keep to the two groups.",
        caption="In the titles the log-likelihood of the 272 eruptions: the higher, the better the model explains "
        "them.",
    )
