"""Odd arguments and traits: one sentence that says what was given and what is allowed, and the picture stays."""

import copy
import json

import numpy as np
import pytest
import traitlets

from gmmlearn import explore
from gmmlearn.explore.models import NAMES, model
from gmmlearn.explore.scenes import scene

pd = pytest.importorskip("pandas")

X = np.random.default_rng(0).normal(size=(40, 2))

ODD_CALLS = [
    (lambda: explore.density(weights=(1.0, 0.0)), "weights has to be 1 to 5 positive numbers, the smallest at least"),
    (lambda: explore.density(weights=(2, -1)), "weights has to be"),
    (lambda: explore.density(weights=(0.5, -0.5)), "weights has to be"),
    (lambda: explore.density(weights=()), "weights has to be"),
    (lambda: explore.density(weights=(1,) * 7), "weights has to be"),
    (lambda: explore.density(weights="abc"), "weights has to be"),
    (lambda: explore.density((0.5, 0.5), [0.0]), "2 weights, 1 means"),
    (lambda: explore.density(variances=(0.0, 1, 1)), "variances has to be"),
    (lambda: explore.density(variances=(1e-8, 1, 1)), "variances has to be 1 to 5 numbers from 0.04 to 16"),
    (lambda: explore.density(means=(0, np.nan, 1)), "means has to be"),
    (lambda: explore.covariance(mean=(1,)), "mean has to be 2 numbers"),
    (lambda: explore.covariance(np.eye(3)), "covariance has to be a symmetric positive definite matrix"),
    (lambda: explore.covariance([[1, 2], [2, 1]]), "covariance has to be"),
    (lambda: explore.covariance([[1e6, 0], [0, 1]]), "standard_deviations has to be 2 numbers from 0.15 to 4"),
    (lambda: explore.landscape(point=(1,)), "point has to be"),
    (lambda: explore.landscape(weight=0), "weight has to be a number from 0.1 to 0.9, not 0"),
    (lambda: explore.landscape(weight=1.5), "weight has to be"),
    (lambda: explore.landscape(weight=float("nan")), "weight has to be"),
    (lambda: explore.responsibilities(point=(1,)), "point has to be"),
    (lambda: explore.responsibilities(point=(1, 2j)), "point has to be"),
    (lambda: explore.sampling((np.nan, 1, 1)), "weights has to be 3 positive numbers"),
    (lambda: explore.sampling((0, 0, 0)), "weights has to be"),
    (lambda: explore.sampling((-1, 1, 1)), "weights has to be"),
    (lambda: explore.sampling((0.5, 0.5)), "weights has to be"),
    (lambda: explore.kmeans(0), "stretch has to be a number from 1 to 6"),
    (lambda: explore.kmeans(100), "stretch has to be"),
    (lambda: explore.n_components(n_components=0), "n_components has to be a whole number from 1 to 8"),
    (lambda: explore.n_components("iris"), "data_set has to be one of 'blobs', 'moons', not 'iris'"),
    (lambda: explore.em(n_components=0), "n_components has to be"),
    (lambda: explore.em(n_components=2.5), "n_components has to be a whole number from 1 to 10, not 2.5"),
    (lambda: explore.em(n_components="3"), "n_components has to be"),
    (lambda: explore.em(X[:2], 3), "3 components need at least 3 samples, and there are 2"),
    (lambda: explore.em(X[:1], 1), "at least 2 samples, not 1"),
    (lambda: explore.em(X[:, :1]), r"X has to have shape \(n, 2\), not \(40, 1\)"),
    (lambda: explore.em(np.ones((4, 5))), r"not \(4, 5\)"),
    (lambda: explore.em(X + 1j), "real numbers"),
    (lambda: explore.em(np.ma.masked_greater(X, 1)), "masked"),
    (lambda: explore.em(X * 1e-160), "between 1e-60 and 1e60"),
    (lambda: explore.em("iris"), r"X has to be an array of real numbers of shape \(n, 2\), not 'iris'"),
    (lambda: explore.em({"a": 1}), r"X has to be .* not {'a': 1}"),
    (lambda: explore.em([[1, 2], [3]]), r"X has to be .* not \[\[1, 2\], \[3\]\]"),
    (lambda: explore.em([*X.tolist(), ["a", "b"]]), "X has to be an array of real numbers"),
    (lambda: explore.em(lambda: X), "X has to be an array of real numbers"),
    (lambda: explore.em(X.astype("datetime64[s]")), "X has to be an array of real numbers"),
    (lambda: explore.sampling((1, 1, 1e-12)), "the smallest at least a millionth of the largest, not"),
    (lambda: explore.counting((np.nan, 0)), "point has to be 2 numbers, the first from -6 to 6"),
    (lambda: explore.em_by_hand(["apart"]), "data_set has to be one of 'apart', .* not \\['apart'\\]"),
    (lambda: explore.em_failures("APART"), "data_set has to be one of 'collapse', .* not 'APART'"),
]


