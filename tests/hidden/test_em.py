"""Hidden tests of chapter 6: the start of EM, and the loop.

Whole traces are compared only where every k-means start is the same; of random starts only laws are asked.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmmlearn import Fit
from gmmlearn.checks.compare import (
    Close,
    Mismatch,
    NeverFalls,
    PositiveDefinite,
    RowsSumToOne,
    SameLaw,
    SameUpToPermutation,
)
from gmmlearn.grading.proxy import Seed

from . import inputs
from .recognise import (
    Refused,
    call,
    fail,
    follow,
    hold,
    known,
    outcome,
    raise_if_known,
    reference,
    reproducible,
    untouched,
)


def seed_from(rng):
    return Seed(int(rng.integers(2**40)))


def in_one_order(table):
    return table[:, np.lexsort(table[::-1])]


def uniform_shares(table):
    """Law of `"random"` with two components: u / (u + v) is below t <= 1/2 with probability t / (2 (1 - t))."""
    share = table[:, 0]
    with np.errstate(divide="ignore"):
        level = np.where(share <= 0.5, share / (2 * (1 - share)), 1 - (1 - share) / (2 * share))
    mismatch = SameLaw(np.full(20, 0.05), 1e-7)(np.clip(20 * level, 0, 19).astype(int))
    text = "the rows sum to 1, but they are not uniform draws divided by their sum"
    return Mismatch("law", table, None, text) if mismatch else None


def start_statistics(table):
    """Sums of the rows and of the columns, and how the shares of the first component are spread."""
    rows, columns = table.sum(axis=1), table.sum(axis=0) / len(table)
    quantiles = np.quantile(table[:, 0], [0.05, 0.25, 0.5, 0.75, 0.95])
    return np.concatenate([[rows.mean(), rows.std()], columns, quantiles])


@pytest.mark.exercise("initialize", weight=4, main=True)
def test_kmeans_start_is_the_one_hot_table_of_the_clusters(student, rng):
    X, labels = inputs.two_clusters(rng)
    calls = call(X, 2, rng=seed_from(rng)), call(X, 2, rng=seed_from(rng), init_params="kmeans")
    came = [outcome(student.initialize, one) for one in calls]
    due = in_one_order(np.eye(2)[labels])
    for got in came:
        if isinstance(got, Refused) or not np.array_equal(in_one_order(got), due):
            raise_if_known("initialize", calls, came, ("law", "raises"), in_one_order)
            if isinstance(got, Refused):
                raise got.error
            hold("initialize", RowsSumToOne()(got), '"kmeans"')
            one_hot = np.isin(got, (0, 1)).all()
            what = "the groups are not those that k-means finds" if one_hot else "the rows are not one-hot"
            fail("initialize", f'"kmeans": each row sums to 1, but {what}')


@pytest.mark.exercise("initialize")
def test_random_start_is_uniform_draws_whose_rows_are_normalised(student, rng):
    X = rng.normal(size=(2000, 2))
    follow(
        student,
        "initialize",
        lambda subject, seed: subject.initialize(X, 2, rng=Seed(seed), init_params="random"),
        lambda table: RowsSumToOne()(table) or uniform_shares(table),
        start_statistics,
        int(rng.integers(2**40)),
    )


@pytest.mark.exercise("initialize")
def test_both_starts_come_from_rng_alone(student, rng):
    X, seed = rng.uniform(size=(40, 2)), int(rng.integers(2**40))
    seeds = [Seed(seed + step) for step in (0, 0, 1, 2)]
    reproducible(student, "initialize", *(call(X, 3, rng=each, init_params="random") for each in seeds))
    # Where there are no clusters, k-means ends differently from each seed.
    reproducible(student, "initialize", *(call(X, 5, rng=each, init_params="kmeans") for each in seeds[:2]))


@pytest.mark.exercise("initialize")
def test_another_name_is_refused_and_the_two_are_listed(student, rng):
    got = outcome(student.initialize, call(rng.normal(size=(9, 2)), 2, rng=Seed(1), init_params="k-means++"))
    if not isinstance(got, Refused):
        raise known("initialize-any-name")
    kinds = getattr(got.error, "kinds", [])
    if "ValueError" not in kinds:
        fail("initialize", f"an unknown name raised {kinds[0] if kinds else 'nothing'}; a ValueError is due")
    if "kmeans" not in got.error.message or "random" not in got.error.message:
        fail("initialize", "the ValueError for an unknown name does not list the two that there are")


@pytest.mark.exercise("initialize")
def test_start_with_one_sample_one_component_and_one_feature(student, rng):
    for name in ("kmeans", "random"):
        for n_samples, n_components, n_features in ((1, 1, 2), (6, 1, 2), (6, 3, 1)):
            X = rng.normal(size=(n_samples, n_features))
            table = student.initialize(X, n_components, rng=seed_from(rng), init_params=name)
            hold("initialize", RowsSumToOne()(table), f'"{name}"')


@pytest.mark.exercise("initialize")
def test_initialize_leaves_its_input_alone(student, rng):
    untouched(student, "initialize", call(rng.normal(size=(9, 2)), 2, rng=Seed(1)))


@dataclass(frozen=True)
class Climb:
    """EM from the k-means start, by the reference's single steps: parameters and mean log-likelihood in turn."""

    parameters: list
    trace: np.ndarray

    @classmethod
    def of(cls, X, labels, n_iter, reg_covar=1e-6):
        e_step, weights_of, means_of, covariances_of, total = map(
            reference,
            ("responsibilities", "update_weights", "update_means", "update_covariances", "log_likelihood"),
        )
        shares, parameters = np.eye(2)[labels], []
        for _ in range(n_iter + 1):
            means = means_of(X, shares)
            parameters.append((weights_of(shares), means, covariances_of(X, shares, means, reg_covar)))
            shares = e_step(X, *parameters[-1])
        return cls(parameters, np.array([total(X, *each) for each in parameters[:-1]]) / len(X))

    def n_iter(self, tol):
        """How many iterations are made: the first gain below `tol` ends the climb, and is noted."""
        return int(np.argmax(np.diff(self.trace) < tol)) + 2

    def compare(self, fit, n_iter, converged):
        """What is wrong with a fit of so many iterations, or nothing.

        Who looks at a gain as soon as the M-step has made it stops one entry earlier, and is right as well.
        """
        trace, seen = self.trace[:n_iter], len(fit.log_likelihoods)
        if seen != n_iter and not (converged and seen == n_iter - 1):
            text = f"log_likelihoods: {seen} iterations were made, {n_iter} were due"
            return Mismatch("values", fit, None, text)
        if mismatch := Close(trace[:seen], rtol=1e-6, atol=1e-8)(fit.log_likelihoods):
            return Mismatch(mismatch.kind, fit, None, f"log_likelihoods: {mismatch.text}")
        if fit.converged != converged:
            text = f"converged is {fit.converged}; it tells whether `tol` ended the loop, and not `max_iter`"
            return Mismatch("values", fit, None, text)
        mismatches = [SameUpToPermutation(*self.parameters[at], 1e-5, 1e-7)(fit) for at in (seen - 1, seen)]
        return mismatches[0] if all(mismatches) else None


