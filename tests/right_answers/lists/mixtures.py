import numpy as np


def gaussian_density(x, mean, variance):
    return [float(np.exp(-0.5 * (xi - mean) ** 2 / variance) / np.sqrt(2 * np.pi * variance)) for xi in x]


def mixture_density(x, weights, means, variances):
    columns = [np.array(gaussian_density(x, m, v)) * w for w, m, v in zip(weights, means, variances)]
    return sum(columns).tolist()


def gaussian_log_density(X, mean, covariance):
    L = np.linalg.cholesky(covariance)
    result = []
    for row in X:
        y = np.linalg.solve(L, row - mean)
        result.append(-0.5 * y @ y - np.log(L.diagonal()).sum() - 0.5 * len(y) * np.log(2 * np.pi))
    return result
