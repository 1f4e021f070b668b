"""A worked relative of every exercise: another function, which needs the same step and is solved in the open.

`hint` shows them after the third hint. None of them is a solution; each is right, as its example shows.
"""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np


def laplace_density(x, centre, width):
    """A density with one constant and one exponential, for all of x at once: Laplace's.

    >>> laplace_density(np.array([0.0, 2.0]), 0.0, 1.0).round(4)
    array([0.5   , 0.0677])
    """
    constant = 1 / (2 * width)
    return constant * np.exp(-np.abs(x - centre) / width)


def mean_distance(x, weights, places):
    """Every sample meets every place in a table (n, K); a weighted sum along its rows is left.

    >>> mean_distance(np.array([0.0, 4.0]), np.array([0.5, 0.5]), np.array([1.0, 3.0]))
    array([2., 2.])
    """
    table = np.abs(x[:, np.newaxis] - places)
    return table @ weights


def solution_and_log_determinant(A, b):
    """One Cholesky factor of A serves twice: for the solution of A z = b, and for log |A| without |A|.

    >>> z, log_determinant = solution_and_log_determinant(np.diag([4.0, 9.0]), np.array([4.0, 18.0]))
    >>> z, round(log_determinant, 4)
    (array([1., 2.]), 3.5835)
    """
    from scipy.linalg import solve_triangular

    L = np.linalg.cholesky(A)
    y = solve_triangular(L, b, lower=True)
    return solve_triangular(L.T, y, lower=False), float(2 * np.log(np.diag(L)).sum())


def sample_exponential(rate, n_samples, rng):
    """Uniform draws become draws from another distribution if you read its cumulative distribution backwards.

    >>> draws = sample_exponential(2.0, 100_000, np.random.default_rng(0))
    >>> round(float(draws.mean()), 1)
    0.5
    """
    u = rng.random(n_samples)  # 1 - exp(-rate * wait) = u, solved for the wait
    return -np.log(1 - u) / rate


def points_on_an_ellipse(centre, matrix, n_samples, rng):
    """Points of a simple shape, one in each row, are stretched by a matrix and then moved.

    >>> points = points_on_an_ellipse(np.array([1.0, 2.0]), np.eye(2), 5, np.random.default_rng(0))
    >>> np.linalg.norm(points - [1.0, 2.0], axis=1)
    array([1., 1., 1., 1., 1.])
    """
    angles = rng.uniform(0, 2 * np.pi, n_samples)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    return centre + circle @ matrix.T  # each row is a point, so the matrix comes from the right, transposed


def sample_fares(share_of_children, n_samples, rng):
    """Two steps for every sample: first which group it belongs to, then a value from that group.

    >>> fares, is_child = sample_fares(0.3, 10, np.random.default_rng(0))
    >>> bool((fares[is_child] <= 2).all()), bool((fares[~is_child] >= 4).all())
    (True, True)
    """
    is_child = rng.random(n_samples) < share_of_children
    fares = np.empty(n_samples)
    fares[is_child] = rng.uniform(1, 2, is_child.sum())
    fares[~is_child] = rng.uniform(4, 6, (~is_child).sum())
    return fares, is_child


def mean_products(X, Y):
    """The mean product of every feature of X with every feature of Y: (d, e), and no loop over the samples.

    >>> mean_products(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0], [1.0]]))
    array([[2.],
           [3.]])
    """
    return X.T @ Y / len(X)


def log_share_and_wait(x, weights, rates):
    """The log of weight times density of exponential waits, (n, K): products of factors have become sums of logs.

    >>> log_share_and_wait(np.array([0.0, 1.0]), np.array([0.5, 0.5]), np.array([1.0, 2.0])).round(3)
    array([[-0.693,  0.   ],
           [-1.693, -2.   ]])
    """
    columns = [np.log(weight) + np.log(rate) - rate * x for weight, rate in zip(weights, rates)]
    return np.column_stack(columns)


def log_mean_exp(a):
    """The log of the mean of exp(a) in every row, also where exp(a) is 0 or infinite as a float.

    >>> log_mean_exp(np.array([[-2000.0, -2000.0], [0.0, 0.0]]))
    array([-2000.,     0.])
    """
    largest = a.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(a - largest).mean(axis=1))


