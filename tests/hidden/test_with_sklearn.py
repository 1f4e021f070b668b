"""Hidden tests of chapter 7: scikit-learn's mixture, counting parameters, and the choice by BIC."""

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmmlearn.checks.compare import Close, Finite, PositiveDefinite, Shape
from gmmlearn.grading.proxy import FittedMixture, InProcess, Student

from . import inputs
from .recognise import (
    Refused,
    agree,
    call,
    fail,
    hold,
    known,
    outcome,
    raise_if_known,
    reference,
    untouched,
)

SETTINGS = ("n_components", "covariance_type", "init_params", "n_init", "random_state")
PARAMETERS = ("weights_", "means_", "covariances_")
TYPES = ("full", "tied", "diag", "spherical")


def cloud(rng, n, n_components, d):
    return inputs.samples(rng, n, *inputs.mixture(rng, n_components, d))


def outline(model):
    """Of a model what identifies it: its class, its settings, and its means if chance played no part."""
    if not isinstance(model, FittedMixture):
        form = f" {model.dtype.kind} {model.shape}" if isinstance(model, np.ndarray) else ""
        return type(model).__name__ + form
    settings = {name: model.params.get(name) for name in SETTINGS}
    means = model.attributes.get("means_", "none")
    return (
        model.class_name,
        repr(settings),
        " ".join(model.attributes),
        means if settings["random_state"] is not None else f"of shape {np.shape(means)}",
    )


def fitted(student, one):
    """The model of a call, or the sentence that says what it lacks; its parameters have the shapes that are due."""
    got = outcome(student.fit_sklearn, one)
    lacks = None
    if not isinstance(got, FittedMixture):
        lacks = f"a {type(got).__name__} came where a fitted GaussianMixture is due"
    elif not got.class_name.endswith(".GaussianMixture"):
        lacks = f"a {got.class_name} came where a GaussianMixture is due"
    elif not {*PARAMETERS, "precisions_cholesky_"} <= set(got.attributes):
        lacks = "the model has not been fitted: some of its parameters are missing"
    else:
        K, d, kind = one.positional[1], one.positional[0].shape[1], one.keyword.get("covariance_type", "full")
        shapes = (K,), (K, d), {"full": (K, d, d), "tied": (d, d), "diag": (K, d)}[kind]
        for name, shape in zip(PARAMETERS, shapes):
            if mismatch := Shape(shape)(got.attributes[name]) or Finite()(got.attributes[name]):
                lacks = lacks or f"{name}: {mismatch.text}"
    if lacks is None:
        return got
    raise_if_known("fit_sklearn", [one], [got], ("law",), outline)
    if isinstance(got, Refused):
        raise got.error
    return fail("fit_sklearn", lacks)


@pytest.mark.exercise("fit_sklearn", weight=4, main=True)
def test_model_is_fitted_with_all_that_was_asked_for(student, rng):
    X, solution = cloud(rng, 70, 3, 2), Student(InProcess({"fit_sklearn": reference("fit_sklearn")}))
    for covariance_type, n_init in (("tied", 2), ("diag", 3)):
        one = call(
            X,
            3,
            covariance_type=covariance_type,
            init_params="random_from_data",
            n_init=n_init,
            random_state=int(rng.integers(2**31)),
        )
        model, due = fitted(student, one), outcome(solution.fit_sklearn, one)
        # Whether `random_state` was used shows in the parameters, in whatever form it was handed on.
        wrong = [name for name in SETTINGS[:-1] if repr(model.params.get(name)) != repr(due.params[name])]
        differing = [
            f"{name}: {mismatch.text}"
            for name in PARAMETERS
            if (mismatch := Close(due.attributes[name], 1e-5, 1e-7)(model.attributes[name]))
        ]
        if wrong or differing:
            raise_if_known("fit_sklearn", [one], [model], ("law",), outline)
            fail("fit_sklearn", f"the model's {wrong[0]} is not the one asked for" if wrong else differing[0])


@pytest.mark.exercise("fit_sklearn")
def test_defaults_are_full_covariances_and_one_kmeans_start(student, rng):
    X, _ = inputs.two_clusters(rng)
    model, due = fitted(student, call(X, 2)), GaussianMixture(2, random_state=0).fit(X)
    order = np.argsort(model.attributes["weights_"]), np.argsort(due.weights_)
    for name in PARAMETERS:
        hold(
            "fit_sklearn",
            Close(getattr(due, name)[order[1]], 1e-5, 1e-7)(model.attributes[name][order[0]]),
            f"with defaults, {name}",
        )


