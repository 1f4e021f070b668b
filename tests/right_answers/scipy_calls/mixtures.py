import numpy as np
from scipy import stats


def gaussian_density(x, mean, variance):
    return stats.norm(loc=mean, scale=np.sqrt(variance)).pdf(x)


def mixture_density(x, weights, means, variances):
    return sum(w * stats.norm.pdf(x, loc=m, scale=v**0.5) for w, m, v in zip(weights, means, variances))


def gaussian_log_density(X, mean, covariance):
    return stats.multivariate_normal.logpdf(X, mean, covariance).reshape(len(X))
