"""Chapter 4, the E-step: which component does each sample come from?

Exercises 4.1 `responsibilities`, 4.2 `assign`. Put your code in the place of each `raise` line. NumPy, SciPy
and your functions of chapters 1 and 3 are yours to use.
"""

# ruff: noqa: F401  (the imports are here for your code)
import numpy as np

from .likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    """Posterior probability of every component, for every sample (exercise 4.1).

        responsibilities[i, k] = exp(a[i, k]) / sum over j of exp(a[i, j]),   a = log_joint

    This is Bayes' rule: prior weight times density, divided by the sum over all components. Plain `exp`
    gives 0 / 0 for a sample that is far from every component, and in many dimensions it overflows near the mean
    of a very narrow one.
    Numerator and denominator may both be divided by exp(m[i]); with m[i] the largest a[i, k] of the *same
    row*, the largest exponent becomes 0 and the denominator is never below 1.

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
        The responsibilities; every row sums to 1. A component whose weight is 0 has responsibility 0.

    Notes
    -----
    Do not add a small number to the denominator: the rows of far samples would no longer sum to 1, and the
    M-step would quietly ignore those samples.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, eq. 9.13.

    Examples
    --------
    The log joint of the first sample is (-3.224, -3.819): the odds are exp(0.595) = 1.81 to 1. The last
    sample is far from both components, and still it is clear which of the two is the better explanation.

    >>> X = np.array([[0.0, 0.0], [2.0, 3.0], [60.0, 0.0]])
    >>> weights, means = np.array([0.25, 0.75]), np.array([[0.0, 0.0], [2.0, 2.0]])
    >>> covariances = np.array([[[1.0, 0.0], [0.0, 1.0]], [[4.0, 2.0], [2.0, 2.0]]])
    >>> responsibilities(X, weights, means, covariances).round(3)
    array([[0.644, 0.356],
           [0.002, 0.998],
           [0.   , 1.   ]])
    """
    raise NotImplementedError("Exercise 4.1: write responsibilities in gmmlearn/e_step.py")


def assign(responsibilities):
    """Label of the most probable component of every sample (exercise 4.2).

        label[i] = the k with the largest responsibilities[i, k],  the lowest such k at a tie

    Parameters
    ----------
    responsibilities : ndarray of shape (n, K)
        Posterior of each component; every row sums to 1. (Inside this function the name means the array,
        not the function of exercise 4.1.)

    Returns
    -------
    ndarray of int, of shape (n,)
        Labels 0 to K - 1.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 1.5.1: this choice is wrong least often.

    Examples
    --------
    No responsibility of the first row is above one half, and the second row has a tie.

    >>> assign(np.array([[0.25, 0.4, 0.35], [0.45, 0.45, 0.1]]))
    array([1, 0])
    """
    raise NotImplementedError("Exercise 4.2: write assign in gmmlearn/e_step.py")
