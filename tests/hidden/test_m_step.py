"""Hidden tests of chapter 5: parameters from responsibilities, and the objective."""

import numpy as np
import pytest
from scipy.special import xlogy

from gmmlearn import private
from gmmlearn.checks.diagnosing.cases import untouched, values

from . import inputs


def near(rng, n, n_components, d):
    """Samples, and responsibilities that no parameters in sight have led to."""
    return inputs.samples(rng, n, *inputs.mixture(rng, n_components, d)), inputs.shares(rng, n, n_components)


def uneven(rng, n, n_components, d):
    """The same, where one component has next to no share."""
    return inputs.samples(rng, n, *inputs.mixture(rng, n_components, d)), inputs.uneven_shares(rng, n, n_components)


def about(rng, n, n_components, d):
    """The same with means beside them that are not the weighted means."""
    return *near(rng, n, n_components, d), np.round(1.5 + rng.normal(size=(n_components, d)), 2)


def complete(rng, n, n_components, d, spread=0.8, made=inputs.near, shares_of=None):
    """The same with all parameters of a mixture whose components overlap."""
    while True:
        X, *parameters = made(rng, n, n_components, d, spread=spread)
        shares = shares_of(X, *parameters) if shares_of else inputs.shares(rng, n, n_components)
        if is_far_from_weights(X, shares, *parameters):
            return X, shares, *parameters


def is_far_from_weights(X, shares, weights, *others):
    """Whether 1e-9 beside a weight changes the value too little to be seen, as it does at most inputs."""
    value = private.reference("expected_log_likelihood")(X, shares, weights, *others)
    return (shares / weights).sum() < 0.9 * abs(value)


def owner_of_nothing(table):
    """The responsibilities with a second component, between the others, that owns nothing."""
    return np.insert(table, 1, 0.0, axis=1)


@pytest.mark.exercise("update_weights", weight=3, main=True)
def test_soft_responsibilities(expect, rng):
    expect(
        values(inputs.shares(rng, 7, 3), about="seven samples, three components"),
        values(inputs.uneven_shares(rng, 5, 4), about="five samples, four components, one of them small"),
        values(inputs.shares(rng, 4, 4), about="as many samples as components"),
    )


@pytest.mark.exercise("update_weights")
def test_hard_labels(expect, rng):
    labels = rng.permutation([0, 0, 0, 2, 2, 1, 0, 2, 2, 2])
    expect(values(np.eye(4)[labels], expected=np.array([0.4, 0.1, 0.5, 0.0]), about="hard labels, one never used"))


@pytest.mark.exercise("update_weights")
def test_one_sample_and_one_component(expect, rng):
    row = inputs.shares(rng, 1, 3)
    expect(
        values(row, expected=row[0], about="one sample"),
        values(np.ones((5, 1)), expected=np.ones(1), about="one component"),
    )


@pytest.mark.exercise("update_weights")
def test_table_stays_as_it_is(expect, rng):
    expect(untouched(inputs.shares(rng, 5, 3)), untouched(inputs.shares(rng, 1, 3)))


@pytest.mark.exercise("update_means", weight=3, main=True)
def test_means_weighted_by_responsibilities(expect, rng):
    expect(
        values(*near(rng, 7, 4, 3), about="seven samples of three features, four components"),
        values(*uneven(rng, 9, 3, 4), about="nine samples of four features, three components, one of them small"),
    )


@pytest.mark.exercise("update_means")
def test_as_many_samples_components_and_features(expect, rng):
    expect(values(*near(rng, 3, 3, 3), about="n, K and d all the same"))


@pytest.mark.exercise("update_means")
def test_means_of_hard_labels_are_the_means_of_the_groups(expect, rng):
    X, labels = rng.normal(2, 3, size=(9, 3)).round(2), rng.permutation([0, 0, 0, 0, 1, 1, 1, 2, 2])
    due = np.array([X[labels == k].mean(axis=0) for k in range(3)])
    expect(values(X, np.eye(3)[labels], expected=due, about="hard labels"))


@pytest.mark.exercise("update_means")
def test_one_sample_component_and_feature(expect, rng):
    X, shares = near(rng, 6, 3, 2)
    expect(
        values(X[:1], shares[:1], expected=np.tile(X[0], (3, 1)), about="one sample"),
        values(X, np.ones((6, 1)), expected=X.mean(axis=0, keepdims=True), about="one component"),
        values(*near(rng, 6, 3, 1), about="one feature"),
    )


@pytest.mark.exercise("update_means")
def test_samples_and_table_stay_as_they_are(expect, rng):
    expect(untouched(*near(rng, 6, 4, 3)), untouched(np.array([[0.3, 0.7]]), np.ones((1, 1))))


@pytest.mark.exercise("update_covariances", weight=4, main=True)
def test_scatter_about_the_given_means(expect, rng):
    means = np.round(1.5 + rng.normal(size=(3, 4)), 2)
    expect(
        values(*about(rng, 7, 4, 3), reg_covar=0.1, about="means that are not the weighted means, a large `reg_covar`"),
        values(
            *uneven(rng, 9, 3, 4), means, about="nine samples of four features, three components, one of them small"
        ),
    )


