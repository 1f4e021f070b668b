import numpy as np

from gmmlearn import Fit

from .e_step import responsibilities
from .likelihood import log_likelihood
from .m_step import update_covariances, update_means, update_weights


def squared(a, b):
    return sum((p - q) ** 2 for p, q in zip(a, b))


def lloyd(rows, n_components, rng):
    """One k-means: starts at samples drawn far from one another, ends when no label changes."""
    centres = [rows[rng.integers(len(rows))]]
    while len(centres) < n_components:
        gaps = [min(squared(row, centre) for centre in centres) for row in rows]
        goal, at = rng.random() * sum(gaps), 0
        while at < len(rows) - 1 and goal >= gaps[at]:
            goal -= gaps[at]
            at += 1
        centres.append(rows[at])
    labels = None
    while True:
        new = []
        for row in rows:
            gaps = [squared(row, centre) for centre in centres]
            new.append(gaps.index(min(gaps)))
        if new == labels:
            return sum(squared(row, centres[label]) for row, label in zip(rows, labels)), labels
        labels = new
        for k in range(n_components):
            members = [row for row, label in zip(rows, labels) if label == k]
            if members:
                centres[k] = [sum(column) / len(members) for column in zip(*members)]


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params == "kmeans":
        _, labels = min(lloyd(X.tolist(), n_components, rng) for _ in range(4))
        return [[1.0 if label == k else 0.0 for k in range(n_components)] for label in labels]
    elif init_params == "random":
        answer = []
        for _ in range(len(X)):
            row = [rng.random() for _ in range(n_components)]
            answer.append([value / sum(row) for value in row])
        return answer
    else:
        raise ValueError("no such init_params; there are kmeans and random")


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    n = len(X)
    shares = np.array(initialize(X, n_components, rng, init_params))
    trace = []
    converged = False
    weights = np.array(update_weights(shares))
    means = np.array(update_means(X, shares))
    covariances = np.array(update_covariances(X, shares, means, reg_covar))
    for _ in range(max_iter):
        trace.append(log_likelihood(X, weights, means, covariances) / n)
        if len(trace) >= 2 and trace[-1] - trace[-2] < tol:
            converged = True
            break
        if len(trace) == max_iter:
            break
        shares = np.array(responsibilities(X, weights, means, covariances))
        weights = np.array(update_weights(shares))
        means = np.array(update_means(X, shares))
        covariances = np.array(update_covariances(X, shares, means, reg_covar))
    return Fit(weights.tolist(), means.tolist(), covariances.tolist(), trace, converged)
