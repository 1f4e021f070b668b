import numpy as np

from .likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    joint = np.asarray(log_joint(X, weights, means, covariances))
    relative = np.exp(joint - np.amax(joint, axis=1, keepdims=True))
    return np.einsum("nk,n->nk", relative, 1 / np.einsum("nk->n", relative))


def assign(responsibilities):
    return responsibilities.argmax(-1)