@pytest.mark.exercise("update_covariances")
def test_covariances_are_those_of_numpy(expect, rng):
    X, shares, _ = about(rng, 12, 4, 3)
    means = np.array([np.average(X, axis=0, weights=column) for column in shares.T])
    due = np.array([np.cov(X.T, bias=True, aweights=column) for column in shares.T]) + 0.3 * np.eye(3)
    expect(values(X, shares, means, reg_covar=0.3, expected=due, about="the weighted means"))


@pytest.mark.exercise("update_covariances", weight=2)
def test_reg_covar(expect, rng):
    arguments = about(rng, 8, 3, 2)
    expect(
        values(*arguments, reg_covar=0.9, about="a large `reg_covar`"),
        values(*arguments, reg_covar=0.0, about="`reg_covar` 0"),
    )


@pytest.mark.exercise("update_covariances")
def test_one_sample_one_component_and_one_feature(expect, rng):
    X, shares, _ = about(rng, 1, 3, 2)
    words = "one sample, where only `reg_covar` keeps the variances above 0"
    expect(
        values(
            X, shares, np.tile(X, (3, 1)), reg_covar=0.05, expected=np.tile(0.05 * np.eye(2), (3, 1, 1)), about=words
        ),
        values(*about(rng, 6, 1, 2), reg_covar=0.05, about="one component"),
        values(*about(rng, 6, 3, 1), reg_covar=0.05, about="one feature"),
    )


@pytest.mark.exercise("update_covariances")
def test_inputs_stay_as_they_are(expect, rng):
    expect(untouched(*about(rng, 6, 4, 3)))


@pytest.mark.exercise("expected_log_likelihood", weight=3, main=True)
def test_given_responsibilities(expect, rng):
    expect(
        values(
            *complete(rng, 7, 4, 3, made=inputs.on_edge), about="responsibilities that do not belong to the parameters"
        ),
        values(*complete(rng, 9, 3, 4, made=inputs.on_edge), about="nine samples of four features, three components"),
        values(*complete(rng, 5, 4, 3, made=inputs.on_edge), about="five samples of three features, four components"),
    )


@pytest.mark.exercise("expected_log_likelihood")
def test_tight_components(expect, rng):
    X, shares, weights, means, covariances = complete(rng, 6, 4, 3, spread=0.1)
    tight = X / 1000, shares, weights, means / 1000, covariances / 10_000
    expect(values(*tight, about="components so tight that the value is positive"))


@pytest.mark.exercise("expected_log_likelihood")
def test_with_the_entropy_it_is_the_log_likelihood(expect, rng):
    X, posterior, *parameters = complete(rng, 8, 4, 3, shares_of=private.reference("responsibilities"))
    due = private.reference("log_likelihood")(X, *parameters) + xlogy(posterior, posterior).sum()
    expect(values(X, posterior, *parameters, expected=float(due), about="responsibilities of the same parameters"))


@pytest.mark.exercise("expected_log_likelihood")
def test_component_of_weight_zero(expect, rng):
    X, shares, weights, means, covariances = complete(rng, 6, 3, 3)
    wider = np.insert(means, 1, 0.0, axis=0), np.insert(covariances, 1, np.eye(3), axis=0)
    idle = X, owner_of_nothing(shares), np.insert(weights, 1, 0.0), *wider
    expect(
        values(*idle, about="a component of weight 0 that owns nothing"),
        values(idle[0][:3], idle[1][:3], *idle[2:], about="the same with three samples"),
        # A share of what is minus infinity leaves nothing finite of the sum.
        values(
            X, inputs.shares(rng, 6, 4), *idle[2:], expected=-np.inf, about="a component of weight 0 that owns a share"
        ),
    )


@pytest.mark.exercise("expected_log_likelihood")
def test_far_samples(expect, rng):
    X, shares, *parameters = complete(rng, 6, 4, 3)
    expect(values(X * np.array([[60.0]]), shares, *parameters, about="samples far from every component"))


@pytest.mark.exercise("expected_log_likelihood")
def test_hard_responsibilities(expect, rng):
    X, _, *parameters = complete(rng, 8, 3, 3)
    labels = rng.permutation([0, 1, 2, 2, 1, 0, 2, 1])
    due = private.reference("log_joint")(X, *parameters)[np.arange(8), labels].sum()
    expect(values(X, np.eye(3)[labels], *parameters, expected=float(due), about="hard labels"))


@pytest.mark.exercise("expected_log_likelihood")
def test_one_sample_component_feature(expect, rng):
    X, _, *single = complete(rng, 5, 1, 2)
    expect(
        values(*complete(rng, 1, 3, 2), about="one sample"),
        values(X, np.ones((5, 1)), *single, about="one component"),
        values(*complete(rng, 5, 3, 1), about="one feature"),
    )


@pytest.mark.exercise("expected_log_likelihood")
def test_arguments_stay_as_they_are(expect, rng):
    expect(untouched(*complete(rng, 5, 3, 2)))
