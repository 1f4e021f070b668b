"""Strong tests of chapter 3."""

import numpy as np
from scipy.special import logsumexp

from .common import FAR, NEAR, PLACES, close, logs_of, mixture, tight, unchanged


def test_fit_gaussian(f):
    for X in (PLACES, PLACES[:, :1], PLACES[:3]):
        mean, covariance = unchanged(f, X)
        close(mean, X.mean(axis=0), rtol=1e-12)
        close(covariance, np.cov(X.T, bias=True).reshape(X.shape[1], X.shape[1]), atol=1e-12)
        assert (np.shape(mean), np.shape(covariance)) == ((X.shape[1],), (X.shape[1],) * 2)


def test_log_joint(f):
    with np.errstate(all="ignore"):
        for given in ((FAR, *mixture()), tight(NEAR, *mixture())):
            close(unchanged(f, *given), logs_of(*given), rtol=1e-8)


def test_log_likelihood(f):
    weights, means, covariances = mixture()
    cases = [(X, weights, means, covariances) for X in (NEAR, FAR, FAR[6:7], np.repeat(NEAR, 300, axis=0))]
    with np.errstate(all="ignore"):
        # two components that are one, so that both count however far a sample is
        twice = FAR[6:7], np.array([0.3, 0.7]), np.repeat(means[:1], 2, axis=0), np.repeat(covariances[:1], 2, axis=0)
        for given in (*cases, twice, tight(*cases[0])):
            found = unchanged(f, *given)
            assert np.shape(found) == ()
            close(found, logsumexp(logs_of(*given), axis=1).sum(), rtol=1e-9)
        # far from 0, where single precision has few digits left
        close(f(NEAR + 1e4, weights, means + 1e4, covariances), f(NEAR, weights, means, covariances), rtol=1e-6)
