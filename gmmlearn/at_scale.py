"""Chapter 9, EM at scale: the E-step and the sums of the M-step as two matrix products, block by block.

Exercises 9.1 `sufficient_statistics`, 9.2 `natural_parameters`, 9.3 `expected_statistics`, 9.4 `parameters`.
Put your code in the place of each `raise` line. NumPy, SciPy and your functions of chapters 1 to 6 are yours
to use.

A sample x of d features has m = 1 + d + d (d + 1) / 2 *sufficient statistics*: a 1, its features, and the
products of each two of them, each pair once:

    T(x) = (1,  x[0], ..., x[d - 1],  x[0] x[0], x[0] x[1], ..., x[0] x[d - 1], x[1] x[1], ..., x[d - 1] x[d - 1])

The pairs (i, j) with i <= j are in the order of `np.triu_indices(d)`.
"""

# ruff: noqa: F401  (the imports are here for your code)
import numpy as np


def sufficient_statistics(X):
    """All that the M-step needs to know of each sample: 1, its features, their products (exercise 9.1).

        T[i] = (1,  X[i, a] for each feature a,  X[i, a] X[i, b] for each pair a <= b)

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.

    Returns
    -------
    ndarray of shape (n, m)
        One row for each sample; m = 1 + d + d (d + 1) / 2. The pairs are in the order of `np.triu_indices(d)`:
        (0, 0), (0, 1), ..., (0, d - 1), (1, 1), ..., (d - 1, d - 1).

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 2.4.

    Examples
    --------
    For d = 2 a row is (1, a, b, a a, a b, b b).

    >>> sufficient_statistics(np.array([[2.0, 3.0], [-1.0, 5.0]]))
    array([[ 1.,  2.,  3.,  4.,  6.,  9.],
           [ 1., -1.,  5.,  1., -5., 25.]])
    """
    raise NotImplementedError("Exercise 9.1: write sufficient_statistics in gmmlearn/at_scale.py")


def natural_parameters(weights, means, covariances):
    """The numbers by which a sample's statistics become its log joint density (exercise 9.2).

        T(x) @ theta[k] = log weights[k] + log N(x; means[k], covariances[k])   for every x

    Multiply out the square in the Gaussian's exponent and sort by powers of x. With the precision P, the
    inverse of covariances[k], theta[k] is made of three parts, in the order of T(x):

        for 1             log weights[k] - d/2 log(2 pi) - 1/2 log |covariances[k]| - 1/2 means[k]^T P means[k]
        for x[a]          (P means[k])[a]
        for x[a] x[b]     -1/2 P[a, a] where a = b, and -P[a, b] where a < b

    T(x) has each pair a < b once where x^T P x has it twice, as (a, b) and as (b, a).

    Parameters
    ----------
    weights : ndarray of shape (K,)
        Weight of each component; they are not negative and sum to 1.
    means : ndarray of shape (K, d)
        Mean of each component.
    covariances : ndarray of shape (K, d, d)
        Covariance matrix of each component, symmetric positive definite.

    Returns
    -------
    ndarray of shape (K, m)
        One row for each component; m = 1 + d + d (d + 1) / 2.

    Notes
    -----
    A component of weight 0 has `-inf` in front, and nowhere else: its log joint is `-inf` for every sample.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 2.4 and eq. 2.43.
    Murphy (2022), Probabilistic Machine Learning: An Introduction, section 3.4.

    Examples
    --------
    One feature, mean 2 and variance 4: log 0.5 - 1/2 log(2 pi 4) - 1/2 2 2 / 4 = -2.805, 2 / 4, and -1/2 1/4.

    >>> theta = natural_parameters(np.array([0.5, 0.5]), np.array([[0.0], [2.0]]), np.array([[[1.0]], [[4.0]]]))
    >>> theta.round(3) + 0.0
    array([[-1.612,  0.   , -0.5  ],
           [-2.805,  0.5  , -0.125]])
    """
    raise NotImplementedError("Exercise 9.2: write natural_parameters in gmmlearn/at_scale.py")


