import numpy as np
from scipy.linalg import solve_triangular


def fit_gaussian(X):
    mean = np.average(X, axis=0)
    # the R of a QR decomposition is a Cholesky factor of the scatter
    R = np.linalg.qr((X - mean) / np.sqrt(len(X)), mode="r")
    return mean, R.T @ R


def log_joint(X, weights, means, covariances):
    n, d = X.shape
    table = np.empty((n, len(weights)), order="F")
    for k, (w, mu, S) in enumerate(zip(weights, means, covariances)):
        L = np.linalg.cholesky(S)
        Y = solve_triangular(L, (X - mu).T, lower=True, check_finite=False)
        table[:, k] = -0.5 * (Y * Y).sum(axis=0) - np.log(L.diagonal()).sum() - 0.5 * d * np.log(2 * np.pi)
        table[:, k] += np.log(w) if w > 0 else -np.inf
    return table


def log_likelihood(X, weights, means, covariances):
    table = log_joint(X, weights, means, covariances)
    return float(np.logaddexp.reduce(table, axis=1).sum())
