import numpy as np

from gmmlearn.likelihood import log_joint


def update_weights(responsibilities):
    n = responsibilities.shape[0]
    N_k = np.sum(responsibilities, axis=0)
    return N_k / n


def update_means(X, responsibilities):
    d = X.shape[1]
    K = responsibilities.shape[1]
    means = np.zeros((K, d))
    for k in range(K):
        N_k = np.sum(responsibilities[:, k])
        if N_k == 0:
            continue
        means[k] = np.sum(responsibilities[:, k].reshape(-1, 1) * X, axis=0) / N_k
    return means


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    d = X.shape[1]
    K = responsibilities.shape[1]
    covariances = np.zeros((K, d, d))
    for k in range(K):
        diff = X - means[k]
        N_k = np.sum(responsibilities[:, k])
        if N_k > 0:
            covariances[k] = (responsibilities[:, k].reshape(-1, 1) * diff).T @ diff / N_k
        covariances[k] += reg_covar * np.eye(d)
    return covariances


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    a = log_joint(X, weights, means, covariances)
    n, K = responsibilities.shape
    Q = 0.0
    for i in range(n):
        for k in range(K):
            if responsibilities[i, k] == 0:
                continue
            Q += responsibilities[i, k] * a[i, k]
    return Q
