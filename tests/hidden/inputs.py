"""Skewed inputs, drawn from the `rng` of a test: nothing in them is equal, diagonal, centred or 1 by chance.

All numbers have few digits, as those of the public checks are drawn here too and read by people. Every input is one
that the contract allows, has one right answer, and is conditioned well enough for SciPy's own functions.
"""

import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

LEAST, LEAST_OF_ONE = np.log(5e-6), -100.0
"""The least density of a mixture at a sample, and of one component, as logarithms, where nothing is meant to underflow.

Half of a power of ten, as people add and clip at whole ones.
"""


def covariance(rng, n_features):
    """A covariance matrix with unequal variances away from 1 and strong correlations of either sign, (d, d)."""
    spreads = rng.permutation(np.geomspace(0.45, 2.4, n_features)) * rng.uniform(0.9, 1.1, n_features)
    signs = rng.choice([-1.0, 1.0], n_features)
    places = np.arange(n_features)
    correlation = rng.uniform(0.6, 0.8) ** np.abs(places[:, np.newaxis] - places)
    return np.round(correlation * np.outer(spreads * signs, spreads * signs), 3)


def weights(rng, n_components):
    """Mixing weights, all different, (K,)."""
    parts = rng.permutation(np.geomspace(1.0, 4.0, n_components)) * rng.uniform(0.9, 1.1, n_components)
    rounded = np.round(100 * parts / parts.sum())
    rounded[rounded.argmax()] += 100 - rounded.sum()
    return rounded / 100


def mixture(rng, n_components, n_features, spread=3.0):
    """Weights, means and covariances of a mixture whose components are all different."""
    means = np.round(1.5 + spread * rng.standard_normal((n_components, n_features)), 2)
    return weights(rng, n_components), means, np.array([covariance(rng, n_features) for _ in range(n_components)])


def samples(rng, n_samples, weights, means, covariances):
    """Samples of a mixture, (n, d), one component after the other never in order."""
    return _drawn(rng, rng.choice(len(weights), n_samples, p=weights), means, covariances)


def _drawn(rng, labels, means, covariances):
    noise = rng.standard_normal((len(labels), means.shape[1]))
    return np.round(means[labels] + np.einsum("ni,nji->nj", noise, np.linalg.cholesky(covariances)[labels]), 2)


def shares(rng, n_samples, n_components):
    """Responsibilities, (n, K): soft rows of hundredths, of which many give no component one half."""
    return _parts(rng, n_samples, n_components, 100)


def uneven_shares(rng, n_samples, n_components):
    """Responsibilities, (n, K), as of a fit: they are no round numbers, one component has next to none, the last
    sample is sure."""
    table = _parts(rng, n_samples, n_components, 97)
    table[:, 0] /= 9700
    table[:, 1] += 1 - table.sum(axis=1)
    table[-1] = np.eye(n_components)[-1]
    return table


def _parts(rng, n_samples, n_components, whole):
    ratios = rng.gamma(np.geomspace(0.8, 2.5, n_components), size=(n_samples, n_components))
    ratios /= ratios.sum(axis=1, keepdims=True)
    return (1 + rng.multinomial(whole - n_components, ratios)) / whole


def near(rng, n_samples, n_components, n_features, spread=1.5):
    """Samples of a mixture whose components overlap, with its parameters: X, weights, means, covariances.

    Each component for which there is room made one of them. No density among them is so small that it would be luck
    whether it underflows, or whether 1e-16 beside it shows: for that, tests move samples far away.
    """
    while True:
        weights, means, covariances = mixture(rng, n_components, n_features, spread)
        labels = np.append(rng.permutation(n_components), rng.choice(n_components, n_samples, p=weights))[:n_samples]
        X = _drawn(rng, labels, means, covariances)
        for _ in range(20):
            outside = (margins(X, weights, means, covariances, LEAST + 2, LEAST_OF_ONE + 10) < 0).any(axis=1)
            if not outside.any():
                return X, weights, means, covariances
            X[outside] = _drawn(rng, labels[outside], means, covariances)


