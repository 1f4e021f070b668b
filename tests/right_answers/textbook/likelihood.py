import numpy as np

from gmmlearn.mixtures import gaussian_log_density


def fit_gaussian(X):
    n, d = X.shape
    mu = np.sum(X, axis=0) / n
    Sigma = np.zeros((d, d))
    for i in range(n):
        diff = (X[i] - mu).reshape(-1, 1)
        Sigma += diff @ diff.T
    Sigma /= n
    return mu, Sigma


def log_joint(X, weights, means, covariances):
    n = X.shape[0]
    K = weights.shape[0]
    result = np.zeros((n, K))
    for k in range(K):
        # NumPy warns about the log of a weight 0 here, and gives -inf
        result[:, k] = np.log(weights[k]) + gaussian_log_density(X, means[k], covariances[k])
    return result


def log_likelihood(X, weights, means, covariances):
    a = log_joint(X, weights, means, covariances)
    m = np.max(a, axis=1)
    ll = 0.0
    for i in range(X.shape[0]):
        ll += m[i] + np.log(np.sum(np.exp(a[i] - m[i])))
    return ll
