"""What the pictures say of a movement, a pull, a count or a moved sample, by other roads: SciPy and scikit-learn."""

import warnings

import numpy as np
import pytest
import traitlets
from scipy import stats
from sklearn.mixture import GaussianMixture

from gmmlearn import explore, library
from gmmlearn.explore.models import counting, em_shown, model, n_components, responsibilities
from gmmlearn.explore.scenes import scene

THREE = (responsibilities.WEIGHTS, responsibilities.MEANS, responsibilities.COVARIANCES)


def continued(X, start: dict, iterations: int) -> GaussianMixture:
    """scikit-learn's fit after so many iterations from given parameters."""
    fitted = GaussianMixture(
        len(start["weights"]),
        max_iter=iterations,
        tol=0,
        weights_init=np.array(start["weights"]) / np.sum(start["weights"]),
        means_init=start["means"],
        precisions_init=np.linalg.inv(start["covariances"]),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has not converged, and is not meant to
        return fitted.fit(X)


def test_trail_and_ghost_are_where_the_components_were():
    picture = explore.em()
    picture.step = 6
    values, start = picture.values, picture.runs[0]
    np.testing.assert_allclose(values["trail"][0], start["means"])
    for t in (1, 2, 3):
        np.testing.assert_allclose(values["trail"][t], continued(values["X"], start, t).means_, rtol=1e-6)
    np.testing.assert_allclose(
        values["covariances_before"], continued(values["X"], start, 2).covariances_, rtol=1e-5, atol=1e-6
    )
    picture.step = 5
    assert len(picture.values["means_before"]) == 0


def test_the_pulls_add_up_to_the_move_of_the_mean():
    """The hardest of them are those of a plain sort, and all of them give the next M-step."""
    picture = explore.em()
    picture.put(watched=1)
    picture.step = 3
    now = picture.values
    shown = model("em").marks(picture.canvas.state, now, picture._data)
    picture.step = 4
    r, mean = now["responsibilities"][:, 1], now["means"][1]
    terms = r[:, None] / r.sum() * (now["X"] - mean)
    np.testing.assert_allclose(terms.sum(axis=0), picture.values["means"][1] - mean, atol=1e-12)
    lengths = np.hypot(*terms.T)
    order = sorted(range(len(r)), key=lambda i: -lengths[i])[:12]
    np.testing.assert_allclose(shown["pull_points"], now["X"][order])
    np.testing.assert_allclose(shown["pull_shares"], lengths[order] / lengths.max())


def test_soft_regions_are_the_responsibilities_of_their_places():
    picture = explore.em()
    picture.put(regions=True, step=6)
    values = picture.values
    shown = model("em").marks(picture.canvas.state, values, picture._data)
    x, y = (np.linspace(*shown["box"][at : at + 2], count) for at, count in zip((0, 2), em_shown.SOFT_SHAPE))
    nodes = np.array([[a, b] for b in y for a in x])
    expected = continued(values["X"], picture.runs[0], 3).predict_proba(nodes)
    np.testing.assert_allclose(shown["soft_shares"].T, expected, atol=1e-5)
    leads = shown["soft_leads"][0] > 0
    assert (leads == (expected.argmax(axis=1) == 0)).mean() > 0.999


def test_moved_and_removed_samples_are_those_of_the_fit():
    picture = explore.em()
    picture.put(moved=[[3, 9.0, -7.0]], removed=[0, 10])
    picture.step = 8
    whole = picture._data["clusters"][:500].copy()
    whole[3] = 9, -7
    X = whole[[i for i in range(500) if i not in (0, 10)]]
    np.testing.assert_array_equal(picture.values["X"], X)
    np.testing.assert_allclose(picture.values["means"], continued(X, picture.runs[0], 4).means_, rtol=1e-6)
    picture.n_samples = 100
    assert (picture.moved, picture.removed) == ([], [])


def test_criteria_follow_a_moved_sample_as_scikit_learn_says(monkeypatch):
    """Twenty iterations from the fits of the untouched samples."""
    monkeypatch.setattr(n_components, "_CANDIDATES", (1, 3))
    X = np.random.default_rng(8).normal(size=(150, 2)) * [2, 1]
    data = {f"blobs {name}": value for name, value in n_components._fits(X).items()}
    state = n_components.initial("blobs", 1) | {"moved": [[7, 6.0, -4.0]], "removed": [2]}
    values = n_components.compute(state, data, library)
    X[7] = 6, -4
    X = np.delete(X, 2, axis=0)
    for place, K in enumerate((1, 3)):
        start = {part: data[f"blobs {part} {K}"] for part in ("weights", "means", "covariances")}
        fitted = continued(X, start, n_components.ITERATIONS)
        assert values["bics"][place] == pytest.approx(fitted.bic(X), abs=1e-3)
        assert values["aics"][place] == pytest.approx(fitted.aic(X), abs=1e-3)


def test_the_landscape_is_that_of_the_samples_that_are_left():
    picture = explore.landscape(point=(0.5, 2.0), weight=0.4)
    picture.put(moved=[[0, 5.0, 0.008]], removed=[1])
    x = np.concatenate([[5.0], picture._data["x"][2:]])
    density = 0.4 * stats.norm.pdf(x, 0.5) + 0.6 * stats.norm.pdf(x, 2.0)
    assert picture.values["log_likelihood"] == pytest.approx(np.log(density).mean())


def test_k_means_counts_the_samples_that_are_left():
    picture = explore.kmeans(1.5)
    picture.removed = [0, 150]
    assert len(picture.values["X"]) == len(picture.values["kmeans_labels"]) == 298


@pytest.mark.parametrize(
    ("door", "parts", "said"),
    [
        (explore.em, {"moved": [[500, 0, 0]]}, "moved holds the index 500, and the last sample has the index 499"),
        (explore.em, {"removed": [1, 1]}, "removed has to be a list of different indices"),
        (explore.em, {"moved": [[0, 1]]}, "moved has to be a list of \\[index, x, y\\]"),
        (explore.em, {"moved": [[0, np.nan, 1]]}, "moved has to be"),
        (explore.em, {"moved": [[0.5, 1, 1]]}, "moved has to be"),
        (explore.kmeans, {"removed": list(range(60))}, "removed leaves 240 samples, and 250 are needed"),
        (explore.landscape, {"removed": [60]}, "removed holds the index 60"),
        (explore.counting, {"draws": 10**6}, "draws has to be a whole number from 10 to 10000"),
        (explore.density, {"point": 9}, "point has to be a number from -8 to 8"),
    ],
)
def test_odd_edits_get_a_sentence(door, parts, said):
    picture = door()
    with pytest.raises(traitlets.TraitError, match=said):
        picture.put(**parts)


def test_the_density_at_a_place_and_its_parts():
    picture = explore.density(weights=(0.3, 0.7), means=(-1, 2), variances=(0.5, 2))
    picture.point = 1.25
    parts = 0.3 * stats.norm.pdf(1.25, -1, np.sqrt(0.5)), 0.7 * stats.norm.pdf(1.25, 2, np.sqrt(2))
    np.testing.assert_allclose(picture.values["point_parts"], parts)
    assert picture.values["point_density"] == pytest.approx(sum(parts))


def masses(point, half_width):
    """The probability of the window under each component, by SciPy's distribution function."""
    low, high = np.array(point) - half_width, np.array(point) + half_width
    return np.array([w * stats.multivariate_normal(m, c).cdf(high, lower_limit=low) for w, m, c in zip(*THREE)])


@pytest.mark.parametrize(("point", "half_width"), [((0.2, 0.1), 0.5), ((-2.0, 1.5), 1.7), ((1.5, 1.0), 0.05)])
def test_the_share_that_a_window_gives_on_average(point, half_width):
    picture = explore.counting(point=point)
    picture.half_width = half_width
    expected = masses(point, half_width)
    np.testing.assert_allclose(picture.values["within"], expected / expected.sum(), atol=2e-4)


def test_counts_are_those_of_the_draws_in_the_window():
    picture = explore.counting(point=(0.4, 0.3))
    values, seen = picture.values, [0, 0, 0]
    labels, X = counting._drawn(1000, 1, picture._data)
    for label, (x, y) in zip(labels, X):
        seen[label] += abs(x - 0.4) <= 0.5 and abs(y - 0.3) <= 0.5
    assert values["counts"].tolist() == seen
    for k, (weight, mean, covariance) in enumerate(zip(*THREE)):
        own = X[labels == k]
        assert abs(len(own) - 1000 * weight) < 5 * np.sqrt(1000 * weight * (1 - weight))
        assert stats.kstest((own[:, 0] - mean[0]) / np.sqrt(covariance[0][0]), "norm").pvalue > 1e-3


def test_counting_comes_to_the_formula_as_the_window_narrows_and_the_draws_grow():
    """Over 40 seeds: the spread of the counted share is the standard error, its average that of the window."""
    point = (0.5, 1.0)
    posterior = library.responsibilities(np.array([point]), *map(np.array, THREE))[0]
    data, bias = counting.data(), {}
    for half_width in (1.5, 0.25):
        state = counting.initial(point) | {"half_width": half_width, "draws": 10_000}
        all_values = [counting.compute(state | {"seed": seed}, data, library) for seed in range(1, 41)]
        shares = np.array([values["counts"] / values["counts"].sum() for values in all_values])
        errors = np.array([counting.marks(state, values, data)["standard_errors"] for values in all_values])
        within = all_values[0]["within"]
        z = (shares - within) / errors
        assert np.abs(z.mean(axis=0)).max() < 5 / np.sqrt(40)
        assert 0.7 < z.std(axis=0).max() < 1.4
        bias[half_width] = np.abs(within - posterior).max()
    assert bias[0.25] < bias[1.5] / 5


def asked(place):
    """A question, with the place of its right answer."""
    item = scene("counting")["questions"][place]
    return item | {"right": [answer["correct"] for answer in item["answers"]].index(True)}


def test_the_answers_about_counting():
    data = counting.data()

    def shown(place, which="after"):
        (step,) = asked(place)[which]
        state = counting.initial() | step["set"]
        values = counting.compute(state, data, library)
        return values, counting.marks(state, values, data)

    values, marks = shown(0)
    assert asked(0)["right"] == 1
    assert np.abs(marks["shares"] - values["posterior"]).max() < 0.05 < np.abs(marks["shares"] - THREE[0]).max()
    (narrow, less), (wide, more) = shown(1, "before"), shown(1)
    assert asked(1)["right"] == 1
    assert more["standard_errors"].max() < less["standard_errors"].max() / 2
    assert np.abs(wide["within"] - wide["posterior"]).max() > 3 * np.abs(narrow["within"] - narrow["posterior"]).max()
    values, marks = shown(2)
    assert (asked(2)["right"], marks["n_kept"]) == (1, 0)
    np.testing.assert_allclose(values["posterior"].sum(), 1)
