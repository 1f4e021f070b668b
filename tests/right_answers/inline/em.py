import numpy as np

from gmmlearn import Fit
from gmmlearn.e_step import responsibilities
from gmmlearn.likelihood import log_likelihood
from gmmlearn.m_step import update_covariances, update_means, update_weights


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params not in ("kmeans", "random"):
        raise ValueError("choose 'kmeans' or 'random'")
    if init_params == "random":
        rows = [[rng.uniform() for _ in range(n_components)] for _ in X]
        return [[value / sum(row) for value in row] for row in rows]
    starts = [X[rng.choice(len(X), n_components, replace=False)] for _ in range(6)]
    _, labels = min(lloyd(X, list(centres)) for centres in starts)
    return [[float(label == k) for k in range(n_components)] for label in labels]


def lloyd(X, centres):
    """k-means by hand; the sum of squares, and the labels."""
    before = None
    while True:
        squares = [[((row - centre) ** 2).sum() for centre in centres] for row in X]
        labels = [row.index(min(row)) for row in squares]
        if labels == before:
            return sum(map(min, squares)), labels
        before = labels
        groups = [[row for row, label in zip(X, labels) if label == k] for k in range(len(centres))]
        centres = [np.mean(group, axis=0) if group else centre for group, centre in zip(groups, centres)]


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Looks at the gain as soon as the M-step has made it, and returns the parameters of the last entry."""
    shares = np.array(initialize(X, n_components, rng, init_params))
    trace, parameters = [], None
    while True:
        means = update_means(X, shares)
        proposed = update_weights(shares), means, update_covariances(X, shares, means, reg_covar)
        value = log_likelihood(X, *proposed) / len(X)
        if trace and (value - trace[-1] < tol or len(trace) == max_iter):
            return Fit(*parameters, trace, np.bool_(value - trace[-1] < tol and len(trace) <= max_iter))
        trace, parameters = [*trace, value], proposed
        shares = np.array(responsibilities(X, *proposed))
