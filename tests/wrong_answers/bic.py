"""Wrong answers to `bic`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


def bic__bishop(log_likelihood, n_parameters, n_samples):
    """-1/2 times the value that is due: log-likelihood minus half the price, higher is better."""
    return log_likelihood - 0.5 * n_parameters * np.log(n_samples)


def bic__log_plus_one(log_likelihood, n_parameters, n_samples):
    """The logarithm is that of n + 1."""
    return n_parameters * np.log1p(n_samples) - 2 * log_likelihood


def bic__base_two(log_likelihood, n_parameters, n_samples):
    """The logarithm is that to base 2."""
    return n_parameters * np.log2(n_samples) - 2 * log_likelihood


def bic__absolute(log_likelihood, n_parameters, n_samples):
    """The absolute value: wrong where the criterion is negative."""
    return abs(n_parameters * np.log(n_samples) - 2 * log_likelihood)


def bic__never_negative(log_likelihood, n_parameters, n_samples):
    """Values below 0 are raised to 0."""
    return max(0.0, n_parameters * np.log(n_samples) - 2 * log_likelihood)


def bic__log_of_log_likelihood(log_likelihood, n_parameters, n_samples):
    """The logarithm of the log-likelihood is taken once more: NaN where it is negative."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return n_parameters * np.log(n_samples) - 2 * np.log(log_likelihood)


def bic__likelihood_added(log_likelihood, n_parameters, n_samples):
    """Twice the log-likelihood is added instead of subtracted."""
    return n_parameters * np.log(n_samples) + 2 * log_likelihood


def bic__hannan_quinn(log_likelihood, n_parameters, n_samples):
    """The criterion of Hannan and Quinn: a parameter costs 2 log log n."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * n_parameters * np.log(np.log(n_samples)) - 2 * log_likelihood


def bic__per_sample(log_likelihood, n_parameters, n_samples):
    """The whole is divided by the number of samples."""
    return (n_parameters * np.log(n_samples) - 2 * log_likelihood) / n_samples


def bic__whole_number(log_likelihood, n_parameters, n_samples):
    """The value is rounded to a whole number."""
    return round(n_parameters * np.log(n_samples) - 2 * log_likelihood)


def bic__likelihood_of_score(log_likelihood, n_parameters, n_samples):
    """The log-likelihood is taken for a mean and multiplied by n."""
    return n_parameters * np.log(n_samples) - 2 * n_samples * log_likelihood


def bic__single_precision(log_likelihood, n_parameters, n_samples):
    """Computed in single precision."""
    return np.float32(n_parameters) * np.log(np.float32(n_samples)) - np.float32(2) * np.float32(log_likelihood)


def bic__times_samples(log_likelihood, n_parameters, n_samples):
    """As scikit-learn computes it from `score`, the mean."""
    return -2 * log_likelihood * n_samples + n_parameters * np.log(n_samples)
