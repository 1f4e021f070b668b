"""Skewed inputs, drawn from the `rng` of a test: nothing in them is equal, diagonal, centred or 1 by chance."""

import numpy as np


def covariance(rng, n_features):
    """A covariance matrix with unequal variances away from 1 and strong correlations of either sign, (d, d)."""
    spreads = rng.permutation(np.geomspace(0.45, 2.4, n_features)) * rng.uniform(0.9, 1.1, n_features)
    signs = rng.choice([-1.0, 1.0], n_features)
    places = np.arange(n_features)
    correlation = rng.uniform(0.6, 0.8) ** np.abs(places[:, np.newaxis] - places)
    return correlation * np.outer(spreads * signs, spreads * signs)


def mixture(rng, n_components, n_features, spread=3.0):
    """Weights, means and covariances of a mixture whose components are all different."""
    shares = rng.permutation(np.geomspace(1.0, 4.0, n_components)) * rng.uniform(0.9, 1.1, n_components)
    means = 1.5 + spread * rng.standard_normal((n_components, n_features))
    return shares / shares.sum(), means, np.array([covariance(rng, n_features) for _ in range(n_components)])


def samples(rng, n_samples, weights, means, covariances):
    """Samples of a mixture, (n, d), one component after the other never in order."""
    labels = rng.choice(len(weights), n_samples, p=weights)
    noise = rng.standard_normal((n_samples, means.shape[1]))
    return means[labels] + np.einsum("ni,nji->nj", noise, np.linalg.cholesky(covariances)[labels])


def shares(rng, n_samples, n_components):
    """Responsibilities, (n, K): soft rows, of which many give no component one half."""
    ratios = rng.gamma(np.geomspace(0.8, 2.5, n_components), size=(n_samples, n_components))
    return ratios / ratios.sum(axis=1, keepdims=True)


def two_clusters(rng):
    """Two overlapping correlated clusters of unequal size on which every k-means start ends in one partition.

    Samples close to the boundary that k-means finds are left out, so that no start and no stopping rule of
    k-means puts a sample on the other side. EM moves that boundary and needs several iterations.

    Returns
    -------
    X : ndarray of shape (n, 3)
        About 110 samples.
    labels : ndarray of shape (n,)
        The partition of k-means, up to the names of its two clusters.
    """
    places = np.arange(3)
    correlation = 0.65 ** np.abs(places[:, np.newaxis] - places)
    spreads = np.array([[0.6, -0.8, 0.5], [2.0, 0.8, -1.0]])
    factors = np.linalg.cholesky(correlation * spreads[:, :, np.newaxis] * spreads[:, np.newaxis])
    groups = rng.permutation(np.repeat([0, 1], [42, 78]))
    X = np.array([[0.0, 0.0, 0.0], [4.0, 0.5, -0.5]])[groups]
    X += np.einsum("ni,nji->nj", rng.standard_normal((120, 3)), factors[groups])
    turn = np.linalg.qr(rng.standard_normal((3, 3)))[0] * rng.uniform(0.7, 1.5)
    X = X @ turn + rng.uniform(-4, 4, size=3)
    _, centres = _two_means(X, X[:2])
    between = centres[1] - centres[0]
    along = (X - centres.mean(axis=0)) @ between / np.linalg.norm(between)
    X = X[np.abs(along) > 0.12 * along.std()]
    partitions = [_two_means(X, X[[start, -1 - start]])[0] for start in range(8)]
    if len({min(labels.tobytes(), (1 - labels).tobytes()) for labels in partitions}) > 1:
        return two_clusters(rng)
    return X, partitions[0]


def _two_means(X, centres):
    labels = np.zeros(len(X), dtype=int)
    while True:
        before, labels = labels, ((X[:, np.newaxis] - centres) ** 2).sum(axis=2).argmin(axis=1)
        if (before == labels).all() or labels.all():
            return labels, centres
        centres = np.array([X[labels == k].mean(axis=0) for k in (0, 1)])
