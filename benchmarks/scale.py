"""`StreamingGaussianMixture` beside scikit-learn's: `make bench-scale`, or `python -m benchmarks.scale`.

One EM iteration from the same parameters, then a whole fit from the same k-means start, in turns within one process and
with one thread of BLAS each: only ratios taken that way mean anything on a machine that does other things as well. Each
iteration is also set against what the machine could do at best: matrix products, exponentials and reading at the rates
that are measured at the start. It fails where ours differs from scikit-learn's in double precision by more than 1e-8,
in single precision by more than 1e-5.

    python -m benchmarks.scale --largest 1e7    # as far as ten million samples (a quarter of an hour)
    python -m benchmarks.scale --disk 1e7       # so many rows of 10 features from a file, with the memory they take
    python -m benchmarks.scale --dask 1e7       # the same by a loop, and by two workers of Dask
"""

import argparse
import resource
import sys
import tempfile
import time
import warnings
from contextlib import contextmanager
from itertools import product

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

from gmmlearn.estimators import StreamingGaussianMixture, fitting
from gmmlearn.estimators.products import n_statistics
from gmmlearn.estimators.sources import ArraySource, BlockSource

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
SHAPES = tuple(product((2, 10, 50), (3, 10, 20)))
"""Numbers of features and of components."""
LARGEST = 1e9
"""Products of n, d, d and K beyond it are left out: scikit-learn needs seconds for an iteration. So are cases of fewer
than ten samples for each feature of a component, where covariances are nearly singular."""
LARGEST_FIT = 100_000
"""Whole fits of more samples are left out."""
REG_COVAR = 1e-6


def problem(n, d, K, dtype):
    """Samples of a random mixture, and parameters that are not yet those of the fit."""
    rng = np.random.default_rng(0)
    roots = np.linalg.cholesky([a @ a.T / d + 0.3 * np.eye(d) for a in rng.normal(size=(K, d, d))])
    middles, labels = rng.normal(0, 3, (K, d)), rng.integers(K, size=n)
    X = np.empty((n, d))
    for k in range(K):
        members = labels == k
        X[members] = middles[k] + rng.normal(size=(members.sum(), d)) @ roots[k].T
    pooled = np.tile(np.cov(X, rowvar=False), (K, 1, 1))
    return X.astype(dtype), (np.full(K, 1 / K), X[rng.choice(n, K, replace=False)], pooled)


def prepared(kind, X, parameters):
    """A model that holds the parameters, as after a fit."""
    model = kind(len(parameters[0]), reg_covar=REG_COVAR)
    factors = np.linalg.inv(np.linalg.cholesky(parameters[2])).transpose(0, 2, 1)
    arrays = [np.asarray(array, X.dtype) for array in (*parameters, factors)]
    model.weights_, model.means_, model.covariances_, model.precisions_cholesky_ = arrays
    return model


def their_iteration(X, parameters, centre):
    """Mean log-likelihood at the parameters, and means and covariances one iteration later, by scikit-learn."""
    del centre
    model = prepared(GaussianMixture, X, parameters)
    bound, log_shares = model._e_step(X)
    model._m_step(X, log_shares)
    return bound, model.means_, model.covariances_


def our_iteration(X, parameters, centre):
    """The same by ours."""
    begin = prepared(StreamingGaussianMixture, X, parameters)._parameters(centre)
    new, bound = fitting.iteration(ArraySource(X), begin, REG_COVAR, X.dtype)
    return bound, new.means + centre, new.covariances


def their_fit(X, K):
    """Bounds, means and covariances of a whole fit by scikit-learn."""
    model = GaussianMixture(K, random_state=0, reg_covar=REG_COVAR, max_iter=20).fit(X)
    return np.array(model.lower_bounds_), model.means_, model.covariances_


def our_fit(X, K):
    """The same by ours."""
    model = StreamingGaussianMixture(K, random_state=0, reg_covar=REG_COVAR, max_iter=20).fit(X)
    return np.array(model.lower_bounds_), model.means_, model.covariances_


