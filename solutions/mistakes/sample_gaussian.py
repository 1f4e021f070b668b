"""Known mistakes of `sample_gaussian`.

They are recognised by their law: what the draws have in common, not the single numbers.
"""

import numpy as np

from .registry import mistake


def _gaussian(mean, covariance, n_samples, rng):
    return mean + rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


@mistake("sample_gaussian")
def sample_gaussian_factor_not_transposed(mean, covariance, n_samples, rng):
    """The covariance of the draws is that of the Cholesky factor used the wrong way round. Here samples are rows;
    the formula in books multiplies a column. What does that change for the factor?"""
    return mean + rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance)


@mistake("sample_gaussian")
def sample_gaussian_times_covariance(mean, covariance, n_samples, rng):
    """The covariance of the draws is the square of the one that was asked for, as when the noise is multiplied by
    the covariance matrix and not by a square root of it."""
    return mean + rng.standard_normal((n_samples, len(mean))) @ covariance


@mistake("sample_gaussian")
def sample_gaussian_diagonal_only(mean, covariance, n_samples, rng):
    """Each feature has the right spread, but the features are not correlated, as when only the diagonal of the
    covariance is used."""
    return mean + rng.standard_normal((n_samples, len(mean))) * np.sqrt(np.diag(covariance))


@mistake("sample_gaussian")
def sample_gaussian_root_of_entries(mean, covariance, n_samples, rng):
    """The covariance of the draws is what the square root of each entry gives. A square root of a matrix is
    different: a factor that gives the matrix back when it is multiplied by its transpose."""
    root = np.sign(covariance) * np.sqrt(np.abs(covariance))
    return mean + rng.standard_normal((n_samples, len(mean))) @ root


@mistake("sample_gaussian")
def sample_gaussian_global_state(mean, covariance, n_samples, rng):
    """Two calls with equal `rng` give different samples, so random numbers come from somewhere else, for example
    from `np.random`, a generator without a seed, or SciPy without `random_state`."""
    return np.random.multivariate_normal(mean, covariance, size=n_samples)


@mistake("sample_gaussian")
def sample_gaussian_own_seed(mean, covariance, n_samples, rng):
    """The samples are the same whatever `rng` is given, for example because the function makes its own generator
    with a fixed seed."""
    return np.random.default_rng(0).multivariate_normal(mean, covariance, size=n_samples)


@mistake("sample_gaussian")
def sample_gaussian_one_draw_per_row(mean, covariance, n_samples, rng):
    """All samples are on one line, as when a single random number moves every feature of a sample. Each feature
    needs its own draw."""
    return mean + rng.standard_normal((n_samples, 1)) @ np.sqrt(np.diag(covariance))[np.newaxis]


@mistake("sample_gaussian")
def sample_gaussian_variances_as_sds(mean, covariance, n_samples, rng):
    """The features are not correlated, and their standard deviations are the variances that were asked for."""
    return rng.normal(mean, np.diag(covariance), size=(n_samples, len(mean)))


@mistake("sample_gaussian")
def sample_gaussian_mean_forgotten(mean, covariance, n_samples, rng):
    """The samples have the right covariance, but they are centered at 0 and not at the mean."""
    return rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


@mistake("sample_gaussian")
def sample_gaussian_uniform_noise(mean, covariance, n_samples, rng):
    """Mean and covariance are right, but no sample is far out: the noise is distributed like uniform noise, not
    normal."""
    noise = rng.uniform(-np.sqrt(3), np.sqrt(3), size=(n_samples, len(mean)))
    return mean + noise @ np.linalg.cholesky(covariance).T


@mistake("sample_gaussian")
def sample_gaussian_uniform_from_zero(mean, covariance, n_samples, rng):
    """The samples are distributed like those of uniform noise between 0 and 1, as `rng.random` draws it. Expected
    is standard normal noise."""
    return mean + rng.random((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T


@mistake("sample_gaussian")
def sample_gaussian_identical_rows(mean, covariance, n_samples, rng):
    """All samples of one call are equal, and another `rng` gives another one: one draw is repeated. Each sample
    needs its own draw."""
    return np.tile(_gaussian(mean, covariance, 1, rng), (n_samples, 1))


@mistake("sample_gaussian")
def sample_gaussian_no_noise(mean, covariance, n_samples, rng):
    """Every sample is the mean itself: no noise is added to it."""
    return np.tile(mean, (n_samples, 1))


@mistake("sample_gaussian")
def sample_gaussian_zeros(mean, covariance, n_samples, rng):
    """All samples are 0, as in an array that is created and never filled."""
    return np.zeros((n_samples, len(mean)))
