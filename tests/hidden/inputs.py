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
