import numpy as np


def fit_gaussian(X):
    mean = np.mean(X, axis=0)
    diff = X - mean
    return mean, np.mean(diff[:, :, np.newaxis] * diff[:, np.newaxis, :], axis=0)


def log_joint(X, weights, means, covariances):
    diff = X[:, None, :] - means[None, :, :]  # (n, K, d)
    solved = np.linalg.solve(covariances[None], diff[..., None])[..., 0]
    distance = np.sum(diff * solved, axis=-1)
    _, log_det = np.linalg.slogdet(covariances)
    with np.errstate(divide="ignore"):
        return np.log(weights)[None] - 0.5 * (distance + log_det[None] + X.shape[-1] * np.log(2 * np.pi))


def log_likelihood(X, weights, means, covariances):
    joint = log_joint(X, weights, means, covariances)
    peak = joint.max(axis=-1)
    return np.sum(peak + np.log(np.sum(np.exp(joint - peak[:, None]), axis=-1)))
