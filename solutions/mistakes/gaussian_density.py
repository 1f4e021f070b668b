"""Known mistakes of `gaussian_density`."""

import numpy as np

from .registry import mistake


def _normal(x, mean, variance):
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_variance_as_sd(x, mean, variance):
    """The values are exactly those you get when the variance is used as a standard deviation. The variance is the
    square of the standard deviation."""
    return np.exp(-(((x - mean) / variance) ** 2) / 2) / (np.sqrt(2 * np.pi) * variance)


@mistake("gaussian_density")
def gaussian_density_two_pi_outside_root(x, mean, variance):
    """The values are exactly those you get when 2π is outside the square root. The area under such a curve is 0.4,
    not 1."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / (2 * np.pi * np.sqrt(variance))


@mistake("gaussian_density")
def gaussian_density_precedence(x, mean, variance):
    """The values are exactly those you get when the exponent is multiplied by the variance, not divided by it. For
    example, Python reads a / 2 * b as (a / 2) * b."""
    return np.exp(-((x - mean) ** 2) / 2 * variance) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_squared_variance_in_root(x, mean, variance):
    """The values are exactly those you get when the factor in front has the variance where the standard deviation is
    needed, for example because the variance is squared under the square root."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance**2)


@mistake("gaussian_density")
def gaussian_density_clipped(x, mean, variance):
    """The values are right up to 1 and cut off there. A density is not a probability: only the area under it is 1,
    and a narrow curve rises above 1."""
    return np.minimum(_normal(x, mean, variance), 1.0)


@mistake("gaussian_density")
def gaussian_density_log(x, mean, variance):
    """The values are exactly the logarithms of the density. This exercise asks for the density itself."""
    return -((x - mean) ** 2) / (2 * variance) - np.log(2 * np.pi * variance) / 2


@mistake("gaussian_density")
def gaussian_density_exponent_not_halved(x, mean, variance):
    """The values are exactly those you get when the exponent is not halved. The curve is then too narrow, and the
    area under it is 0.7, not 1."""
    return np.exp(-((x - mean) ** 2) / variance) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_without_constant(x, mean, variance):
    """The values are exactly those of the exponential alone. At the mean it is 1 whatever the variance is, so the
    area under it depends on the variance. The area under a density is 1."""
    return np.exp(-((x - mean) ** 2) / (2 * variance))


@mistake("gaussian_density")
def gaussian_density_minus_forgotten(x, mean, variance):
    """The values are exactly those you get when the exponent has no minus sign. They grow with the distance from the
    mean; a Gaussian density falls."""
    return np.exp((x - mean) ** 2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_times_variance(x, mean, variance):
    """The values are exactly those you get when the exponential is divided by √(2π) and multiplied by the variance.
    For example, Python reads a / b * c as (a / b) * c."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi) * variance


@mistake("gaussian_density")
def gaussian_density_without_root(x, mean, variance):
    """The values are exactly those you get when the square root in the factor in front is left out. The area under
    such a curve depends on the variance; the area under a density is 1."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / (2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_deviation_not_squared(x, mean, variance):
    """The values are exactly those you get when the deviation in the exponent is not squared. Below the mean it is
    negative, so such a curve grows without bound there."""
    return np.exp(-(x - mean) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_absolute_deviation(x, mean, variance):
    """The values are exactly those you get when the exponent has the absolute deviation, not its square. Such a curve
    has a sharp corner at the mean."""
    return np.exp(-np.abs(x - mean) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


@mistake("gaussian_density")
def gaussian_density_unit_height(x, mean, variance):
    """The values are exactly those you get when the factor in front is 1/√(2π), that of a variance of 1. A narrow
    curve is higher: the factor depends on the variance too."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi)


@mistake("gaussian_density")
def gaussian_density_half_power(x, mean, variance):
    """The values are exactly those you get when the factor in front is half of 1 over (2π times the variance), not 1
    over its square root. For example, Python reads a**1/2 as (a**1) / 2."""
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / (2 * np.pi * variance) / 2
