import numpy as np

from gmmlearn.likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    a = log_joint(X, weights, means, covariances)
    n, K = a.shape
    gamma = np.zeros((n, K))
    for i in range(n):
        numerator = np.exp(a[i] - np.max(a[i]))
        gamma[i] = numerator / np.sum(numerator)
    return gamma


def assign(responsibilities):
    n = responsibilities.shape[0]
    labels = np.zeros(n, dtype=int)
    for i in range(n):
        labels[i] = np.argmax(responsibilities[i])
    return labels
