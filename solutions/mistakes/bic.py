"""Known mistakes of `bic`."""

import numpy as np

from .registry import mistake


@mistake("bic")
def bic_of_mean(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when the log-likelihood is divided by the number of samples. BIC uses the
    sum over the samples; compared with a mean, the price of the parameters is far too high."""
    return float(n_parameters * np.log(n_samples) - 2 * log_likelihood / n_samples)


@mistake("bic")
def bic_opposite_sign(log_likelihood, n_parameters, n_samples):
    """The value is exactly the BIC with the opposite sign, where higher is better. In scikit-learn, lower is better."""
    return float(2 * log_likelihood - n_parameters * np.log(n_samples))


@mistake("bic")
def bic_log10(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get with the logarithm to base 10. Expected is the natural logarithm."""
    return float(n_parameters * np.log10(n_samples) - 2 * log_likelihood)


@mistake("bic")
def bic_aic(log_likelihood, n_parameters, n_samples):
    """The value is exactly Akaike's criterion, AIC. In BIC the price of a parameter grows with the number of
    samples."""
    return float(2 * n_parameters - 2 * log_likelihood)


@mistake("bic")
def bic_likelihood_once(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when the log-likelihood counts once, not twice."""
    return float(n_parameters * np.log(n_samples) - log_likelihood)


@mistake("bic")
def bic_half(log_likelihood, n_parameters, n_samples):
    """The value is exactly half of the BIC, a form that some books use. In scikit-learn both terms are doubled."""
    return float(n_parameters * np.log(n_samples) / 2 - log_likelihood)


@mistake("bic")
def bic_counts_exchanged(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when the two counts are exchanged. The logarithm belongs to the number of
    samples."""
    return float(n_samples * np.log(n_parameters) - 2 * log_likelihood)


@mistake("bic")
def bic_bishop(log_likelihood, n_parameters, n_samples):
    """The value is exactly -1/2 times the expected one: the log-likelihood minus half the price, the form in Bishop's
    book, where higher is better. Expected is scikit-learn's form."""
    return float(log_likelihood - n_parameters * np.log(n_samples) / 2)


@mistake("bic")
def bic_likelihood_added(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when twice the log-likelihood is added, not subtracted. A better fit should
    lower the criterion."""
    return float(n_parameters * np.log(n_samples) + 2 * log_likelihood)


@mistake("bic")
def bic_base_2(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get with the logarithm to base 2. Expected is the natural logarithm."""
    return float(n_parameters * np.log2(n_samples) - 2 * log_likelihood)


@mistake("bic")
def bic_times_samples(log_likelihood, n_parameters, n_samples):
    """The value is exactly the one you get when the log-likelihood is multiplied by the number of samples, as is right
    for a mean such as `score` returns. Here the sum is given."""
    return float(n_parameters * np.log(n_samples) - 2 * n_samples * log_likelihood)
