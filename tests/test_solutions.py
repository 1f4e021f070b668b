"""The reference of chapters 1 to 5, against SciPy, scikit-learn, closed forms and laws."""

import numpy as np
import pytest
from scipy import integrate, stats
from sklearn.mixture import GaussianMixture

from solutions.e_step import assign, responsibilities
from solutions.likelihood import fit_gaussian, log_joint, log_likelihood
from solutions.m_step import expected_log_likelihood, update_covariances, update_means, update_weights
from solutions.mixtures import gaussian_density, gaussian_log_density, mixture_density
from solutions.sampling import sample_categorical, sample_gaussian, sample_mixture

WEIGHTS = np.array([0.6, 0.3, 0.1])
MEANS = np.array([[0.0, 0.0], [3.0, 1.0], [-2.0, 4.0]])
COVARIANCES = np.array([[[1.0, 0.8], [0.8, 1.0]], [[0.5, -0.3], [-0.3, 1.5]], [[0.3, 0.0], [0.0, 0.1]]])
MIXTURE = (WEIGHTS, MEANS, COVARIANCES)

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def X():
    """Samples all over the place, one of them far from every component."""
    return np.vstack([np.random.default_rng(4).normal(1.0, 3.0, (59, 2)), [[60.0, 0.0]]])


@pytest.fixture
def shares():
    """Responsibilities in quarters, so that four copies of the samples stand for them."""
    return np.random.default_rng(6).multinomial(4, [0.5, 0.3, 0.2], size=60) / 4


def sklearn_model(weights, means, covariances):
    """A model of scikit-learn with the given parameters, which it has not fitted."""
    model = GaussianMixture(len(weights))
    model.weights_, model.means_, model.covariances_ = weights, means, covariances
    # Its columns are those of an upper triangular P with P P^T = covariance^-1.
    model.precisions_cholesky_ = np.linalg.inv(np.linalg.cholesky(covariances)).transpose(0, 2, 1)
    return model


def test_a_density_integrates_to_1():
    area, _ = integrate.quad(lambda x: gaussian_density(np.array([x]), 1.0, 0.25)[0], -9, 9, points=[1.0])
    assert area == pytest.approx(1.0, abs=1e-9)


def test_a_mixture_integrates_to_1():
    x = np.linspace(-30.0, 30.0, 6001)
    density = mixture_density(x, WEIGHTS, np.array([-2.0, 0.5, 4.0]), np.array([0.25, 1.0, 9.0]))
    assert integrate.trapezoid(density, x) == pytest.approx(1.0, abs=1e-9)


def test_a_mixture_meets_every_sample_with_every_component_when_there_are_as_many():
    x, means, variances = np.array([-1.0, 0.0, 5.0]), np.array([0.0, 1.0, 2.0]), np.array([0.25, 1.0, 9.0])
    expected = [sum(w * stats.norm(m, v**0.5).pdf(at) for w, m, v in zip(WEIGHTS, means, variances)) for at in x]
    np.testing.assert_allclose(mixture_density(x, WEIGHTS, means, variances), expected)


def test_the_log_density_agrees_with_scipy(X):
    expected = stats.multivariate_normal(MEANS[1], COVARIANCES[1]).logpdf(X)
    np.testing.assert_allclose(gaussian_log_density(X, MEANS[1], COVARIANCES[1]), expected)


def test_the_log_density_is_exact_where_the_determinant_underflows():
    # det(0.1 I) = 1e-400 in 400 dimensions; at the mean only the constant is left.
    got = gaussian_log_density(np.ones((1, 400)), np.ones(400), 0.1 * np.eye(400))
    np.testing.assert_allclose(got, -200 * np.log(0.2 * np.pi), rtol=1e-13)


