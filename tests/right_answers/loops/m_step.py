import numpy as np

from .likelihood import log_joint


def update_weights(responsibilities):
    n, n_components = responsibilities.shape
    return [sum(responsibilities[:, k]) / n for k in range(n_components)]


def update_means(X, responsibilities):
    n, d = X.shape
    means = []
    for k in range(responsibilities.shape[1]):
        total = np.zeros(d)
        for i in range(n):
            total = total + responsibilities[i, k] * X[i]
        means.append(total / (sum(responsibilities[:, k]) or 1.0))
    return means


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    n, d = X.shape
    covariances = []
    for k in range(len(means)):
        scatter = np.zeros((d, d))
        for i in range(n):
            scatter += responsibilities[i, k] * np.outer(X[i] - means[k], X[i] - means[k])
        covariances.append(scatter / (sum(responsibilities[:, k]) or 1.0) + reg_covar * np.eye(d))
    return np.array(covariances)


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    joint = log_joint(X, weights, means, covariances)
    total = 0.0
    for i in range(len(X)):
        for k in range(len(weights)):
            if responsibilities[i, k] > 0:
                total += responsibilities[i, k] * joint[i, k]
    return total
