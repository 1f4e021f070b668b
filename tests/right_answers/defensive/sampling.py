import numpy as np


def _check_generator(rng):
    if not hasattr(rng, "standard_normal"):
        raise TypeError("rng has to be a numpy Generator")


def sample_categorical(weights, n_samples, rng):
    _check_generator(rng)
    weights = np.array(weights, dtype=float)
    if (weights < 0).any() or not np.isclose(weights.sum(), 1.0):
        raise ValueError("weights have to be a probability distribution")
    if n_samples < 0:
        raise ValueError("how can one draw a negative number of samples?")
    cumulative = np.cumsum(weights / weights.sum())
    cumulative[np.flatnonzero(weights)[-1] :] = 1.0  # no draw may pass the last component that has a weight
    labels = np.searchsorted(cumulative, rng.random(int(n_samples)), side="right")
    labels = np.minimum(labels, weights.size - 1)
    assert labels.shape == (n_samples,)
    assert (weights[labels] > 0).all()
    return labels.astype(np.int64)


def sample_gaussian(mean, covariance, n_samples, rng):
    _check_generator(rng)
    mean, covariance = np.array(mean, dtype=float), np.array(covariance, dtype=float)
    d = mean.shape[0]
    if covariance.shape != (d, d):
        raise ValueError(f"covariance has shape {covariance.shape} instead of {(d, d)}")
    try:
        factor = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise ValueError("covariance is not positive definite") from None
    X = mean[np.newaxis, :] + rng.standard_normal((int(n_samples), d)) @ factor.T
    assert X.shape == (n_samples, d)
    return X


def sample_mixture(weights, means, covariances, n_samples, rng):
    weights, means, covariances = np.array(weights), np.array(means), np.array(covariances)
    labels = np.asarray(sample_categorical(weights, n_samples, rng))
    X = np.full((n_samples, means.shape[1]), np.nan)
    for k in np.unique(labels):
        rows = np.flatnonzero(labels == k)
        X[rows] = sample_gaussian(means[k], covariances[k], len(rows), rng)
    assert not np.isnan(X).any(), "every row has been drawn"
    return X.copy(), labels.copy()