def test_the_log_density_keeps_its_digits_far_from_the_origin():
    # 80 bits and the inverse of a 2 x 2 matrix by hand.
    offset = np.longdouble(1e6)
    X = offset + np.random.default_rng(1).normal(size=(50, 2)).astype(np.longdouble)
    X = X.astype(float)
    (a, b), (_, c) = COVARIANCES[0].astype(np.longdouble)
    u, v = (X.astype(np.longdouble) - offset).T
    determinant = a * c - b * b
    distance = (c * u * u - 2 * b * u * v + a * v * v) / determinant
    expected = -(distance + np.log(determinant)) / 2 - np.log(2 * np.longdouble(np.pi))
    np.testing.assert_allclose(
        gaussian_log_density(X, np.full(2, 1e6), COVARIANCES[0]), expected.astype(float), rtol=1e-13
    )


def test_a_covariance_that_is_not_positive_definite_has_no_log_density():
    with pytest.raises(np.linalg.LinAlgError):
        gaussian_log_density(np.zeros((2, 2)), np.zeros(2), np.array([[1.0, 1.2], [1.2, 1.0]]))


def test_labels_follow_their_probabilities():
    labels = sample_categorical(WEIGHTS, 20_000, np.random.default_rng(0))
    assert stats.chisquare(np.bincount(labels), 20_000 * WEIGHTS).pvalue > 1e-6


def test_no_draw_is_lost_to_a_cumulative_sum_below_1():
    class Largest:
        """A generator whose every draw is the largest below 1."""

        def random(self, size):
            return np.full(size, np.nextafter(1.0, 0.0))

    weights = np.full(10, 0.1)
    assert np.cumsum(weights)[-1] < 1.0
    assert list(sample_categorical(weights, 2, Largest())) == [9, 9]


def test_a_label_without_weight_is_never_drawn():
    class Smallest:
        """A generator whose every draw is 0."""

        def random(self, size):
            return np.zeros(size)

    assert list(sample_categorical(np.array([0.0, 0.4, 0.6]), 2, Smallest())) == [1, 1]


def test_samples_of_a_gaussian_have_its_mean_and_covariance():
    n_samples, covariance = 40_000, np.array([[4.0, 1.8], [1.8, 1.0]])
    X = sample_gaussian(np.array([5.0, -1.0]), covariance, n_samples, np.random.default_rng(0))
    # Five standard errors; that of a covariance entry is sqrt((c_ii c_jj + c_ij^2) / n).
    variances = np.diag(covariance)
    mean_error = np.sqrt(variances / n_samples)
    covariance_error = np.sqrt((np.outer(variances, variances) + covariance**2) / n_samples)
    assert (np.abs(X.mean(axis=0) - [5.0, -1.0]) < 5 * mean_error).all()
    assert (np.abs(np.cov(X, rowvar=False) - covariance) < 5 * covariance_error).all()


def test_a_row_of_a_mixture_comes_from_the_component_of_its_label():
    X, labels = sample_mixture(*MIXTURE, 20_000, np.random.default_rng(3))
    for k in range(3):
        distance = stats.Covariance.from_cholesky(np.linalg.cholesky(COVARIANCES[k])).whiten(X[labels == k] - MEANS[k])
        assert stats.kstest((distance**2).sum(axis=1), stats.chi2(2).cdf).pvalue > 1e-6


def test_the_rows_of_a_mixture_are_not_grouped_by_component():
    _, labels = sample_mixture(*MIXTURE, 20_000, np.random.default_rng(3))
    # Neighbours of independent rows are alike with probability .6^2 + .3^2 + .1^2 = .46.
    assert np.mean(labels[1:] == labels[:-1]) == pytest.approx(0.46, abs=0.02)


def test_no_other_gaussian_is_more_likely_than_the_fitted_one(X):
    mean, covariance = fit_gaussian(X)
    best = gaussian_log_density(X, mean, covariance).sum()
    for shift in np.random.default_rng(0).normal(0.0, 0.05, (20, 2)):
        assert gaussian_log_density(X, mean + shift, covariance).sum() < best
        assert gaussian_log_density(X, mean, covariance * np.exp(np.outer(shift, shift) / 2 + shift[0])).sum() < best


