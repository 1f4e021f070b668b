import numpy as np

from gmmlearn.likelihood import log_joint


def _counts(responsibilities):
    counts = np.array(responsibilities, dtype=float).sum(axis=0)
    if np.any(counts < 0):
        raise ValueError("responsibilities are not negative")
    return counts


def update_weights(responsibilities):
    if len(responsibilities) == 0:
        raise ValueError("no samples")
    weights = _counts(responsibilities) / len(responsibilities)
    assert np.isclose(weights.sum(), 1)
    return weights


def update_means(X, responsibilities):
    X, responsibilities = np.array(X, dtype=float), np.array(responsibilities, dtype=float)
    if len(X) != len(responsibilities):
        raise ValueError("as many rows of responsibilities as samples, please")
    counts = _counts(responsibilities)
    means = np.zeros((responsibilities.shape[1], X.shape[1]))
    for k, count in enumerate(counts):
        if count > 0:  # who owns nothing stays at 0
            means[k] = np.average(X, axis=0, weights=responsibilities[:, k])
    assert np.isfinite(means).all()
    return means


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    X, responsibilities, means = (np.array(a, dtype=float) for a in (X, responsibilities, means))
    if reg_covar < 0:
        raise ValueError("reg_covar is 0 or above")
    (K, d), counts = means.shape, _counts(responsibilities)
    covariances = np.zeros((K, d, d))
    for k in range(K):
        if counts[k] > 0:
            residuals = X - means[k]
            covariances[k] = (responsibilities[:, k, None] * residuals).T @ residuals / counts[k]
        covariances[k] = (covariances[k] + covariances[k].T) / 2
        covariances[k][np.diag_indices(d)] += reg_covar
    assert np.array_equal(covariances, covariances.transpose(0, 2, 1))
    return covariances


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    responsibilities = np.array(responsibilities, dtype=float)
    joint = np.array(log_joint(X, weights, means, covariances), dtype=float)
    if joint.shape != responsibilities.shape:
        raise ValueError("responsibilities do not belong to these samples and components")
    joint[(responsibilities == 0) & np.isneginf(joint)] = 0.0
    result = float(np.sum(responsibilities * joint))
    assert not np.isnan(result)
    return result
