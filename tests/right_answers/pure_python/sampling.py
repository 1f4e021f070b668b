import math
from bisect import bisect_right
from itertools import accumulate


def sample_categorical(weights, n_samples, rng):
    ends = list(accumulate(float(w) for w in weights))
    last = max(k for k in range(len(weights)) if weights[k] > 0)
    return [min(bisect_right(ends, rng.random()), last) for _ in range(n_samples)]


def normal_pair(rng):
    """Box and Muller; 1 - u is never 0."""
    radius = math.sqrt(-2 * math.log(1 - rng.random()))
    angle = 2 * math.pi * rng.random()
    return radius * math.cos(angle), radius * math.sin(angle)


def root(matrix):
    d = len(matrix)
    low = [[0.0] * d for _ in range(d)]
    for j in range(d):
        low[j][j] = math.sqrt(matrix[j][j] - sum(low[j][k] ** 2 for k in range(j)))
        for i in range(j + 1, d):
            low[i][j] = (matrix[i][j] - sum(low[i][k] * low[j][k] for k in range(j))) / low[j][j]
    return low


def sample_gaussian(mean, covariance, n_samples, rng):
    d, low, rows, stock = len(mean), root(covariance.tolist()), [], []
    for _ in range(n_samples):
        while len(stock) < d:
            stock.extend(normal_pair(rng))
        noise, stock = stock[:d], stock[d:]
        rows.append([mean[i] + sum(low[i][j] * noise[j] for j in range(i + 1)) for i in range(d)])
    return rows


def sample_mixture(weights, means, covariances, n_samples, rng):
    roots = [root(covariance.tolist()) for covariance in covariances]
    X, labels = [], []
    for _ in range(n_samples):
        [k] = sample_categorical(weights, 1, rng)
        noise = [normal_pair(rng)[0] for _ in means[k]]
        moved = [sum(a * b for a, b in zip(line, noise)) for line in roots[k]]
        X.append([m + e for m, e in zip(means[k], moved)])
        labels.append(int(k))
    return X, labels
