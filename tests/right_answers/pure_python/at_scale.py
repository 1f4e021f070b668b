"""`math` and lists alone."""

import math

import numpy as np


def sufficient_statistics(X):
    rows = []
    for x in X.tolist():
        rows.append([1.0, *x] + [x[a] * x[b] for a in range(len(x)) for b in range(a, len(x))])
    return rows


def _gauss_jordan(A):
    """Inverse and determinant."""
    d = len(A)
    M = [[float(v) for v in row] + [float(i == j) for j in range(d)] for i, row in enumerate(A)]
    det = 1.0
    for c in range(d):
        p = max(range(c, d), key=lambda r: abs(M[r][c]))
        if p != c:
            M[c], M[p] = M[p], M[c]
            det = -det
        det *= M[c][c]
        M[c] = [v / M[c][c] for v in M[c]]
        for r in range(d):
            if r != c:
                M[r] = [v - M[r][c] * w for v, w in zip(M[r], M[c])]
    return [row[d:] for row in M], det


def natural_parameters(weights, means, covariances):
    theta = []
    for w, mu, S in zip(weights.tolist(), means.tolist(), covariances.tolist()):
        d = len(mu)
        P, det = _gauss_jordan(S)
        h = [sum(P[a][b] * mu[b] for b in range(d)) for a in range(d)]
        start = (math.log(w) if w > 0 else -math.inf) - 0.5 * (
            d * math.log(2 * math.pi) + math.log(det) + sum(u * v for u, v in zip(h, mu))
        )
        theta.append([start, *h] + [-P[a][b] / (1 + (a == b)) for a in range(d) for b in range(a, d)])
    return theta


def expected_statistics(X, theta):
    theta = np.asarray(theta).tolist()
    S = [[0.0] * len(theta[0]) for _ in theta]
    total = 0.0
    for t in sufficient_statistics(X):
        logs = [sum(u * v for u, v in zip(row, t)) for row in theta]
        top = max(logs)
        weights = [math.exp(one - top) for one in logs]
        Z = sum(weights)
        total += top + math.log(Z)
        for k, w in enumerate(weights):
            for place, value in enumerate(t):
                S[k][place] += w / Z * value
    return S, total


def parameters(S, reg_covar=1e-6):
    S = S.tolist()
    d = next(d for d in range(1, 1000) if (d + 1) * (d + 2) == 2 * len(S[0]))
    n = sum(row[0] for row in S)
    means = [[one / row[0] for one in row[1 : d + 1]] for row in S]
    covariances = []
    for row, mean in zip(S, means):
        C = [[0.0] * d for _ in range(d)]
        rest = iter(row[d + 1 :])
        for a in range(d):
            for b in range(a, d):
                C[a][b] = C[b][a] = next(rest) / row[0] - mean[a] * mean[b] + (reg_covar if a == b else 0)
        covariances.append(C)
    return [row[0] / n for row in S], means, covariances