def on_edge(rng, n_samples, n_components, n_features, least=LEAST, spread=1.5):
    """The same, where the densities of one sample add up to a given number, and one density is a given one.

    All others are larger, here and in `near`. What is added to a density, or the least that it is allowed to be, shows
    in these for every student or for none: the points for it are no matter of luck.
    """
    while True:
        X, *parameters = near(rng, n_samples, n_components, n_features, spread)
        ends = moved_out(rng, X[-1], *parameters, least)
        of_one = margins(ends, *parameters, least).argmin(axis=1) == 1
        if n_components == 1 or 0 < of_one.sum() < len(ends):
            # Far from the heaviest component: what is added to one density shows there times a weight.
            heaviest = [parameter[[parameters[0].argmax()]] for parameter in parameters]
            X[-1] = min(ends[~of_one], key=lambda end: margins(end, *heaviest)[0, 0])
            if n_components > 1:
                X[-2] = ends[of_one][0]
            return rng.permutation(X), *parameters


def margins(X, weights, means, covariances, least=LEAST, least_of_one=LEAST_OF_ONE):
    """How far the log density of the mixture, and that of the least component, are above a number, (n, 2)."""
    columns = [multivariate_normal.logpdf(X, *pair).reshape(-1, 1) for pair in zip(means, covariances)]
    table = np.hstack(columns)
    return np.column_stack([logsumexp(table, b=weights, axis=1) - least, table.min(axis=1) - least_of_one])


def moved_out(rng, x, *bounds, directions=8):
    """Where a sample gets to in some directions until one of its two margins is used up, (directions, d)."""
    steps = rng.standard_normal((directions, len(x)))
    steps /= np.linalg.norm(steps, axis=1, keepdims=True)
    inside, outside = np.zeros((directions, 1)), np.full((directions, 1), 100.0)
    for _ in range(16):
        middle = (inside + outside) / 2
        spare = margins(x + middle * steps, *bounds).min(axis=1, keepdims=True) > 0
        inside, outside = np.where(spare, middle, inside), np.where(spare, outside, middle)
    return np.round(x + inside * steps, 2)


def shared_far(rng):
    """Far samples, (2, 3), that two of three components share as their weights say: X, weights, means, covariances.

    All densities are 0 on a computer. With one covariance Sigma, the means Sigma v and -Sigma v have the same
    log density at each x with v.x = 0; the digits are so few that rounding adds nothing to that. The third component
    lies on the other side, so far that a mean of the three log densities is no help either. The samples are no
    further than is needed, as rounding errors grow with the square.
    """
    p, q, r = rng.integers(2, 7, size=3)
    x, v = np.array([p, -q, r]), np.array([q, p + r, q])
    sigma = covariance(rng, 3)
    times = np.ceil(np.sqrt(2000 / (x @ np.linalg.solve(sigma, x))))
    step = np.round(sigma @ v / 10, 6)
    share = rng.choice([0.2, 0.3, 0.4])
    X = np.outer([times, 2 * times], x)
    return X, np.round([share, 0.9 - share, 0.1], 2), np.array([step, -step, -times * x]), np.array([sigma] * 3)


def seeds(rng, number):
    """Seeds of generators, all different."""
    return [int(seed) for seed in rng.choice(2**31, number, replace=False)]


# Fixed data for fits. What k-means and EM do with them is the same for every student: their data are these, turned,
# stretched and moved, which changes neither a partition of k-means nor a gain of EM (but for `reg_covar`).


def similar(rng, X):
    """The same samples in another order, turned, stretched and moved; the partitions of k-means stay as they are."""
    n_features = X.shape[1]
    turn = np.linalg.qr(rng.standard_normal((n_features, n_features)))[0]
    moved = rng.uniform(0.8, 1.25) * X @ turn + rng.uniform(-4, 4, size=n_features)
    return np.round(rng.permutation(moved), 3)