def test_one_sample_has_no_covariance():
    mean, covariance = fit_gaussian(np.array([[3.0, -1.0]]))
    np.testing.assert_array_equal(mean, [3.0, -1.0])
    np.testing.assert_array_equal(covariance, np.zeros((2, 2)))


def test_the_likelihood_agrees_with_sklearn(X):
    expected = sklearn_model(*MIXTURE).score_samples(X).sum()
    assert log_likelihood(X, *MIXTURE) == pytest.approx(expected, rel=1e-12)


def test_the_posterior_agrees_with_sklearn(X):
    np.testing.assert_allclose(responsibilities(X, *MIXTURE), sklearn_model(*MIXTURE).predict_proba(X), atol=1e-12)


def test_the_likelihood_of_more_samples_than_a_block_is_the_sum_over_its_parts():
    X = np.random.default_rng(0).normal(size=(20_000, 2))
    parts = sum(log_likelihood(part, *MIXTURE) for part in np.array_split(X, 7))
    assert log_likelihood(X, *MIXTURE) == pytest.approx(parts, rel=1e-12)


def test_a_change_of_units_shifts_the_likelihood_and_leaves_the_posterior(X):
    # x -> A x + b divides every density by |det A|.
    A, b = np.array([[2.0, 0.3], [-1.0, 0.5]]), np.array([100.0, -7.0])
    moved = (WEIGHTS, MEANS @ A.T + b, A @ COVARIANCES @ A.T)
    expected = log_likelihood(X, *MIXTURE) - len(X) * np.log(abs(np.linalg.det(A)))
    assert log_likelihood(X @ A.T + b, *moved) == pytest.approx(expected, rel=1e-10)
    np.testing.assert_allclose(responsibilities(X @ A.T + b, *moved), responsibilities(X, *MIXTURE), atol=1e-9)


def test_renumbered_components_have_renumbered_posteriors(X):
    order = [2, 0, 1]
    renumbered = responsibilities(X, WEIGHTS[order], MEANS[order], COVARIANCES[order])
    np.testing.assert_allclose(renumbered, responsibilities(X, *MIXTURE)[:, order], atol=1e-14)


def test_a_tight_component_does_not_overflow():
    # In 70 dimensions the log density at the mean of 1e-10 I is 741.6, and exp of that is infinite.
    X, means = np.zeros((1, 70)), np.stack([np.zeros(70), np.full(70, 1e-5)])
    got = responsibilities(X, np.array([0.5, 0.5]), means, np.tile(1e-10 * np.eye(70), (2, 1, 1)))
    np.testing.assert_allclose(got, [[1 / (1 + np.exp(-35.0)), np.exp(-35.0) / (1 + np.exp(-35.0))]], rtol=1e-9)


def test_a_component_without_weight_has_a_log_joint_of_minus_infinity_and_no_share(X):
    mixture = (np.array([0.7, 0.3, 0.0]), MEANS, COVARIANCES)
    assert (log_joint(X, *mixture)[:, 2] == -np.inf).all()
    assert (responsibilities(X, *mixture)[:, 2] == 0).all()
    assert np.isfinite(log_likelihood(X, *mixture))


def test_a_tie_goes_to_the_lowest_label():
    assert list(assign(np.array([[0.2, 0.4, 0.4], [0.4, 0.35, 0.25], [0.1, 0.1, 0.8]]))) == [1, 0, 2]


def test_the_m_step_is_that_of_samples_counted_as_often_as_they_are_owned(X, shares):
    means = update_means(X, shares)
    covariances = update_covariances(X, shares, means, reg_covar=0.0)
    for k, copies in enumerate((4 * shares.T).astype(int)):
        owned = np.repeat(X, copies, axis=0)
        np.testing.assert_allclose(means[k], owned.mean(axis=0))
        np.testing.assert_allclose(covariances[k], np.cov(owned, rowvar=False, bias=True), rtol=1e-10)
        assert update_weights(shares)[k] == pytest.approx(len(owned) / 240)


