import numpy as np
from scipy import sparse

from gmmlearn.likelihood import log_joint


def update_weights(responsibilities):
    n_samples = responsibilities.shape[0]
    return responsibilities.T.dot(np.ones(n_samples)) / n_samples


def update_means(X, responsibilities):
    shares = sparse.csr_array(responsibilities.T)
    owned = np.asarray(shares.sum(axis=1)).ravel()
    owned[owned == 0] = 1.0
    return sparse.diags_array(1 / owned) @ (shares @ X)


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    d = X.shape[1]
    result = []
    for k, mean in enumerate(means):
        r = responsibilities[:, k]
        if r.any():
            moments = np.cov(X.T, aweights=r, ddof=0).reshape(d, d)
            shift = np.average(X, axis=0, weights=r) - mean
            moments = moments + np.outer(shift, shift)  # from the weighted mean to the given one
        else:
            moments = np.zeros((d, d))
        result.append(moments + reg_covar * np.identity(d))
    return np.array(result)


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    joint = np.asarray(log_joint(X, weights, means, covariances))
    table = np.ma.masked_array(joint, mask=responsibilities == 0)
    return float((responsibilities * table).sum())
