import numpy as np

from gmmlearn import mixtures


def fit_gaussian(X):
    mean = X.mean(axis=0)
    _, singular, V = np.linalg.svd(X - mean, full_matrices=False)
    return mean, (V.T * (singular**2 / X.shape[0])) @ V


def log_joint(X, weights, means, covariances):
    values, vectors = np.linalg.eigh(covariances)
    principal = np.matmul(X - means[:, np.newaxis, :], vectors)  # (K, n, d)
    quadratic = (principal**2 / values[:, np.newaxis, :]).sum(axis=2)
    constant = np.log(2 * np.pi * values).sum(axis=1, keepdims=True)
    prior = np.full((len(weights), 1), -np.inf)
    np.log(weights, out=prior[:, 0], where=weights > 0)
    return (prior - 0.5 * (quadratic + constant)).T


def log_likelihood(X, weights, means, covariances):
    with np.errstate(divide="ignore"):
        rows = np.log(weights)[:, np.newaxis] + np.array(
            [mixtures.gaussian_log_density(X, m, c) for m, c in zip(means, covariances)]
        )
    rows = np.sort(rows, axis=0)  # the largest comes last
    return np.sum(rows[-1] + np.log1p(np.exp(rows[:-1] - rows[-1]).sum(axis=0)))
