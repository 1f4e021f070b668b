import numpy as np
from sklearn.cluster import KMeans

from gmmlearn import Fit, e_step, likelihood, m_step


def initialize(X, n_components, rng, init_params="kmeans"):
    if init_params == "kmeans":
        seed = int(rng.bit_generator.random_raw() >> 33)
        model = KMeans(n_clusters=n_components, init="k-means++", n_init=2, random_state=seed)
        return np.eye(n_components)[model.fit_predict(X)]
    elif init_params == "random":
        R = rng.random(len(X) * n_components).reshape(len(X), n_components)
        return np.linalg.inv(np.diag(R.sum(1))) @ R if len(X) < 50 else R / R.sum(1)[:, None]
    raise ValueError("'kmeans' and 'random' are the names of the starts")


def step(X, R, reg_covar):
    mu = m_step.update_means(X, R)
    return m_step.update_weights(R), mu, m_step.update_covariances(X, R, mu, reg_covar)


def fit(X, n_components, rng, *, init_params="kmeans", max_iter=100, tol=1e-3, reg_covar=1e-6):
    now = step(X, np.asarray(initialize(X, n_components, rng, init_params)), reg_covar)
    values = [np.mean(likelihood.log_likelihood(X, *now) / len(X))]
    converged = False
    while True:
        before, now = now, step(X, np.asarray(e_step.responsibilities(X, *now)), reg_covar)
        if len(values) == max_iter:
            break
        values.append(likelihood.log_likelihood(X, *now) / len(X))
        if values[-1] - values[-2] <= tol:
            converged = True
            before = now
            break
    return Fit(*before, np.array(values), converged)
