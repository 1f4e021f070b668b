import numpy as np

from gmmlearn import likelihood


def update_weights(responsibilities):
    ones = np.ones(len(responsibilities))
    return ones @ responsibilities / (ones @ ones)


def update_means(X, responsibilities):
    totals = responsibilities.sum(axis=0, keepdims=True).T
    return np.divide(responsibilities.T @ X, totals, out=np.zeros((totals.size, X.shape[1])), where=totals > 0)


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    d = X.shape[1]
    result = np.zeros((len(means), d, d))
    for k in range(len(means)):
        total = responsibilities[:, k].sum()
        if total > 0:
            _, s, V = np.linalg.svd(np.sqrt(responsibilities[:, k] / total)[:, None] * (X - means[k]))
            s = np.pad(s, (0, d - len(s)))
            result[k] = V.T @ np.diag(s**2 + reg_covar) @ V
        else:
            result[k] = np.diag(np.full(d, reg_covar))
    return (result + result.transpose(0, 2, 1)) / 2


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    a = np.array(likelihood.log_joint(X, weights, means, covariances))
    a[responsibilities == 0] = 0
    return np.trace(responsibilities.T @ a)
