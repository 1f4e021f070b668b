"""Numbers that tell one law of draws from another, and how far apart two laws are by them."""

import numpy as np

_SPREADS = 6.0  # chance alone puts a statistic further off less than once in 10**8


def of_labels(labels, n_components):
    """Shares of the labels, with one label below and one above the right ones; neighbours that agree; how counts vary.

    `labels` is (r, n), several draws of n.
    """
    shown = np.clip(labels, -1, n_components) + 1
    counts = np.array([np.bincount(row, minlength=n_components + 2) for row in shown])
    shares, varied = counts.sum(axis=0) / labels.size, counts.std(axis=0) / np.sqrt(labels.shape[1])
    return np.concatenate([shares, varied, [(labels[:, 1:] == labels[:, :-1]).mean()]])


def of_rows(rows, mean, covariance):
    """Mean, covariance and tails of rows, in units of the law that they should have."""
    n_features = len(mean)
    if len(rows) < 3:
        return np.zeros(n_features * (n_features + 2))
    scales = np.sqrt(np.diag(covariance))
    centre = rows.mean(axis=0)
    centred = rows - centre
    variances = np.maximum((centred**2).mean(axis=0), 1e-300)
    products = centred.T @ centred / len(rows) / np.outer(scales, scales)
    tails = (centred**4).mean(axis=0) / variances**2
    return np.concatenate([(centre - mean) / scales, products.ravel(), tails])


def of_noise(X, labels, means):
    """How the noise of the first two components goes together, row by row in the order of each."""
    first, second = (X[labels == k] - means[k] for k in (0, 1))
    n_pairs = min(len(first), len(second))
    if n_pairs < 3:
        return np.zeros(1)
    first, second = first[:n_pairs].sum(axis=1), second[:n_pairs].sum(axis=1)
    size = np.sqrt((first**2).sum() * (second**2).sum())
    return np.array([(first * second).sum() / max(size, 1e-300)])


def distance(draws, came):
    """How far `came` lies from what several draws of one law typically are; None if it is not of that law.

    Narrow laws come nearer than wide ones that hold the same point.
    """
    # A few draws know their own spread badly: half as much again, and never nothing.
    spread = 1.5 * np.std(draws, axis=0, ddof=1) + 1e-6
    off = np.abs(came - np.mean(draws, axis=0)) / spread
    return float((off**2 / 2 + np.log(spread)).sum()) if (off <= _SPREADS).all() else None
