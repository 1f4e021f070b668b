"""One pass over samples: which of the two ways keeps the digits, and the sums that it takes."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise

import numpy as np
from threadpoolctl import ThreadpoolController

from .parameters import Moments
from .products import Products, largest_term
from .residuals import Residuals

LARGEST_TERM = 1e4
LARGEST_SINGLE_TERM = 1e3
"""Beyond them products would lose more than 1e-11 of a log density in double precision, 2e-4 in single."""


class Way(IntEnum):
    """How a pass is made, from the fastest to the most accurate."""

    SINGLE_PRODUCTS = 0
    PRODUCTS = 1
    RESIDUALS = 2

    def of(self, parameters, n_samples):
        """The object that makes it."""
        dtype = np.float32 if self is Way.SINGLE_PRODUCTS else np.float64
        return (Residuals if self is Way.RESIDUALS else Products)(parameters, dtype, n_samples)

    def moments(self, sums, parameters):
        """Moments of the samples whose sums a pass of this way gave."""
        return (Residuals if self is Way.RESIDUALS else Products).moments(sums, parameters)


def way_for(parameters, dtype):
    """The fastest way that loses no digits with these parameters."""
    n_components, n_features = parameters.means.shape
    # Products make d (d + 1) / 2 numbers of each sample first, which pays with so many components (measured for 10 to
    # 80 features).
    few = parameters.covariance_type == "full" and n_components < 1.5 + n_features / 8
    largest = largest_term(parameters)
    if few or not largest <= LARGEST_TERM:
        return Way.RESIDUALS
    return Way.SINGLE_PRODUCTS if dtype == np.float32 and largest <= LARGEST_SINGLE_TERM else Way.PRODUCTS


@dataclass(frozen=True)
class Sums:
    """What a pass adds up: `statistics` of the way that it was made, log-likelihood, weight and number of samples."""

    statistics: np.ndarray
    log_likelihood: float
    weight: float
    n_samples: int

    @property
    def balanced(self):
        """The statistics as if the mean weight were 1, so that nothing depends on the unit of the weights."""
        return self.statistics * (self.n_samples / self.weight)

    def __add__(self, other):
        return Sums(
            self.statistics + other.statistics,
            self.log_likelihood + other.log_likelihood,
            self.weight + other.weight,
            self.n_samples + other.n_samples,
        )


def e_step(steps, X):
    """Responsibilities (K, b) of a block of samples, overwritten by the next call, and log densities (b,).

    The log joint is at most `steps.largest`, so its exponentials need no shift by the largest of each sample, unless
    all of a sample are so small that the smallest among them would lose digits.
    """
    joint = steps.log_joint(X)
    shares = np.exp(joint, out=steps.shares[:, : len(X)])
    totals, top = shares.sum(axis=0), 0
    limits = np.finfo(shares.dtype)
    if not totals.min() > limits.tiny / limits.eps**2:
        top = joint.max(axis=0)
        joint -= top
        np.exp(joint, out=shares)
        totals = shares.sum(axis=0)
    log_densities = np.log(totals)
    log_densities += top + steps.largest
    shares /= totals
    return shares, log_densities


def expected_sums(X, sample_weight, parameters, way):
    """The E-step on samples (n, d): responsibility-weighted sums for the M-step. No array of n rows is made."""
    check_width(X, parameters)
    steps = way.of(parameters, max(1, len(X)))
    if not len(X):
        steps.log_joint(X)
        return Sums(steps.sums(steps.shares[:, :0], None).astype(float), 0.0, 0.0, 0)
    statistics, log_likelihood = 0.0, 0.0
    for first in range(0, len(X), steps.rows):
        rows = slice(first, first + steps.rows)
        weight = None
        shares, log_densities = e_step(steps, X[rows])
        if sample_weight is None:
            log_likelihood += float(log_densities.sum(dtype=float))
        else:
            weight = sample_weight[rows].astype(shares.dtype, copy=False)
            shares *= weight
            log_likelihood += float(np.dot(weight, log_densities))
        statistics = statistics + steps.sums(shares, weight).astype(float, copy=False)
    total = float(len(X)) if sample_weight is None else float(sample_weight.sum())
    return Sums(statistics, log_likelihood, total, len(X))


def check_width(X, parameters):
    """Refuse samples of another number of features than the mixture has."""
    n_features = parameters.means.shape[1]
    if X.shape[1] != n_features:
        raise ValueError(f"X has {X.shape[1]} features, but the mixture was fitted to {n_features}.")


def blocks(X, parameters):
    """Slices of rows with their samples and what makes their E-step, for what is asked of each sample."""
    check_width(X, parameters)
    steps = way_for(parameters, X.dtype).of(parameters, max(1, len(X)))
    for first in range(0, len(X), steps.rows):
        rows = slice(first, first + steps.rows)
        yield rows, X[rows], steps


def moments_given(X, labels, sample_weight, n_components, covariance_type, centre):
    """Moments, seen from `centre`, of samples of which each belongs wholly to the component of its label."""
    weights = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, float)
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(n_components + 1))
    members = [order[first:last] for first, last in pairwise(bounds)]
    return _moments(((X[rows] - centre, weights[rows]) for rows in members), n_components, X.shape[1], covariance_type)


def moments_shared(X, shares, sample_weight, covariance_type, centre):
    """Moments, seen from `centre`, of samples with responsibilities `shares` of shape (n, K)."""
    if sample_weight is not None:
        shares = shares * np.asarray(sample_weight)[:, np.newaxis]
    X = X - centre
    return _moments(((X, share) for share in shares.T), shares.shape[1], X.shape[1], covariance_type)


def _moments(groups, n_components, n_features, covariance_type):
    """Moments of groups of weighted samples, a component each; residuals are taken from the weighted mean."""
    counts, means = np.zeros(n_components), np.zeros((n_components, n_features))
    squares = covariance_type in ("diag", "spherical")
    covariances = np.zeros((n_components, n_features) if squares else (n_components, n_features, n_features))
    for k, (X, weights) in enumerate(groups):
        counts[k] = weights.sum()
        divisor = counts[k] + 10 * np.finfo(float).eps
        means[k] = weights @ X / divisor
        residuals = X - means[k]
        weighted = weights[:, np.newaxis] * residuals
        covariances[k] = ((weighted * residuals).sum(axis=0) if squares else weighted.T @ residuals) / divisor
    if covariance_type == "tied":
        covariances = np.tensordot(counts / counts.sum(), covariances, 1)
    elif covariance_type == "spherical":
        covariances = covariances.mean(axis=1)
    return Moments(counts, means, covariances, covariance_type)


@cache
def _controller():
    return ThreadpoolController()


def one_thread():
    """Context with one thread of BLAS: a block's products are too small to be divided. It is put back at the end."""
    return _controller().limit(limits=1, user_api="blas")


def log_densities(X, sample_weight, parameters):
    """Log density of the mixture at each sample, (n,)."""
    del sample_weight
    result = np.empty(len(X), X.dtype)
    for rows, block, steps in blocks(X, parameters):
        _, result[rows] = e_step(steps, block)
    return result


def labels(X, sample_weight, parameters):
    """The most probable component of each sample, (n,)."""
    del sample_weight
    result = np.empty(len(X), np.intp)
    for rows, block, steps in blocks(X, parameters):
        result[rows] = steps.log_joint(block).argmax(axis=0)
    return result


def shares(X, sample_weight, parameters):
    """Responsibility of every component for every sample, (n, K)."""
    del sample_weight
    result = np.empty((len(X), len(parameters.weights)), X.dtype)
    for rows, block, steps in blocks(X, parameters):
        responsibilities, _ = e_step(steps, block)
        result[rows] = responsibilities.T
    return result


def log_likelihood(X, sample_weight, parameters):
    """Log-likelihood of samples, and their weight: an array of two numbers, so that blocks can be added."""
    densities = log_densities(X, None, parameters).astype(float, copy=False)
    if sample_weight is None:
        return np.array([densities.sum(), len(X)])
    return np.array([np.dot(sample_weight, densities), sample_weight.sum()])
