"""The E-step and its sums by residuals from each mean: right wherever the data lie, and slower than products unless
components are few and features many.

For component k, y = L_k (x - mean_k) is standard normal, with L_k the inverse of the covariance's Cholesky factor. The
sums are taken of y as well, about the *old* mean and in the *old* units, and only the M-step turns them back:

    new mean = mean + inv(L) m / n,    new covariance = inv(L) (W / n - m mᵀ / n²) inv(L)ᵀ

with m the weighted sum of y and W that of y yᵀ. Nothing is ever squared that is large beside its standard deviation.
"""

import numpy as np

from .parameters import Moments, lower_inverse

CACHE = 800_000
"""Bytes of a block's residuals; at least a thousand rows of them, since each component is taken alone."""


class Residuals:
    """Log joint and sums of blocks of samples, a component at a time; used like `Products`."""

    def __init__(self, parameters, dtype, n_samples):
        n_components, n_features = parameters.means.shape
        self.parameters = parameters
        self.lower = parameters.lower_factors()
        constants = parameters.log_constants
        self.largest = constants.max()
        self._constants = (constants - self.largest)[:, np.newaxis]
        self.rows = min(n_samples, 8192, max(1024, CACHE // 8 // (n_components * n_features)))
        self._y = np.empty((n_components, n_features, self.rows))
        self._difference = np.empty((n_features, self.rows))
        self._joint, self.shares = np.empty((2, n_components, self.rows))

    def log_joint(self, X):
        """(K, b): log of weight times density, less `largest`; overwritten by the next call."""
        z = X.T.astype(float) - self.parameters.centre[:, np.newaxis]
        joint, difference = self._joint[:, : len(X)], self._difference[:, : len(X)]
        for k, mean in enumerate(self.parameters.means):
            y = self._y[k, :, : len(X)]
            np.subtract(z, mean[:, np.newaxis], out=difference)
            if self.lower.ndim == 3:
                np.matmul(self.lower[k % len(self.lower)], difference, out=y)
            else:
                np.multiply(self.lower[k][:, np.newaxis], difference, out=y)
            np.sum(np.square(y, out=difference), axis=0, out=joint[k])
        joint *= -0.5
        joint += self._constants
        return joint

    def sums(self, shares, sample_weight):
        """Counts, sums of y and sums of its products, of the last block; `shares` hold the weights already."""
        del sample_weight
        rows = []
        for y, share in zip(self._y[:, :, : shares.shape[1]], shares):
            weighted = np.multiply(y, share, out=self._difference[:, : len(share)])
            second = weighted @ y.T if self.lower.ndim == 3 else (weighted * y).sum(axis=1)
            rows.append(np.concatenate([[share.sum()], weighted.sum(axis=1), second.ravel()]))
        return np.stack(rows)

    @staticmethod
    def moments(sums, parameters):
        """Moments of the samples whose sums these are."""
        n_components, n_features = parameters.means.shape
        covariance_type = parameters.covariance_type
        lower = parameters.lower_factors()
        counts = sums[:, 0]
        divisor = (counts + 10 * np.finfo(float).eps)[:, np.newaxis]
        shift = sums[:, 1 : n_features + 1] / divisor
        second = sums[:, n_features + 1 :] / divisor
        if lower.ndim == 2:
            covariances = (second - shift**2) / lower**2
            shift = shift / lower
            if covariance_type == "spherical":
                covariances = covariances.mean(axis=1)
        else:
            roots = np.stack([lower_inverse(factor) for factor in lower])
            second = second.reshape(n_components, n_features, n_features)
            covariances = roots @ (second - shift[:, :, np.newaxis] * shift[:, np.newaxis]) @ roots.transpose(0, 2, 1)
            covariances = (covariances + covariances.transpose(0, 2, 1)) / 2
            shift = (roots @ shift[:, :, np.newaxis])[:, :, 0]
            if covariance_type == "tied":
                covariances = np.tensordot(counts / counts.sum(), covariances, 1)
        # A component that owns nothing keeps its mean, and has no spread.
        return Moments(counts, parameters.means + shift, covariances, covariance_type)