def shares_from_decibels(decibels):
    """The share of every source in the power of its column; the largest is taken off first, so nothing underflows.

    >>> shares_from_decibels(np.array([[-9000.0, 10.0], [-9000.0, 0.0]])).round(3)
    array([[0.5  , 0.909],
           [0.5  , 0.091]])
    """
    power = 10 ** ((decibels - decibels.max(axis=0, keepdims=True)) / 10)
    return power / power.sum(axis=0, keepdims=True)


def nearest(x, places):
    """The number of the nearest place, for every sample: a table (n, K), and where each row is smallest.

    >>> nearest(np.array([0.0, 2.0, 9.0]), np.array([1.0, 8.0]))
    array([0, 0, 1])
    """
    return np.argmin(np.abs(x[:, np.newaxis] - places), axis=1)


def mean_marks(marks):
    """The mean mark of every pupil: rows are pupils, columns are tests, and the axis named is the one that goes.

    >>> mean_marks(np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]]))
    array([2., 5.])
    """
    return marks.sum(axis=1) / marks.shape[1]


def centre_of_mass(X, masses):
    """A weighted mean of rows for one column of weights: weighted sum, divided by the sum of the weights.

    >>> centre_of_mass(np.array([[0.0, 0.0], [4.0, 8.0]]), np.array([3.0, 1.0]))
    array([1., 2.])
    """
    return masses @ X / masses.sum()


def spread_of_mass(X, masses, centre):
    """Weighted scatter about a given centre, (d, d), for one column of weights.

    >>> spread_of_mass(np.array([[0.0, 0.0], [4.0, 8.0]]), np.array([3.0, 1.0]), np.array([1.0, 2.0]))
    array([[ 3.,  6.],
           [ 6., 12.]])
    """
    residuals = X - centre
    weighted = residuals * masses[:, np.newaxis]
    return weighted.T @ residuals / masses.sum()


def expected_costs(shares, costs):
    """An expectation: values weighted by their shares. What cannot happen costs nothing, even if its cost is infinite.

    >>> expected_costs(np.array([0.5, 0.5, 0.0]), np.array([2.0, 4.0, np.inf]))
    3.0
    """
    possible = shares > 0  # else 0 * inf, which is NaN
    return float((shares[possible] * costs[possible]).sum())


def first_guesses(X, n_guesses, rng, kind="sample"):
    """Two ways to begin, by name; any other name is refused with a sentence that lists the two.

    >>> first_guesses(np.array([[0.0], [1.0]]), 3, np.random.default_rng(0), "dice")
    Traceback (most recent call last):
        ...
    ValueError: kind must be 'sample' or 'box', not 'dice'
    """
    if kind == "sample":
        return X[rng.choice(len(X), n_guesses, replace=False)]
    if kind == "box":
        return rng.uniform(X.min(axis=0), X.max(axis=0), (n_guesses, X.shape[1]))
    raise ValueError(f"kind must be 'sample' or 'box', not {kind!r}")


def square_root(number, max_iter=100, tol=1e-9):
    """A loop that improves a guess, keeps a trace, stops when little changes, and says whether it got there.

    >>> root, trace, converged = square_root(2.0)
    >>> round(root, 6), len(trace) < 10, converged
    (1.414214, True, True)
    """
    guess, trace, converged = number, [], False
    for _ in range(max_iter):
        trace.append(guess)
        guess = (guess + number / guess) / 2
        if abs(guess - trace[-1]) < tol:
            converged = True
            break
    return guess, np.array(trace), converged


def fit_k_means(X, n_clusters, *, init="k-means++", n_init=1, random_state=None):
    """An estimator of scikit-learn: made with every setting it is given, by name, then fitted, then returned.

    >>> fit_k_means(np.array([[0.0], [2.0], [10.0]]), 2, random_state=0).cluster_centers_.ravel().round(1).sum()
    np.float64(11.0)
    """
    from sklearn.cluster import KMeans

    model = KMeans(n_clusters, init=init, n_init=n_init, random_state=random_state)
    return model.fit(X)


def n_coefficients(n_inputs, n_outputs, kind="dense"):
    """Free numbers of a linear map with an offset, by kind: a table of cases, and what all of them share.

    >>> [n_coefficients(3, 3, kind) for kind in ("dense", "diagonal", "shared")]
    [12, 6, 4]
    """
    of_the_matrix = {"dense": n_inputs * n_outputs, "diagonal": n_outputs, "shared": 1}
    of_the_offset = n_outputs
    return of_the_matrix[kind] + of_the_offset


