from math import log, pi, sqrt

import numpy as np


def gaussian_density(x, mean, variance):
    return [np.exp(-((value - mean) ** 2) / (2 * variance)) / sqrt(2 * pi * variance) for value in x]


def mixture_density(x, weights, means, variances):
    total = [0.0] * len(x)
    for weight, mean, variance in zip(weights, means, variances):
        for i, density in enumerate(gaussian_density(x, mean, variance)):
            total[i] += weight * density
    return total


def gaussian_log_density(X, mean, covariance):
    d = len(mean)
    precision = np.linalg.inv(covariance)
    _, log_det = np.linalg.slogdet(covariance)
    result = []
    for row in X:
        difference = row - mean
        distance = 0.0
        for i in range(d):
            for j in range(d):
                distance += difference[i] * precision[i, j] * difference[j]
        result.append(-0.5 * (d * log(2 * pi) + log_det + distance))
    return result
