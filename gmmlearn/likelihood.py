"""Chapter 3, Likelihood: how well parameters explain samples, in logarithms throughout.

Exercises 3.1 `fit_gaussian`, 3.2 `log_joint`, 3.3 `log_likelihood`. Put your code in the place of each
`raise` line. NumPy, SciPy and your functions of chapter 1 are yours to use.
"""

# ruff: noqa: F401  (the imports are here for your code)
import numpy as np

from .mixtures import gaussian_log_density


def fit_gaussian(X):
    """Maximum-likelihood mean and covariance of one Gaussian (exercise 3.1).

        mean       = 1/n  sum over i of  X[i]
        covariance = 1/n  sum over i of  (X[i] - mean) (X[i] - mean)^T

    The covariance that makes the likelihood largest divides by n. (Dividing by n - 1 makes it unbiased, which is
    another aim.)

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.

    Returns
    -------
    mean : ndarray of shape (d,)
        Mean of the samples.
    covariance : ndarray of shape (d, d)
        Covariance matrix of the samples, a matrix for d = 1 too. For n = 1 it is 0 everywhere.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eqs. 2.121 and 2.122.

    Examples
    --------
    The residuals from the mean (2, 2) are (-2, -2), (0, -2), (0, 2), (2, 2).

    >>> mean, covariance = fit_gaussian(np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 4.0], [4.0, 4.0]]))
    >>> mean
    array([2., 2.])
    >>> covariance
    array([[2., 2.],
           [2., 4.]])
    """
    raise NotImplementedError("Exercise 3.1: write fit_gaussian in gmmlearn/likelihood.py")


def log_joint(X, weights, means, covariances):
    """Log of weight times density, for every sample and every component (exercise 3.2).

        log_joint[i, k] = log weights[k] + log N(X[i]; means[k], covariances[k])

    This is the log of the joint density of sample i *and* its component k. The likelihood sums the joint density
    over the components (3.3), and the E-step divides it by that sum (4.1), both without leaving the logarithms.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    weights : ndarray of shape (K,)
        Weight of each component; they are not negative and sum to 1.
    means : ndarray of shape (K, d)
        Mean of each component.
    covariances : ndarray of shape (K, d, d)
        Covariance matrix of each component, symmetric positive definite.

    Returns
    -------
    ndarray of shape (n, K)
        The log joint; `-inf` in the column of a component whose weight is 0.

    Notes
    -----
    `gaussian_log_density` does one component. The log of a weight 0 is `-inf`, which is right: do not add a
    small number to it. To keep NumPy from warning, take it inside `with np.errstate(divide="ignore"):`.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eqs. 9.10 and 9.11 (their product, in logs).

    Examples
    --------
    At the first sample, component 0 gives log 0.25 - log(2 pi) = -3.224.

    >>> X = np.array([[0.0, 0.0], [2.0, 3.0], [60.0, 0.0]])
    >>> weights, means = np.array([0.25, 0.75]), np.array([[0.0, 0.0], [2.0, 2.0]])
    >>> covariances = np.array([[[1.0, 0.0], [0.0, 1.0]], [[4.0, 2.0], [2.0, 2.0]]])
    >>> log_joint(X, weights, means, covariances).round(3)
    array([[   -3.224,    -3.819],
           [   -9.724,    -3.319],
           [-1803.224,  -903.819]])
    """
    raise NotImplementedError("Exercise 3.2: write log_joint in gmmlearn/likelihood.py")


def log_likelihood(X, weights, means, covariances):
    """Log-likelihood of a Gaussian mixture, summed over the samples (exercise 3.3).

        sum over i of  log  sum over k of  weights[k] N(X[i]; means[k], covariances[k])

    The inner sum is over densities, and the logarithm is taken of that sum. Far from every component all terms
    underflow to 0 and the log would be `-inf`. With a = log_joint, take the largest term out first:

        log sum over k of exp(a[k])  =  m + log sum over k of exp(a[k] - m),   m = max over k of a[k]

    The largest exponent is now 0, so nothing overflows, and the sum is never below 1. Each sample has an m of
    its own.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    weights : ndarray of shape (K,)
        Weight of each component; they are not negative and sum to 1.
    means : ndarray of shape (K, d)
        Mean of each component.
    covariances : ndarray of shape (K, d, d)
        Covariance matrix of each component, symmetric positive definite.

    Returns
    -------
    float
        The log-likelihood: the sum over the samples, not their mean.

    Notes
    -----
    `scipy.special.logsumexp` does the same step; writing it once by hand is worth it.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 9.14.

    Examples
    --------
    The two samples give log(exp(-3.2242) + exp(-3.8187)) = -2.7846 and, far away, -903.8187.

    >>> X = np.array([[0.0, 0.0], [60.0, 0.0]])
    >>> weights, means = np.array([0.25, 0.75]), np.array([[0.0, 0.0], [2.0, 2.0]])
    >>> covariances = np.array([[[1.0, 0.0], [0.0, 1.0]], [[4.0, 2.0], [2.0, 2.0]]])
    >>> round(log_likelihood(X, weights, means, covariances), 3)
    -906.603
    """
    raise NotImplementedError("Exercise 3.3: write log_likelihood in gmmlearn/likelihood.py")