def seconds(function, *args):
    """Time that this thread computes in a call; what else the machine does counts least there."""
    begun = time.thread_time()
    function(*args)
    return time.thread_time() - begun


def fastest(function, *args):
    """Shortest of several calls: a rate of the machine, not of its load."""
    return min(seconds(function, *args) for _ in range(15))


def rates(dtype):
    """Seconds of the machine for one multiplication with its addition, one exponential, one number read."""
    a = np.random.default_rng(0).normal(size=(700, 700)).astype(dtype)
    b, long = np.empty_like(a), np.ones(4_000_000, dtype)
    short = -np.abs(a[:10])
    return (
        fastest(np.matmul, a, a, b) / 700**3,
        fastest(np.exp, short, b[:10]) / short.size,
        fastest(np.sum, long) / long.size,
    )


def at_best(n, d, K, machine):
    """Seconds that the two products, the exponentials and one reading of the samples take at those rates."""
    multiplication, exponential, read = machine
    return n * (2 * n_statistics("full", d) * K * multiplication + K * exponential + d * read)


def compared(theirs, ours, args, expected, budget):
    """Times of both in turns, (repetitions, 2), as many as the budget of seconds allows; and how far ours is off."""
    pairs = list(zip(ours(*args), expected))
    same = all(np.shape(a) == np.shape(b) for a, b in pairs)
    difference = max(float(np.abs(a - b).max() / np.abs(b).max()) for a, b in pairs) if same else np.inf
    times, begun = [], time.thread_time()
    while len(times) < 3 or (len(times) < 25 and time.thread_time() - begun < budget):
        turns = [(0, theirs), (1, ours)] if len(times) % 2 else [(1, ours), (0, theirs)]
        times.append([second for _, second in sorted((i, seconds(function, *args)) for i, function in turns)])
    return np.array(times), difference


BOUNDS = {"float64": 1e-8, "float32": 1e-5}
"""How far ours may be from scikit-learn's in double precision. In single precision scikit-learn itself is further off:
it adds n numbers in a row."""


def table(sizes, shapes, precisions, budget):
    """Print the table; whether all results agree."""
    fine = True
    print("| n | d | K | precision | iteration, times as fast | ns a sample | by the limit | fit, times as fast |")
    print("|---|---|---|---|---|---|---|---|")
    for precision in precisions:
        dtype, bound = np.dtype(precision).type, BOUNDS[precision]
        machine = rates(dtype)
        print(
            "  a multiplication and addition {:.3f}, an exponential {:.2f}, a number read {:.2f} ns".format(
                *(1e9 * rate for rate in machine)
            ),
            file=sys.stderr,
        )
        for d, K in shapes:
            for n in sizes:
                if n * d * d * K > LARGEST or n < 10 * d * K:
                    continue
                X, parameters = problem(n, d, K, dtype)
                one = (X, parameters, X.mean(axis=0).astype(float))
                exact = their_iteration(X.astype(np.float64), parameters, None)
                times, difference = compared(their_iteration, our_iteration, one, exact, budget)
                fits, fit_difference = np.full((1, 2), np.nan), 0.0
                if n <= LARGEST_FIT:
                    fits, fit_difference = compared(their_fit, our_fit, (X, K), their_fit(X, K), budget)
                low, ratio, high = np.percentile(times[:, 0] / times[:, 1], [25, 50, 75])
                ours = np.median(times[:, 1])
                print(
                    f"| {n:,} | {d} | {K} | {np.dtype(dtype)} | {ratio:.1f} ({low:.1f} to {high:.1f}) "
                    f"| {1e9 * ours / n:.0f} | {ours / at_best(n, d, K, machine):.1f} "
                    f"| {np.median(fits[:, 0] / fits[:, 1]):.1f} |".replace("nan", "not measured"),
                    flush=True,
                )
                if difference > bound or (dtype == np.float64 and fit_difference > bound):
                    print(f"  results differ by {difference:.1e}, of the fit by {fit_difference:.1e}")
                    fine = False
    return fine


