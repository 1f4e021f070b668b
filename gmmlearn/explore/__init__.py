"""Interactive explorations of Gaussian mixtures, each by one function that works without arguments.

What a function returns is a widget whose state can be read and set from another cell:

>>> from gmmlearn import explore
>>> picture = explore.density(means=[-1.0, 1.0], weights=[0.5, 0.5], variances=[0.2, 0.2])
>>> picture.means
[-1.0, 1.0]
>>> picture.means = [-2.0, 2.0]
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gmmlearn.explore.panels import Panel

__all__ = [
    "counting",
    "covariance",
    "density",
    "em",
    "em_by_hand",
    "em_failures",
    "kmeans",
    "landscape",
    "n_components",
    "responsibilities",
    "sampling",
]


def _panel(name: str, *, own_data: dict | None = None, **initial) -> "Panel":
    from gmmlearn.explore.models import model
    from gmmlearn.explore.panels import Panel

    module = model(name)
    data = module.data(**(own_data or {}))
    state = module.initial(**initial)
    if hasattr(module, "started"):
        state = module.started(state, data)
    return Panel(name, data, state)


def density(weights=None, means=None, variances=None) -> "Panel":
    """Drag the components of a mixture in one dimension; the area stays 1.

    Parameters
    ----------
    weights, means, variances : sequences of K numbers, optional
        The mixture at the beginning, K from 1 to 5; what is not given is chosen.
    """
    return _panel("density", weights=weights, means=means, variances=variances)


def covariance(covariance=((2.75, 1.3), (1.3, 1.25)), mean=(0.0, 0.0)) -> "Panel":
    """Turn and stretch an ellipse by the ends of its axes, and read its covariance matrix.

    Parameters
    ----------
    covariance : array_like of shape (2, 2)
        Symmetric and positive definite.
    mean : array_like of shape (2,)
    """
    return _panel("covariance", covariance=covariance, mean=mean)


def sampling(weights=(0.2, 0.5, 0.3)) -> "Panel":
    """Draw from a mixture one point at a time: first its component, then the point.

    Parameters
    ----------
    weights : sequence of 3 numbers
    """
    return _panel("sampling", weights=weights)


def landscape(point=(1.2, 0.4), weight=0.35) -> "Panel":
    """The log-likelihood of two means as a landscape; EM and gradient ascent climb from where you drop the point.

    Parameters
    ----------
    point : sequence of 2 numbers
        The two means at the beginning.
    weight : float
        Weight of the first component.
    """
    return _panel("landscape", point=point, weight=weight)


def responsibilities(point=(0.2, 0.1)) -> "Panel":
    """Bayes' rule for one point with all its numbers, also where the plain formula fails.

    Parameters
    ----------
    point : sequence of 2 numbers
    """
    return _panel("responsibilities", point=point)


def em(X=None, n_components=3) -> "Panel":
    """EM, half an iteration at a time, from a start of your own.

    Parameters
    ----------
    X : array_like of shape (n, 2), optional
        Samples of your own; else three clusters and Old Faithful are there to choose.
    n_components : int
        1 to 10.
    """
    return _panel("em", own_data={"X": X}, n_components=n_components, own_data_first=X is not None)


def em_by_hand(data_set="apart") -> "Panel":
    """Do one half of an iteration of EM by hand, and compare the log-likelihood with EM's own step.

    Parameters
    ----------
    data_set : {"apart", "overlap", "crossing", "inside", "outliers"}
    """
    return _panel("em_by_hand", data_set=data_set)


def em_failures(data_set="collapse") -> "Panel":
    """Data that defeat EM or the model: run EM, say what went wrong, try the remedy.

    Parameters
    ----------
    data_set : {"collapse", "wrong_number", "crescents", "equal_means", "heavy_tails", "duplicates", "outlier"}
    """
    return _panel("em_failures", data_set=data_set)


def kmeans(stretch=1.0) -> "Panel":
    """k-means and a mixture on the same clusters, while these are stretched.

    Parameters
    ----------
    stretch : float
        1 to 6.
    """
    return _panel("kmeans", stretch=stretch)


def n_components(data_set="blobs", n_components=2) -> "Panel":
    """BIC, AIC and the fit for 1 to 8 components.

    Parameters
    ----------
    data_set : {"blobs", "moons"}
    n_components : int
        1 to 8.
    """
    return _panel("n_components", data_set=data_set, n_components=n_components)


def counting(point=(0.2, 0.1)) -> "Panel":
    """Bayes' rule by counting: draws near a point, shared out by the components that drew them.

    Parameters
    ----------
    point : sequence of 2 numbers
    """
    return _panel("counting", point=point)
