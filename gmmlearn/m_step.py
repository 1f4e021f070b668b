"""Chapter 5, the M-step: the parameters that fit best, given who is responsible for what.

Exercises 5.1 `update_weights`, 5.2 `update_means`, 5.3 `update_covariances`, 5.4 `expected_log_likelihood`.
Put your code in the place of each `raise` line. NumPy, SciPy and your functions of chapters 1, 3 and 4 are
yours to use.

In this chapter `responsibilities` is an argument, an (n, K) array. The number of samples that component k
owns comes up again and again:

    N[k] = sum over i of  responsibilities[i, k]
"""

# ruff: noqa: F401  (the imports are here for your code)
import numpy as np

from .likelihood import log_joint


def update_weights(responsibilities):
    """Weight of each component: its mean responsibility (exercise 5.1).

        weights[k] = N[k] / n,   N[k] = sum over i of responsibilities[i, k]

    Parameters
    ----------
    responsibilities : ndarray of shape (n, K)
        Posterior of each component; every row sums to 1.

    Returns
    -------
    ndarray of shape (K,)
        The weights; they sum to 1.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eqs. 9.18 and 9.22.

    Examples
    --------
    Component 0 owns 3 samples of 4.

    >>> update_weights(np.array([[1.0, 0.0], [0.5, 0.5], [1.0, 0.0], [0.5, 0.5]]))
    array([0.75, 0.25])
    """
    raise NotImplementedError("Exercise 5.1: write update_weights in gmmlearn/m_step.py")


def update_means(X, responsibilities):
    """Mean of each component, weighted by its responsibilities (exercise 5.2).

        means[k] = 1 / N[k]  sum over i of  responsibilities[i, k] X[i]

    Divide by N[k], the number of samples that the component owns, not by n.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    responsibilities : ndarray of shape (n, K)
        Posterior of each component; every row sums to 1.

    Returns
    -------
    ndarray of shape (K, d)
        The means, one in each row.

    Notes
    -----
    The sum over the samples is one matrix product of a (K, n) and an (n, d) array. A component that owns no
    sample at all, N[k] = 0, would divide 0 by 0; scikit-learn adds 10 * np.finfo(float).eps to every N[k].

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 9.17.

    Examples
    --------
    Component 0: (1 (1, 0) + 0.5 (2, 2) + 1 (1, 2) + 0.5 (6, 6)) / 3 = (2, 2).

    >>> X = np.array([[1.0, 0.0], [2.0, 2.0], [1.0, 2.0], [6.0, 6.0]])
    >>> update_means(X, np.array([[1.0, 0.0], [0.5, 0.5], [1.0, 0.0], [0.5, 0.5]])).round(6)
    array([[2., 2.],
           [4., 4.]])
    """
    raise NotImplementedError("Exercise 5.2: write update_means in gmmlearn/m_step.py")


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    """Covariance of each component about the given means, weighted by its responsibilities (exercise 5.3).

        S[k] = 1 / N[k]  sum over i of  responsibilities[i, k] (X[i] - means[k]) (X[i] - means[k])^T
        covariances[k] = S[k] + reg_covar I

    The scatter is about the means that are handed in, whatever they are. EM hands in the new ones, those of
    `update_means`. `reg_covar` goes on the diagonal only: it keeps the matrix positive definite where a
    component has too few samples, or samples on a line, and S[k] is singular.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    responsibilities : ndarray of shape (n, K)
        Posterior of each component; every row sums to 1.
    means : ndarray of shape (K, d)
        The point of each component about which to take the scatter.
    reg_covar : float, default 1e-6
        Added to every variance; 0 or above.

    Returns
    -------
    ndarray of shape (K, d, d)
        The covariance matrices, symmetric; (K, 1, 1) for d = 1.

    Notes
    -----
    Each term has its responsibility once, not squared. A loop over the K components is fine; a loop over the
    n samples is right but slow. For N[k] = 0 see `update_means`.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 9.19. `reg_covar` is scikit-learn's.

    Examples
    --------
    Component 1 owns one half of (2, 2) and one half of (6, 6), which are (-2, -2) and (2, 2) away from its
    mean (4, 4): every entry is 0.5 * 4 + 0.5 * 4 = 4, and the diagonal gets 0.1 more.

    >>> X = np.array([[1.0, 0.0], [2.0, 2.0], [1.0, 2.0], [6.0, 6.0]])
    >>> responsibilities = np.array([[1.0, 0.0], [0.5, 0.5], [1.0, 0.0], [0.5, 0.5]])
    >>> means = np.array([[2.0, 2.0], [4.0, 4.0]])
    >>> update_covariances(X, responsibilities, means, reg_covar=0.1).round(3)
    array([[[3.433, 3.333],
            [3.333, 4.1  ]],
    <BLANKLINE>
           [[4.1  , 4.   ],
            [4.   , 4.1  ]]])
    """
    raise NotImplementedError("Exercise 5.3: write update_covariances in gmmlearn/m_step.py")


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    """Expected complete-data log-likelihood, the objective of the M-step (exercise 5.4).

        Q = sum over i and k of  responsibilities[i, k] log_joint[i, k]

    If the component z[i] of each sample were known, its log-likelihood would be log_joint[i, z[i]]; Q is
    the mean of that over the responsibilities. The M-step picks the parameters that make Q largest. The
    entropy of the responsibilities is not part of it: with that added, and with responsibilities that
    belong to the same parameters, you would get the log-likelihood of exercise 3.3.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    responsibilities : ndarray of shape (n, K)
        Posterior of each component; every row sums to 1. They need not belong to the parameters below.
    weights : ndarray of shape (K,)
        Weight of each component; they are not negative and sum to 1.
    means : ndarray of shape (K, d)
        Mean of each component.
    covariances : ndarray of shape (K, d, d)
        Covariance matrix of each component, symmetric positive definite.

    Returns
    -------
    float
        The expected log-likelihood, summed over the samples.

    Notes
    -----
    A component of weight 0 has a log joint of `-inf`. Where its responsibility is 0 as well, the term counts
    as 0; 0 times `-inf` would be NaN.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 9.40.

    Examples
    --------
    The log joint of the two samples is (-3.224, -3.819) and (-9.724, -3.319), as in exercise 3.2:
    0.5 (-3.224) + 0.5 (-3.819) + 0 (-9.724) + 1 (-3.319) = -6.84.

    >>> X = np.array([[0.0, 0.0], [2.0, 3.0]])
    >>> weights, means = np.array([0.25, 0.75]), np.array([[0.0, 0.0], [2.0, 2.0]])
    >>> covariances = np.array([[[1.0, 0.0], [0.0, 1.0]], [[4.0, 2.0], [2.0, 2.0]]])
    >>> responsibilities = np.array([[0.5, 0.5], [0.0, 1.0]])
    >>> round(expected_log_likelihood(X, responsibilities, weights, means, covariances), 3)
    -6.84
    """
    raise NotImplementedError("Exercise 5.4: write expected_log_likelihood in gmmlearn/m_step.py")
