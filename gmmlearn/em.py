"""Chapter 6, EM: E-step and M-step in turn, from a start to a fit.

Exercises 6.1 `initialize`, 6.2 `fit`. Put your code in the place of each `raise` line. NumPy, SciPy,
`sklearn.cluster` and your functions of earlier chapters are yours to use. `Fit` is given: a named tuple for
what `fit` returns.
"""

# ruff: noqa: F401  (the imports are here for your code)
import numpy as np
from sklearn.cluster import KMeans

from . import Fit
from .e_step import responsibilities
from .likelihood import log_joint, log_likelihood
from .m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    """Responsibilities to begin EM with (exercise 6.1).

    With `"kmeans"`, k-means divides the samples into K clusters, and every sample belongs wholly to its own:

        responsibilities[i, k] = 1 if k is the cluster of sample i, else 0

    With `"random"`, every entry is a uniform draw from [0, 1), and every row is then divided by its sum. That
    leaves all components nearly alike, which is a poor start: chapter 6 shows what becomes of it.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    n_components : int
        Number of components K, at most n.
    rng : numpy.random.Generator
        Where all randomness comes from.
    init_params : {"kmeans", "random"}, default "kmeans"
        How to begin.

    Returns
    -------
    ndarray of float, of shape (n, K)
        The responsibilities; every row sums to 1.

    Raises
    ------
    ValueError
        If `init_params` is any other name. The message lists the two choices.

    Notes
    -----
    `KMeans(random_state=rng)` refuses a `Generator`. Draw an integer seed from it:
    `KMeans(n_components, n_init=1, random_state=int(rng.integers(2**32)))`. After `.fit(X)`, the attribute
    `labels_`, of shape (n,), holds the clusters.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 9.2.2. The names are those of
    `sklearn.mixture.GaussianMixture`.

    Examples
    --------
    Two samples on the left, one on the right. Which cluster is number 0 is up to k-means.

    >>> X = np.array([[0.0, 0.0], [0.2, 0.1], [9.0, 8.0]])
    >>> start = initialize(X, 2, np.random.default_rng(0))
    >>> start.sum(axis=1)
    array([1., 1., 1.])
    >>> np.sort(start.sum(axis=0))
    array([1., 2.])
    >>> initialize(X, 2, np.random.default_rng(0), init_params="random").sum(axis=1).round(6)
    array([1., 1., 1.])
    """
    raise NotImplementedError("Exercise 6.1: write initialize in gmmlearn/em.py")


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Fit a Gaussian mixture by expectation-maximization (exercise 6.2).

    Begin with the responsibilities of `initialize`, and take parameters from them by an M-step. Then
    repeat, at most `max_iter` times:

    1. E-step: responsibilities under the parameters as they are now.
    2. Note the *mean* log-likelihood per sample, log_likelihood / n, under the same parameters.
    3. M-step: new weights, then new means, then new covariances about those new means.
    4. Stop when the value just noted is less than `tol` above the one before it. (The first has none before.)

    The order is scikit-learn's, so the same start gives the same trace.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    n_components : int
        Number of components K, at most n.
    rng : numpy.random.Generator
        Where all randomness comes from.
    init_params : {"kmeans", "random"}, default "kmeans"
        How to begin; see `initialize`.
    max_iter : int, default 100
        The most iterations to make; 1 or more.
    tol : float, default 1e-3
        A gain below this, in mean log-likelihood per sample, counts as converged.
    reg_covar : float, default 1e-6
        Added to every variance; see `update_covariances`.

    Returns
    -------
    Fit
        `Fit(weights, means, covariances, log_likelihoods, converged)`, with arrays of shape (K,), (K, d),
        (K, d, d) and (n_iter,), and a bool: whether it stopped because of `tol`. `log_likelihoods[t]` is
        the mean log-likelihood with which the E-step of iteration t began. The parameters are those after
        the last M-step; the ones before it, which belong to the last value noted, are as good.

    Raises
    ------
    ValueError
        If `init_params` is neither of the two names; `initialize` does that for you.

    Notes
    -----
    EM never lowers the likelihood, but for rounding and for `reg_covar`, so a fall points to a mistake. That
    it rises does not mean that all is well, and "converged" does not mean that the fit is the best there is.

    A fall is a gain below `tol` and ends the loop. scikit-learn looks at the size of the change instead, which
    makes a difference only where a large `reg_covar` lets the value fall by more than `tol`.

    `responsibilities` and `log_likelihood` are functions here. Give your own arrays other names: after
    `responsibilities = ...` inside `fit`, Python no longer finds the function.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 9.2.2.

    Examples
    --------
    The two groups are far apart, so every sample ends with one component: means 1 and 12, variances 1 and 4.

    >>> result = fit(np.array([[0.0], [2.0], [10.0], [14.0]]), 2, np.random.default_rng(0))
    >>> result.weights.round(3)
    array([0.5, 0.5])
    >>> np.sort(result.means.ravel()).round(3)
    array([ 1., 12.])
    >>> np.sort(result.covariances.ravel()).round(3)
    array([1., 4.])
    >>> result.converged
    True
    """
    raise NotImplementedError("Exercise 6.2: write fit in gmmlearn/em.py")
