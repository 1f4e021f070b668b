"""Be EM yourself, and the gallery of failures: their numbers by SciPy's and scikit-learn's own roads."""

from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from scipy.special import logsumexp
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from traitlets import TraitError

from gmmlearn import explore, library
from gmmlearn.explore.models import em_by_hand, em_failures
from gmmlearn.explore.panels import Panel
from gmmlearn.explore.scenes import scene

DATA = em_by_hand.data()
CASES = em_failures.data()


def by_scikit_learn(X, weights, means, covariances):
    """Its parameters after one iteration from these."""
    start = {"weights_init": weights, "means_init": means, "precisions_init": np.linalg.inv(covariances)}
    fitted = GaussianMixture(len(weights), max_iter=1, tol=0, reg_covar=1e-6, **start)
    with pytest.warns(UserWarning, match="did not converge"):
        fitted.fit(X)
    return fitted


def log_joint(X, weights, means, covariances):
    parts = zip(weights, means, covariances)
    return np.column_stack([np.log(w) + stats.multivariate_normal(m, c).logpdf(X) for w, m, c in parts])


def before(state):
    return [np.array(state[f"before_{name}"]) for name in em_by_hand.PARAMETERS]


@pytest.mark.parametrize("name", em_by_hand.NAMES)
def test_the_step_of_em_is_scikit_learns(name):
    state, X = em_by_hand.initial(name), DATA[name]
    values = em_by_hand.compute(state, DATA, library)
    fitted = by_scikit_learn(X, *before(state))
    np.testing.assert_allclose(values["em_means"], fitted.means_, rtol=1e-9)
    np.testing.assert_allclose(values["em_covariances"], fitted.covariances_, rtol=1e-9)
    assert values["heights"][2] == pytest.approx(fitted.score(X), rel=1e-9)
    assert values["heights"][0] == pytest.approx(logsumexp(log_joint(X, *before(state)), axis=1).mean(), rel=1e-12)


def test_a_bound_is_the_log_likelihood_less_the_divergence_from_the_posterior():
    rng = np.random.default_rng(3)
    state = em_by_hand.initial("overlap") | {"half": "E", "shades": rng.uniform(size=em_by_hand.N_SAMPLES).tolist()}
    values = em_by_hand.compute(state, DATA, library)
    joint = log_joint(DATA["overlap"], *before(state))
    posterior = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    r = np.column_stack([1 - np.array(state["shades"]), state["shades"]])
    divergence = stats.entropy(r, posterior, axis=1).mean()
    np.testing.assert_allclose(values["e_bounds"], values["heights"][0] - np.array([divergence, 0]), rtol=1e-9)


def test_what_the_parts_lose_is_all_that_the_bound_is_short_of():
    """One by one, and each M-step of a part is the best: none of them is negative."""
    rng = np.random.default_rng(4)
    for _ in range(5):
        state = em_by_hand.initial("crossing") | {
            "own_means": rng.uniform(-3, 3, (2, 2)).tolist(),
            "own_angles": rng.uniform(-180, 180, 2).tolist(),
            "own_deviations": rng.uniform(0.3, 3, (2, 2)).tolist(),
        }
        values = em_by_hand.compute(state, DATA, library)
        assert values["gains"].min() > -1e-9
        assert values["gains"].sum() == pytest.approx(np.diff(values["m_bounds"])[0], rel=1e-9)


def test_an_m_step_by_hand_can_beat_em_in_height_but_not_in_bound():
    """The state that the first question shows."""
    (shown, _) = scene("em_by_hand")["questions"][0]["after"]
    values = em_by_hand.compute(em_by_hand.initial("crossing") | shown["set"], DATA, library)
    assert values["heights"][1] > values["heights"][2] + 0.1
    assert values["m_bounds"][0] < values["m_bounds"][1] - 0.1


def test_half_and_half_makes_two_equal_gaussians():
    values = em_by_hand.compute(em_by_hand.initial() | {"half": "E"}, DATA, library)
    np.testing.assert_allclose(values["means"], [DATA["apart"].mean(axis=0)] * 2)
    np.testing.assert_allclose(values["covariances"][0], np.cov(DATA["apart"].T, bias=True), atol=2e-6)


def test_each_data_set_is_meaner_than_the_one_before():
    """The truth, found by sight, is ever further ahead of EM's own step."""
    leads = []
    for name in em_by_hand.NAMES:
        X = DATA[name]
        first = round(em_by_hand._SETS[name][0][0] * len(X))
        state = em_by_hand.initial(name) | {"half": "E", "shades": [0.0] * first + [1.0] * (len(X) - first)}
        heights = em_by_hand.compute(state, DATA, library)["heights"]
        leads.append(heights[1] - heights[2])
    assert min(leads) > 0.05
    assert min(leads[2:]) > max(leads[:2])


@pytest.mark.parametrize("shades", [[0.0] * 90, [0.0] * 89 + [1.0], [0.0] * 88 + [1.0, 1.0]])
def test_a_component_without_an_ellipse_has_no_score_and_no_error(shades):
    picture = explore.em_by_hand()
    picture.put(half="E", shades=shades)
    picture.source = "library"
    assert np.isnan(picture.values["heights"][1])
    assert picture.canvas.given["values"]["means"] == []
    assert picture.still().axes


def test_a_verdict_goes_with_the_state_that_it_was_about():
    picture = explore.em_by_hand()
    picture.put(guess=2, compared=True)
    picture.own_means = [[0, 0], [1, 1]]
    assert (picture.guess, picture.compared) == (-1, False)
    picture.data = "inside"
    assert picture.before_means == picture.own_means == em_by_hand.initial("inside")["own_means"]


