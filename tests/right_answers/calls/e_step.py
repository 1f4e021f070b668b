import numpy as np
from scipy.special import softmax

from gmmlearn import likelihood


def responsibilities(X, weights, means, covariances):
    return softmax(likelihood.log_joint(X, weights, means, covariances), axis=1)


def assign(responsibilities):
    return np.argmax(responsibilities, axis=1).astype(np.int16)
