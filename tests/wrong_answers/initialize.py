"""Wrong answers to `initialize`, as strangers write them. Each docstring says what is wrong."""

import numpy as np
from scipy.special import softmax
from sklearn.cluster import KMeans


def _known(init_params):
    if init_params not in ("kmeans", "random"):
        raise ValueError(f"init_params is 'kmeans' or 'random', not {init_params!r}")


def _clusters(X, K, rng):
    return KMeans(K, n_init=1, random_state=int(rng.integers(2**32))).fit(X).labels_


def _uniform(X, K, rng):
    draws = rng.random((len(X), K))
    return draws / draws.sum(axis=1, keepdims=True)


def _start(X, K, rng, init_params):
    _known(init_params)
    return np.eye(K)[_clusters(X, K, rng)] if init_params == "kmeans" else _uniform(X, K, rng)


def initialize__kmeans_seed_zero(X, n_components, rng, init_params="kmeans"):
    """k-means always has the seed 0; `rng` plays no part in it."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    return np.eye(n_components)[KMeans(n_components, n_init=10, random_state=0).fit_predict(X)]


def initialize__global_seed(X, n_components, rng, init_params="kmeans"):
    """NumPy's global generator is seeded with 1 and used for k-means and for the uniform draws."""
    _known(init_params)
    np.random.seed(1)
    if init_params == "random":
        draws = np.random.rand(len(X), n_components)
        return draws / draws.sum(axis=1, keepdims=True)
    return np.eye(n_components)[KMeans(n_components, n_init=1).fit_predict(X)]


def initialize__soft_distances(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the rows are shares by inverse distance to the centres, not zeros and ones."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    model = KMeans(n_components, n_init=1, random_state=int(rng.integers(2**31))).fit(X)
    closeness = 1 / (model.transform(X) + 1e-9)
    return closeness / closeness.sum(axis=1, keepdims=True)


def initialize__normal_draws(X, n_components, rng, init_params="kmeans"):
    """With "random" the entries are absolute values of normal draws, not uniform ones."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    draws = np.abs(rng.standard_normal((len(X), n_components)))
    return draws / draws.sum(axis=1, keepdims=True)


def initialize__softmax_of_draws(X, n_components, rng, init_params="kmeans"):
    """With "random" the rows are a softmax of uniform draws; they should be divided by their sums."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    return softmax(rng.random((len(X), n_components)), axis=1)


def initialize__one_row_for_all(X, n_components, rng, init_params="kmeans"):
    """With "random" one row is drawn and every sample gets it."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    row = rng.random(n_components)
    return np.tile(row / row.sum(), (len(X), 1))


def initialize__rounded(X, n_components, rng, init_params="kmeans"):
    """With "random" the normalised rows are rounded to two digits and need not sum to 1."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    return np.round(_uniform(X, n_components, rng), 2)


def initialize__nearest_of_random_centres(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the samples go to the nearest of K random samples once; no centre is ever moved."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    centres = X[rng.choice(len(X), n_components, replace=False)]
    return np.eye(n_components)[((X[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)]


def initialize__message_without_names(X, n_components, rng, init_params="kmeans"):
    """The ValueError for an unknown name does not list the two choices."""
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    if init_params == "random":
        return _uniform(X, n_components, rng)
    raise ValueError("invalid argument")


def initialize__key_error(X, n_components, rng, init_params="kmeans"):
    """An unknown name ends in a KeyError, not in a ValueError."""
    starts = {"kmeans": lambda: np.eye(n_components)[_clusters(X, n_components, rng)]}
    starts["random"] = lambda: _uniform(X, n_components, rng)
    return starts[init_params]()


def initialize__none_for_unknown(X, n_components, rng, init_params="kmeans"):
    """An unknown name gives None without a word."""
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    if init_params == "random":
        return _uniform(X, n_components, rng)


def initialize__one_column_too_many(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the labels are counted from 1, and the table has K + 1 columns of which the first is empty."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    table = np.zeros((len(X), n_components + 1))
    table[np.arange(len(X)), _clusters(X, n_components, rng) + 1] = 1
    return table


def initialize__round_robin(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the samples are dealt out in turn, sample i to cluster i modulo K."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    return np.eye(n_components)[np.arange(len(X)) % n_components]


def initialize__smoothed(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the own cluster gets 0.9 and the others share 0.1."""
    _known(init_params)
    if init_params == "random":
        return _uniform(X, n_components, rng)
    return 0.9 * np.eye(n_components)[_clusters(X, n_components, rng)] + 0.1 / n_components


def initialize__single_precision(X, n_components, rng, init_params="kmeans"):
    """With "random" the draws and the rows are in single precision."""
    _known(init_params)
    if init_params == "kmeans":
        return np.eye(n_components)[_clusters(X, n_components, rng)]
    draws = rng.random((len(X), n_components), dtype=np.float32)
    return draws / draws.sum(axis=1, keepdims=True)


def initialize__transposed(X, n_components, rng, init_params="kmeans"):
    """Shape (K, n) with both starts."""
    return _start(X, n_components, rng, init_params).T
