"""Wrong answers to chapter 5, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.special import logsumexp, xlogy
from scipy.stats import multivariate_normal


def update_weights__counts_above_zero(responsibilities):
    """The share of samples with any responsibility above 0."""
    return (responsibilities > 0).mean(axis=0)


def update_weights__counts_above_one_half(responsibilities):
    """The share of samples of which a component owns more than one half; others count for nobody."""
    return (responsibilities > 0.5).sum(axis=0) / len(responsibilities)


def update_weights__smoothed(responsibilities):
    """One sample is added to every component, as a Laplace estimate does."""
    n, K = responsibilities.shape
    return (responsibilities.sum(axis=0) + 1) / (n + K)


def update_weights__clipped(responsibilities):
    """Weights are kept above 0.05 and normalised again."""
    w = np.clip(responsibilities.mean(axis=0), 0.05, None)
    return w / w.sum()


def update_weights__clipped_not_normalised(responsibilities):
    """Weights are kept above 1e-3, after which they no longer sum to 1."""
    return np.maximum(responsibilities.mean(axis=0), 1e-3)


def update_weights__divided_by_n_minus_one(responsibilities):
    """The counts are divided by n - 1; with one sample by 0."""
    return responsibilities.sum(axis=0) / (len(responsibilities) - 1)


def update_weights__by_largest(responsibilities):
    """The counts are divided by the largest of them."""
    counts = responsibilities.sum(axis=0)
    return counts / counts.max()


def update_weights__softmax_of_counts(responsibilities):
    """A softmax of the counts, where they should be divided by their sum."""
    counts = responsibilities.sum(axis=0)
    return np.exp(counts - counts.max()) / np.exp(counts - counts.max()).sum()


def update_weights__median(responsibilities):
    """The median over the samples, not the mean."""
    return np.median(responsibilities, axis=0)


def update_weights__squares(responsibilities):
    """The responsibilities are squared first."""
    squares = (responsibilities**2).sum(axis=0)
    return squares / squares.sum()


def update_weights__single_precision(responsibilities):
    """Computed in single precision."""
    return responsibilities.astype(np.float32).mean(axis=0)


def update_weights__last_from_the_others(responsibilities):
    """The sum over samples leaves the first sample out; the last weight is 1 minus the others."""
    w = responsibilities[1:].sum(axis=0) / len(responsibilities)
    w[-1] = 1 - w[:-1].sum()
    return w


def update_means__epsilon(X, responsibilities):
    """1e-6 is added to the counts, which shrinks the means of components that own little."""
    return responsibilities.T @ X / (responsibilities.sum(axis=0)[:, None] + 1e-6)


def update_means__assigned_not_added(X, responsibilities):
    """`=` instead of `+=`: only the last sample counts, divided by the counts of all."""
    means = np.zeros((responsibilities.shape[1], X.shape[1]))
    for k in range(responsibilities.shape[1]):
        for i in range(len(X)):
            means[k] = responsibilities[i, k] * X[i]
        means[k] /= responsibilities[:, k].sum()
    return means


def update_means__divided_by_components(X, responsibilities):
    """The weighted sums are divided by the number of components."""
    return responsibilities.T @ X / responsibilities.shape[1]


def update_means__most_typical_sample(X, responsibilities):
    """Each mean is the one sample with the highest responsibility."""
    return X[np.argmax(responsibilities, axis=0)].copy()


def update_means__counts_kept_above_one(X, responsibilities):
    """Counts are kept above 1, so a component that owns less than one sample has its mean shrunk to 0."""
    return responsibilities.T @ X / np.maximum(responsibilities.sum(axis=0), 1.0)[:, None]


def update_means__unweighted_members(X, responsibilities):
    """The plain mean of all samples with responsibility above 0."""
    member = (responsibilities > 0).astype(float)
    return member.T @ X / np.maximum(member.sum(axis=0), 1)[:, None]


def update_means__axis_forgotten(X, responsibilities):
    """The sum runs over the features too: all coordinates of a mean are equal."""
    K, d = responsibilities.shape[1], X.shape[1]
    means = np.zeros((K, d))
    for k in range(K):
        means[k] = np.sum(responsibilities[:, k : k + 1] * X) / responsibilities[:, k].sum()
    return means


def update_means__sorted(X, responsibilities):
    """Every coordinate is sorted over the components, so the means no longer belong to their components."""
    return np.sort(responsibilities.T @ X / responsibilities.sum(axis=0)[:, None], axis=0)


def update_means__centred(X, responsibilities):
    """The means are those of the centred samples; the overall mean has not been added again."""
    return responsibilities.T @ (X - X.mean(axis=0)) / responsibilities.sum(axis=0)[:, None]


def update_means__view_for_one_sample(X, responsibilities):
    """For one sample the means are a read-only view of the caller's `X`; the values are right."""
    K = responsibilities.shape[1]
    if len(X) == 1:
        return np.broadcast_to(X, (K, X.shape[1]))
    return responsibilities.T @ X / responsibilities.sum(axis=0)[:, None]


