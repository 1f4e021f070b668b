"""Plain loops, one component and one pair at a time."""

import numpy as np


def sufficient_statistics(X):
    n, d = X.shape
    columns = [np.ones(n)]
    for j in range(d):
        columns.append(X[:, j])
    for i in range(d):
        for j in range(i, d):
            columns.append(X[:, i] * X[:, j])
    return np.stack(columns, axis=1)


def natural_parameters(weights, means, covariances):
    rows = []
    for w, mu, Sigma in zip(weights, means, covariances):
        d = len(mu)
        Lambda = np.linalg.inv(Sigma)
        with np.errstate(divide="ignore"):
            c = np.log(w)
        c = c - d / 2 * np.log(2 * np.pi) - 0.5 * np.log(np.linalg.det(Sigma)) - 0.5 * mu @ Lambda @ mu
        row = [c, *(Lambda @ mu)]
        for i in range(d):
            for j in range(i, d):
                row.append(-0.5 * Lambda[i, j] if i == j else -0.5 * (Lambda[i, j] + Lambda[j, i]))
        rows.append(row)
    return np.array(rows)


def expected_statistics(X, theta):
    T = sufficient_statistics(X)
    a = T @ theta.T
    a_max = a.max(axis=1)
    p = np.exp(a - a_max[:, None])
    Z = p.sum(axis=1)
    gamma = p / Z[:, None]
    S = np.zeros(theta.shape)
    for k in range(len(theta)):
        S[k] = (gamma[:, k, None] * T).sum(axis=0)
    return S, np.sum(a_max + np.log(Z))


def parameters(S, reg_covar=1e-6):
    K, m = S.shape
    d = 0
    while 1 + d + d * (d + 1) // 2 < m:
        d += 1
    N = S[:, 0]
    mu = S[:, 1 : d + 1] / N[:, None]
    Sigma = np.zeros((K, d, d))
    for k in range(K):
        p = d + 1
        for i in range(d):
            for j in range(i, d):
                Sigma[k, i, j] = Sigma[k, j, i] = S[k, p] / N[k] - mu[k, i] * mu[k, j]
                p += 1
        Sigma[k] += reg_covar * np.eye(d)
    return N / N.sum(), mu, Sigma
