"""Everything by `einsum` and full matrices; pairs are picked at the end."""

import numpy as np


def _upper(d):
    return np.nonzero(np.triu(np.ones((d, d))))


def sufficient_statistics(X):
    a, b = _upper(X.shape[1])
    products = np.einsum("ni,nj->nij", X, X)
    return np.concatenate([np.ones((len(X), 1)), X, products[:, a, b]], axis=1)


def natural_parameters(weights, means, covariances):
    K, d = means.shape
    L = np.linalg.cholesky(covariances)
    W = np.linalg.solve(L, np.broadcast_to(np.eye(d), (K, d, d)))
    z = np.einsum("kij,kj->ki", W, means)
    P = np.einsum("kia,kib->kab", W, W)
    log_det = 2 * np.log(np.einsum("kii->ki", L)).sum(axis=-1)
    with np.errstate(divide="ignore"):
        c = np.log(weights) - (d * np.log(2 * np.pi) + log_det + np.einsum("ki,ki->k", z, z)) / 2
    twice = -(P + P.transpose(0, 2, 1)) / 2
    twice[:, np.arange(d), np.arange(d)] /= 2
    a, b = _upper(d)
    return np.concatenate([c[:, None], np.einsum("kia,ki->ka", W, z), twice[:, a, b]], axis=1)


def expected_statistics(X, theta):
    T = sufficient_statistics(X)
    joint = np.einsum("nm,km->nk", T, theta)
    log_density = np.logaddexp.reduce(joint, axis=1)
    r = np.exp(joint - log_density[:, None])
    return np.einsum("nk,nm->km", r, T), float(np.einsum("n->", log_density))


def parameters(S, reg_covar=1e-6):
    m = S.shape[1]
    d = round((-3 + (9 - 8 * (1 - m)) ** 0.5) / 2)
    a, b = _upper(d)
    N, first, second = np.split(S, [1, 1 + d], axis=1)
    full = np.zeros((len(S), d, d))
    full[:, a, b] = second
    full = full + np.triu(full, 1).transpose(0, 2, 1)
    means = first / N
    covariances = full / N[:, :, None] - np.einsum("ki,kj->kij", means, means)
    return (N / N.sum())[:, 0], means, covariances + reg_covar * np.identity(d)