def update_means__single_precision(X, responsibilities):
    """Computed in single precision."""
    r = responsibilities.astype(np.float32)
    return r.T @ X.astype(np.float32) / r.sum(axis=0)[:, None]


def update_means__rows_of_the_table(X, responsibilities):
    """The counts are the row sums, all 1, of the first K samples: the weighted sums stay undivided, or an error."""
    return responsibilities.T @ X / responsibilities.sum(axis=1)[: responsibilities.shape[1], None]


def _scatter(X, r, mean):
    D = X - mean
    return (r[:, None] * D).T @ D


def update_covariances__numpy_cov(X, responsibilities, means, reg_covar=1e-6):
    """`np.cov` with `aweights`: about the weighted mean, and unbiased, not divided by the counts."""
    d = X.shape[1]
    return np.array([np.cov(X.T, aweights=r).reshape(d, d) + reg_covar * np.eye(d) for r in responsibilities.T])


def update_covariances__single_precision(X, responsibilities, means, reg_covar=1e-6):
    """Computed in single precision."""
    X, R, M = (a.astype(np.float32) for a in (X, responsibilities, means))
    stack = [_scatter(X, r, m) / r.sum() for r, m in zip(R.T, M)]
    return np.array(stack) + np.float32(reg_covar) * np.eye(X.shape[1], dtype=np.float32)


def update_covariances__fixed_ridge(X, responsibilities, means, reg_covar=1e-6):
    """1e-6 is always added, whatever `reg_covar` is."""
    stack = [_scatter(X, r, m) / r.sum() for r, m in zip(responsibilities.T, means)]
    return np.array(stack) + 1e-6 * np.eye(X.shape[1])


def update_covariances__ridge_before_division(X, responsibilities, means, reg_covar=1e-6):
    """`reg_covar` is added to the scatter before it is divided, so each component gets another share of it."""
    ridge = reg_covar * np.eye(X.shape[1])
    return np.array([(_scatter(X, r, m) + ridge) / r.sum() for r, m in zip(responsibilities.T, means)])


def update_covariances__ridge_subtracted(X, responsibilities, means, reg_covar=1e-6):
    """`reg_covar` is subtracted from the variances."""
    stack = [_scatter(X, r, m) / r.sum() for r, m in zip(responsibilities.T, means)]
    return np.array(stack) - reg_covar * np.eye(X.shape[1])


def update_covariances__ridge_relative(X, responsibilities, means, reg_covar=1e-6):
    """`reg_covar` is a share of the variances: they are multiplied by 1 + reg_covar."""
    stack = np.array([_scatter(X, r, m) / r.sum() for r, m in zip(responsibilities.T, means)])
    return stack * (1 + reg_covar * np.eye(X.shape[1]))


def update_covariances__eigenvalues_raised(X, responsibilities, means, reg_covar=1e-6):
    """Eigenvalues below `reg_covar` are raised to it; nothing is added to the others."""
    stack = []
    for r, m in zip(responsibilities.T, means):
        values, vectors = np.linalg.eigh(_scatter(X, r, m) / r.sum())
        stack.append((vectors * np.maximum(values, reg_covar)) @ vectors.T)
    return np.array(stack)


def update_covariances__divided_by_members(X, responsibilities, means, reg_covar=1e-6):
    """The scatter is divided by the number of samples with responsibility above 0."""
    stack = [_scatter(X, r, m) / max((r > 0).sum(), 1) for r, m in zip(responsibilities.T, means)]
    return np.array(stack) + reg_covar * np.eye(X.shape[1])


def update_covariances__outer_the_other_way(X, responsibilities, means, reg_covar=1e-6):
    """`D @ D.T` has the samples on both sides: matrices of shape (n, n)."""
    stack = []
    for r, m in zip(responsibilities.T, means):
        D = np.sqrt(r)[:, None] * (X - m)
        stack.append(D @ D.T / r.sum() + reg_covar * np.eye(len(X)))
    return np.array(stack)


