"""Wrong answers to chapter 3, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal


def fit_gaussian__pair_exchanged(X):
    """The covariance comes first and the mean second."""
    mean = X.mean(axis=0)
    return (X - mean).T @ (X - mean) / len(X), mean


def fit_gaussian__cov_of_samples(X):
    """`np.cov(X)` takes the samples for variables: an (n, n) matrix, divided by d - 1."""
    return np.mean(X, axis=0), np.atleast_2d(np.cov(X))


def fit_gaussian__cov_default(X):
    """`np.cov(X, rowvar=False)` divides by n - 1, and gives NaN for one sample."""
    return np.mean(X, axis=0), np.atleast_2d(np.cov(X, rowvar=False))


def fit_gaussian__outer_the_other_way(X):
    """`D @ D.T` has the samples on both sides: an (n, n) matrix."""
    D = X - X.mean(axis=0)
    return X.mean(axis=0), D @ D.T / len(X)


def fit_gaussian__median(X):
    """The centre is the median, and the scatter is taken about it."""
    centre = np.median(X, axis=0)
    return centre, (X - centre).T @ (X - centre) / len(X)


def fit_gaussian__correlations(X):
    """The matrix holds correlations: ones on its diagonal."""
    mean = X.mean(axis=0)
    sd = X.std(axis=0)
    Z = (X - mean) / np.where(sd > 0, sd, 1)
    return mean, Z.T @ Z / len(X)


def fit_gaussian__mean_of_rows(X):
    """The mean runs over the features of each sample, axis 1; raises unless n equals d."""
    mean = X.mean(axis=1)
    return mean, (X - mean).T @ (X - mean) / len(X)


def fit_gaussian__view_for_one_sample(X):
    """For one sample the mean is a view of the caller's `X`, not a new array; the values are right."""
    if len(X) == 1:
        return X[0], np.zeros((X.shape[1], X.shape[1]))
    mean = X.mean(axis=0)
    return mean, (X - mean).T @ (X - mean) / len(X)


def fit_gaussian__ridge(X):
    """1e-6 is added to the variances, which nobody asked for here."""
    mean = X.mean(axis=0)
    return mean, (X - mean).T @ (X - mean) / len(X) + 1e-6 * np.eye(X.shape[1])


def fit_gaussian__assigned_not_added(X):
    """`=` instead of `+=`: only the last sample's product is left, divided by n."""
    n, d = X.shape
    mean = X.mean(axis=0)
    covariance = np.zeros((d, d))
    for i in range(n):
        covariance = np.outer(X[i] - mean, X[i] - mean)
    return mean, covariance / n


def fit_gaussian__about_the_first_sample(X):
    """The scatter is taken about the first sample, not about the mean."""
    D = X - X[0]
    return X.mean(axis=0), D.T @ D / len(X)


def fit_gaussian__divided_by_size(X):
    """The scatter is divided by n times d: `size` instead of `len`."""
    D = X - X.mean(axis=0)
    return X.mean(axis=0), D.T @ D / D.size


def fit_gaussian__single_precision(X):
    """Computed in single precision."""
    Y = np.asarray(X, np.float32)
    D = Y - Y.mean(axis=0)
    return Y.mean(axis=0), D.T @ D / np.float32(len(Y))


def fit_gaussian__roots_on_the_diagonal(X):
    """The diagonal holds standard deviations; the covariances beside it are right."""
    mean = X.mean(axis=0)
    covariance = (X - mean).T @ (X - mean) / len(X)
    np.fill_diagonal(covariance, np.sqrt(np.diag(covariance)))
    return mean, covariance


def _log_densities(X, means, covariances):
    return np.stack([multivariate_normal.logpdf(X, m, c).reshape(len(X)) for m, c in zip(means, covariances)], axis=1)


def _joint(X, weights, means, covariances):
    with np.errstate(divide="ignore"):
        return np.log(weights) + _log_densities(X, means, covariances)


