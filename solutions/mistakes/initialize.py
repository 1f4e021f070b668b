"""Known mistakes of `initialize`, most of them in one of the two starts."""

import numpy as np
from sklearn.cluster import KMeans

from .registry import mistake


def _one_hot(X, n_components, rng):
    labels = KMeans(n_components, n_init=1, random_state=int(rng.integers(2**32))).fit_predict(X)
    return np.eye(n_components)[labels]


def _uniform_rows(X, n_components, rng):
    draws = rng.random((len(X), n_components))
    return draws / draws.sum(axis=1, keepdims=True)


def _either(X, n_components, rng, init_params, *, kmeans=_one_hot, random=_uniform_rows):
    if init_params == "kmeans":
        return kmeans(X, n_components, rng)
    if init_params == "random":
        return random(X, n_components, rng)
    raise ValueError("init_params must be 'kmeans' or 'random'")


def _unseeded():
    return np.random.default_rng(np.random.randint(2**31))


@mistake("initialize")
def initialize_all_ones(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" every entry is 1, as when `Z[:, labels]` sets whole columns. Each row should have a single 1, in
    the column of its label."""
    return _either(X, n_components, rng, init_params, kmeans=lambda X, K, rng: np.ones((len(X), K)))


@mistake("initialize")
def initialize_generator_for_kmeans(X, n_components, rng, init_params="kmeans"):
    """`KMeans` does not accept a NumPy `Generator` as its `random_state`. It needs a whole number, and `rng` can draw
    one."""

    def kmeans(X, K, rng):
        return np.eye(K)[KMeans(K, n_init=1, random_state=rng).fit_predict(X)]

    return _either(X, n_components, rng, init_params, kmeans=kmeans)


@mistake("initialize")
def initialize_columns_normalised(X, n_components, rng, init_params="kmeans"):
    """With "random" the columns sum to 1, not the rows, as when the sum runs over the samples."""

    def random(X, K, rng):
        draws = rng.random((len(X), K))
        return draws / draws.sum(axis=0)

    return _either(X, n_components, rng, init_params, random=random)


@mistake("initialize")
def initialize_not_normalised(X, n_components, rng, init_params="kmeans"):
    """With "random" the rows do not sum to 1: they are distributed like uniform draws that are not normalized."""
    return _either(X, n_components, rng, init_params, random=lambda X, K, rng: rng.random((len(X), K)))


@mistake("initialize")
def initialize_all_equal(X, n_components, rng, init_params="kmeans"):
    """With "random" every responsibility is 1 / K. All components are then the same, and EM can never tell them
    apart."""
    return _either(X, n_components, rng, init_params, random=lambda X, K, rng: np.full((len(X), K), 1 / K))


@mistake("initialize")
def initialize_any_name(X, n_components, rng, init_params="kmeans"):
    """An unknown name is accepted. Expected is a `ValueError` whose message lists the two names."""
    return _either(X, n_components, rng, "kmeans" if init_params == "kmeans" else "random")


@mistake("initialize")
def initialize_labels(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the result has one number for each sample, its label. Expected is a table with a column for each
    component."""
    return _either(X, n_components, rng, init_params, kmeans=lambda *given: _one_hot(*given).argmax(axis=1))


@mistake("initialize")
def initialize_global_state(X, n_components, rng, init_params="kmeans"):
    """With both names two calls with equal `rng` give different starts, so random numbers come from somewhere else,
    for example from `np.random`, whose global state `KMeans` uses as well when it has no seed."""
    return _either(X, n_components, _unseeded(), init_params)


@mistake("initialize")
def initialize_kmeans_unseeded(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" two calls with equal `rng` give different clusters, so random numbers come from somewhere else:
    `KMeans`, for example, uses NumPy's global state when it has no seed."""
    return _either(X, n_components, rng, init_params, kmeans=lambda X, K, rng: _one_hot(X, K, _unseeded()))


@mistake("initialize")
def initialize_kmeans_own_seed(X, n_components, rng, init_params="kmeans"):
    """With "kmeans" the clusters are the same whatever `rng` is, for example because the seed is a fixed number."""
    return _either(X, n_components, rng, init_params, kmeans=lambda X, K, rng: _one_hot(X, K, np.random.default_rng(0)))


@mistake("initialize")
def initialize_own_seed(X, n_components, rng, init_params="kmeans"):
    """With "random" the start is the same whatever `rng` is, for example because the function makes its own generator
    with a fixed seed."""
    own = np.random.default_rng(0)
    return _either(X, n_components, rng, init_params, random=lambda X, K, rng: _uniform_rows(X, K, own))


@mistake("initialize")
def initialize_random_labels(X, n_components, rng, init_params="kmeans"):
    """With "random" each sample belongs wholly to one random component. Expected are rows of uniform draws, each
    normalized, so that every component gets a share."""
    return _either(X, n_components, rng, init_params, random=lambda X, K, rng: np.eye(K)[rng.integers(K, size=len(X))])


@mistake("initialize")
def initialize_dirichlet(X, n_components, rng, init_params="kmeans"):
    """With "random" the rows vary more than they should: they are distributed like draws from a Dirichlet
    distribution. Uniform draws whose rows are normalized are closer to 1 / K."""
    return _either(X, n_components, rng, init_params, random=lambda X, K, rng: rng.dirichlet(np.ones(K), size=len(X)))
