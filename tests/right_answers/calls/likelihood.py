import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal


def fit_gaussian(X):
    return np.mean(X, 0), np.atleast_2d(np.cov(X.T, bias=True))


def log_joint(X, weights, means, covariances):
    columns = [
        np.atleast_1d(multivariate_normal.logpdf(X, mean, covariance)) for mean, covariance in zip(means, covariances)
    ]
    with np.errstate(divide="ignore"):
        return np.log(weights) + np.column_stack(columns)


def log_likelihood(X, weights, means, covariances):
    return np.array(logsumexp(log_joint(X, weights, means, covariances), axis=1).sum())