def _clouds(seed, sizes, centres, spreads):
    """Correlated normal clouds, each with its mean and covariance made exact, so that little is left to chance."""
    rng = np.random.default_rng(seed)
    places = np.arange(len(centres[0]))
    correlation = 0.65 ** np.abs(places[:, np.newaxis] - places)
    clouds = []
    for size, centre, spread in zip(sizes, centres, spreads):
        noise = rng.standard_normal((size, len(centre)))
        noise -= noise.mean(axis=0)
        noise = np.linalg.solve(np.linalg.cholesky(noise.T @ noise / size), noise.T).T
        clouds.append(np.array(centre) + noise @ np.linalg.cholesky(correlation * np.outer(spread, spread)).T)
    return np.concatenate(clouds)


def pair(rng):
    """Two overlapping clouds, (120, 3), which EM is slow to leave; k-means has one partition from each two samples.

    EM gains 1.8e-3, 1.2e-3 and 0.8e-3 in iterations 7 to 9, and still 1e-7 in the hundredth.
    """
    spreads = [0.9, -1.0, 0.7], [1.4, 1.3, -1.4]
    return similar(rng, _clouds(448, (42, 78), ([0.0, 0.0, 0.0], [3.9, 0.5, -0.5]), spreads))


def trio(rng):
    """Three clouds, (100, 3); k-means has one partition from each three samples, EM makes 6 iterations until 1e-3."""
    centres = [0.0, 0.0, 0.0], [6.0, 0.8, -0.8], [0.8, 6.0, 3.2]
    spreads = [0.8, -1.0, 0.6], [2.3, 1.2, -1.1], [1.1, 1.9, 1.6]
    return similar(rng, _clouds(158, (30, 45, 25), centres, spreads))


def groups(rng, sizes, slanted=False):
    """Groups of samples far apart, (n, 3), round or all slanted in one direction, which needs full covariances."""
    centres = 1.5 * np.array([[0.0, 0.0, 0.0], [14.0, 3.0, 2.0], [-4.0, 15.0, -3.0]])
    spreads = [[2.0, 1.9, -1.9]] * len(sizes) if slanted else [[1.0, 1.2, 0.9]] * len(sizes)
    X = _clouds(5, sizes, centres[: len(sizes)], spreads)
    if slanted:  # thinner across
        X = X @ np.diag([1.0, 0.2, 0.15]) @ np.linalg.qr(np.random.default_rng(6).standard_normal((3, 3)))[0]
    return in_order(rng, X)


def contested(rng, seed, shape=(100, 2), part=33, furthest=2.0):
    """Nearly one group, (n, d): the first rows are stretched and moved, by how much is up to the seed.

    With 26 and 81 BIC takes one component, AIC two, the likelihood three, each by a clear margin.
    """
    draws = np.random.default_rng(seed)
    X = draws.standard_normal(shape)
    X[:part] *= draws.uniform(1.2, 2)
    X[:part, 0] += draws.uniform(1, furthest)
    return in_order(rng, X)


def scarcely_two(rng):
    """Two overlapping groups, (120, 3): BIC takes two components, but the one alone is only 5 worse."""
    return contested(rng, 273, (120, 3), part=45, furthest=2.4)


def scarcely_one(rng):
    """Two overlapping groups, (90, 5): BIC takes one component; with K and d exchanged in the price it takes two."""
    return contested(rng, 181, (90, 5), part=40, furthest=2.4)


def bands(rng):
    """Three parallel bands, (60, 2), of which BIC takes two unless one of the k-means starts lies right."""
    draws = np.random.default_rng(3)
    along = 2.0 * draws.standard_normal((3, 20))
    across = 0.3 * along + 1.3 * np.arange(3)[:, np.newaxis] + 0.12 * draws.standard_normal((3, 20))
    return in_order(rng, np.column_stack([along.ravel(), across.ravel()]))


FIRST_RIGHT_START = {3: 1, 16: 1, 33: 1, 13: 2, 20: 3, 28: 5, 4: 6, 10: 7}
"""`random_state`: which of the starts on `bands` is the first that lies right."""


def in_order(rng, X):
    """Like `similar`, in the same order: with one `random_state` scikit-learn then makes the same choices."""
    turn = np.linalg.qr(rng.standard_normal((X.shape[1], X.shape[1])))[0]
    return np.round(rng.uniform(0.8, 1.25) * X @ turn + rng.uniform(-4, 4, size=X.shape[1]), 4)
