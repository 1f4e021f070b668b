"""Wrong answers to `sample_gaussian`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy import stats


def sample_gaussian__uniform_from_zero(mean, covariance, n_samples, rng):
    """The noise is uniform on [0, 1): not normal, not centred and too narrow."""
    return mean + rng.random((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


def sample_gaussian__identical_rows(mean, covariance, n_samples, rng):
    """One draw is made and repeated in every row."""
    row = mean + np.linalg.cholesky(covariance) @ rng.standard_normal(len(mean))
    return np.tile(row, (n_samples, 1))


def sample_gaussian__no_noise(mean, covariance, n_samples, rng):
    """Every row is the mean."""
    return np.repeat(mean[np.newaxis], n_samples, axis=0)


def sample_gaussian__zeros(mean, covariance, n_samples, rng):
    """The array is made and returned without being filled."""
    X = np.zeros((n_samples, len(mean)))
    for row in X:
        row = mean + np.linalg.cholesky(covariance) @ rng.standard_normal(len(mean))  # noqa: F841
    return X


def sample_gaussian__precision(mean, covariance, n_samples, rng):
    """The factor is that of the inverse of the covariance."""
    L = np.linalg.cholesky(np.linalg.inv(covariance))
    return mean + rng.standard_normal((n_samples, len(mean))) @ L.T


def sample_gaussian__eigenvectors_not_transposed(mean, covariance, n_samples, rng):
    """The eigenvector factor stands the wrong way round: uncorrelated features with the eigenvalues as variances."""
    values, vectors = np.linalg.eigh(covariance)
    return mean + rng.standard_normal((n_samples, len(mean))) @ (vectors * np.sqrt(values))


def sample_gaussian__rounded(mean, covariance, n_samples, rng):
    """The samples are rounded to three digits."""
    return rng.multivariate_normal(mean, covariance, size=n_samples).round(3)


def sample_gaussian__mean_multiplied(mean, covariance, n_samples, rng):
    """The mean is added before the multiplication, so it is multiplied by the factor too."""
    return (mean + rng.standard_normal((n_samples, len(mean)))) @ np.linalg.cholesky(covariance).T


def sample_gaussian__absolute_noise(mean, covariance, n_samples, rng):
    """The absolute value of the noise is used: no draw falls below the mean of the first feature."""
    return mean + np.abs(rng.standard_normal((n_samples, len(mean)))) @ np.linalg.cholesky(covariance).T


def sample_gaussian__heavy_tails(mean, covariance, n_samples, rng):
    """Student's t with 5 degrees of freedom, scaled to variance 1: mean and covariance are right, the law is not."""
    noise = rng.standard_t(5, size=(n_samples, len(mean))) * np.sqrt(3 / 5)
    return mean + noise @ np.linalg.cholesky(covariance).T


def sample_gaussian__clipped_noise(mean, covariance, n_samples, rng):
    """Noise beyond 2 standard deviations is cut off."""
    noise = np.clip(rng.standard_normal((n_samples, len(mean))), -2, 2)
    return mean + noise @ np.linalg.cholesky(covariance).T


def sample_gaussian__columns(mean, covariance, n_samples, rng):
    """The samples stand in columns, shape (d, n)."""
    return mean[:, None] + np.linalg.cholesky(covariance) @ rng.standard_normal((len(mean), n_samples))


def sample_gaussian__random_walk(mean, covariance, n_samples, rng):
    """`mean +=` moves the caller's mean, and every row begins where the one before ended."""
    L, rows = np.linalg.cholesky(covariance), []
    for _ in range(n_samples):
        mean += L @ rng.standard_normal(len(mean))
        rows.append(mean.copy())
    return np.array(rows)


def sample_gaussian__scipy_global_state(mean, covariance, n_samples, rng):
    """SciPy draws from NumPy's global state, since `random_state` is not handed over."""
    return stats.multivariate_normal(mean, covariance).rvs(size=n_samples).reshape(n_samples, len(mean))


def sample_gaussian__single_precision(mean, covariance, n_samples, rng):
    """Noise, factor and result are in single precision."""
    noise = rng.standard_normal((n_samples, len(mean)), dtype=np.float32)
    return mean.astype(np.float32) + noise @ np.linalg.cholesky(covariance).T.astype(np.float32)
