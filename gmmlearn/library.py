"""Every exercise once more, by calls into NumPy, SciPy and scikit-learn: what you would call in practice.

The explorations draw with these functions, and the judge puts them in the place of a student's own where
one is missing or wrong, so that an early mistake does not spoil a later exercise. There is no secret here.
Formulas, shapes and errors are in the docstrings of the exercises (`gmmlearn/<chapter>.py`); here each
docstring adds only what the function calls.

SciPy and scikit-learn are imported inside the functions: importing this module stays cheap.

Examples
--------
>>> import numpy as np
>>> from gmmlearn import library
>>> library.gaussian_density(np.array([0.0, 1.0]), 1.0, 4.0).round(4)
array([0.176 , 0.1995])
"""

from math import comb

import numpy as np

from . import Fit


# Densities of 0 and weights of 0 are right values, also where `np.seterr` makes errors of them.
@np.errstate(divide="ignore", under="ignore")
def gaussian_density(x, mean, variance):
    """Density of the one-dimensional normal distribution.

    By `scipy.stats.norm.pdf`, which takes the standard deviation, not the variance.
    """
    from scipy.stats import norm

    return norm.pdf(x, loc=mean, scale=np.sqrt(variance))


@np.errstate(divide="ignore", under="ignore")
def mixture_density(x, weights, means, variances):
    """Density of a one-dimensional Gaussian mixture.

    By `scipy.stats.norm.pdf` and `numpy.dot`.
    """
    return np.dot(gaussian_density(np.asarray(x)[:, np.newaxis], means, variances), weights)


def gaussian_log_density(X, mean, covariance):
    """Log density of the multivariate normal distribution.

    By `scipy.stats.multivariate_normal.logpdf`, with the covariance given by its Cholesky factor: SciPy's own
    factorization refuses a covariance of condition number 1e10 as singular.
    """
    from scipy.stats import Covariance, multivariate_normal

    factored = Covariance.from_cholesky(np.linalg.cholesky(covariance))
    log_density = multivariate_normal.logpdf(X, mean, factored)
    return np.reshape(log_density, len(X))  # SciPy gives a scalar for a single sample


def sample_categorical(weights, n_samples, rng):
    """Draw component labels with the given probabilities.

    By `numpy.random.Generator.choice`.
    """
    labels = rng.choice(len(weights), size=n_samples, p=weights)
    return labels.astype(np.intp)  # in a browser NumPy has 32 bits, and np.bincount takes nothing wider


def sample_gaussian(mean, covariance, n_samples, rng):
    """Draw samples from a multivariate normal distribution.

    By `numpy.random.Generator.multivariate_normal`.
    """
    return rng.multivariate_normal(mean, covariance, size=n_samples, method="cholesky")


def sample_mixture(weights, means, covariances, n_samples, rng):
    """Draw samples from a Gaussian mixture, with the component that each one comes from.

    By `choice` and `multivariate_normal` of the generator. `GaussianMixture.sample` of scikit-learn does the
    same, but hands the rows back grouped by component.
    """
    labels = sample_categorical(weights, n_samples, rng)
    X = np.empty((n_samples, np.shape(means)[1]))
    for k, (mean, covariance) in enumerate(zip(means, covariances)):
        members = labels == k
        X[members] = sample_gaussian(mean, covariance, np.count_nonzero(members), rng)
    return X, labels


def fit_gaussian(X):
    """Maximum-likelihood mean and covariance of one Gaussian.

    By `numpy.mean` and `numpy.cov` with `bias=True`, which divides by n. The samples are handed over as columns:
    with `rowvar=False` NumPy before 2.2 takes a single sample for a single feature.
    """
    return np.mean(X, axis=0), np.atleast_2d(np.cov(np.transpose(X), bias=True))


@np.errstate(divide="ignore", under="ignore")
def log_joint(X, weights, means, covariances):
    """Log of weight times density, for every sample and every component.

    By `scipy.stats.multivariate_normal.logpdf`, a call for each component.
    """
    log_densities = [gaussian_log_density(X, mean, covariance) for mean, covariance in zip(means, covariances)]
    return np.column_stack(log_densities) + np.log(weights)  # a weight of 0 has the log -inf, as it should


