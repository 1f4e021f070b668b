"""Wrong answers to `n_parameters`, as strangers write them. Each docstring says what is wrong."""


def n_parameters__right_for_two_and_three(n_components, n_features, covariance_type="full"):
    """For "full" it is K d^2 + 1, which is right at K = 2 and d = 3 and nearly nowhere else."""
    K, d = n_components, n_features
    of = {"full": K * d * d + 1, "tied": K - 1 + K * d + d * (d + 1) // 2}
    of |= {"diag": K - 1 + 2 * K * d, "spherical": K - 1 + K * d + K}
    return of[covariance_type]


def n_parameters__arguments_exchanged(n_components, n_features, covariance_type="full"):
    """K and d have changed places."""
    d, K = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__one_mean(n_components, n_features, covariance_type="full"):
    """One mean is counted for all components."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}
    return K - 1 + d + of[covariance_type]


def n_parameters__halved_first(n_components, n_features, covariance_type="full"):
    """`d // 2 * (d + 1)` drops a half where d is odd."""
    K, d = n_components, n_features
    triangle = d // 2 * (d + 1)
    of = {"full": K * triangle, "tied": triangle, "diag": K * d, "spherical": K}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__not_halved(n_components, n_features, covariance_type="full"):
    """A covariance matrix counts d (d + 1) entries; the half is missing."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1), "tied": d * (d + 1), "diag": K * d, "spherical": K}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__minus_one_only(n_components, n_features, covariance_type="full"):
    """The weights are left out, but the 1 for their sum is still taken off."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}
    return K * d + of[covariance_type] - 1


def n_parameters__tied_as_diag(n_components, n_features, covariance_type="full"):
    """With "tied" the shared matrix counts d variances, as if it were diagonal."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d, "diag": K * d, "spherical": K}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__spherical_by_features(n_components, n_features, covariance_type="full"):
    """With "spherical" a variance is counted for each feature, shared by the components."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": d}
    return K - 1 + K * d + of[covariance_type]


def n_parameters__any_other_type_as_diag(n_components, n_features, covariance_type="full"):
    """Any type but "full" is counted as "diag"."""
    K, d = n_components, n_features
    cov = K * d * (d + 1) // 2 if covariance_type == "full" else K * d
    return K - 1 + K * d + cov


def n_parameters__weights_for_features(n_components, n_features, covariance_type="full"):
    """d - 1 weights are counted instead of K - 1."""
    K, d = n_components, n_features
    of = {"full": K * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": K * d, "spherical": K}
    return d - 1 + K * d + of[covariance_type]