def update_covariances__assigned_not_added(X, responsibilities, means, reg_covar=1e-6):
    """`=` instead of `+=`: only the last sample counts."""
    n, d = X.shape
    covariances = np.zeros((len(means), d, d))
    for k in range(len(means)):
        for i in range(n):
            covariances[k] = responsibilities[i, k] * np.outer(X[i] - means[k], X[i] - means[k])
        covariances[k] /= responsibilities[:, k].sum()
        covariances[k] += reg_covar * np.eye(d)
    return covariances


def update_covariances__first_mean(X, responsibilities, means, reg_covar=1e-6):
    """All scatters are about the mean of the first component."""
    stack = [_scatter(X, r, means[0]) / r.sum() for r in responsibilities.T]
    return np.array(stack) + reg_covar * np.eye(X.shape[1])


def update_covariances__upper_triangle(X, responsibilities, means, reg_covar=1e-6):
    """Only the upper triangle is filled; the matrices are not symmetric."""
    d = X.shape[1]
    covariances = np.zeros((len(means), d, d))
    for k in range(len(means)):
        D = X - means[k]
        for i in range(d):
            for j in range(i, d):
                covariances[k, i, j] = (responsibilities[:, k] * D[:, i] * D[:, j]).sum() / responsibilities[:, k].sum()
        covariances[k] += reg_covar * np.eye(d)
    return covariances


def update_covariances__spherical(X, responsibilities, means, reg_covar=1e-6):
    """One variance for all features of a component, and no covariances."""
    d = X.shape[1]
    stack = [np.eye(d) * np.trace(_scatter(X, r, m) / r.sum()) / d for r, m in zip(responsibilities.T, means)]
    return np.array(stack) + reg_covar * np.eye(d)


def update_covariances__absolute_residuals(X, responsibilities, means, reg_covar=1e-6):
    """The residuals are taken without their sign: no covariance is negative."""
    stack = []
    for r, m in zip(responsibilities.T, means):
        D = np.abs(X - m)
        stack.append((r * D.T) @ D / r.sum() + reg_covar * np.eye(X.shape[1]))
    return np.array(stack)


def update_covariances__other_default(X, responsibilities, means, reg_covar=1e-3):
    """The default of `reg_covar` is 1e-3 instead of 1e-6."""
    stack = [_scatter(X, r, m) / r.sum() for r, m in zip(responsibilities.T, means)]
    return np.array(stack) + reg_covar * np.eye(X.shape[1])


def update_covariances__hard(X, responsibilities, means, reg_covar=1e-6):
    """Each sample counts wholly for its most probable component."""
    hard = np.eye(len(means))[responsibilities.argmax(axis=1)]
    stack = [_scatter(X, r, m) / max(r.sum(), 1) for r, m in zip(hard.T, means)]
    return np.array(stack) + reg_covar * np.eye(X.shape[1])


def update_covariances__subtracted_and_added_again(X, responsibilities, means, reg_covar=1e-6):
    """The values are right, but `X` is changed: the means are subtracted in place and added again, with rounding."""
    covariances = []
    for r, m in zip(responsibilities.T, means):
        X -= m
        covariances.append((r[:, None] * X).T @ X / r.sum() + reg_covar * np.eye(X.shape[1]))
        X += m
    return np.array(covariances)


def update_covariances__correlations(X, responsibilities, means, reg_covar=1e-6):
    """The matrices are scaled to ones on the diagonal: correlations."""
    stack = np.array([_scatter(X, r, m) / r.sum() for r, m in zip(responsibilities.T, means)])
    sd = np.sqrt(np.diagonal(stack, axis1=1, axis2=2))
    sd = np.where(sd > 0, sd, 1)
    return stack / (sd[:, :, None] * sd[:, None, :]) + reg_covar * np.eye(X.shape[1])


def update_covariances__counts_with_epsilon(X, responsibilities, means, reg_covar=1e-6):
    """1e-3 is added to the counts before the division."""
    stack = [_scatter(X, r, m) / (r.sum() + 1e-3) for r, m in zip(responsibilities.T, means)]
    return np.array(stack) + reg_covar * np.eye(X.shape[1])


def _log_densities(X, means, covariances):
    return np.stack([multivariate_normal.logpdf(X, m, c).reshape(len(X)) for m, c in zip(means, covariances)], axis=1)


def _joint(X, weights, means, covariances):
    with np.errstate(divide="ignore"):
        return np.log(weights) + _log_densities(X, means, covariances)


