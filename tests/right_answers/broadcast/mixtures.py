import numpy as np


def gaussian_density(x, mean, variance):
    return np.exp(-0.5 * ((x - mean) ** 2 / variance + np.log(variance) + np.log(2 * np.pi)))


def mixture_density(x, weights, means, variances):
    x = np.asarray(x)[..., np.newaxis]
    return np.sum(weights * gaussian_density(x, means, variances), axis=-1)


def gaussian_log_density(X, mean, covariance):
    diff = (X - mean)[:, :, None]  # (n, d, 1)
    solved = np.linalg.solve(np.broadcast_to(covariance, (len(X), *covariance.shape)), diff)
    distance = (diff * solved).sum(axis=(1, 2))
    log_det = np.linalg.slogdet(covariance)[1]
    return -0.5 * (np.log(2 * np.pi) * len(mean) + log_det + distance)