def corrected_aic(log_likelihood, n_parameters, n_samples):
    """Another criterion of the same kind: -2 log-likelihood, and a price for the parameters.

    >>> corrected_aic(-100.0, 5, 50)
    211.36363636363637
    """
    price = 2 * n_parameters + 2 * n_parameters * (n_parameters + 1) / (n_samples - n_parameters - 1)
    return price - 2 * log_likelihood


def select_degree(x, y, candidates):
    """The candidate with the lowest criterion: a function that rates one, and `min` with it as the key.

    >>> x = np.linspace(-1, 1, 50)
    >>> select_degree(x, x**2 + 0.01 * np.cos(40 * x), (1, 2, 5))
    2
    """

    def criterion(degree):
        residuals = y - np.polyval(np.polyfit(x, y, degree), x)
        return len(x) * np.log((residuals**2).mean()) + (degree + 1) * np.log(len(x))

    return min(candidates, key=criterion)


def basis_of_powers(x, degree):
    """A table with a row for each number and a column for each function of it, the constant 1 first.

    >>> basis_of_powers(np.array([2.0, 3.0]), 2)
    array([[1., 2., 4.],
           [1., 3., 9.]])
    """
    powers = np.arange(1, degree + 1)
    return np.column_stack([np.ones(len(x)), x[:, np.newaxis] ** powers])


def coefficients_of_squares(heights, centres, widths):
    """Squares multiplied out and sorted by powers of x: height - (x - centre)^2 / width = a + b x + c x^2.

    >>> a, b, c = coefficients_of_squares(np.array([1.0]), np.array([3.0]), np.array([2.0])).T
    >>> x = 5.0
    >>> (a + b * x + c * x**2).item(), 1.0 - (x - 3.0) ** 2 / 2.0
    (-1.0, -1.0)
    """
    return np.column_stack([heights - centres**2 / widths, 2 * centres / widths, -1 / widths])


def sums_by_group(values, shares):
    """Count, sum and sum of squares of each group by one matrix product; those of two halves add up to them.

    >>> values, shares = np.array([1.0, 2.0, 4.0]), np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    >>> sums_by_group(values, shares)
    array([[ 1.5,  2. ,  3. ],
           [ 1.5,  5. , 18. ]])
    >>> sums_by_group(values[:2], shares[:2]) + sums_by_group(values[2:], shares[2:])
    array([[ 1.5,  2. ,  3. ],
           [ 1.5,  5. , 18. ]])
    """
    table = np.column_stack([np.ones(len(values)), values, values**2])
    return shares.T @ table


def mean_and_variance(sums):
    """From (count, sum, sum of squares) of each group to its share of all, its mean and its variance.

    >>> mean_and_variance(np.array([[2.0, 4.0, 10.0], [2.0, 0.0, 2.0]]))
    (array([0.5, 0.5]), array([2., 0.]), array([1., 1.]))
    """
    counts, totals, squares = sums.T
    means = totals / counts
    return counts / counts.sum(), means, squares / counts - means**2


RELATIVES: dict[str, Callable[..., Any]] = {
    "gaussian_density": laplace_density,
    "mixture_density": mean_distance,
    "gaussian_log_density": solution_and_log_determinant,
    "sample_categorical": sample_exponential,
    "sample_gaussian": points_on_an_ellipse,
    "sample_mixture": sample_fares,
    "fit_gaussian": mean_products,
    "log_joint": log_share_and_wait,
    "log_likelihood": log_mean_exp,
    "responsibilities": shares_from_decibels,
    "assign": nearest,
    "update_weights": mean_marks,
    "update_means": centre_of_mass,
    "update_covariances": spread_of_mass,
    "expected_log_likelihood": expected_costs,
    "initialize": first_guesses,
    "fit": square_root,
    "fit_sklearn": fit_k_means,
    "n_parameters": n_coefficients,
    "bic": corrected_aic,
    "select_n_components": select_degree,
    "sufficient_statistics": basis_of_powers,
    "natural_parameters": coefficients_of_squares,
    "expected_statistics": sums_by_group,
    "parameters": mean_and_variance,
}
"""Exercise -> its relative."""


def source_of(name: str) -> str:
    """The text of an exercise's relative."""
    return inspect.getsource(RELATIVES[name]).rstrip("\n")
