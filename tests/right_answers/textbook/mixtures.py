import numpy as np


def gaussian_density(x, mean, variance):
    sigma = np.sqrt(variance)
    z = (x - mean) / sigma
    return 1.0 / (sigma * np.sqrt(2.0 * np.pi)) * np.exp(-0.5 * z**2)


def mixture_density(x, weights, means, variances):
    n = len(x)
    K = len(weights)
    p = np.zeros(n)
    for k in range(K):
        p += weights[k] * gaussian_density(x, means[k], variances[k])
    return p


def gaussian_log_density(X, mean, covariance):
    n, d = X.shape
    Sigma_inv = np.linalg.inv(covariance)
    sign, logdet = np.linalg.slogdet(covariance)
    if sign <= 0:
        raise np.linalg.LinAlgError("covariance is not positive definite")
    log_p = np.zeros(n)
    for i in range(n):
        diff = X[i, :] - mean
        log_p[i] = -0.5 * d * np.log(2 * np.pi) - 0.5 * logdet - 0.5 * (diff.T @ Sigma_inv @ diff)
    return log_p
