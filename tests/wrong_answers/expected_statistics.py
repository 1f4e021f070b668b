"""Wrong answers to `expected_statistics`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.special import logsumexp, softmax

from .sufficient_statistics import _T


def expected_statistics__clipped(X, theta):
    """Exponents are kept above -700, so that nothing underflows."""
    T = _T(X)
    joint = np.clip(T @ theta.T, -700, None)
    return softmax(joint, axis=1).T @ T, float(logsumexp(joint, axis=1).sum())


def expected_statistics__tiny_added(X, theta):
    """1e-300 is added before the logarithm and the division."""
    T = _T(X)
    p = np.exp(T @ theta.T)
    total = p.sum(axis=1) + 1e-300
    return (p / total[:, None]).T @ T, float(np.log(total).sum())


def expected_statistics__one_shift(X, theta):
    """The largest entry of the table is subtracted, not that of each row."""
    T = _T(X)
    joint = T @ theta.T
    top = joint.max()
    with np.errstate(all="ignore"):
        p = np.exp(joint - top)
        return (p / p.sum(axis=1, keepdims=True)).T @ T, float((top + np.log(p.sum(axis=1))).sum())


def expected_statistics__negative(X, theta):
    """The negative log-likelihood."""
    T = _T(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T, -float(logsumexp(joint, axis=1).sum())


def expected_statistics__squared(X, theta):
    """Responsibilities are squared."""
    T = _T(X)
    joint = T @ theta.T
    return (softmax(joint, axis=1) ** 2).T @ T, float(logsumexp(joint, axis=1).sum())


def expected_statistics__means(X, theta):
    """Both results are means over the samples."""
    T = _T(X)
    joint = T @ theta.T
    return softmax(joint, axis=1).T @ T / len(X), logsumexp(joint, axis=1).mean()


def expected_statistics__means_in_a_loop(X, theta):
    """The same, sample by sample."""
    S, total = np.zeros(theta.shape), 0.0
    for t in _T(X):
        joint = theta @ t
        top = joint.max()
        norm = top + np.log(np.exp(joint - top).sum())
        S += np.outer(np.exp(joint - norm), t)
        total += norm
    return S / len(X), total / len(X)


def expected_statistics__largest_where_underflow(X, theta):
    """Where all densities underflow, the sample belongs to its most probable component alone."""
    T = _T(X)
    joint = T @ theta.T
    p = np.exp(joint)
    lost = p.sum(axis=1) == 0
    p[lost] = np.eye(len(theta))[joint[lost].argmax(axis=1)]
    total = p.sum(axis=1)
    return (p / total[:, None]).T @ T, float(np.where(lost, joint.max(axis=1), np.log(total)).sum())