def log_joint__tiny_epsilon(X, weights, means, covariances):
    """1e-16 is added to the weights: a component of weight 0 gets -36.8 instead of minus infinity."""
    return np.log(weights + 1e-16) + _log_densities(X, means, covariances)


def log_joint__weights_kept_above_zero(X, weights, means, covariances):
    """Weights are kept above 1e-300: a component of weight 0 gets -690.8 instead of minus infinity."""
    return np.log(np.maximum(weights, 1e-300)) + _log_densities(X, means, covariances)


def log_joint__never_positive(X, weights, means, covariances):
    """Values above 0 are cut off, as if densities could not exceed 1."""
    return np.minimum(_joint(X, weights, means, covariances), 0.0)


def log_joint__single_precision(X, weights, means, covariances):
    """The table is in single precision."""
    table = np.empty((len(X), len(weights)), dtype=np.float32)
    table[:] = _joint(X, weights, means, covariances)
    return table


def log_joint__floored_densities(X, weights, means, covariances):
    """Densities are kept above 1e-300 before the logarithm: far samples all get -690.8 plus the log weight."""
    densities = np.maximum(np.exp(_log_densities(X, means, covariances)), 1e-300)
    with np.errstate(divide="ignore"):
        return np.log(weights) + np.log(densities)


def log_joint__log10_of_weights(X, weights, means, covariances):
    """The logarithm of the weights is that to base 10."""
    with np.errstate(divide="ignore"):
        return np.log10(weights) + _log_densities(X, means, covariances)


def log_joint__weights_subtracted(X, weights, means, covariances):
    """The log weights are subtracted."""
    with np.errstate(divide="ignore"):
        return _log_densities(X, means, covariances) - np.log(weights)


def log_joint__first_covariance(X, weights, means, covariances):
    """All components have the covariance of the first one."""
    same = np.repeat(covariances[:1], len(weights), axis=0)
    return _joint(X, weights, means, same)


def log_joint__constant_dropped(X, weights, means, covariances):
    """d/2 log(2 pi) is left out, because it cancels in the E-step."""
    return _joint(X, weights, means, covariances) + X.shape[1] / 2 * np.log(2 * np.pi)


def log_joint__determinant_dropped(X, weights, means, covariances):
    """The log-determinant is left out, as if it were a constant."""
    return _joint(X, weights, means, covariances) + np.linalg.slogdet(covariances)[1] / 2


def log_joint__nan_to_num(X, weights, means, covariances):
    """Minus infinity is replaced by the most negative number, -1.8e308."""
    return np.nan_to_num(_joint(X, weights, means, covariances))


def log_joint__weights_along_samples(X, weights, means, covariances):
    """The log weights are a column and go along the samples: raises, or pairs wrongly where n equals K."""
    with np.errstate(divide="ignore"):
        return _log_densities(X, means, covariances) + np.log(weights)[:, None]


def log_joint__largest_subtracted(X, weights, means, covariances):
    """The largest value of each row is subtracted, as the E-step does later on."""
    joint = _joint(X, weights, means, covariances)
    return joint - joint.max(axis=1, keepdims=True)


def log_joint__zero_weights_dropped(X, weights, means, covariances):
    """Components of weight 0 are left out, so the table has fewer columns."""
    alive = weights > 0
    return _joint(X, weights[alive], means[alive], covariances[alive])


def log_joint__clipped_below(X, weights, means, covariances):
    """Values below -700 are raised to -700."""
    return np.clip(_joint(X, weights, means, covariances), -700, None)


def log_joint__return_in_loop(X, weights, means, covariances):
    """The return stands inside the loop: all columns but the first stay at 0."""
    joint = np.zeros((len(X), len(weights)))
    for k in range(len(weights)):
        joint[:, k] = _joint(X, weights, means, covariances)[:, k]
        return joint


def log_likelihood__never_positive(X, weights, means, covariances):
    """Minus the absolute value: wrong where the log-likelihood is positive."""
    return -abs(float(logsumexp(_joint(X, weights, means, covariances), axis=1).sum()))


