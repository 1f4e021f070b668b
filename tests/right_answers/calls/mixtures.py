import numpy as np
from scipy.stats import multivariate_normal, norm


def gaussian_density(x, mean, variance):
    return norm.pdf(x, mean, variance**0.5)


def mixture_density(x, weights, means, variances):
    return norm.pdf(x[:, None], means, np.sqrt(variances)).dot(weights)


def gaussian_log_density(X, mean, covariance):
    return np.atleast_1d(multivariate_normal(mean, covariance).logpdf(X))