@pytest.mark.parametrize(("call", "said"), ODD_CALLS, ids=range(len(ODD_CALLS)))
def test_an_odd_call_gets_one_sentence(call, said):
    with pytest.raises(ValueError, match=said) as raised:
        call()
    assert "\n" not in str(raised.value)


def test_what_is_natural_works():
    two = explore.density(weights=(0.5, 0.5))
    assert (two.n_components, len(two.means), len(two.variances)) == (2, 2, 2)
    assert explore.responsibilities(point=(20, 3)).width == 25.0
    assert explore.em(n_components=10).n_components == 10


@pytest.mark.parametrize("taken", [X.tolist(), tuple(map(tuple, X)), X.astype("f4"), np.arange(20).reshape(10, 2) % 7])
def test_samples_of_other_kinds_are_taken(taken):
    picture = explore.em(taken)
    np.testing.assert_allclose(picture.values["X"], np.asarray(taken, float))


def test_a_data_frame_is_taken():
    class Frame:
        """Gives its numbers as a data frame does, which is not installed here."""

        def __array__(self, dtype=None, copy=None):
            return X.astype(dtype or float)

    np.testing.assert_allclose(explore.em(Frame()).values["X"], X)


@pytest.mark.parametrize(
    ("door", "part", "value"),
    [
        (explore.em, "step", 10**6),
        (explore.em, "data", "yours"),
        (explore.em, "n_samples", 1),
        (explore.em, "added", [[0, np.nan]]),
        (explore.em, "runs", [{"weights": [1.0], "means": [[0, 0]], "covariances": [np.eye(2)]}]),
        (explore.sampling, "step", 10**9),
        (explore.density, "means", [0, 1, np.nan]),
        (explore.density, "n_components", 0),
        (explore.n_components, "n_components", 50),
        (explore.covariance, "points", "yes"),
    ],
)
def test_an_odd_trait_is_refused_in_a_sentence_and_the_picture_stays(door, part, value):
    picture = door()
    before, values = copy.deepcopy(picture.canvas.state), picture.values
    with pytest.raises(traitlets.TraitError) as raised:
        setattr(picture, part, value)
    assert "\n" not in str(raised.value)
    assert picture.canvas.state == before
    np.testing.assert_equal(picture.values, values)


def test_a_list_cannot_be_changed_behind_the_pictures_back():
    picture = explore.density()
    with pytest.raises(TypeError, match="make a new list"):
        picture.means[0] = 5
    means = list(picture.means)
    means[0] = 5
    picture.means = means
    assert picture.canvas.state["means"] == [5.0, 1.0, 3.5]
    means[0] = -5
    picture.means = means
    assert picture.canvas.state["means"] == [-5.0, 1.0, 3.5]
    assert type(copy.deepcopy(picture.means)) is list