def outline(fit):
    """Of a fit what does not depend on the order of its components."""
    return fit.log_likelihoods, fit.converged, np.sort(fit.weights)


def agree(student, one, climb, n_iter, converged):
    """Assert that a call of `fit` makes this climb."""
    got = outcome(student.fit, one)
    mismatch = None if isinstance(got, Refused) else climb.compare(got, n_iter, converged)
    if isinstance(got, Refused) or mismatch:
        raise_if_known("fit", [one], [got], ("trace",), outline)
        if isinstance(got, Refused):
            raise got.error
        hold("fit", mismatch)


def climbable(rng, reg_covar=1e-6):
    """Clusters on which EM gains enough in five iterations, and whose last gain leaves no doubt when to stop."""
    while True:
        X, labels = inputs.two_clusters(rng)
        climb = Climb.of(X, labels, 30, reg_covar)
        gains = np.diff(climb.trace)
        last = gains[climb.n_iter(1e-3) - 2]
        if (gains[:4] > 2e-3).all() and last > 2e-5 and (np.abs(gains / 1e-3 - 1) > 0.02).all():
            return X, climb


@pytest.mark.exercise("fit", weight=5, main=True)
def test_whole_trace_and_parameters_from_the_kmeans_start(student, rng):
    X, climb = climbable(rng)
    agree(student, call(X, 2, rng=seed_from(rng)), climb, climb.n_iter(1e-3), True)


