import numpy as np

from gmmlearn.likelihood import log_joint

EPS = np.finfo(float).eps


def update_weights(responsibilities):
    return np.add.reduce(responsibilities, axis=0) / responsibilities.shape[0]


def update_means(X, responsibilities):
    return np.dot(responsibilities.T, X) / (responsibilities.sum(axis=0) + 10 * EPS)[:, None]


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    """Second moments about the sample mean, then moved to the means that are asked for."""
    origin = X.mean(axis=0)
    Y, targets = X - origin, means - origin
    covariances = []
    for r, target in zip(responsibilities.T, targets):
        owned = r.sum()
        if owned == 0:
            covariances.append(reg_covar * np.eye(X.shape[1]))
            continue
        first, second = r @ Y / owned, (Y.T * r) @ Y / owned
        moved = second - np.outer(first, target) - np.outer(target, first) + np.outer(target, target)
        covariances.append(moved + reg_covar * np.eye(X.shape[1]))
    return np.array(covariances)


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    joint = np.asarray(log_joint(X, weights, means, covariances))
    total = 0.0
    for k in range(joint.shape[1]):
        mine = responsibilities[:, k] > 0
        total += responsibilities[mine, k] @ joint[mine, k]
    return total
