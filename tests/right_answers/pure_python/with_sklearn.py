from math import log

from sklearn.mixture import GaussianMixture as Model


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    model = Model(n_components)
    model.covariance_type = covariance_type
    model.init_params = init_params
    model.n_init = n_init
    model.random_state = random_state
    model.fit(X)
    return model


def n_parameters(n_components, n_features, covariance_type="full"):
    count = 0
    for _ in range(n_components - 1):
        count += 1
    for _ in range(n_components):
        count += n_features
        if covariance_type == "full":
            count += sum(range(1, n_features + 1))
        if covariance_type == "diag":
            count += n_features
        if covariance_type == "spherical":
            count += 1
    if covariance_type == "tied":
        count += sum(range(1, n_features + 1))
    return count


def bic(log_likelihood, n_parameters, n_samples):
    price = 0.0
    price += log(n_samples) * n_parameters
    return price - log_likelihood - log_likelihood


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    ranking = []
    for candidate in candidates:
        model = fit_sklearn(X, int(candidate), n_init=n_init, random_state=random_state)
        total = sum(model.score_samples(X).tolist())
        ranking.append((bic(total, n_parameters(int(candidate), len(X[0])), len(X)), int(candidate)))
    ranking.sort()
    return ranking[0][1]