@pytest.mark.exercise("fit", weight=2)
def test_max_iter_ends_the_loop_and_a_large_reg_covar_is_used(student, rng):
    X, climb = climbable(rng, reg_covar=0.1)
    ended = call(X, 2, rng=seed_from(rng), init_params="kmeans", max_iter=4, tol=1e-3, reg_covar=0.1)
    agree(student, ended, climb, 4, False)
    agree(student, call(X, 2, rng=seed_from(rng), max_iter=1, reg_covar=0.1), climb, 1, False)


@pytest.mark.exercise("fit")
def test_tol_is_held_against_the_gain_of_the_mean(student, rng):
    X, climb = climbable(rng)
    gains = np.diff(climb.trace)
    between = np.sqrt(gains[0] * gains[: climb.n_iter(1e-3) - 1].min())
    tol = next(float(t) for t in between * np.linspace(1, 1.5, 40) if (np.abs(gains / t - 1) > 1e-3).all())
    agree(student, call(X, 2, rng=seed_from(rng), tol=tol), climb, climb.n_iter(tol), True)


@pytest.mark.exercise("fit")
def test_fit_agrees_with_sklearn_where_both_have_arrived(student, rng):
    X, _ = climbable(rng)
    model = GaussianMixture(2, tol=1e-8, max_iter=300, random_state=0).fit(X)
    fit = student.fit(X, 2, rng=seed_from(rng), tol=1e-8, max_iter=300)
    hold("fit", SameUpToPermutation(model.weights_, model.means_, model.covariances_, 1e-3, 1e-3)(fit))


@pytest.mark.exercise("fit", weight=2)
def test_random_start_begins_near_one_gaussian_and_never_falls(student, rng):
    X, climb = climbable(rng)
    single = Climb.of(X, np.zeros(len(X), dtype=int), 1).parameters[0]
    alone = reference("log_likelihood")(X, np.ones(1), single[1][:1], single[2][:1]) / len(X)
    one = call(X, 2, rng=seed_from(rng), init_params="random", max_iter=7, tol=0.0)
    fit = outcome(student.fit, one)
    if isinstance(fit, Refused):
        raise fit.error
    if fit.log_likelihoods[0] > (alone + climb.trace[0]) / 2:
        raise_if_known("fit", [one], [fit], ("trace",), outline)
        fail("fit", "with a random start the first entry of the trace is higher than such a start can reach")
    hold("fit", NeverFalls(1e-6)(fit.log_likelihoods), "log_likelihoods")
    hold("fit", PositiveDefinite()(fit.covariances), "covariances")
    if len(fit.log_likelihoods) > 7 or not np.isclose(fit.weights.sum(), 1):
        fail("fit", "more iterations were made than `max_iter` allows, or the weights do not sum to 1")


@pytest.mark.exercise("fit")
def test_three_components_of_two_features_keep_the_laws(student, rng):
    X = inputs.samples(rng, 70, *inputs.mixture(rng, 3, 2))
    fit = student.fit(X, 3, rng=seed_from(rng), max_iter=12)
    hold("fit", NeverFalls(1e-6)(fit.log_likelihoods), "log_likelihoods")
    hold("fit", PositiveDefinite()(fit.covariances), "covariances")
    if not np.allclose(fit.weights @ fit.means, X.mean(axis=0)):
        fail("fit", "the weighted mean of the components is not the mean of the samples, as it is after every M-step")


@pytest.mark.exercise("fit")
def test_one_component_is_one_gaussian(student, rng):
    for n_samples, n_features in ((8, 1), (9, 2), (1, 2)):
        X = rng.normal(3, 2, size=(n_samples, n_features))
        mean, covariance = reference("fit_gaussian")(X)
        due = SameUpToPermutation(np.ones(1), mean[np.newaxis], covariance[np.newaxis] + 0.05 * np.eye(n_features))
        hold("fit", due(student.fit(X, 1, rng=seed_from(rng), reg_covar=0.05)), "one component")


@pytest.mark.exercise("fit")
def test_another_name_of_a_start_is_refused(student, rng):
    got = outcome(student.fit, call(rng.normal(size=(9, 2)), 2, rng=Seed(1), init_params="k-means++"))
    if isinstance(got, Fit):
        fail("fit", "an unknown name of a start was taken; a ValueError is due")
    if "ValueError" not in getattr(got.error, "kinds", []):
        raise got.error


@pytest.mark.exercise("fit")
def test_fit_leaves_its_input_alone(student, rng):
    untouched(student, "fit", call(rng.normal(size=(20, 2)), 2, rng=Seed(1), max_iter=3))
