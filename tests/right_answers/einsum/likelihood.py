import numpy as np


def fit_gaussian(X):
    n_samples = len(X)
    mean = np.einsum("ni->i", X) / n_samples
    centred = X - mean
    return mean, np.einsum("ni,nj->ij", centred, centred) / n_samples


def log_joint(X, weights, means, covariances):
    precisions = np.linalg.inv(covariances)
    log_dets = np.linalg.slogdet(covariances)[1]
    centred = X[:, None, :] - means[None, :, :]
    distances = np.einsum("nki,kij,nkj->nk", centred, precisions, centred, optimize=True)
    with np.errstate(divide="ignore"):
        constants = np.log(weights) - 0.5 * (log_dets + X.shape[1] * np.log(2 * np.pi))
    return constants - 0.5 * distances


def log_likelihood(X, weights, means, covariances):
    joint = log_joint(X, weights, means, covariances)
    top = np.max(joint, axis=1)
    relative = np.exp(joint - top[:, None])
    return np.einsum("n->", top + np.log(np.einsum("nk->n", relative)))
