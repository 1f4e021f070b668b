"""Chapter 4, the E-step: the reference."""

import numpy as np

from .likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    """Posterior probability of every component, for every sample (exercise 4.1)."""
    joint = log_joint(X, weights, means, covariances)
    ratios = np.exp(joint - joint.max(axis=1, keepdims=True))
    return ratios / ratios.sum(axis=1, keepdims=True)


def assign(responsibilities):
    """Label of the most probable component of every sample (exercise 4.2)."""
    return np.argmax(responsibilities, axis=1)
