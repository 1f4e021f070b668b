import numpy as np

from .likelihood import log_joint


def update_weights(responsibilities):
    counts = responsibilities.sum(axis=0)
    return counts / counts.sum()


def update_means(X, responsibilities):
    counts = responsibilities.sum(axis=0)
    # diag(N) means = R^T X, as a linear system
    return np.linalg.solve(np.diag(np.where(counts > 0, counts, 1.0)), responsibilities.T @ X)


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    stack = []
    for k in range(len(means)):
        r = responsibilities[:, k]
        rooted = np.sqrt(r / max(r.sum(), np.finfo(float).tiny))[:, None] * (X - means[k])
        R = np.linalg.qr(rooted, mode="r")
        stack.append(R.T @ R + reg_covar * np.eye(X.shape[1]))
    return np.stack(stack)


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    table = np.asarray(log_joint(X, weights, means, covariances))
    owned = responsibilities.any(axis=0)
    inner = np.where(responsibilities[:, owned] > 0, table[:, owned], 0)
    return float(np.vdot(responsibilities[:, owned], inner))
