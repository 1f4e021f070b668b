import numpy as np
from scipy.special import logsumexp

from gmmlearn.likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    joint = np.asarray(log_joint(X, weights, means, covariances))
    return np.exp(joint - logsumexp(joint, axis=1, keepdims=True))


def assign(responsibilities):
    best, labels = responsibilities[:, 0].copy(), np.zeros(len(responsibilities), dtype=np.uint16)
    for k in range(1, responsibilities.shape[1]):
        better = responsibilities[:, k] > best
        labels[better] = k
        best[better] = responsibilities[better, k]
    return labels
