"""Chapter 3, Likelihood: the reference."""

import numpy as np

from .mixtures import gaussian_log_density

BLOCK = 8192
"""Samples that `log_joint` takes at a time."""


def fit_gaussian(X):
    """Maximum-likelihood mean and covariance of one Gaussian (exercise 3.1)."""
    mean = X.mean(axis=0)
    residuals = X - mean
    return mean, residuals.T @ residuals / len(X)


def log_joint(X, weights, means, covariances):
    """Log of weight times density, for every sample and every component (exercise 3.2).

    The array is filled by component, one contiguous row each, and handed back transposed: reductions over
    the few components then run over long rows, which NumPy does many times faster. And it is filled in blocks
    of samples, so that the residuals of a block stay in the processor's cache.
    """
    with np.errstate(divide="ignore"):  # log 0 = -inf is right: a component without weight explains nothing
        log_weights = np.log(weights)
    joint = np.empty((len(weights), len(X)))
    for start in range(0, len(X), BLOCK):
        block = slice(start, start + BLOCK)
        for k, (mean, covariance) in enumerate(zip(means, covariances)):
            joint[k, block] = log_weights[k] + gaussian_log_density(X[block], mean, covariance)
    return joint.T


def log_likelihood(X, weights, means, covariances):
    """Log-likelihood of a Gaussian mixture, summed over the samples (exercise 3.3)."""
    joint = log_joint(X, weights, means, covariances)
    largest = joint.max(axis=1, keepdims=True)
    return float((largest + np.log(np.exp(joint - largest).sum(axis=1, keepdims=True))).sum())
