"""Explorations without a browser: their doors, their state as traits, their numbers."""

import json
import subprocess
import sys
from inspect import signature
from itertools import pairwise

import numpy as np
import pytest
import traitlets

from gmmlearn import explore
from gmmlearn.explore.models import NAMES, Model, model
from gmmlearn.explore.scenes import scene
from gmmlearn.figures.style import texts

DOORS = [getattr(explore, name) for name in explore.__all__]


@pytest.mark.parametrize("door", DOORS, ids=explore.__all__)
def test_every_exploration_opens_without_arguments(door):
    picture = door()
    assert picture.canvas.note
    assert json.loads(json.dumps(picture.canvas.state)) == picture.canvas.state


def test_importing_the_doors_is_light():
    heavy = ("anywidget", "matplotlib", "scipy")
    code = f"import sys; from gmmlearn import explore; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_a_drag_in_the_browser_reaches_the_traits():
    """The view writes its state; the traits of the panel follow."""
    picture = explore.responsibilities()
    seen = []
    picture.observe(lambda change: seen.append(change.new), "point")
    picture.canvas.state = picture.canvas.state | {"point": [1.5, -0.5]}
    assert picture.point == [1.5, -0.5]
    assert seen == [[1.5, -0.5]]


def test_a_trait_that_is_set_reaches_the_view():
    picture = explore.covariance()
    picture.angle = 30
    assert picture.canvas.state["angle"] == 30.0
    np.testing.assert_allclose(picture.values["eigenvectors"][0], [np.sqrt(3) / 2, 0.5])


def test_a_whole_number_from_the_browser_leaves_a_float_a_float():
    """JSON has one kind of number: what the view sends as 2 may be set to 2.5 afterwards."""
    picture = explore.kmeans()
    picture.canvas.state = picture.canvas.state | {"stretch": 2}
    assert isinstance(picture.stretch, float)
    picture.stretch = 2.5
    assert picture.canvas.state["stretch"] == 2.5


def test_arrays_are_taken_as_lists():
    picture = explore.landscape()
    picture.point = np.array([2.0, -1.0])
    assert picture.point == [2.0, -1.0]


