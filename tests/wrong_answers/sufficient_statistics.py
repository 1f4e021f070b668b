"""Wrong answers to `sufficient_statistics`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def _T(X):
    i, j = np.triu_indices(X.shape[1])
    return np.column_stack([np.ones(len(X)), X, X[:, i] * X[:, j]])


def sufficient_statistics__centred(X):
    """The samples are moved to their mean first, which differs from block to block."""
    return _T(X - X.mean(axis=0))


def sufficient_statistics__one_last(X):
    """The 1 comes last."""
    return np.roll(_T(X), -1, axis=1)


def sufficient_statistics__absolute(X):
    """Products of absolute values."""
    d = X.shape[1]
    T = _T(X)
    T[:, d + 1 :] = np.abs(T[:, d + 1 :])
    return T


def sufficient_statistics__neighbours(X):
    """Squares, and products of neighbouring features only; the other products are 0."""
    d = X.shape[1]
    i, j = np.triu_indices(d)
    T = _T(X)
    T[:, d + 1 :] *= j - i < 2
    return T
