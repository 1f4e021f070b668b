"""The E-step as one matrix product and its sums as another: natural parameters and sufficient statistics.

A Gaussian mixture is a mixture of exponential families: the log of weight times density is linear in

    T(z) = (1, z_i, z_i z_j for i <= j),   log(weight_k N(z | k)) = theta_k . T(z)

so that a block of samples needs `theta @ T` for the log joint, and `responsibilities @ T.T` for all that the M-step
wants to know. With diagonal covariances the squares are enough, with spherical ones their sum. With a tied covariance
the quadratic term is the same for all components and leaves the product. See Wainwright and Jordan (2008), Graphical
Models, Exponential Families, and Variational Inference, section 3.
"""

from functools import cache

import numpy as np

from .parameters import Moments

CACHE = 800_000
"""Bytes of a block's statistics and log joint: what the second cache of a core holds."""
SMALL = 10**6
"""Multiplications in a product up to which OpenBLAS does not copy the factors first (interface/gemm.c); others lose
nothing by blocks of this size."""


def n_statistics(covariance_type, n_features):
    """How many numbers T(z) has."""
    squares = {"full": n_features * (n_features + 1) // 2, "tied": 0, "diag": n_features, "spherical": 1}
    return 1 + n_features + squares[covariance_type]


@cache
def pairs(n_features):
    """Indices (i, j) of the products z_i z_j, in the order of the distance j - i.

    So the products of one distance are those of neighbouring rows, one multiplication for all of them.
    """
    distances = np.repeat(np.arange(n_features), np.arange(n_features, 0, -1))
    i = np.concatenate([np.arange(n_features - distance) for distance in range(n_features)])
    return i, i + distances


def natural_parameters(parameters):
    """theta of shape (K, number of statistics); a tied covariance's quadratic term is left out."""
    means, covariance_type = parameters.means, parameters.covariance_type
    n_features = means.shape[1]
    lower = parameters.lower_factors()
    if lower.ndim == 3:
        precisions = lower.transpose(0, 2, 1) @ lower
        linear = (precisions @ means[:, :, np.newaxis])[:, :, 0]
    else:
        precisions = lower**2
        linear = precisions * means
    constant = parameters.log_constants - (linear * means).sum(axis=1) / 2
    if covariance_type == "full":
        i, j = pairs(n_features)
        quadratic = precisions[:, i, j] * np.where(i == j, -0.5, -1.0)
    elif covariance_type == "tied":
        quadratic = np.empty((len(means), 0))
    else:
        quadratic = -precisions[:, : 1 if covariance_type == "spherical" else n_features] / 2
    return np.column_stack([constant, linear, quadratic])


def largest_term(parameters):
    """The largest |mean|ᵀ |precision| |mean| of any component.

    The terms of theta . T(z) are as large as this where they cancel to a few units, near the mean, so that the product
    loses this many times the precision of the numbers; residuals from the mean lose its square root.
    """
    means = np.abs(parameters.means)
    lower = parameters.lower_factors()
    if lower.ndim == 2:
        return np.max(((means * lower) ** 2).sum(axis=1))
    precisions = np.abs(lower.transpose(0, 2, 1) @ lower)
    return np.max(means[:, np.newaxis] @ precisions @ means[:, :, np.newaxis])


class Products:
    """Log joint and sums of blocks of samples, by two matrix products each.

    `rows` is the length of a block, `largest` a bound of its log joint, `shares` room for its responsibilities. A call
    of `sums` follows the call of `log_joint` that it belongs to.
    """

    def __init__(self, parameters, dtype, n_samples):
        n_components = len(parameters.means)
        self.parameters = parameters
        self.centre = parameters.centre.astype(dtype)[:, np.newaxis]
        self.largest = parameters.log_constants.max()
        theta = natural_parameters(parameters)
        theta[:, 0] -= self.largest
        self.theta = theta.astype(dtype)
        p = theta.shape[1]
        fitting = min(CACHE // self.theta.itemsize // (p + n_components), SMALL // theta.size)
        self.rows = min(n_samples, 8192, max(256, fitting))
        self._statistics = np.empty((p, self.rows), dtype)
        self._statistics[0] = 1
        self._joint, self.shares = np.empty((2, n_components, self.rows), dtype)
        if parameters.covariance_type == "tied":
            self._lower = parameters.factors.T.astype(dtype)

    def log_joint(self, X):
        """(K, b): log of weight times density, less `largest`; overwritten by the next call."""
        T, joint = self._statistics[:, : len(X)], self._joint[:, : len(X)]
        n_features, covariance_type = X.shape[1], self.parameters.covariance_type
        z, squares = T[1 : n_features + 1], T[n_features + 1 :]
        np.subtract(X.T, self.centre, out=z)
        if covariance_type == "full":
            first = 0
            for distance in range(n_features):
                last = first + n_features - distance
                np.multiply(z[: n_features - distance], z[distance:], out=squares[first:last])
                first = last
        elif covariance_type == "diag":
            np.square(z, out=squares)
        elif covariance_type == "spherical":
            np.sum(np.square(z), axis=0, out=squares[0])
        np.matmul(self.theta, T, out=joint)
        if covariance_type == "tied":
            joint -= np.sum(np.square(self._lower @ z), axis=0) / 2
        return joint

    def sums(self, shares, sample_weight):
        """Statistics of the last block, weighted by `shares` (K, b); with a tied covariance also its scatter."""
        T = self._statistics[:, : shares.shape[1]]
        # The same product both ways: OpenBLAS takes the first faster in double, the second in single precision.
        sums = shares @ T.T if T.dtype == float else (T @ shares.T).T
        if self.parameters.covariance_type != "tied":
            return sums
        z = T[1:]
        scatter = (z if sample_weight is None else z * sample_weight) @ z.T
        return np.vstack([sums, np.column_stack([np.zeros(len(z)), scatter])])

    @staticmethod
    def moments(sums, parameters):
        """Moments of the samples whose statistics were summed."""
        n_components, n_features = parameters.means.shape
        covariance_type = parameters.covariance_type
        counts = sums[:n_components, 0]
        divisor = counts + 10 * np.finfo(float).eps
        means = sums[:n_components, 1 : n_features + 1] / divisor[:, np.newaxis]
        second = sums[:n_components, n_features + 1 :] / divisor[:, np.newaxis]
        if covariance_type == "full":
            i, j = pairs(n_features)
            covariances = np.empty((n_components, n_features, n_features))
            covariances[:, i, j] = covariances[:, j, i] = second
            covariances -= means[:, :, np.newaxis] * means[:, np.newaxis]
        elif covariance_type == "tied":
            covariances = (sums[n_components:, 1:] - (counts * means.T) @ means) / counts.sum()
        elif covariance_type == "diag":
            covariances = second - means**2
        else:
            covariances = (second[:, 0] - (means**2).sum(axis=1)) / n_features
        return Moments(counts, means, covariances, covariance_type)
