import math

import numpy as np


def gaussian_density(x, mean, variance):
    return [math.exp(-((value - mean) ** 2) / variance / 2) / math.sqrt(2 * math.pi * variance) for value in x]


def mixture_density(x, weights, means, variances):
    densities = [gaussian_density(x, mean, variance) for mean, variance in zip(means, variances)]
    return [math.fsum(w * p for w, p in zip(weights, column)) for column in zip(*densities)]


def gaussian_log_density(X, mean, covariance):
    sign, log_det = np.linalg.slogdet(covariance)
    assert sign > 0
    inverse = np.linalg.inv(covariance)
    distances = [float(row @ inverse @ row) for row in X - mean]
    return [-(len(mean) * math.log(2 * math.pi) + log_det + distance) / 2 for distance in distances]