@pytest.mark.exercise("fit_sklearn")
def test_fitted_parameters_are_as_likely_as_the_model_says(student, rng):
    X = cloud(rng, 80, 2, 3)
    attributes = fitted(student, call(X, 2, random_state=3)).attributes
    hold("fit_sklearn", PositiveDefinite()(attributes["covariances_"]), "covariances_")
    if not (attributes["weights_"] > 0).all():
        fail("fit_sklearn", "a component of the fitted model has no weight")
    mean = reference("log_likelihood")(X, *(attributes[name] for name in PARAMETERS)) / len(X)
    bound = attributes.get("lower_bound_")
    # The bound was noted before the last M-step, which gained less than the tolerance of 1e-3.
    if not isinstance(bound, float) or not -1e-4 < mean - bound < 1e-2:
        fail("fit_sklearn", "the parameters of the model do not have the likelihood that its fit ended with")


@pytest.mark.exercise("fit_sklearn")
def test_same_random_state_gives_the_same_model(student, rng):
    one = call(rng.uniform(size=(50, 2)), 4, init_params="random_from_data", random_state=int(rng.integers(2**31)))
    first, second = fitted(student, one), fitted(student, one)
    if not np.array_equal(first.attributes["means_"], second.attributes["means_"]):
        raise known("fit_sklearn-random-state-dropped")


@pytest.mark.exercise("fit_sklearn")
def test_model_of_one_component_and_one_feature(student, rng):
    X = rng.normal(3, 2, size=(12, 1))
    attributes = fitted(student, call(X, 1)).attributes
    hold("fit_sklearn", Close(X.mean(axis=0, keepdims=True))(attributes["means_"]), "one component, means_")
    hold("fit_sklearn", Close(X.var() + 1e-6 * np.ones((1, 1, 1)))(attributes["covariances_"]), "covariances_")


@pytest.mark.exercise("fit_sklearn")
def test_fit_sklearn_leaves_its_input_alone(student, rng):
    untouched(student, "fit_sklearn", call(cloud(rng, 20, 2, 2), 2, random_state=0))


@pytest.mark.exercise("n_parameters", weight=4, main=True)
def test_parameters_of_every_type_of_covariance(student, rng):
    sizes = [(int(rng.integers(3, 6)), int(rng.integers(6, 9))), (int(rng.integers(6, 9)), int(rng.integers(3, 6)))]
    calls = [call(*size, kind) for size in sizes for kind in TYPES]
    agree(student, "n_parameters", *calls, about=[f'"{kind}"' for _ in sizes for kind in TYPES])


@pytest.mark.exercise("n_parameters")
def test_parameters_are_as_many_as_sklearn_counts(student, rng):
    X, due = cloud(rng, 30, 2, 3), []
    for kind in TYPES:
        model = GaussianMixture(2, covariance_type=kind, random_state=0, tol=1.0).fit(X)
        # BIC - AIC = p log n - 2 p
        due.append(round((model.bic(X) - model.aic(X)) / (np.log(len(X)) - 2)))
    calls = [call(2, 3, covariance_type=kind) for kind in TYPES]
    agree(student, "n_parameters", *calls, due=due, about=[f'"{kind}"' for kind in TYPES])


@pytest.mark.exercise("n_parameters")
def test_parameters_counted_by_hand(student, rng):
    # Two of three weights, three means of two numbers, three matrices of two variances and one covariance.
    calls, about = (call(3, 2), call(2, 1, "spherical")), ("without a type", '"spherical"')
    agree(student, "n_parameters", *calls, due=[2 + 6 + 9, 1 + 2 + 2], about=about, naming=False)


@pytest.mark.exercise("n_parameters")
def test_types_coincide_for_one_feature_and_for_one_component(student, rng):
    one_feature = [call(4, 1, kind) for kind in ("full", "diag", "spherical")]
    one_component = [call(1, 5, kind) for kind in ("full", "tied")]
    due, about = [3 + 4 + 4] * 3 + [5 + 15] * 2, ["one feature"] * 3 + ["one component"] * 2
    agree(student, "n_parameters", *one_feature, *one_component, due=due, about=about, naming=False)


@pytest.mark.exercise("bic", weight=3, main=True)
def test_bic_of_a_log_likelihood_and_two_counts(student, rng):
    calls = [
        call(-float(rng.uniform(200, 900)), int(rng.integers(5, 30)), int(rng.integers(60, 300))) for _ in range(3)
    ]
    agree(student, "bic", *calls)


@pytest.mark.exercise("bic")
def test_bic_is_that_of_sklearn(student, rng):
    X = cloud(rng, 40, 2, 2)
    model = GaussianMixture(2, random_state=0).fit(X)
    log_likelihood = float(model.score_samples(X).sum())
    agree(student, "bic", call(log_likelihood, 11, 40), due=[float(model.bic(X))])


@pytest.mark.exercise("bic")
def test_parameter_costs_the_logarithm_of_the_number_of_samples(student, rng):
    n_samples, log_likelihood = int(rng.integers(60, 300)), -float(rng.uniform(200, 900))
    price = student.bic(log_likelihood, 8, n_samples) - student.bic(log_likelihood, 7, n_samples)
    if not np.isclose(price, np.log(n_samples)):
        fail("bic", f"one parameter more changes the value by {price / np.log(n_samples):.3g} times what it costs")


