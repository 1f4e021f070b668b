"""Wrong answers to `gaussian_density`, as strangers write them. Each docstring says what is wrong."""

import math

import numpy as np


def gaussian_density__minus_forgotten(x, mean, variance):
    """The minus sign of the exponent is missing, so the values grow away from the mean."""
    return np.exp((x - mean) ** 2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def gaussian_density__caret(x, mean, variance):
    """`^` stands where `**` is meant; on floats Python raises a TypeError."""
    return np.exp(-((x - mean) ^ 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def gaussian_density__variance_with_epsilon(x, mean, variance):
    """1e-6 is added to the variance."""
    variance = variance + 1e-6
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def gaussian_density__divided_then_multiplied(x, mean, variance):
    """`/ sqrt(2 pi) * variance` divides by the root and multiplies by the variance."""
    return np.exp(-0.5 * (x - mean) ** 2 / variance) / np.sqrt(2 * np.pi) * variance


def gaussian_density__return_in_loop(x, mean, variance):
    """The return stands inside the loop: only the density of the first sample comes back, a scalar."""
    values = []
    for value in x:
        values.append(math.exp(-((value - mean) ** 2) / (2 * variance)) / math.sqrt(2 * math.pi * variance))
        return values[0]


def gaussian_density__unit_height(x, mean, variance):
    """The factor in front is that of variance 1; only the exponent knows the variance."""
    return 1 / np.sqrt(2 * np.pi) * np.exp(-((x - mean) ** 2) / (2 * variance))


def gaussian_density__variance_squared_in_exponent_only(x, mean, variance):
    """The deviation is divided by the variance before it is squared; the factor in front is right."""
    return np.exp(-(((x - mean) / variance) ** 2) / 2) / np.sqrt(2 * np.pi * variance)


def gaussian_density__deviation_not_squared(x, mean, variance):
    """The exponent has the absolute deviation, not its square."""
    return np.exp(-np.abs(x - mean) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def gaussian_density__sums_to_one(x, mean, variance):
    """The values are divided by their sum, as if the density were a table of probabilities."""
    p = np.exp(-((x - mean) ** 2) / (2 * variance))
    return p / p.sum()


def gaussian_density__rounded(x, mean, variance):
    """The right values, rounded to four digits as in the example."""
    return (np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)).round(4)


def gaussian_density__single_precision(x, mean, variance):
    """Computed in single precision."""
    x = np.asarray(x, dtype=np.float32)
    d = x - np.float32(mean)
    return np.exp(-(d**2) / np.float32(2 * variance)) / np.float32(math.sqrt(2 * math.pi * variance))


def gaussian_density__sd_in_exponent(x, mean, variance):
    """The exponent is divided by twice the standard deviation instead of twice the variance."""
    sd = np.sqrt(variance)
    return np.exp(-((x - mean) ** 2) / (2 * sd)) / (sd * np.sqrt(2 * np.pi))


def gaussian_density__square_forgotten(x, mean, variance):
    """The deviation in the exponent is not squared, and keeps its sign."""
    return 1 / np.sqrt(2 * np.pi * variance) * np.exp(-0.5 * (x - mean) / variance)


def gaussian_density__square_forgotten_in_a_loop(x, mean, variance):
    """The same, sample by sample."""
    values = []
    for value in x:
        values.append(math.exp(-(value - mean) / (2 * variance)) / math.sqrt(2 * math.pi * variance))
    return np.array(values)
