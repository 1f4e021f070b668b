"""Wrong answers to `responsibilities`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.special import logsumexp, softmax
from scipy.stats import multivariate_normal


def _log_densities(X, means, covariances):
    return np.stack([multivariate_normal.logpdf(X, m, c).reshape(len(X)) for m, c in zip(means, covariances)], axis=1)


def _joint(X, weights, means, covariances):
    with np.errstate(divide="ignore"):
        return np.log(weights) + _log_densities(X, means, covariances)


def responsibilities__floored(X, weights, means, covariances):
    """Densities are kept above 1e-300: far samples are shared out by the weights alone."""
    p = weights * np.maximum(np.exp(_log_densities(X, means, covariances)), 1e-300)
    return p / p.sum(axis=1, keepdims=True)


def responsibilities__joint_floored(X, weights, means, covariances):
    """Weight times density is kept above 1e-300: far samples belong to all alike, also to a weight of 0."""
    p = np.maximum(np.exp(_joint(X, weights, means, covariances)), 1e-300)
    return p / p.sum(axis=1, keepdims=True)


def responsibilities__uniform_where_underflow(X, weights, means, covariances):
    """Samples whose densities underflow get 1 / K for every component."""
    p = np.exp(_joint(X, weights, means, covariances))
    total = p.sum(axis=1, keepdims=True)
    return np.where(total > 0, p / np.where(total > 0, total, 1), 1 / len(weights))


def responsibilities__nearest_where_underflow(X, weights, means, covariances):
    """Samples whose densities underflow belong wholly to the nearest mean, whatever the covariances."""
    p = np.exp(_joint(X, weights, means, covariances))
    lost = p.sum(axis=1) == 0
    nearest = ((X[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    p[lost] = np.eye(len(weights))[nearest[lost]]
    return p / p.sum(axis=1, keepdims=True)


def responsibilities__nan_to_num(X, weights, means, covariances):
    """0 / 0 is replaced by 0: the rows of far samples sum to 0."""
    p = np.exp(_joint(X, weights, means, covariances))
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(p / p.sum(axis=1, keepdims=True))


def responsibilities__tiny_epsilon(X, weights, means, covariances):
    """1e-16 is added to the denominator: rows of samples some way out no longer sum to 1."""
    p = np.exp(_joint(X, weights, means, covariances))
    return p / (p.sum(axis=1) + 1e-16)[:, np.newaxis]


def responsibilities__one_maximum_with_guard(X, weights, means, covariances):
    """One maximum for the whole table, and rows that underflow are shared out evenly."""
    a = _joint(X, weights, means, covariances)
    p = np.exp(a - a.max())
    p[p.sum(axis=1) == 0] = 1.0
    return p / p.sum(axis=1, keepdims=True)


def responsibilities__distances_only(X, weights, means, covariances):
    """A softmax of negative squared distances to the means: neither weights nor covariances."""
    return softmax(-((X[:, None] - means) ** 2).sum(axis=2), axis=1)


def responsibilities__rounded(X, weights, means, covariances):
    """The right values, rounded to three digits."""
    return softmax(_joint(X, weights, means, covariances), axis=1).round(3)


def responsibilities__exponent_clipped(X, weights, means, covariances):
    """The log joint is cut off at -700 before `exp`: far samples are shared out evenly."""
    p = np.exp(np.clip(_joint(X, weights, means, covariances), -700, 700))
    return p / p.sum(axis=1, keepdims=True)


def responsibilities__single_precision(X, weights, means, covariances):
    """Computed in single precision."""
    a = _joint(X, weights, means, covariances).astype(np.float32)
    p = np.exp(a - a.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def responsibilities__axis_not_kept(X, weights, means, covariances):
    """The row sums have shape (n,) and line up with the components: raises, or is wrong where n equals K."""
    a = _joint(X, weights, means, covariances)
    p = np.exp(a - a.max(axis=1, keepdims=True))
    return p / p.sum(axis=1)


def responsibilities__weighted_afterwards(X, weights, means, covariances):
    """The densities are normalised first and multiplied by the weights after that, so the rows do not sum to 1."""
    return softmax(_log_densities(X, means, covariances), axis=1) * weights


def responsibilities__halved_twice(X, weights, means, covariances):
    """The log joint is halved before the softmax: the shares are too even."""
    return softmax(_joint(X, weights, means, covariances) / 2, axis=1)


def responsibilities__determinant_dropped(X, weights, means, covariances):
    """The log-determinants are left out, as if they cancelled."""
    a = _joint(X, weights, means, covariances) + 0.5 * np.linalg.slogdet(covariances)[1]
    return softmax(a, axis=1)


def responsibilities__smoothed(X, weights, means, covariances):
    """1e-6 is added to every share before normalising again: a component of weight 0 owns a little."""
    r = softmax(_joint(X, weights, means, covariances), axis=1) + 1e-6
    return r / r.sum(axis=1, keepdims=True)


def responsibilities__transposed(X, weights, means, covariances):
    """Shape (K, n): a row for each component."""
    return softmax(_joint(X, weights, means, covariances), axis=1).T


def responsibilities__epsilon_in_log_weights(X, weights, means, covariances):
    """1e-10 is added to the weights inside of the logarithm: a component of weight 0 takes far samples."""
    a = np.log(weights + 1e-10) + _log_densities(X, means, covariances)
    return np.exp(a - logsumexp(a, axis=1, keepdims=True))


def responsibilities__weights_squared(X, weights, means, covariances):
    """The weights count twice."""
    with np.errstate(divide="ignore"):
        return softmax(_joint(X, weights, means, covariances) + np.log(weights), axis=1)


def responsibilities__normalised_over_everything(X, weights, means, covariances):
    """The whole table sums to 1, not each row."""
    a = _joint(X, weights, means, covariances)
    return np.exp(a - logsumexp(a))


def responsibilities__first_row_only(X, weights, means, covariances):
    """The return stands inside the loop: all rows but the first are 0."""
    a = _joint(X, weights, means, covariances)
    r = np.zeros_like(a)
    for i in range(len(X)):
        r[i] = softmax(a[i])
        return r


def responsibilities__third_for_each(X, weights, means, covariances):
    """Each density counts a third, whatever the weights are, and underflows far away."""
    table = np.zeros((len(X), len(means)))
    for i, x in enumerate(X):
        for k in range(len(means)):
            table[i, k] = 1 / 3.0 * multivariate_normal.pdf(x, mean=means[k], cov=covariances[k])
        table[i] = table[i] / np.sum(table[i])
    return table


def responsibilities__densities_without_weights(X, weights, means, covariances):
    """The densities themselves are shared."""
    pdf = np.array([multivariate_normal.pdf(X, m, c).reshape(-1) for m, c in zip(means, covariances)]).T
    return pdf / pdf.sum(axis=1, keepdims=True)
