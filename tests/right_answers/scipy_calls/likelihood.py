import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal as mvn


def fit_gaussian(X):
    mean = X.mean(0)
    covariance = np.cov(X, rowvar=False, ddof=0).reshape(X.shape[1], X.shape[1])
    return mean, covariance


def log_joint(X, weights, means, covariances):
    table = np.zeros((len(X), len(weights)))
    for k in range(len(weights)):
        table[:, k] = mvn(means[k], covariances[k], allow_singular=True).logpdf(X)
    with np.errstate(all="ignore"):
        return table + np.log(weights)


def log_likelihood(X, weights, means, covariances):
    table = np.column_stack([mvn.logpdf(X, m, c).reshape(-1) for m, c in zip(means, covariances)])
    return logsumexp(table, axis=1, b=weights).sum()
