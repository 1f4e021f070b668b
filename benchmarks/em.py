"""One EM iteration of the reference beside one of scikit-learn's: `make bench`, or `python -m benchmarks.em`.

Both take the same samples and the same parameters to a new set of parameters, in turns within one run and with
one thread of BLAS each, because only a ratio taken that way means anything on a machine that does other things
as well. It fails where the reference is the slower of the two, or where the results differ by more than 1e-8.
"""

import sys
import time

import numpy as np
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

from solutions import em
from solutions.sampling import sample_mixture

N_SAMPLES, N_FEATURES, N_COMPONENTS = 100_000, 10, 10
N_REPETITIONS = 15
REG_COVAR = 1e-6


def problem():
    """Samples of a random mixture, and parameters that are not yet those of the fit."""
    rng = np.random.default_rng(0)
    factors = rng.normal(size=(N_COMPONENTS, N_FEATURES, N_FEATURES))
    covariances = factors @ factors.transpose(0, 2, 1) / N_FEATURES + 0.3 * np.eye(N_FEATURES)
    means = rng.normal(0.0, 3.0, (N_COMPONENTS, N_FEATURES))
    weights = rng.dirichlet(np.full(N_COMPONENTS, 5.0))
    X, _ = sample_mixture(weights, means, covariances, N_SAMPLES, rng)
    start = X[rng.choice(N_SAMPLES, N_COMPONENTS, replace=False)]
    pooled = np.tile(np.cov(X, rowvar=False), (N_COMPONENTS, 1, 1))
    return X, (np.full(N_COMPONENTS, 1 / N_COMPONENTS), start, pooled)


def reference_iteration(X, parameters):
    """Mean log-likelihood at the parameters, and the parameters one iteration later."""
    shares, mean_log_likelihood = em._e_step(X, *parameters)
    return mean_log_likelihood, *em._m_step(X, shares, REG_COVAR)


def sklearn_iteration(X, parameters):
    """The same by scikit-learn: the two steps that `GaussianMixture.fit` repeats."""
    model = GaussianMixture(N_COMPONENTS, reg_covar=REG_COVAR)
    model.weights_, model.means_, model.covariances_ = parameters
    model.precisions_cholesky_ = np.linalg.inv(np.linalg.cholesky(parameters[2])).transpose(0, 2, 1)
    mean_log_likelihood, log_shares = model._e_step(X)
    model._m_step(X, log_shares)
    return mean_log_likelihood, model.weights_, model.means_, model.covariances_


def seconds(iteration, *args):
    start = time.perf_counter()
    iteration(*args)
    return time.perf_counter() - start


def relative_difference(got, expected):
    """The largest difference of any number, by the largest number of its array."""
    return max(np.abs(a - b).max() / np.abs(b).max() for a, b in zip(got, expected, strict=True))


def main():
    X, parameters = problem()
    with threadpool_limits(1):
        difference = relative_difference(reference_iteration(X, parameters), sklearn_iteration(X, parameters))
        times = np.array(
            [
                [seconds(iteration, X, parameters) for iteration in (sklearn_iteration, reference_iteration)]
                for _ in range(N_REPETITIONS)
            ]
        )
    low, ratio, high = np.percentile(times[:, 0] / times[:, 1], [25, 50, 75])
    theirs, ours = 1e3 * np.median(times, axis=0)
    print(f"One EM iteration, n={N_SAMPLES:,} d={N_FEATURES} K={N_COMPONENTS}, full covariances, one thread:")
    print(f"  scikit-learn {theirs:.0f} ms, reference {ours:.0f} ms (medians of {N_REPETITIONS})")
    print(f"  ratio {ratio:.2f}, quartiles {low:.2f} and {high:.2f}; above 1 the reference is faster")
    print(f"  largest relative difference of log-likelihood, weights, means and covariances: {difference:.1e}")
    return 0 if ratio >= 1 and difference <= 1e-8 else 1


if __name__ == "__main__":
    sys.exit(main())