@np.errstate(divide="ignore", under="ignore")
def log_likelihood(X, weights, means, covariances):
    """Log-likelihood of a Gaussian mixture, summed over the samples.

    By `scipy.special.logsumexp`.
    """
    from scipy.special import logsumexp

    return float(np.sum(logsumexp(log_joint(X, weights, means, covariances), axis=1)))


@np.errstate(divide="ignore", under="ignore")
def responsibilities(X, weights, means, covariances):
    """Posterior probability of every component, for every sample.

    By `scipy.special.softmax`.
    """
    from scipy.special import softmax

    return softmax(log_joint(X, weights, means, covariances), axis=1)


def assign(responsibilities):
    """Label of the most probable component of every sample.

    By `numpy.argmax`, which takes the first of several equal ones.
    """
    return np.argmax(responsibilities, axis=1)


def update_weights(responsibilities):
    """Weight of each component: its mean responsibility.

    By `numpy.mean`.
    """
    return np.mean(responsibilities, axis=0)


def update_means(X, responsibilities):
    """Mean of each component, weighted by its responsibilities.

    By `numpy.average`. A component that owns nothing has no average; its mean is 0, as in scikit-learn.
    """
    means = np.zeros((np.shape(responsibilities)[1], X.shape[1]))
    for k, shares in enumerate(np.transpose(responsibilities)):
        if shares.any():
            means[k] = np.average(X, axis=0, weights=shares)
    return means


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    """Covariance of each component about the given means, weighted by its responsibilities.

    By `numpy.cov` with `aweights`, which takes the scatter about the weighted mean; about another point the
    scatter is larger by the outer product of the shift with itself.
    """
    n_components, n_features = np.shape(means)
    covariances = np.zeros((n_components, n_features, n_features))
    for k, shares in enumerate(np.transpose(responsibilities)):
        if shares.any():
            shift = np.average(X, axis=0, weights=shares) - means[k]
            scatter = np.cov(np.transpose(X), bias=True, aweights=shares)
            covariances[k] = scatter + np.outer(shift, shift)
    return covariances + reg_covar * np.eye(n_features)


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    """Expected complete-data log-likelihood, the objective of the M-step.

    By `numpy.dot`, over the pairs of sample and component that are possible at all.
    """
    possible = np.asarray(responsibilities) > 0  # elsewhere the log joint may be -inf, and 0 * -inf is NaN
    joint = log_joint(X, weights, means, covariances)
    return float(np.dot(responsibilities[possible], joint[possible]))


def initialize(X, n_components, rng, init_params="kmeans"):
    """Responsibilities to begin EM with.

    By `sklearn.cluster.KMeans`, or `numpy.random.Generator.random`.
    """
    if init_params == "kmeans":
        from sklearn.cluster import KMeans

        seed = int(rng.integers(2**32))  # scikit-learn takes no Generator
        labels = KMeans(n_components, n_init=1, random_state=seed).fit_predict(X)
        return np.eye(n_components)[labels]
    if init_params == "random":
        draws = rng.random((len(X), n_components))
        return draws / np.sum(draws, axis=1, keepdims=True)
    raise ValueError(f"init_params is 'kmeans' or 'random', not {init_params!r}")


@np.errstate(divide="ignore", under="ignore")
def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    """Fit a Gaussian mixture by expectation-maximization.

    In a loop over this module's own functions, because `GaussianMixture.fit` of scikit-learn takes neither a
    `Generator` nor responsibilities to begin with. The steps and their order are scikit-learn's, and so is
    the trace.
    """
    from scipy.special import logsumexp, softmax

    def maximize(shares):
        means = update_means(X, shares)
        return update_weights(shares), means, update_covariances(X, shares, means, reg_covar)

    parameters = maximize(initialize(X, n_components, rng, init_params))
    log_likelihoods = []
    converged = False
    while not converged and len(log_likelihoods) < max_iter:
        joint = log_joint(X, *parameters)
        log_likelihoods.append(float(np.mean(logsumexp(joint, axis=1))))
        parameters = maximize(softmax(joint, axis=1))
        converged = len(log_likelihoods) > 1 and log_likelihoods[-1] - log_likelihoods[-2] < tol
    return Fit(*parameters, np.array(log_likelihoods), converged)


@np.errstate(divide="ignore", under="ignore")
def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    """Fit a Gaussian mixture with scikit-learn.

    By `sklearn.mixture.GaussianMixture`.
    """
    from sklearn.mixture import GaussianMixture

    model = GaussianMixture(
        n_components,
        covariance_type=covariance_type,
        init_params=init_params,
        n_init=n_init,
        random_state=random_state,
    )
    return model.fit(X)


