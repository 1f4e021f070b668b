import numpy as np

from gmmlearn.mixtures import gaussian_log_density


def _checked(X, weights, means, covariances):
    X, weights = np.array(X, dtype=float), np.array(weights, dtype=float)
    means, covariances = np.array(means, dtype=float), np.array(covariances, dtype=float)
    if X.ndim != 2:
        raise ValueError("X should have samples in rows and features in columns")
    K, d = len(weights), X.shape[1]
    if means.shape != (K, d) or covariances.shape != (K, d, d):
        raise ValueError("weights, means and covariances do not agree on the number of components")
    if np.any(weights < 0) or abs(weights.sum() - 1) > 1e-6:
        raise ValueError("weights should sum to 1")
    return X, weights, means, covariances


def fit_gaussian(X):
    X = np.array(X, dtype=float)
    if X.ndim != 2 or X.shape[0] == 0:
        raise ValueError("there is nothing to fit")
    mean = X.mean(axis=0)
    if len(X) == 1:
        covariance = np.zeros((X.shape[1], X.shape[1]))
    else:
        covariance = np.atleast_2d(np.cov(X, rowvar=False, bias=True))
    assert mean.shape == (X.shape[1],)
    assert np.allclose(covariance, covariance.T)
    return mean.copy(), covariance.copy()


def log_joint(X, weights, means, covariances):
    X, weights, means, covariances = _checked(X, weights, means, covariances)
    joint = np.full((len(X), len(weights)), -np.inf)
    for k in np.flatnonzero(weights > 0):
        joint[:, k] = np.log(weights[k]) + gaussian_log_density(X, means[k], covariances[k])
    assert not np.isnan(joint).any()
    return joint


def log_likelihood(X, weights, means, covariances):
    joint = np.array(log_joint(X, weights, means, covariances))
    largest = joint.max(axis=1)
    assert np.isfinite(largest).all(), "at least one component has a weight"
    result = float(np.sum(largest + np.log(np.sum(np.exp(joint - largest[:, None]), axis=1))))
    assert np.isfinite(result)
    return result
