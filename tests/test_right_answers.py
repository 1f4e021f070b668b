"""Right answers in forms that nobody would choose for speed pass every hidden test: loops, lists, own k-means."""

import math
import time

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmmlearn import Fit
from gmmlearn.contract import EXERCISES
from tests.test_mistakes import examine


def gaussian_density(x, mean, variance):
    return [math.exp(-((value - mean) ** 2) / variance / 2) / math.sqrt(2 * math.pi * variance) for value in x]


def mixture_density(x, weights, means, variances):
    densities = [gaussian_density(x, mean, variance) for mean, variance in zip(means, variances)]
    return [math.fsum(w * p for w, p in zip(weights, column)) for column in zip(*densities)]


def gaussian_log_density(X, mean, covariance):
    sign, log_det = np.linalg.slogdet(covariance)
    assert sign > 0
    inverse = np.linalg.inv(covariance)
    distances = [float(row @ inverse @ row) for row in X - mean]
    return [-(len(mean) * math.log(2 * math.pi) + log_det + distance) / 2 for distance in distances]


def sample_categorical(weights, n_samples, rng):
    labels = np.empty(n_samples, dtype=np.uint8)
    for i in range(n_samples):
        left = rng.random()
        for k, weight in enumerate(weights):
            labels[i] = k
            left -= weight
            if left < 0:
                break
    return labels


def sample_gaussian(mean, covariance, n_samples, rng):
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(values)
    return [list(mean + root @ [rng.normal() for _ in mean]) for _ in range(n_samples)]


def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = rng.choice(len(weights), size=n_samples, p=weights).astype(np.int32)
    X = [rng.multivariate_normal(means[label], covariances[label]) for label in labels]
    return np.array(X), labels


def fit_gaussian(X):
    n_samples, n_features = X.shape
    mean = [math.fsum(X[:, j]) / n_samples for j in range(n_features)]
    covariance = [
        [math.fsum((row[i] - mean[i]) * (row[j] - mean[j]) for row in X) / n_samples for j in range(n_features)]
        for i in range(n_features)
    ]
    return mean, covariance


def log_joint(X, weights, means, covariances):
    table = np.full((len(X), len(weights)), -np.inf)
    for k, weight in enumerate(weights):
        if weight > 0:
            table[:, k] = math.log(weight) + np.array(gaussian_log_density(X, means[k], covariances[k]))
    return table


def log_likelihood(X, weights, means, covariances):
    total = 0.0
    for row in log_joint(X, weights, means, covariances):
        total = total + max(row) + math.log(sum(math.exp(value - max(row)) for value in row))
    return np.float64(total)


def responsibilities(X, weights, means, covariances):
    table = log_joint(X, weights, means, covariances)
    return [
        [1 / sum(math.exp(min(other - value, 700)) for other in row) if value > -math.inf else 0.0 for value in row]
        for row in table
    ]


def assign(responsibilities):
    return [row.index(max(row)) for row in responsibilities.tolist()]


def update_weights(responsibilities):
    return list(responsibilities.T.sum(axis=1) / len(responsibilities))


def update_means(X, responsibilities):
    means = np.zeros((responsibilities.shape[1], X.shape[1]))
    for k, shares in enumerate(responsibilities.T):
        for share, row in zip(shares, X):
            means[k] = means[k] + share * row
        means[k] /= shares.sum()
    return means


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    covariances = []
    for shares, mean in zip(responsibilities.T, means):
        scatter = sum(share * np.outer(row - mean, row - mean) for share, row in zip(shares, X))
        covariances.append(scatter / sum(shares) + np.diag([reg_covar] * len(mean)))
    return covariances


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    table = log_joint(X, weights, means, covariances)
    return sum(r * v for row in zip(responsibilities, table) for r, v in zip(*row) if r > 0)


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params not in ("kmeans", "random"):
        raise ValueError("choose 'kmeans' or 'random'")
    if init_params == "random":
        rows = [[rng.uniform() for _ in range(n_components)] for _ in X]
        return [[value / sum(row) for value in row] for row in rows]
    centres, before = X[rng.choice(len(X), n_components, replace=False)], None
    while True:  # k-means by hand, from samples drawn at random
        labels = [min(range(n_components), key=lambda k: ((row - centres[k]) ** 2).sum()) for row in X]
        if labels == before:
            return [[float(label == k) for k in range(n_components)] for label in labels]
        before = labels
        groups = [[row for row, label in zip(X, labels) if label == k] for k in range(n_components)]
        centres = [np.mean(group, axis=0) if group else centre for group, centre in zip(groups, centres)]


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Looks at the gain as soon as the M-step has made it, and returns the parameters of the last entry."""
    shares = np.array(initialize(X, n_components, rng, init_params))
    trace, parameters = [], None
    while True:
        means = update_means(X, shares)
        proposed = update_weights(shares), means, update_covariances(X, shares, means, reg_covar)
        value = log_likelihood(X, *proposed) / len(X)
        if trace and (value - trace[-1] < tol or len(trace) == max_iter):
            return Fit(*parameters, trace, np.bool_(value - trace[-1] < tol and len(trace) <= max_iter))
        trace, parameters = [*trace, value], proposed
        shares = np.array(responsibilities(X, *proposed))


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    model = GaussianMixture(n_components)
    model.set_params(covariance_type=covariance_type, init_params=init_params, n_init=n_init)
    model.set_params(random_state=None if random_state is None else np.random.RandomState(random_state))
    model.fit(X.tolist())
    return model


def n_parameters(n_components, n_features, covariance_type="full"):
    lower = sum(1 for i in range(n_features) for j in range(i + 1))
    matrices = {"full": [lower] * n_components, "tied": [lower]}
    matrices |= {"diag": [n_features] * n_components, "spherical": [1] * n_components}
    return np.int32(sum(matrices[covariance_type]) + n_components * n_features + n_components - 1)


def bic(log_likelihood, n_parameters, n_samples):
    return np.array(-2 * (log_likelihood - n_parameters * math.log(n_samples) / 2))


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    best, lowest = None, math.inf
    for candidate in sorted(candidates):
        model = fit_sklearn(X, candidate, n_init=n_init, random_state=random_state)
        value = float(model.bic(X))
        if value < lowest:
            best, lowest = np.int64(candidate), value
    return best


@pytest.mark.parametrize("exercise", EXERCISES)
def test_slow_and_unusual_but_right_passes_within_three_seconds_of_cpu(exercise):
    before = time.process_time()
    results = examine(exercise, globals()[exercise], seed=11)
    assert [(result.name, result.error) for result in results if result.error] == []
    assert time.process_time() - before < 3