def test_points_that_a_cell_adds_are_in_the_values():
    """The browser's half of this is in `test_browser_hand`."""
    picture = explore.em()
    picture.added = [[8, 8]]
    first = picture.values["log_likelihood"]
    picture.added = [[-8, -8]]
    np.testing.assert_array_equal(picture.values["X"][-1], [-8, -8])
    assert picture.values["log_likelihood"] != first


def test_units_collapse_nothing():
    """A fit of the same samples in other units is the same fit."""
    plain, scaled = explore.em(X), explore.em(X * [1, 1e6])
    for picture in (plain, scaled):
        picture.put(reg_covar=0.0)
        picture.step = 6
    assert scaled.values["collapsed"] == -1
    np.testing.assert_allclose(scaled.values["means"], plain.values["means"] * [1, 1e6], rtol=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_a_state_has_its_limits_and_every_slider_their_ends(name):
    module = model(name)
    assert set(module.PARTS) == set(module.initial())
    spec = scene(name)
    for control in (control for row in spec["controls"] for control in row if control["kind"] == "slider"):
        if "maxOf" not in control and "values" not in control:
            assert [control["min"], control["max"]] == spec["limits"][control["key"]]


def test_close_leaves_nothing_in_the_kernel():
    picture = explore.em()
    picture.close()
    assert (picture.comm, picture.canvas.comm) == (None, None)


KINDS = {
    "lists": np.ndarray.tolist,
    "float32": lambda array: array.astype("f4"),
    "Fortran's order": np.asfortranarray,
    "every second one": lambda array: np.repeat(array, 2, axis=0)[::2],
    "read only": lambda array: np.frombuffer(array.tobytes()).reshape(array.shape),
    "big endian": lambda array: array.astype(">f8"),
    "a data frame": pd.DataFrame,
}
ARRAYS = {
    "density": {"weights": [0.5, 0.25, 0.25], "means": [0.0, 1.0, 2.0], "variances": [1.0, 0.5, 2.0]},
    "covariance": {"covariance": [[2.0, 0.5], [0.5, 1.0]], "mean": [1.0, -1.0]},
    "sampling": {"weights": [0.5, 0.25, 0.25]},
    "landscape": {"point": [1.0, 2.0]},
    "responsibilities": {"point": [1.0, 2.0]},
    "counting": {"point": [1.0, 2.0]},
    "em": {"X": [[0.0, 1.0], [2.0, 5.0], [1.0, 0.5], [4.0, 4.0], [0.25, 3.0]]},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_of_every_kind_make_the_picture_of_plain_lists(name, kind):
    """Numbers that float32 holds exactly, so that nothing may differ."""
    door = getattr(explore, name)
    made = {}
    for part, value in ARRAYS[name].items():
        array = np.array(value)
        frame = kind == "a data frame" and array.ndim == 1
        made[part] = pd.Series(array) if frame else KINDS[kind](array)
    expected, got = door(**ARRAYS[name]), door(**made)
    assert got.canvas.state == expected.canvas.state
    np.testing.assert_equal(got.values, expected.values)


@pytest.mark.parametrize(("scale", "offset"), [(1, 1e9), (1, -1e9), (1e9, 0), (1e-9, 0), (3e4, 420_000), (1e-3, 1e6)])
def test_samples_far_away_or_in_other_units_are_fitted_as_here(scale, offset):
    """EM does not depend on where zero is, nor on units, as long as reg_covar is 0."""
    plain, moved = explore.em(X), explore.em(X * scale + offset)
    for picture in (plain, moved):
        picture.put(reg_covar=0.0)
        picture.n_components = 2  # begins afresh, without reg_covar in the covariances of the start
        picture.step = 4
    back = (np.array(moved.values["means"]) - offset) / scale
    atol = 1e-6 + 1e-15 * abs(offset) / scale * 10
    np.testing.assert_allclose(back, plain.values["means"], atol=atol)
    json.dumps(moved.canvas.state, allow_nan=False)
