"""The answers of the guided questions, found by another road than the picture's."""

import numpy as np
import pytest
from scipy import stats

from gmmlearn import library
from gmmlearn.explore.models import NAMES, em, kmeans, model, n_components
from gmmlearn.explore.scenes import scene


def question(name, place):
    return scene(name)["questions"][place]


def answer(name, place):
    """The place of the right choice."""
    return [one["correct"] for one in question(name, place)["answers"]].index(True)


@pytest.mark.parametrize("name", NAMES)
def test_every_exploration_asks_two_to_four_questions_whose_answers_exist(name):
    questions = scene(name)["questions"]
    assert 2 <= len(questions) <= 4
    for item in questions:
        assert [answer["correct"] for answer in item["answers"]].count(True) == 1
        assert item["question"].endswith("?")


@pytest.mark.parametrize("name", NAMES)
def test_what_a_question_sets_is_a_part_of_the_state_and_what_it_does_an_action(name):
    controls = [control for row in scene(name)["controls"] for control in row]
    controls += scene(name).get("ask", {}).get("actions", [])
    actions = {control["action"] for control in controls if "action" in control}
    for item in scene(name)["questions"]:
        for step in (*item.get("before", ()), *item.get("after", ())):
            assert set(step.get("set", {})) <= set(model(name).initial())
            assert {step["act"]} <= actions if "act" in step else step["set"]


def humps(distance):
    x = np.linspace(-5, 5, 20001)
    p = stats.norm.pdf(x, -distance / 2) + stats.norm.pdf(x, distance / 2)
    return int(((p[1:-1] > p[:-2]) & (p[1:-1] > p[2:])).sum())


def test_equal_bumps_merge_at_two_standard_deviations():
    assert answer("density", 0) == 1
    assert (humps(2.1), humps(1.9)) == (2, 1)


def test_a_narrow_component_exceeds_one():
    """The state that the question shows: weight 0.6 and variance 0.05."""
    (shown,) = question("density", 1)["after"]
    peak = shown["set"]["weights"][0] * stats.norm.pdf(0, 0, np.sqrt(shown["set"]["variances"][0]))
    assert f"about {peak:.2f}." in question("density", 1)["answers"][2]["feedback"]
    assert (answer("density", 1), peak > 1) == (1, True)


def test_exact_counts_are_as_seldom_as_is_said():
    assert "8 or 9 of a hundred such samples" in question("sampling", 0)["answers"][answer("sampling", 0)]["feedback"]
    assert stats.multinomial.pmf([2, 5, 3], 10, [0.2, 0.5, 0.3]) == pytest.approx(0.085, abs=0.005)


def test_em_from_the_wrong_side_reaches_the_lower_peak():
    landscape = model("landscape")
    (shown,) = question("landscape", 0)["after"]
    values = landscape.compute(landscape.initial() | shown["set"], landscape.data(), library)
    end = values["em_path"][-1]
    x = landscape.data()["x"][:, None]
    heights = [
        library.log_likelihood(x, np.array([0.35, 0.65]), means[:, None], np.ones((2, 1, 1)))
        for means in (end, values["peaks"][0])
    ]
    assert heights[0] < heights[1] - 1
    assert answer("landscape", 0) == 1


def test_equal_means_stay_together_at_the_mean_of_all_samples():
    landscape = model("landscape")
    (shown,) = question("landscape", 2)["after"]
    data = landscape.data()
    values = landscape.compute(landscape.initial() | shown["set"], data, library)
    np.testing.assert_allclose(values["em_path"][-1], data["x"].mean())


def test_the_very_far_point_underflows():
    """Where *Very far away* sends the point, SciPy's densities are all zero."""
    from gmmlearn.explore.models.responsibilities import COVARIANCES, MEANS

    far = [stats.multivariate_normal(m, c).pdf([62, 41]) for m, c in zip(MEANS, COVARIANCES)]
    assert far == [0, 0, 0]
    assert answer("responsibilities", 1) == 1


