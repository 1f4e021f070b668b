import numpy as np
from scipy.linalg import solve_triangular
from sklearn.cluster import KMeans

from gmmlearn import Fit


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params == "kmeans":
        state = np.random.RandomState(rng.integers(2**32, size=4, dtype=np.uint32))
        resp = np.zeros((X.shape[0], n_components))
        resp[range(len(X)), KMeans(n_components, n_init=1, random_state=state).fit(X).labels_] = 1
        return resp
    if init_params == "random":
        resp = rng.uniform(size=(n_components, len(X))).T
        return resp / resp.sum(axis=1, keepdims=True)
    raise ValueError(f"init_params={init_params!r}, but only {('kmeans', 'random')} exist")


def log_densities(X, means, factors):
    """From the Cholesky factors alone; nothing is inverted."""
    columns = []
    for mu, L in zip(means, factors):
        Y = solve_triangular(L, (X - mu).T, lower=True)
        columns.append(-0.5 * (Y**2).sum(0) - np.log(np.diag(L)).sum())
    return np.array(columns).T - 0.5 * X.shape[1] * np.log(2 * np.pi)


def maximise(X, resp, reg_covar):
    counts = resp.sum(axis=0)
    safe = counts + 10 * np.finfo(float).eps
    means = (X.T @ resp / safe).T
    covariances = np.array([(r * (X - m).T) @ (X - m) / s for r, m, s in zip(resp.T, means, safe)])
    covariances[:, range(X.shape[1]), range(X.shape[1])] += reg_covar
    return counts / len(X), means, covariances


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Everything anew, without the earlier chapters; one log joint for the trace and for the E-step."""
    theta = maximise(X, initialize(X, n_components, rng, init_params), reg_covar)
    trace, previous, converged = [], -np.inf, False
    for _ in range(max_iter):
        weights, means, covariances = theta
        with np.errstate(divide="ignore"):
            joint = np.log(weights) + log_densities(X, means, np.linalg.cholesky(covariances))
        log_norm = np.logaddexp.reduce(joint, axis=1)
        current = log_norm.mean()
        trace.append(current)
        theta = maximise(X, np.exp(joint - log_norm[:, None]), reg_covar)
        converged = bool(current - previous < tol)
        previous = current
        if converged:
            break
    return Fit(*theta, np.array(trace), converged)
