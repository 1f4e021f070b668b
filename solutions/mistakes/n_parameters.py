"""Known mistakes of `n_parameters`."""

from .registry import mistake


def _entries(n_components, n_features):
    symmetric = n_features * (n_features + 1) // 2
    full, diag = n_components * symmetric, n_components * n_features
    return {"full": full, "tied": symmetric, "diag": diag, "spherical": n_components}


def _weights_and_means(n_components, n_features):
    return n_components - 1 + n_components * n_features


@mistake("n_parameters")
def n_parameters_all_entries(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when every entry of a covariance matrix counts as free. A symmetric
    matrix has fewer free entries."""
    entries = _entries(n_components, n_features)
    entries |= {"full": n_components * n_features**2, "tied": n_features**2}
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_all_weights(n_components, n_features, covariance_type="full"):
    """The numbers are too large by one, as when all weights count as free. The weights sum to 1."""
    return n_components + n_components * n_features + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_without_weights(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when the weights are not counted. They are estimated as well."""
    return n_components * n_features + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_without_means(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when the means are not counted. They are estimated as well."""
    return n_components - 1 + _entries(n_components, n_features)[covariance_type]


@mistake("n_parameters")
def n_parameters_always_full(n_components, n_features, covariance_type="full"):
    """`covariance_type` has no effect: the numbers are always those of full covariances."""
    return _weights_and_means(n_components, n_features) + _entries(n_components, n_features)["full"]


@mistake("n_parameters")
def n_parameters_tied_for_each(n_components, n_features, covariance_type="full"):
    """With "tied" the numbers are exactly those you get when each component has its own matrix. There all components
    share one."""
    entries = _entries(n_components, n_features)
    entries["tied"] = entries["full"]
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_diag_shared(n_components, n_features, covariance_type="full"):
    """With "diag" the numbers are exactly those you get when all components share their variances. There each has
    its own."""
    entries = _entries(n_components, n_features) | {"diag": n_features}
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_spherical_shared(n_components, n_features, covariance_type="full"):
    """With "spherical" the numbers are exactly those you get when all components share one variance. There each has
    its own."""
    entries = _entries(n_components, n_features) | {"spherical": 1}
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_spherical_as_diag(n_components, n_features, covariance_type="full"):
    """With "spherical" the numbers are exactly those of "diag", which has a variance for each feature. A spherical
    component has one variance for all of its features."""
    entries = _entries(n_components, n_features)
    entries["spherical"] = entries["diag"]
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_without_diagonal(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when only the entries off the diagonal of a covariance matrix are
    counted. The variances are estimated as well."""
    entries = _entries(n_components, n_features)
    entries["full"] -= n_components * n_features
    entries["tied"] -= n_features
    return _weights_and_means(n_components, n_features) + entries[covariance_type]


@mistake("n_parameters")
def n_parameters_arguments_exchanged(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when the number of components and the number of features are exchanged."""
    return _weights_and_means(n_features, n_components) + _entries(n_features, n_components)[covariance_type]


@mistake("n_parameters")
def n_parameters_one_mean(n_components, n_features, covariance_type="full"):
    """The numbers are exactly those you get when one mean is counted for all components. Each has its own."""
    return n_components - 1 + n_features + _entries(n_components, n_features)[covariance_type]