def ended(name, **more):
    state = em_failures.initial(name) | {"step": 50, "last": 50} | more
    return em_failures.compute(state, CASES, library)


def with_remedy(name, step=0):
    state = em_failures.initial(name) | {"step": step, "last": step}
    state = em_failures.changed(state | {"remedied": True}, "remedied", CASES)
    return state, em_failures.compute(state | {"step": 50, "last": 50}, CASES, library)


def agreement(values, truth):
    return adjusted_rand_score(truth, values["responsibilities"].argmax(axis=1)[: len(truth)])


TRUTH = {
    "wrong_number": np.repeat([0, 1, 2], 30),
    "crescents": np.repeat([0, 1], 60),
    "equal_means": np.repeat([0, 1], 40),
    "outlier": np.repeat([0, 1], 40),
}


@pytest.mark.parametrize("name", ["collapse", "duplicates"])
def test_collapses_collapse_and_their_remedies_do_not(name):
    assert ended(name)["collapsed"] == 2
    values = with_remedy(name)[1]
    assert values["collapsed"] == -1
    assert values["converged_at"] > 0
    assert np.linalg.eigvalsh(values["covariances"]).min() > 0.04


def test_one_of_the_collapses_goes_on_from_where_it_is():
    now = ended("collapse", step=8, last=8)
    state, _ = with_remedy("collapse", step=8)
    np.testing.assert_allclose(state["runs"][0]["means"], now["means"])
    np.testing.assert_allclose(state["runs"][0]["covariances"], now["covariances"] + 0.05 * np.eye(2))


@pytest.mark.parametrize("name", ["wrong_number", "equal_means", "outlier"])
def test_groups_are_missed_and_found_with_the_remedy(name):
    assert agreement(ended(name), TRUTH[name]) < 0.6
    assert agreement(with_remedy(name)[1], TRUTH[name]) > 0.9


def test_every_start_leaves_two_of_three_groups_to_one_component_and_cuts_through_the_crescents():
    """By scikit-learn, from eight starts."""
    for seed in range(8):
        for name, best in (("wrong_number", 0.6), ("crescents", 0.75)):
            labels = GaussianMixture(2, init_params="random_from_data", random_state=seed).fit_predict(CASES[name])
            assert adjusted_rand_score(TRUTH[name], labels) < best, (name, seed)


def test_heavy_tails_take_a_component_and_leave_the_groups_to_the_other():
    X, group = CASES["heavy_tails"], np.repeat([0, 1], 60)
    middle = np.hypot(np.abs(X[:, 0]) - 2, X[:, 1]) < 0.8
    values = ended("heavy_tails")
    assert set(values["responsibilities"].argmax(axis=1)[middle]) == {1}
    with_third = with_remedy("heavy_tails")[1]["responsibilities"]
    near = middle & (with_third.argmax(axis=1) < 2)
    assert near.sum() > 0.9 * middle.sum()
    assert adjusted_rand_score(group[near], with_third.argmax(axis=1)[near]) > 0.7


def test_the_outlier_has_a_component_to_itself_as_k_means_gave_it():
    centres = KMeans(2, n_init=3, random_state=0).fit(CASES["outlier"]).cluster_centers_
    assert centres[:, 0].max() == pytest.approx(1000)
    assert ended("outlier")["weights"].min() == pytest.approx(1 / 81)


def test_each_question_has_a_reason_for_each_choice():
    items = scene("em_failures")["ask"]["items"]
    assert set(items) == set(em_failures.CASES)
    for item in items.values():
        assert len(item["reasons"]) == len(item["choices"]) == 3
    assert len({item["answer"] for item in items.values()}) > 1


def test_the_kernels_numbers_are_those_of_the_picture():
    picture = explore.em_by_hand()
    picture.source = "library"
    given = picture.canvas.given["values"]
    np.testing.assert_allclose(given["em_means"], picture.values["em_means"])
    np.testing.assert_allclose(np.frombuffer(given["heights"]), picture.values["heights"])


def test_the_students_own_functions_do_the_halves_that_are_not_done_by_hand(tmp_path):
    for chapter in ("e_step", "m_step", "likelihood"):
        text = (Path(__file__).parents[2] / "solutions" / f"{chapter}.py").read_text()
        (tmp_path / f"{chapter}.py").write_text(text)
    picture = Panel("em_by_hand", DATA, em_by_hand.initial("overlap"), tmp_path)
    assert picture.source == "own"
    assert set(em_by_hand.USES) == set(picture.canvas.note.removeprefix("Your own code: ").strip(".").split(", "))
    given = picture.canvas.given["values"]
    np.testing.assert_allclose(np.frombuffer(given["gains"]), picture.values["gains"], atol=1e-12)
    (tmp_path / "e_step.py").write_text("def responsibilities(*arguments):\n    raise RuntimeError('no')\n")
    picture.guess = 1
    assert "responsibilities, because yours does not pass its public check" in picture.canvas.note


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: explore.em_by_hand("moons"), "data_set has to be one of 'apart', 'overlap'"),
        (lambda: explore.em_failures("fire"), "data_set has to be one of 'collapse'"),
        (lambda: setattr(explore.em_by_hand(), "shades", [0.5] * 3), "shades has to be 90 numbers from 0 to 1"),
        (lambda: setattr(explore.em_by_hand(), "own_deviations", [[0, 1], [1, 1]]), "own_deviations has to be"),
        (lambda: setattr(explore.em_failures(), "runs", []), "runs has to be a list of one dict"),
    ],
)
def test_an_odd_value_gets_one_sentence(call, said):
    with pytest.raises((ValueError, TraitError), match=said):
        call()
