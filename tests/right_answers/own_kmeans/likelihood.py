import numpy as np

from gmmlearn.mixtures import gaussian_log_density as log_density


def fit_gaussian(X):
    """One pass, Welford's way."""
    mean, scatter = np.zeros(X.shape[1]), np.zeros((X.shape[1], X.shape[1]))
    for seen, row in enumerate(X, start=1):
        before = row - mean
        mean = mean + before / seen
        scatter = scatter + np.outer(before, row - mean)
    return mean, scatter / len(X)


def log_joint(X, weights, means, covariances):
    joint = np.stack([np.asarray(log_density(X, *p)) for p in zip(means, covariances)], axis=-1)
    safe = np.where(weights > 0, weights, 1.0)
    return np.where(weights > 0, joint + np.log(safe), -np.inf)


def log_likelihood(X, weights, means, covariances):
    rows = np.asarray(log_joint(X, weights, means, covariances))
    running = rows[:, 0]
    for k in range(1, rows.shape[1]):
        running = np.logaddexp(running, rows[:, k])
    return running.sum().item()