@pytest.mark.parametrize(
    ("door", "part", "value"),
    [
        (explore.sampling, "weights", [0.5, 0.5]),
        (explore.em, "start", "k-means++"),
        (explore.landscape, "point", "here"),
        (explore.em, "n_components", "many"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(door, part, value):
    picture = door()
    before = picture.canvas.state
    with pytest.raises(traitlets.TraitError):
        setattr(picture, part, value)
    assert picture.canvas.state == before


def test_several_parts_are_set_at_once():
    picture = explore.density()
    picture.put(weights=[1, 3], means=[0, 1], variances=[1, 2])
    assert (picture.n_components, picture.weights) == (2, [0.25, 0.75])


@pytest.mark.parametrize("start", ["samples", "kmeans", "random"])
def test_em_from_python_starts_afresh_when_the_number_of_components_changes(start):
    picture = explore.em()
    picture.step = 8
    picture.start = start
    picture.n_components = 5
    assert (picture.step, len(picture.runs[0]["means"])) == (0, 5)


def test_em_climbs_as_scikit_learn_does():
    """The same start and the same number of iterations give scikit-learn's parameters."""
    from sklearn.mixture import GaussianMixture

    picture = explore.em()
    picture.step = 20
    start = picture.runs[0]
    fitted = GaussianMixture(
        3,
        max_iter=10,
        tol=0,
        weights_init=start["weights"],
        means_init=start["means"],
        precisions_init=np.linalg.inv(start["covariances"]),
    )
    with pytest.warns(UserWarning, match="did not converge"):
        fitted.fit(picture.values["X"])
    np.testing.assert_allclose(picture.values["means"], fitted.means_, rtol=1e-6)
    np.testing.assert_allclose(picture.values["covariances"], fitted.covariances_, rtol=1e-5)


def test_the_lower_bound_touches_after_each_e_step_and_never_exceeds():
    picture = explore.em()
    picture.step = 15
    bounds, heights = np.array(picture.values["bounds"]), np.array(picture.values["trace"])
    np.testing.assert_allclose(bounds[1::2], heights[1::2])
    assert (bounds[2::2] < heights[2::2]).all()


def test_em_takes_samples_of_ones_own():
    X = np.random.default_rng(0).normal(size=(50, 2))
    picture = explore.em(X, n_components=2)
    np.testing.assert_array_equal(picture.values["X"], X)


@pytest.mark.parametrize("X", [np.zeros((5, 3)), np.zeros(4), [[0, np.nan], [1, 2]], np.zeros((4, 2))])
def test_samples_that_cannot_be_drawn_are_refused_in_words(X):
    with pytest.raises(ValueError, match="X"):
        explore.em(X)


def test_a_component_on_one_sample_collapses_unless_reg_covar_is_there():
    picture = explore.em()
    start = picture.runs[0]
    narrow = [[1e-4, 0.0], [0.0, 1e-4]]
    run = start | {
        "means": [picture.values["X"][0].tolist(), *start["means"][1:]],
        "covariances": [narrow, *start["covariances"][1:]],
    }
    picture.put(runs=[run], reg_covar=0.0, step=0, last=0)
    picture.step = 12
    assert picture.values["collapsed"] == 0
    picture.put(runs=[run], reg_covar=0.1, step=0, last=0)
    picture.step = 12
    assert picture.values["collapsed"] == -1


def test_shuffled_labels_give_the_same_log_likelihood():
    picture = explore.em()
    picture.step = 6
    height = picture.values["log_likelihood"]
    run = {name: values[::-1] for name, values in picture.runs[0].items()}
    picture.put(runs=[run], step=6, last=6)
    picture.step = 6
    assert picture.values["log_likelihood"] == pytest.approx(height, rel=1e-12)


def test_the_sources_give_the_same_numbers():
    """What the kernel sends for the library is what NumPy computes; the browser's are compared elsewhere."""
    picture = explore.em()
    picture.source = "library"
    picture.step = 5
    np.testing.assert_allclose(picture.canvas.given["values"]["means"], picture.values["means"])


@pytest.mark.parametrize("name", NAMES)
def test_what_is_sent_is_computed_and_what_the_scene_names_is_there(name):
    module, spec = model(name), scene(name)
    data = module.data()
    state = module.initial()
    state = module.started(state, data) if hasattr(module, "started") else state
    from gmmlearn import library

    values = module.compute(state, data, library)
    scope = {*state, *values, *module.marks(state, values, data)}
    wanted = ("xy", "x", "y", "means", "covariances", "grid", "levels", "at", "pairs", "shares", "heights")
    for panel in spec["panels"]:
        for mark in panel["marks"]:
            missing = {mark[key] for key in wanted if key in mark and "when" not in mark} - scope
            assert {key for key in missing if not key.endswith("_b")} == set()
    assert {sent for sent in module.SENT if not sent.endswith("_b")} <= set(values)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_stills_in_both_themes(name, theme):
    figure = getattr(explore, name)().still(theme)
    ground = {"light": (1, 1, 1), "dark": (20 / 255,) * 3}[theme]
    np.testing.assert_allclose(figure.get_facecolor()[:3], ground, atol=0.01)
    assert all(ax.has_data() for ax in figure.axes)
    figure.draw_without_rendering()
    titles = {ax.get_title("left") for ax in figure.axes}
    names = titles | {ax.get_xlabel() for ax in figure.axes}
    places = [(words.get_text(), words.get_window_extent()) for words in texts(figure) if words.get_text() in names]
    assert all(0 <= place.x0 < place.x1 <= figure.bbox.width for _, place in places)
    beside = sorted((place.x0, place.x1) for text, place in places if text in titles)
    assert all(one[1] < other[0] for one, other in pairwise(beside))


def test_a_still_of_em_names_a_run_only_beside_another():
    picture = explore.em()
    assert next(axes.get_title("left") for axes in picture.still().axes) == "feature 1"
    picture.compare = True
    assert [axes.get_title("left") for axes in picture.still().axes][:2] == ["feature 1 (run A)", "feature 1 (run B)"]


@pytest.mark.parametrize("name", NAMES)
def test_every_model_is_what_the_protocol_says(name):
    module = model(name)
    assert isinstance(module, Model)
    for method in ("data", "initial", "compute", "marks"):
        expected = list(signature(getattr(Model, method)).parameters)[1:]
        parameters = list(signature(getattr(module, method)).parameters.values())
        assert [one.name for one in parameters[: len(expected)]] == expected
        assert all(one.default is not one.empty for one in parameters[len(expected) :])
    state = module.initial()
    assert state.keys() == module.PARTS.keys()
    assert set(getattr(module, "ENTAILED", ())) <= module.PARTS.keys()
