"""A course on Gaussian mixtures: seven chapters with twenty-one exercises, a project, a bonus, and what checks them."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Fit", "__version__"]
__version__ = "0.1.0"


class Fit(NamedTuple):
    """What `gmmlearn.em.fit` returns: the fitted mixture and how EM got there.

    Attributes
    ----------
    weights : ndarray of shape (K,)
        Mixing weights; they sum to 1.
    means : ndarray of shape (K, d)
        Mean of each component.
    covariances : ndarray of shape (K, d, d)
        Covariance matrix of each component.
    log_likelihoods : ndarray of shape (n_iter,)
        Mean log-likelihood per sample at the parameters with which the E-step of each iteration began.
    converged : bool
        Whether the last iteration gained less than `tol`.
    """

    weights: "np.ndarray"
    means: "np.ndarray"
    covariances: "np.ndarray"
    log_likelihoods: "np.ndarray"
    converged: bool
