from functools import partial, reduce
from math import pi, sqrt
from operator import add

import numpy as np


def bell(mean, variance):
    return lambda value: float(np.exp(-((value - mean) ** 2) / (2 * variance)) / sqrt(2 * pi * variance))


def gaussian_density(x, mean, variance):
    return np.array(list(map(bell(mean, variance), x)))


def mixture_density(x, weights, means, variances):
    scaled = map(lambda w, m, v: w * gaussian_density(x, m, v), weights, means, variances)
    return reduce(add, scaled)


def quadratic(inverse, residual):
    return residual @ inverse @ residual


def gaussian_log_density(X, mean, covariance):
    distance = partial(quadratic, np.linalg.inv(covariance))
    constant = len(mean) * np.log(2 * pi) + np.linalg.slogdet(covariance)[1]
    return np.fromiter((-(constant + distance(row - mean)) / 2 for row in X), dtype=float, count=len(X))