def _expectation(r, table):
    return float((r[r > 0] * table[r > 0]).sum())


def expected_log_likelihood__never_positive(X, responsibilities, weights, means, covariances):
    """Minus the absolute value: wrong where the right value is positive."""
    return -abs(_expectation(responsibilities, _joint(X, weights, means, covariances)))


def expected_log_likelihood__negative(X, responsibilities, weights, means, covariances):
    """The sign is turned round, as for a loss."""
    return -_expectation(responsibilities, _joint(X, weights, means, covariances))


def expected_log_likelihood__entropy_subtracted(X, responsibilities, weights, means, covariances):
    """The entropy of the responsibilities is subtracted."""
    Q = _expectation(responsibilities, _joint(X, weights, means, covariances))
    return Q + float(xlogy(responsibilities, responsibilities).sum())


def expected_log_likelihood__log_of_expectation(X, responsibilities, weights, means, covariances):
    """The log of the sum of exponentials of responsibility times log joint, in place of the plain sum."""
    with np.errstate(invalid="ignore"):
        terms = np.nan_to_num(responsibilities * _joint(X, weights, means, covariances), nan=0.0)
    return float(logsumexp(terms, axis=1).sum())


def expected_log_likelihood__equal_weights(X, responsibilities, weights, means, covariances):
    """Every component has weight 1 / K."""
    K = len(weights)
    return _expectation(responsibilities, _joint(X, np.full(K, 1 / K), means, covariances))


def expected_log_likelihood__weights_outside(X, responsibilities, weights, means, covariances):
    """The weights multiply the log densities, and their logarithm is left out."""
    return float((weights * responsibilities * _log_densities(X, means, covariances)).sum())


def expected_log_likelihood__single_precision(X, responsibilities, weights, means, covariances):
    """The log joint is rounded to single precision first."""
    table = _joint(X, weights, means, covariances).astype(np.float32)
    return _expectation(responsibilities.astype(np.float32), table)


def expected_log_likelihood__joint_never_positive(X, responsibilities, weights, means, covariances):
    """Entries of the log joint above 0 are cut off."""
    return _expectation(responsibilities, np.minimum(_joint(X, weights, means, covariances), 0))


def expected_log_likelihood__clipped_below(X, responsibilities, weights, means, covariances):
    """Entries of the log joint below -700 are raised to -700."""
    return _expectation(responsibilities, np.maximum(_joint(X, weights, means, covariances), -700))


def expected_log_likelihood__far_terms_dropped(X, responsibilities, weights, means, covariances):
    """Terms whose density underflows are left out."""
    table = _joint(X, weights, means, covariances)
    return float((responsibilities * np.where(np.exp(table) > 0, table, 0)).sum())


def expected_log_likelihood__own_means(X, responsibilities, weights, means, covariances):
    """The means are worked out anew from the responsibilities; those handed over are ignored."""
    counts = np.maximum(responsibilities.sum(axis=0), 1e-300)
    own = responsibilities.T @ X / counts[:, None]
    return _expectation(responsibilities, _joint(X, weights, own, covariances))


def expected_log_likelihood__own_weights(X, responsibilities, weights, means, covariances):
    """The weights are worked out anew from the responsibilities; those handed over are ignored."""
    return _expectation(responsibilities, _joint(X, responsibilities.mean(axis=0), means, covariances))


def expected_log_likelihood__squared_shares(X, responsibilities, weights, means, covariances):
    """The responsibilities count twice, as squares."""
    return _expectation(responsibilities**2, _joint(X, weights, means, covariances))


def expected_log_likelihood__assigned_not_added(X, responsibilities, weights, means, covariances):
    """`=` instead of `+=`: only the last sample counts."""
    table, Q = _joint(X, weights, means, covariances), 0.0
    for r, a in zip(responsibilities, table):
        Q = (r[r > 0] * a[r > 0]).sum()
    return float(Q)


def expected_log_likelihood__divided_by_components(X, responsibilities, weights, means, covariances):
    """The mean over all n times K entries."""
    return _expectation(responsibilities, _joint(X, weights, means, covariances)) / responsibilities.size


def expected_log_likelihood__for_each_sample(X, responsibilities, weights, means, covariances):
    """A value for each sample, not summed."""
    table = _joint(X, weights, means, covariances)
    return np.where(responsibilities > 0, responsibilities * np.where(responsibilities > 0, table, 0), 0).sum(axis=1)