def expected_statistics(X, theta):
    """E-step on a block of samples: sums of statistics, and the log-likelihood (exercise 9.3).

        log_joint        = T @ theta^T                                (n, K)
        responsibilities = softmax of each row of log_joint           (n, K)
        S                = responsibilities^T @ T                     (K, m)
        log_likelihood   = sum over i of  log sum over k of  exp(log_joint[i, k])

    T is `sufficient_statistics(X)`. Row k of S is what component k owns: its count, the sum of its samples, and
    the sum of their products. S and the log-likelihood of all samples are the sums of those of the blocks.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples of one block, one in each row.
    theta : ndarray of shape (K, m)
        Natural parameters of each component.

    Returns
    -------
    S : ndarray of shape (K, m)
        Sums of the statistics over the samples, weighted by the responsibilities. Sums, not means.
    log_likelihood : float
        The log-likelihood of the block, summed over its samples.

    Notes
    -----
    Far from every component all exponentials of a row are 0. Subtract the largest entry of each row first, as in
    `log_likelihood` (3.3) and `responsibilities` (4.1): the same exponentials serve both results.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 9.3. Cappé and Moulines (2009), "On-line
    expectation-maximization algorithm for latent data models", J. R. Statist. Soc. B 71, 593-613.

    Examples
    --------
    Two equal components at -1 and 1, and a sample half way between them: each owns one half of it.

    >>> at = -0.5 * np.log(2 * np.pi) + np.log(0.5) - 0.5
    >>> S, log_likelihood = expected_statistics(np.array([[0.0]]), np.array([[at, -1.0, -0.5], [at, 1.0, -0.5]]))
    >>> S
    array([[0.5, 0. , 0. ],
           [0.5, 0. , 0. ]])
    >>> round(log_likelihood, 3)
    -1.419
    """
    raise NotImplementedError("Exercise 9.3: write expected_statistics in gmmlearn/at_scale.py")


def parameters(S, reg_covar=1e-6):
    """M-step: weights, means and covariances from sums of statistics (exercise 9.4).

    Row k of S is (N[k], sum of x, sums of x[a] x[b] for a <= b), each weighted by the responsibilities of k.

        weights[k]           = N[k] / sum over all k of N[k]
        means[k]             = (sum of x) / N[k]
        covariances[k][a, b] = (sum of x[a] x[b]) / N[k] - means[k][a] means[k][b]   + reg_covar where a = b

    The sums have each pair a < b once; a covariance matrix has it twice.

    Parameters
    ----------
    S : ndarray of shape (K, m)
        Sums of the statistics over all samples, weighted by the responsibilities; m = 1 + d + d (d + 1) / 2.
    reg_covar : float, default 1e-6
        Added to every variance; 0 or above.

    Returns
    -------
    weights : ndarray of shape (K,)
        They sum to 1.
    means : ndarray of shape (K, d)
        The means, one in each row.
    covariances : ndarray of shape (K, d, d)
        The covariance matrices, symmetric; (K, 1, 1) for d = 1.

    Notes
    -----
    The number of features follows from m: it is `int(np.sqrt(2 * m)) - 1`. For N[k] = 0 see `update_means` (5.2).
    The difference of two large numbers loses digits where the mean is many standard deviations away from 0:
    center the samples first.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eqs. 9.17 to 9.19 and 9.22.

    Examples
    --------
    One component owns 4 samples whose sum is 8 and whose squares sum to 32: mean 2, variance 32 / 4 - 2 2 = 4.

    >>> weights, means, covariances = parameters(np.array([[4.0, 8.0, 32.0], [1.0, 5.0, 26.0]]), reg_covar=0.0)
    >>> weights
    array([0.8, 0.2])
    >>> means.ravel(), covariances.ravel()
    (array([2., 5.]), array([4., 1.]))
    """
    raise NotImplementedError("Exercise 9.4: write parameters in gmmlearn/at_scale.py")
