"""Chapter 1, Gaussian mixtures: the bell curve, a mix of several, and its logarithm in many dimensions.

Exercises 1.1 `gaussian_density`, 1.2 `mixture_density`, 1.3 `gaussian_log_density`. Put your code in the
place of each `raise` line. NumPy and SciPy are yours to use.
"""

# ruff: noqa: F401  (the imports are here for your code)
import numpy as np


def gaussian_density(x, mean, variance):
    """Density of the one-dimensional normal distribution (exercise 1.1).

        N(x; mean, variance) = exp(-(x - mean)^2 / (2 variance)) / sqrt(2 pi variance)

    A density is not a probability: it integrates to 1, and where the variance is small it rises above 1.

    Parameters
    ----------
    x : ndarray of shape (n,)
        Where to evaluate the density.
    mean : float
        Mean of the distribution.
    variance : float
        Variance of the distribution, above 0. It is the square of the standard deviation.

    Returns
    -------
    ndarray of shape (n,)
        The density at each value of `x`.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 1.46.

    Examples
    --------
    At the mean the exponential is 1, and 1 / sqrt(8 pi) = 0.1995 is left; one standard deviation away it is
    exp(-1/2) times that.

    >>> gaussian_density(np.array([1.0, 3.0]), 1.0, 4.0).round(4)
    array([0.1995, 0.121 ])
    >>> gaussian_density(np.array([0.0]), 0.0, 0.01).round(4)
    array([3.9894])
    """
    raise NotImplementedError("Exercise 1.1: write gaussian_density in gmmlearn/mixtures.py")


def mixture_density(x, weights, means, variances):
    """Density of a one-dimensional Gaussian mixture (exercise 1.2).

        p(x) = sum over k of  weights[k] N(x; means[k], variances[k])

    Each sample meets each component: n times K densities, summed over the K components. The result is the
    density of a draw from one component chosen by its weight, not of a sum of K draws.

    Parameters
    ----------
    x : ndarray of shape (n,)
        Where to evaluate the density.
    weights : ndarray of shape (K,)
        Weight of each component; they are not negative and sum to 1.
    means : ndarray of shape (K,)
        Mean of each component.
    variances : ndarray of shape (K,)
        Variance of each component, above 0.

    Returns
    -------
    ndarray of shape (n,)
        The density of the mixture at each value of `x`.

    Notes
    -----
    An array of shape (n,) and one of shape (K,) do not combine to (n, K) by themselves: one of them needs a
    new axis. Take care when n equals K, because NumPy then pairs them off without a word.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 9.7.

    Examples
    --------
    At 0: a quarter of N(0; 0, 1) = 0.3989, and three quarters of N(0; 4, 4) = 0.0270.

    >>> weights, means, variances = np.array([0.25, 0.75]), np.array([0.0, 4.0]), np.array([1.0, 4.0])
    >>> mixture_density(np.array([0.0, 2.0, 4.0]), weights, means, variances).round(4)
    array([0.12  , 0.1042, 0.1496])
    """
    raise NotImplementedError("Exercise 1.2: write mixture_density in gmmlearn/mixtures.py")


def gaussian_log_density(X, mean, covariance):
    """Log density of the multivariate normal distribution (exercise 1.3).

        log N(x; mean, covariance) = -1/2 (d log(2 pi) + log det covariance + D2)
        D2 = (x - mean)^T covariance^-1 (x - mean),  the squared Mahalanobis distance

    The density itself underflows to 0 some 38 standard deviations away, and the determinant of a 400 x 400
    matrix easily underflows as well, so never take the logarithm of either. Work with logarithms from the
    start. With the Cholesky factor L of the covariance (lower triangle, L L^T = covariance):

        D2                 = |y|^2,  where y solves  L y = x - mean
        log det covariance = 2 sum over j of log L[j, j]

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    mean : ndarray of shape (d,)
        Mean of the distribution.
    covariance : ndarray of shape (d, d)
        Covariance matrix of the distribution, symmetric positive definite.

    Returns
    -------
    ndarray of shape (n,)
        The log density at each sample, finite where the density itself is 0 to the computer.

    Notes
    -----
    `scipy.linalg.solve_triangular(L, B, lower=True)` solves for all columns of B at once; the samples are the
    rows of `X`. There is no need for an (n, n) matrix at any point. For a covariance that is not positive definite
    `numpy.linalg.cholesky` raises a `LinAlgError`; no check asks for that.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 2.43.

    Examples
    --------
    The determinant is 4, so at the mean the log density is -1/2 (2 log(2 pi) + log 4) = -2.531. At the second
    sample D2 is 2, which takes off 1. The third is so far away that its density is 0 to the computer.

    >>> X = np.array([[1.0, 0.0], [3.0, 2.0], [61.0, 0.0]])
    >>> gaussian_log_density(X, np.array([1.0, 0.0]), np.array([[4.0, 2.0], [2.0, 2.0]])).round(3)
    array([  -2.531,   -3.531, -902.531])
    """
    raise NotImplementedError("Exercise 1.3: write gaussian_log_density in gmmlearn/mixtures.py")
