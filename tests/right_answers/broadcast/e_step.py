import numpy as np

from gmmlearn.likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    joint = log_joint(X, weights, means, covariances)
    joint = joint - np.max(joint, axis=-1)[:, None]
    joint = joint - np.log(np.exp(joint).sum(axis=-1))[:, None]
    return np.exp(joint)


def assign(responsibilities):
    is_best = responsibilities == responsibilities.max(axis=1)[:, None]
    return is_best.argmax(axis=1)
