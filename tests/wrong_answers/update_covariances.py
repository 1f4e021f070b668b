"""Wrong answers to `update_covariances`, as strangers write them. Each docstring says what is wrong."""

import numpy as np


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


def update_covariances__not_centred(X, responsibilities, means, reg_covar=1e-6):
    """The means are not subtracted: weighted second moments about the origin."""
    d = X.shape[1]
    found = []
    for share in responsibilities.T:
        found.append(np.dot(share * X.T, X) / share.sum() + reg_covar * np.eye(d))
    return np.array(found)


def update_covariances__variances_assigned_to_a_matrix(X, responsibilities, means, reg_covar=1e-6):
    """The variances, of shape (d,), fill each row of a matrix."""
    stack = np.zeros((len(means), X.shape[1], X.shape[1]))
    for k in range(len(means)):
        share = responsibilities[:, [k]]
        stack[k, :, :] = np.sum(share * (X - means[k]) ** 2, axis=0) / share.sum()
    return stack + reg_covar * np.eye(X.shape[1])


def update_covariances__inner_product(X, responsibilities, means, reg_covar=1e-6):
    """A vector times itself is a number, with `.T` as well."""
    stack = np.zeros((len(means), X.shape[1], X.shape[1]))
    for k in range(len(means)):
        for i in range(len(X)):
            stack[k] += responsibilities[i, k] * (X[i] - means[k]) @ (X[i] - means[k]).T
        stack[k] /= responsibilities[:, k].sum()
    return stack + reg_covar * np.eye(X.shape[1])


def update_covariances__inner_product_by_dot(X, responsibilities, means, reg_covar=1e-6):
    """The same with `np.dot`, and `reg_covar` added to each matrix."""
    matrices = []
    for k, mean in enumerate(means):
        matrix = np.zeros((X.shape[1], X.shape[1]))
        for share, x in zip(responsibilities[:, k], X):
            matrix += share * np.dot(x - mean, x - mean) / np.sum(responsibilities[:, k])
        matrices.append(matrix + np.diag(np.full(X.shape[1], reg_covar)))
    return np.array(matrices)