@pytest.mark.exercise("bic")
def test_higher_likelihood_is_lower_bic_and_one_sample_costs_nothing(student, rng):
    low, high = np.sort(rng.uniform(-900, 300, size=2)).tolist()
    if not student.bic(high, 9, 100) < student.bic(low, 9, 100):
        fail("bic", "a higher likelihood does not give a lower value, as it does in scikit-learn")
    agree(student, "bic", call(high, 9, 1), due=[-2 * high])


def blobs(rng, sizes, factor):
    """Groups far apart, all with the covariance `factor @ factor.T`."""
    groups = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    centres = 1.5 * np.array([[0.0, 0.0], [14.0, 3.0], [-4.0, 15.0]]) + rng.uniform(-1, 1, size=(3, 2))
    return centres[groups] + rng.standard_normal((len(groups), 2)) @ factor.T


def contested(rng, state):
    """A call where BIC takes one component, AIC two and the likelihood three, each by a clear margin; or None."""
    n_samples, n_more = 120, 6  # one component more has six parameters more
    for _ in range(60):  # one draw in five will do
        X = rng.standard_normal((n_samples, 2))
        second = rng.permutation(n_samples) < n_samples // 3
        X[second] = rng.uniform(1.2, 2) * X[second] + [rng.uniform(1, 2), 0]
        models = [GaussianMixture(k, n_init=2, random_state=state).fit(X) for k in (1, 2)]
        gain = n_samples * (models[1].score(X) - models[0].score(X))
        if not n_more + 1.5 < gain < n_more * np.log(n_samples) / 2 - 3:
            continue
        third = GaussianMixture(3, n_init=2, random_state=state).fit(X)
        if 0.5 < n_samples * (third.score(X) - models[1].score(X)) < n_more - 1.5:
            return call(X, (3, 1, 2), n_init=2, random_state=state)
    return None  # a draw of one in a million: the other calls are asked all the same


@pytest.mark.exercise("select_n_components", weight=4, main=True)
def test_candidate_with_the_lowest_bic_whatever_the_order_of_the_list(student, rng):
    state, slanted = int(rng.integers(2**31)), np.array([[2.0, 0.0], [1.9, 0.25]])
    calls = [
        call(blobs(rng, (40, 40, 40), slanted), (5, 3, 2), n_init=2, random_state=state),
        call(blobs(rng, (40, 40), np.eye(2)), (1, 4, 2), n_init=2, random_state=state),
        call(blobs(rng, (120,), np.eye(2)), [2, 1], n_init=2, random_state=state),
    ]
    # Without this one the lowest AIC and the highest likelihood would look alike.
    if close := contested(rng, state):
        calls.append(close)
    agree(student, "select_n_components", *calls)


@pytest.mark.exercise("select_n_components")
def test_several_starts_find_what_one_start_misses(student, rng):
    # Three parallel bands, where one k-means start in ten cuts across; turned, stretched and moved at random.
    places, turn = np.random.default_rng(2), np.linalg.qr(rng.standard_normal((2, 2)))[0]
    along = 2.0 * places.standard_normal((3, 20))
    across = 0.3 * along + 1.5 * np.arange(3)[:, np.newaxis] + 0.12 * places.standard_normal((3, 20))
    X = rng.uniform(0.5, 3) * np.column_stack([along.ravel(), across.ravel()]) @ turn + rng.uniform(-5, 5, size=2)
    select = reference("select_n_components")
    for state in range(30):
        if select(X, (2, 3), n_init=1, random_state=state) == 2:
            # Six starts that all fail come once in a million.
            several = call(X, (2, 3), n_init=6, random_state=state)
            # Where one start is enough, a wrong criterion is wrong all the same.
            slanted = blobs(rng, (40, 40), np.array([[2.0, 0.0], [1.9, 0.25]]))
            enough = call(slanted, (1, 2, 5), n_init=1, random_state=state)
            return agree(student, "select_n_components", several, enough, due=[3, 2])
    return None  # scikit-learn draws otherwise by now, and no start fails: there is nothing to ask


@pytest.mark.exercise("select_n_components")
def test_only_candidate_is_chosen(student, rng):
    X = blobs(rng, (30, 40), np.eye(2))
    calls = call(X, (3,), n_init=1, random_state=0), call(X, [1], n_init=1)
    agree(student, "select_n_components", *calls, due=[3, 1], about=["a single candidate"] * 2, naming=False)


@pytest.mark.exercise("select_n_components")
def test_one_feature_and_default_settings(student, rng):
    X = blobs(rng, (30, 40), np.eye(2))[:, :1]
    agree(student, "select_n_components", call(X, (2, 1)), due=[2], naming=False)


@pytest.mark.exercise("select_n_components")
def test_select_n_components_leaves_its_input_alone(student, rng):
    untouched(student, "select_n_components", call(blobs(rng, (30, 40), np.eye(2)), (1, 2), n_init=1, random_state=0))