@contextmanager
def rows_on_disk(n):
    """A file of n rows, as a function that returns an iterator of blocks, as a function of a place, and parameters."""
    d, K, step = 10, 10, 100_000
    with tempfile.NamedTemporaryFile() as file:
        block, parameters = problem(step, d, K, np.float64)
        for i in range(n // step):
            (block + 1e-3 * (i % 7)).tofile(file)
        file.flush()
        path = file.name

        def block_at(i):
            return np.fromfile(path, count=step * d, offset=8 * step * d * i).reshape(-1, d)

        yield lambda: map(block_at, range(n // step)), block_at, parameters


def from_disk(n):
    """Fit n rows of 10 features that are read from a file in blocks; print time and memory."""
    with rows_on_disk(n) as (blocks, _, parameters):
        K = len(parameters[0])
        model = StreamingGaussianMixture(K, max_iter=3, tol=0, random_state=0)
        begun = time.perf_counter()
        model.fit(blocks)
        took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n:,} rows of 10 ({n * 80 / 1e6:.0f} MB) from disk, K = {K}: {took / 4:.1f} s a pass,", end=" ")
    print(f"{peak:.0f} MB at most, libraries and the start's sample included")


def with_dask(n):
    """An iteration on n rows of 10 features in a file, by a loop and by two workers of Dask, in turns."""
    import dask.array
    from distributed import Client, LocalCluster

    from gmmlearn.estimators.dask_source import DaskSource

    def part(block_info=None):
        return block_at(block_info[None]["chunk-location"][0])

    with (
        rows_on_disk(n) as (blocks, block_at, parameters),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        Client(cluster),
    ):
        first = block_at(0)
        chunks = ((len(first),) * (n // len(first)), (first.shape[1],))
        lazy = dask.array.map_blocks(part, chunks=chunks, dtype=float, meta=np.empty((0, 0)))
        begin = prepared(StreamingGaussianMixture, first, parameters)._parameters(first.mean(axis=0))
        times = []
        for _ in range(1 + 5):
            for source in (BlockSource(blocks), DaskSource(lazy)):
                begun = time.perf_counter()
                fitting.iteration(source, begin, REG_COVAR, first.dtype)
                times.append(time.perf_counter() - begun)
    loop, cluster = np.reshape(times, (-1, 2))[1:].T  # the first of each loads what is loaded once
    low, ratio, high = np.percentile(cluster / loop, [25, 50, 75])
    print(
        f"{n:,} rows of 10 from disk: a loop in one process {np.median(loop):.2f} s a pass, two workers of Dask",
        end=" ",
    )
    print(f"{np.median(cluster):.2f} s, {ratio:.1f} ({low:.1f} to {high:.1f}) times as long")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--largest", type=float, default=1e5, help="most samples (default 1e5)")
    parser.add_argument("--smallest", type=float, default=0, help="fewest samples")
    parser.add_argument("--features", type=int, help="only with so many features")
    parser.add_argument("--precision", choices=BOUNDS, help="only this")
    parser.add_argument("--budget", type=float, default=3.0, help="seconds for each comparison (default 3)")
    parser.add_argument("--disk", type=float, help="only this: so many rows from a file")
    parser.add_argument("--dask", type=float, help="only this: so many rows by a loop and by two workers of Dask")
    given = parser.parse_args()
    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore", ConvergenceWarning)
        if given.disk:
            from_disk(int(given.disk))
            return 0
        if given.dask:
            with_dask(int(given.dask))
            return 0
        sizes = [n for n in SIZES if given.smallest <= n <= given.largest]
        shapes = [shape for shape in SHAPES if given.features in (None, shape[0])]
        precisions = [given.precision] if given.precision else list(BOUNDS)
        return 0 if table(sizes, shapes, precisions, given.budget) else 1


if __name__ == "__main__":
    sys.exit(main())