def log_likelihood__epsilon(X, weights, means, covariances):
    """1e-10 is added to the density inside of the logarithm: far samples all count -23."""
    p = np.exp(_joint(X, weights, means, covariances)).sum(axis=1)
    return float(np.log(p + 1e-10).sum())


def log_likelihood__floored(X, weights, means, covariances):
    """The density is kept above 1e-300: far samples all count -690.8."""
    p = np.exp(_joint(X, weights, means, covariances)).sum(axis=1)
    return float(np.log(np.maximum(p, 1e-300)).sum())


def log_likelihood__far_samples_dropped(X, weights, means, covariances):
    """Samples whose density is below 1e-300 are left out of the sum."""
    p = np.exp(_joint(X, weights, means, covariances)).sum(axis=1)
    return float(np.log(p[p > 1e-300]).sum())


def log_likelihood__largest_not_put_back(X, weights, means, covariances):
    """The largest value was taken out of each row and not added again."""
    a = _joint(X, weights, means, covariances)
    return float(np.log(np.exp(a - a.max(axis=1, keepdims=True)).sum(axis=1)).sum())


def log_likelihood__largest_put_back_once(X, weights, means, covariances):
    """Only the largest value of the first row is added again, not that of every row."""
    a = _joint(X, weights, means, covariances)
    m = a.max(axis=1)
    return float(m[0] + np.log(np.exp(a - m[:, None]).sum(axis=1)).sum())


def log_likelihood__no_axis(X, weights, means, covariances):
    """`logsumexp` without an axis: the logarithm of the sum over all samples and components."""
    return float(logsumexp(_joint(X, weights, means, covariances)))


def log_likelihood__log10(X, weights, means, covariances):
    """The logarithm to base 10."""
    return float(logsumexp(_joint(X, weights, means, covariances), axis=1).sum() / np.log(10))


def log_likelihood__one_maximum_with_guard(X, weights, means, covariances):
    """One maximum for the whole table; rows that underflow are skipped without a word."""
    a = _joint(X, weights, means, covariances)
    top = a.max()
    with np.errstate(divide="ignore"):
        rows = top + np.log(np.exp(a - top).sum(axis=1))
    return float(rows[np.isfinite(rows)].sum())


def log_likelihood__mean_over_components(X, weights, means, covariances):
    """The inner sum is a mean over the components: every sample loses log K."""
    return float((logsumexp(_joint(X, weights, means, covariances), axis=1) - np.log(len(weights))).sum())


def log_likelihood__assigned_not_added(X, weights, means, covariances):
    """`=` instead of `+=`: only the last sample counts."""
    total = 0.0
    for row in _joint(X, weights, means, covariances):
        total = logsumexp(row)
    return float(total)


def log_likelihood__negative(X, weights, means, covariances):
    """The negative log-likelihood, as a loss to be made small."""
    return float(-logsumexp(_joint(X, weights, means, covariances), axis=1).sum())


def log_likelihood__single_precision(X, weights, means, covariances):
    """The log joint is rounded to single precision first."""
    joint = _joint(X, weights, means, covariances).astype(np.float32)
    return logsumexp(joint, axis=1).sum()


def log_likelihood__infinities_set_to_zero(X, weights, means, covariances):
    """A sample whose density underflows counts 0, by `nan_to_num`."""
    p = np.exp(_joint(X, weights, means, covariances)).sum(axis=1)
    with np.errstate(divide="ignore"):
        return float(np.nan_to_num(np.log(p), neginf=0.0).sum())


def log_likelihood__weights_twice(X, weights, means, covariances):
    """The weights count twice: in the log joint, and again as factors in the sum."""
    return float(logsumexp(_joint(X, weights, means, covariances), axis=1, b=weights).sum())


def log_likelihood__constant_dropped(X, weights, means, covariances):
    """The powers of 2 pi are left out."""
    n, d = X.shape
    return float(logsumexp(_joint(X, weights, means, covariances), axis=1).sum()) + n * d / 2 * np.log(2 * np.pi)