def test_the_m_step_keeps_its_digits_where_components_are_a_million_deviations_apart():
    # 80 bits, about a point nearby.
    centres = np.array([[1e6, -1e6], [0.0, 3e5], [2e6, 2e6]])
    owners = np.arange(60) % 3
    residuals = np.random.default_rng(2).normal(size=(60, 2))
    X = centres[owners] + residuals
    exact = X.astype(np.longdouble) - centres[owners]
    one_hot = np.eye(3)[owners]
    covariances = update_covariances(X, one_hot, update_means(X, one_hot), reg_covar=0.0)
    for k in range(3):
        owned = exact[owners == k] - exact[owners == k].mean(axis=0)
        np.testing.assert_allclose(covariances[k], (owned.T @ owned / 20).astype(float), rtol=1e-9)


def test_the_scatter_is_about_the_means_given(X, shares):
    weighted, given = update_means(X, shares), MEANS
    shift = given - weighted
    expected = update_covariances(X, shares, weighted) + shift[:, :, np.newaxis] * shift[:, np.newaxis]
    np.testing.assert_allclose(update_covariances(X, shares, given), expected, rtol=1e-10)


def test_the_regularization_goes_on_the_diagonal_only(X, shares):
    gain = update_covariances(X, shares, MEANS, reg_covar=0.1) - update_covariances(X, shares, MEANS, reg_covar=0.0)
    np.testing.assert_allclose(gain, np.tile(0.1 * np.eye(2), (3, 1, 1)), atol=1e-12)


def test_covariances_are_symmetric_to_the_last_bit(X, shares):
    covariances = update_covariances(X, shares, MEANS)
    np.testing.assert_array_equal(covariances, covariances.transpose(0, 2, 1))


def test_a_component_without_samples_is_no_nan(X):
    shares = np.tile([1.0, 0.0], (60, 1))
    means = update_means(X, shares)
    np.testing.assert_array_equal(means[1], 0.0)
    np.testing.assert_allclose(update_covariances(X, shares, means, 0.1)[1], 0.1 * np.eye(2))


def test_no_other_parameters_have_a_higher_expected_log_likelihood_than_those_of_the_m_step(X, shares):
    means = update_means(X, shares)
    best = (update_weights(shares), means, update_covariances(X, shares, means, reg_covar=0.0))
    top = expected_log_likelihood(X, shares, *best)
    rng = np.random.default_rng(0)
    for _ in range(20):
        weights = best[0] * np.exp(rng.normal(0.0, 0.05, 3))
        stretch = np.exp(rng.normal(0.0, 0.05, 3))[:, np.newaxis, np.newaxis]
        for other in (
            (weights / weights.sum(), *best[1:]),
            (best[0], means + rng.normal(0.0, 0.05, (3, 2)), best[2]),
            (*best[:2], best[2] * stretch),
        ):
            assert expected_log_likelihood(X, shares, *other) < top


def test_the_expected_log_likelihood_and_the_entropy_make_the_log_likelihood(X):
    shares = responsibilities(X, *MIXTURE)
    total = expected_log_likelihood(X, shares, *MIXTURE) + stats.entropy(shares, axis=1).sum()
    assert total == pytest.approx(log_likelihood(X, *MIXTURE), rel=1e-12)


def test_an_impossible_component_without_a_share_costs_nothing(X):
    mixture = (np.array([0.7, 0.3, 0.0]), MEANS, COVARIANCES)
    shares = np.tile([0.5, 0.5, 0.0], (60, 1))
    expected = log_joint(X, *mixture)[:, :2].sum() / 2
    assert expected_log_likelihood(X, shares, *mixture) == pytest.approx(expected)
