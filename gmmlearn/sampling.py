"""Chapter 2, Sampling: draw labels, draw from a Gaussian, and put the two together.

Exercises 2.1 `sample_categorical`, 2.2 `sample_gaussian`, 2.3 `sample_mixture`. Put your code in the place of
each `raise` line. NumPy and SciPy are yours to use.

All randomness comes from the argument `rng`, a `numpy.random.Generator`: `rng.random(5)` are uniform draws
from [0, 1), `rng.standard_normal((5, 2))` are standard normal ones. The same generator state then gives the
same draws again; a call of `np.random.*`, or a new generator inside the function, would break that.
"""

# ruff: noqa: F401  (the imports are here for your code)
import numpy as np


def sample_categorical(weights, n_samples, rng):
    """Draw component labels with the given probabilities (exercise 2.1).

        P(label = k) = weights[k],  independently for every sample

    One way uses uniform draws alone. Cut the interval from 0 to 1 into K pieces that are as long as the
    weights; the pieces end at the cumulative sums. A uniform draw falls into piece k with probability
    weights[k]. With weights 0.2, 0.5, 0.3 the pieces end at 0.2, 0.7 and 1.0, and a draw of 0.65 means
    label 1.

    Parameters
    ----------
    weights : ndarray of shape (K,)
        Probability of each label; they are not negative and sum to 1.
    n_samples : int
        How many labels to draw.
    rng : numpy.random.Generator
        Where all randomness comes from.

    Returns
    -------
    ndarray of int, of shape (n_samples,)
        Labels 0 to K - 1.

    Notes
    -----
    How often each label comes up is itself random: do not round `n_samples * weights` to fixed counts. The
    last cumulative sum may miss 1 by a rounding error; see to it that no draw can get label K.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 11.1.1.

    Examples
    --------
    >>> labels = sample_categorical(np.array([0.2, 0.8]), 10_000, np.random.default_rng(0))
    >>> labels.shape
    (10000,)
    >>> (np.bincount(labels) / 10_000).round(1)
    array([0.2, 0.8])
    """
    raise NotImplementedError("Exercise 2.1: write sample_categorical in gmmlearn/sampling.py")


def sample_gaussian(mean, covariance, n_samples, rng):
    """Draw samples from a multivariate normal distribution (exercise 2.2).

        x = mean + L e,  e standard normal of dimension d,  L L^T = covariance

    L is the lower Cholesky factor. The covariance of L e is L I L^T, which is the covariance asked for. With
    samples in the rows, mind on which side L stands and whether it is transposed.

    Parameters
    ----------
    mean : ndarray of shape (d,)
        Mean of the distribution.
    covariance : ndarray of shape (d, d)
        Covariance matrix of the distribution, symmetric positive definite.
    n_samples : int
        How many samples to draw.
    rng : numpy.random.Generator
        Where all randomness comes from.

    Returns
    -------
    ndarray of shape (n_samples, d)
        Independent samples, one in each row.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, section 11.1.1.

    Examples
    --------
    For the covariance [[4, 2], [2, 2]] the factor is L = [[2, 0], [1, 1]]: e = (1, 1) becomes mean + (2, 2).

    >>> mean, covariance = np.array([5.0, -1.0]), np.array([[4.0, 2.0], [2.0, 2.0]])
    >>> X = sample_gaussian(mean, covariance, 10_000, np.random.default_rng(0))
    >>> X.shape
    (10000, 2)
    >>> X.mean(axis=0).round(0)
    array([ 5., -1.])
    >>> np.cov(X, rowvar=False).round(0)
    array([[4., 2.],
           [2., 2.]])
    """
    raise NotImplementedError("Exercise 2.2: write sample_gaussian in gmmlearn/sampling.py")


def sample_mixture(weights, means, covariances, n_samples, rng):
    """Draw samples from a Gaussian mixture, with the component that each one comes from (exercise 2.3).

        labels[i] ~ Cat(weights),  then  X[i] ~ N(means[labels[i]], covariances[labels[i]])

    First the parent, then the child: this order is called ancestral sampling. Your `sample_categorical` and
    `sample_gaussian` do the two steps.

    Parameters
    ----------
    weights : ndarray of shape (K,)
        Weight of each component; they are not negative and sum to 1.
    means : ndarray of shape (K, d)
        Mean of each component.
    covariances : ndarray of shape (K, d, d)
        Covariance matrix of each component, symmetric positive definite.
    n_samples : int
        How many samples to draw.
    rng : numpy.random.Generator
        Where all randomness comes from.

    Returns
    -------
    X : ndarray of shape (n_samples, d)
        The samples. Row i comes from component `labels[i]`.
    labels : ndarray of int, of shape (n_samples,)
        The component of each sample, 0 to K - 1.

    Notes
    -----
    The rows are independent of one another, so they do not come grouped by component. Pass the same `rng` on
    to every call: generators made anew from one seed would give all components the same noise. A component may
    get no sample at all.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, sections 8.1.2 and 9.2.

    Examples
    --------
    >>> weights, means = np.array([0.2, 0.8]), np.array([[0.0, 0.0], [50.0, -50.0]])
    >>> covariances = np.array([[[4.0, 2.0], [2.0, 2.0]], [[1.0, 0.0], [0.0, 3.0]]])
    >>> X, labels = sample_mixture(weights, means, covariances, 10_000, np.random.default_rng(0))
    >>> X.shape, labels.shape
    ((10000, 2), (10000,))
    >>> X[labels == 1].mean(axis=0).round(0)
    array([ 50., -50.])
    """
    raise NotImplementedError("Exercise 2.3: write sample_mixture in gmmlearn/sampling.py")
