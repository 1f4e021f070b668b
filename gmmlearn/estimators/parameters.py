"""Parameters of a Gaussian mixture for each of the four covariance types, and the moments that they come from."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.linalg.lapack import dtrtri

ILL_DEFINED = (
    "Fitting the mixture model failed because some components have ill-defined empirical covariance (for instance "
    "caused by singleton or collapsed samples). Try to decrease the number of components, increase reg_covar, or scale "
    "the input data."
)
"""scikit-learn's sentence, which people search for."""


@dataclass(frozen=True)
class Moments:
    """Weight, mean and covariance of the samples of each component, without regularization.

    `counts` is (K,), the sum of the responsibilities; `means` is (K, d); `covariances` has the shape of its type.
    """

    counts: np.ndarray
    means: np.ndarray
    covariances: np.ndarray
    covariance_type: str

    def scaled(self, factor):
        """The moments if every sample counted `factor` times."""
        return replace(self, counts=self.counts * factor)

    def moved(self, centre):
        """The same, seen from another centre."""
        return replace(self, means=self.means - centre)

    def merged(self, other):
        """Moments of both sets of samples together.

        By the pairwise update of Chan, Golub and LeVeque (1983), which needs no sums of squares about a distant
        point and so keeps its digits wherever the data lie.
        """
        counts = self.counts + other.counts
        share = np.divide(other.counts, counts, out=np.zeros_like(counts), where=counts > 0)[:, np.newaxis]
        shift = other.means - self.means
        between = share * (1 - share)
        if self.covariance_type == "full":
            scatter = (between * shift)[:, :, np.newaxis] * shift[:, np.newaxis]
            share_of_covariance = share[:, :, np.newaxis]
        elif self.covariance_type == "tied":
            scatter = ((between * counts[:, np.newaxis] / counts.sum()) * shift).T @ shift
            share_of_covariance = other.counts.sum() / counts.sum()
        elif self.covariance_type == "diag":
            scatter, share_of_covariance = between * shift**2, share
        else:
            scatter, share_of_covariance = (between * shift**2).mean(axis=1), share[:, 0]
        covariances = self.covariances + share_of_covariance * (other.covariances - self.covariances) + scatter
        return Moments(counts, self.means + share * shift, covariances, self.covariance_type)


@dataclass(frozen=True)
class Parameters:
    """Parameters of a mixture, with the means given from a `centre` near the data.

    `factors` is scikit-learn's `precisions_cholesky_`: upper triangular U with U Uᵀ = inverse covariance, or its
    diagonal, or a number.
    """

    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray
    factors: np.ndarray
    centre: np.ndarray
    covariance_type: str

    def lower_factors(self):
        """(K, d, d) for full, (1, d, d) for tied, (K, d) otherwise: what makes residuals standard normal."""
        if self.covariance_type == "full":
            return self.factors.transpose(0, 2, 1)
        if self.covariance_type == "tied":
            return self.factors.T[np.newaxis]
        if self.covariance_type == "diag":
            return self.factors
        return np.broadcast_to(self.factors[:, np.newaxis], self.means.shape)

    @cached_property
    def log_constants(self):
        """(K,): log weight, log determinant of the factor and the constant of the normal density."""
        n_features = self.means.shape[1]
        factors = self.lower_factors()
        diagonals = np.diagonal(factors, axis1=1, axis2=2) if factors.ndim == 3 else factors
        with np.errstate(divide="ignore"):
            log_weights = np.maximum(np.log(self.weights), NEVER)
        return log_weights + np.log(diagonals).sum(axis=1) - n_features / 2 * np.log(2 * np.pi)


NEVER = -1e30
"""Log of a weight of 0: finite, also in single precision, so that no product with it is NaN."""


def from_moments(moments, total, reg_covar, centre):
    """The M-step: parameters that maximize the expected log-likelihood of samples with these moments.

    The weights are counts by `total`; `reg_covar` is added to every variance.
    """
    covariances = regularized(moments.covariances, moments.covariance_type, reg_covar)
    factors = precision_factors(covariances, moments.covariance_type)
    return Parameters(moments.counts / total, moments.means, covariances, factors, centre, moments.covariance_type)


def regularized(covariances, covariance_type, reg_covar):
    """Covariances with `reg_covar` added to every variance."""
    if covariance_type in ("diag", "spherical"):
        return covariances + reg_covar
    return covariances + reg_covar * np.eye(covariances.shape[-1])


def precision_factors(covariances, covariance_type):
    """`precisions_cholesky_` of covariances; a ValueError in scikit-learn's words where one is not positive."""
    if covariance_type in ("diag", "spherical"):
        if not np.all(covariances > 0):
            raise ValueError(ILL_DEFINED)
        return 1 / np.sqrt(covariances)
    try:
        roots = np.linalg.cholesky(covariances)
    except np.linalg.LinAlgError:
        raise ValueError(ILL_DEFINED) from None
    if covariance_type == "tied":
        return lower_inverse(roots).T
    return np.stack([lower_inverse(root).T for root in roots])


def lower_inverse(root):
    """Inverse of a lower triangular matrix with zeros above its diagonal, by LAPACK."""
    return dtrtri(root, lower=1)[0]


def factors_of_precisions(precisions, covariance_type):
    """`precisions_cholesky_` of inverse covariances: the Cholesky factor of the matrix with both axes turned round."""
    if covariance_type in ("diag", "spherical"):
        return np.sqrt(precisions)
    return np.linalg.cholesky(precisions[..., ::-1, ::-1])[..., ::-1, ::-1]


def precisions_of(factors, covariance_type):
    """Inverse covariances of their factors."""
    if covariance_type in ("diag", "spherical"):
        return factors**2
    return factors @ np.swapaxes(factors, -1, -2)


def covariances_of(factors, covariance_type):
    """Covariances of the factors of their inverses."""
    if covariance_type in ("diag", "spherical"):
        return factors**-2
    matrices = factors if covariance_type == "full" else factors[np.newaxis]
    roots = np.stack([lower_inverse(factor.T) for factor in matrices])
    covariances = roots @ roots.transpose(0, 2, 1)
    return covariances if covariance_type == "full" else covariances[0]
