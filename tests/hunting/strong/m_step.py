"""Strong tests of chapter 5."""

import numpy as np

from .common import FAR, NEAR, PLACES, SHARES, array, close, logs_of, mixture, tight, unchanged


def test_update_weights(f):
    small = np.column_stack([np.full(9, 1e-5), np.full(9, 0.01), np.full(9, 0.99 - 1e-5)])
    for r in (SHARES, SHARES[:3], small, np.eye(3)[[0, 0, 2]]):
        found = array(f, r)
        assert found.shape == (3,)
        close(found, [sum(r[:, k]) / len(r) for k in range(3)], rtol=1e-12)


def test_update_means(f):
    for X in (PLACES, PLACES[:, :2], np.hstack([PLACES, PLACES[:, :1] ** 2])):
        expected = [np.average(X, axis=0, weights=SHARES[:, k]) for k in range(3)]
        close(unchanged(f, X, SHARES), expected, rtol=1e-12)


def test_update_covariances(f):
    about = np.array([[4.0, 4.0, 4.0], [3.0, 5.0, 4.5], [4.2, 2.0, 3.9]])
    for reg in (1e-6, 0.3):
        expected = [
            np.einsum("i,ij,ik->jk", SHARES[:, k], PLACES - about[k], PLACES - about[k]) / SHARES[:, k].sum()
            + reg * np.eye(3)
            for k in range(3)
        ]
        close(unchanged(f, PLACES, SHARES, about, reg), expected, rtol=1e-9, atol=1e-12)
    close(f(PLACES, SHARES, about), f(PLACES, SHARES, about, 1e-6), rtol=0, atol=1e-12)
    # Subtracted in place and added again, these would leave rounding in X.
    unchanged(f, PLACES, SHARES, about * 1e7)


def test_expected_log_likelihood(f):
    n = len(FAR)
    r = np.hstack([np.resize(SHARES, (n, 3)), np.zeros((n, 1))])
    for given in ((NEAR, *mixture()), (FAR, *mixture()), tight(NEAR, *mixture())):
        X, parameters = given[0], given[1:]
        logs = logs_of(*given)
        with np.errstate(all="ignore"):
            found = unchanged(f, X, r[: len(X)], *parameters)
        close(found, (r[: len(X), :3] * logs[:, :3]).sum(), rtol=1e-9)