def test_coinciding_means_do_not_share_a_point_equally():
    responsibilities = model("responsibilities")
    (shown,) = question("responsibilities", 2)["after"]
    state = responsibilities.initial() | shown["set"]
    r = responsibilities.compute(state, responsibilities.data(), library)["point_responsibilities"]
    assert abs(r[0] - r[1]) > 0.05


def test_a_random_start_with_ten_thousand_samples_stops_almost_at_once_with_equal_components():
    data = em.data()
    state = em.initial() | {"n_samples": 10_000, "start": "random"}
    values = em.compute(em.started(state, data) | {"step": 12, "last": 12}, data, library)
    assert 0 < values["converged_at"] <= 3
    assert np.ptp(values["means"], axis=0).max() < 0.2


def test_the_first_m_step_moves_every_mean_farthest():
    """By scikit-learn, from the start of the picture."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    data = em.data()
    (settings, _) = question("em", 1)["after"]
    state = em.started(em.initial() | {name: settings["set"][name] for name in ("seed", "start", "n_samples")}, data)
    (start,) = state["runs"]
    way = [np.array(start["means"])]
    for iterations in range(1, 9):
        fitted = GaussianMixture(
            3, max_iter=iterations, tol=0, weights_init=start["weights"], means_init=start["means"],
            precisions_init=np.linalg.inv(start["covariances"]),
        )  # fmt: skip
        with pytest.warns(ConvergenceWarning):
            way.append(fitted.fit(data["clusters"][:500]).means_)
    steps = np.linalg.norm(np.diff(way, axis=0), axis=2)
    assert (steps[0] > 4 * steps[1:].max(axis=0)).all()
    assert question("em", 1)["answers"][answer("em", 1)]["answer"] == "The first"


def test_k_means_cuts_long_clusters_and_agrees_on_round_ones():
    data = kmeans.data()
    errors = {}
    for stretch in (1.0, 5.0):
        values = kmeans.compute(kmeans.initial(stretch), data, library)
        errors[stretch] = [adjusted(values[name], data["labels"]) for name in ("kmeans_labels", "mixture_labels")]
    assert min(errors[1.0]) > 0.95
    assert errors[5.0][0] < 0.5 < 0.95 < errors[5.0][1]


def adjusted(labels, truth):
    from sklearn.metrics import adjusted_rand_score

    return adjusted_rand_score(truth, labels)


def test_bic_gives_the_moons_more_than_two_components_and_the_blobs_four():
    data = n_components.data()
    best = {name: int(np.argmin(data[f"{name} bic"])) + 1 for name in ("blobs", "moons")}
    assert best["blobs"] == 4
    assert best["moons"] > 2


def test_bic_of_the_shown_fits_is_that_of_scikit_learn():
    from sklearn.mixture import GaussianMixture

    data = n_components.data()
    X = data["blobs X"]
    fitted = GaussianMixture(3, n_init=2, random_state=0).fit(X)
    assert data["blobs bic"][2] == pytest.approx(fitted.bic(X))
    assert data["blobs aic"][2] == pytest.approx(fitted.aic(X))


def test_an_answer_in_an_exploration_is_in_the_record_and_is_there_again(tmp_path):
    """And what was wrong there comes back, as from a quiz."""
    from gmmlearn.checks.record import load
    from gmmlearn.explore.panels import Panel

    def panel():
        return Panel("kmeans", kmeans.data(), kmeans.initial(), tmp_path / "gmmlearn")

    panel().canvas._handle_custom_msg({"question": "with_sklearn/long-clusters", "choice": 0}, [])
    assert load(tmp_path).answers == {"with_sklearn/long-clusters": (0,)}
    assert list(load(tmp_path).recall) == ["with_sklearn/seconds"]
    assert panel().canvas.spec["questions"][0]["chosen"] == [0]
