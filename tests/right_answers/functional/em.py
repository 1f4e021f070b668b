from itertools import islice, pairwise, takewhile

import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit

from .e_step import responsibilities
from .likelihood import log_likelihood
from .m_step import update_covariances, update_means, update_weights


def one_hot(X, n_components, rng):
    seed = int(rng.choice(2**31))
    return np.eye(n_components)[KMeans(n_components, n_init=5, random_state=seed).fit(X).predict(X)]


def uniform(X, n_components, rng):
    rows = (rng.random(n_components) for _ in range(len(X)))
    return np.array([row / row.sum() for row in rows])


def initialize(X, n_components, rng, init_params="kmeans"):
    def unknown(*_):
        raise ValueError(f"{init_params!r}: choose between 'kmeans' and 'random'")

    return {"kmeans": one_hot, "random": uniform}.get(init_params, unknown)(X, n_components, rng)


def iterations(X, shares, reg_covar):
    """The endless sequence of parameters and their mean log-likelihoods."""
    while True:
        means = np.asarray(update_means(X, shares))
        parameters = update_weights(shares), means, update_covariances(X, shares, means, reg_covar)
        yield parameters, log_likelihood(X, *parameters) / len(X)
        shares = np.asarray(responsibilities(X, *parameters))


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    start = np.asarray(initialize(X, n_components, rng, init_params))
    steps = islice(iterations(X, start, reg_covar), max_iter)
    first = next(steps)
    kept = [first]
    climbing = takewhile(lambda pair: pair[1][1] - pair[0][1] >= tol, pairwise(recorded(first, steps, kept)))
    for _ in climbing:
        pass
    trace = np.array([value for _, value in kept])
    return Fit(*kept[-1][0], trace, len(trace) > 1 and bool(trace[-1] - trace[-2] < tol))


def recorded(first, steps, kept):
    yield first
    for step in steps:
        kept.append(step)
        yield step
