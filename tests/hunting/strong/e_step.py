"""Strong tests of chapter 4."""

import numpy as np
from scipy.special import softmax

from .common import FAR, NEAR, array, close, logs_of, mixture, unchanged


def test_responsibilities(f):
    wide = np.array([0.5, 0.5]), np.array([[10.0, 0.0], [0.0, 0.0]]), np.stack([np.eye(2), 100.0 * np.eye(2)])
    far_out = np.array([[900.0, 0.0], [-900.0, 40.0]])  # nearer to the first mean, and of the wide component
    with np.errstate(all="ignore"):
        for given in ((FAR, *mixture()), (far_out, *wide)):
            close(unchanged(f, *given), softmax(logs_of(*given), axis=1), rtol=1e-7, atol=1e-12)
        weights, means, covariances = mixture()  # far from 0, where single precision has few digits left
        moved = f(NEAR + 1e4, weights, means + 1e4, covariances)
        close(moved, f(NEAR, weights, means, covariances), rtol=1e-5, atol=1e-9)


def test_assign(f):
    rows = {
        (0.4, 0.35, 0.25): 0,
        (0.3, 0.3, 0.4): 2,
        (0.1, 0.6, 0.3): 1,
        (0.2, 0.4, 0.4): 1,
        (0.45, 0.0, 0.55): 2,
        (0.5 - 1e-10, 0.5 + 1e-10, 0.0): 1,
    }
    np.testing.assert_array_equal(unchanged(f, np.array(list(rows))), list(rows.values()))
    ties = np.repeat([[0.2, 0.4, 0.4], [1 / 3, 1 / 3, 1 / 3]], 50, axis=0)
    np.testing.assert_array_equal(array(f, ties), np.repeat([1, 0], 50))
    np.testing.assert_array_equal(array(f, np.array([[0.1, 0.2, 0.7], [0.7, 0.2, 0.1]])), [2, 0])  # nobody wins 1