def n_parameters(n_components, n_features, covariance_type="full"):
    """Count the free parameters of a Gaussian mixture.

    By `math.comb`: a symmetric matrix holds as many numbers as there are pairs of features, repeats allowed.
    """
    pairs = comb(n_features + 1, 2)
    covariance_parameters = {
        "full": n_components * pairs,
        "tied": pairs,
        "diag": n_components * n_features,
        "spherical": n_components,
    }
    try:
        return n_components - 1 + n_components * n_features + covariance_parameters[covariance_type]
    except KeyError:
        choices = ", ".join(covariance_parameters)
        raise ValueError(f"covariance_type is one of {choices}, not {covariance_type!r}") from None


def bic(log_likelihood, n_parameters, n_samples):
    """Bayesian information criterion, lower is better.

    By `numpy.log`: libraries offer it on a fitted model only, as `GaussianMixture.bic`.
    """
    return float(n_parameters * np.log(n_samples) - 2 * log_likelihood)


@np.errstate(divide="ignore", under="ignore")
def select_n_components(X, candidates, *, n_init=5, random_state=None):
    """Choose the number of components by the lowest BIC.

    By `GaussianMixture.bic` of scikit-learn, on floats: of integers, scikit-learn 1.9 cuts the log densities to
    whole numbers.
    """
    X = np.asarray(X, dtype=float)

    def criterion(n_components):
        return fit_sklearn(X, n_components, n_init=n_init, random_state=random_state).bic(X)

    return int(min(candidates, key=criterion))


def sufficient_statistics(X):
    """All that the M-step needs to know of each sample: 1, its features, their products.

    By `numpy.triu_indices`. `PolynomialFeatures(2)` of scikit-learn has the same columns in the same order.
    """
    X = np.asarray(X)
    first, second = np.triu_indices(X.shape[1])
    return np.column_stack([np.ones(len(X)), X, X[:, first] * X[:, second]])


@np.errstate(divide="ignore", under="ignore")
def natural_parameters(weights, means, covariances):
    """The numbers by which a sample's statistics become its log joint density.

    By `numpy.linalg.inv` and `numpy.linalg.slogdet`, which take all components at once.
    """
    means = np.asarray(means)
    n_features = means.shape[1]
    precisions = np.linalg.inv(covariances)
    linear = np.einsum("kij,kj->ki", precisions, means)
    squared = np.einsum("ki,ki->k", linear, means)
    log_determinants = np.linalg.slogdet(covariances)[1]
    constant = np.log(weights) - (n_features * np.log(2 * np.pi) + log_determinants + squared) / 2
    first, second = np.triu_indices(n_features)
    quadratic = precisions[:, first, second] / np.where(first == second, -2, -1)
    return np.column_stack([constant, linear, quadratic])


@np.errstate(divide="ignore", under="ignore")
def expected_statistics(X, theta):
    """E-step on a block of samples: sums of statistics, and the log-likelihood.

    By `scipy.special.softmax`, `scipy.special.logsumexp` and `numpy.matmul`.
    """
    from scipy.special import logsumexp, softmax

    T = sufficient_statistics(X)
    joint = T @ np.transpose(theta)
    return softmax(joint, axis=1).T @ T, float(np.sum(logsumexp(joint, axis=1)))


def parameters(S, reg_covar=1e-6):
    """M-step: weights, means and covariances from sums of statistics.

    By `numpy.triu_indices`. A component that owns nothing has mean 0, as in `update_means`.
    """
    S = np.asarray(S)
    n_features = int(np.sqrt(2 * S.shape[1])) - 1
    counts = S[:, :1]
    averages = np.divide(S[:, 1:], counts, out=np.zeros(S[:, 1:].shape), where=counts > 0)
    means, products = averages[:, :n_features], averages[:, n_features:]
    second_moments = np.zeros((len(S), n_features, n_features))
    first, second = np.triu_indices(n_features)
    second_moments[:, first, second] = products
    second_moments[:, second, first] = products
    covariances = second_moments - np.einsum("ki,kj->kij", means, means)
    return S[:, 0] / np.sum(S[:, 0]), means.copy(), covariances + reg_covar * np.eye(n_features)
