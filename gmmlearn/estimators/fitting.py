"""EM on a source of samples: iterations until nothing is gained, and single steps for partial fits."""

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace

import click
import numpy as np

from .expectation import Way, expected_sums, way_for
from .parameters import Moments, Parameters, from_moments


@dataclass(frozen=True)
class Run:
    """What EM came to: parameters, mean log-likelihood with which each iteration began, whether it converged."""

    parameters: Parameters
    lower_bounds: list
    converged: bool

    @property
    def lower_bound(self):
        """The last of the bounds; minus infinity if there was no iteration."""
        return self.lower_bounds[-1] if self.lower_bounds else -np.inf


def em(source, parameters, estimator, dtype, previous, n_samples):
    """Iterate from `parameters` until the bound changes by less than `tol`; `previous` is the bound before."""
    bounds, converged = [], False
    printer = Printer(estimator, n_samples)
    for n_iter in range(1, estimator.max_iter + 1):
        with printer.watching(n_iter) as watch:
            parameters, bound = iteration(source, parameters, estimator.reg_covar, dtype, watch)
        change = bound - (bounds[-1] if bounds else previous)
        bounds.append(bound)
        printer.after(n_iter, bound, change)
        if abs(change) < estimator.tol:
            converged = True
            break
    printer.end(bounds, converged)
    return Run(parameters, bounds, converged)


def iteration(source, parameters, reg_covar, dtype, watch=iter):
    """One E-step and M-step: the new parameters, and the mean log-likelihood at the old ones.

    A pass is made once more, in a more accurate way, where the new parameters show that digits were lost: components
    that became narrow beside their distance from the centre of the data.
    """
    way = way_for(parameters, dtype)
    while True:
        sums = source.total(expected_sums, parameters, way, watch=watch)
        moments = way.moments(sums.balanced, parameters)
        if not np.isfinite(sums.log_likelihood) or not np.isfinite(sums.statistics).all():
            raise ValueError(
                f"The log-likelihood became {sums.log_likelihood}: the samples are too large for double precision, or "
                "a covariance is too small beside them. Scale the features, or increase reg_covar."
            )
        total = moments.counts.sum() + 10 * np.finfo(float).eps * len(moments.counts)
        counted = replace(moments, counts=moments.counts + 10 * np.finfo(float).eps)
        try:
            new = from_moments(counted, total, reg_covar, parameters.centre)
        except ValueError:
            if way is Way.RESIDUALS:
                raise
            way = Way.RESIDUALS
            continue
        needed = way_for(new, dtype)
        if needed <= way:
            return new, sums.log_likelihood / sums.weight
        way = needed


def step(X, sample_weight, parameters, running, size):
    """Stepwise EM: the moments so far, drawn towards those of a block of samples by a step of the given size.

    The statistics are blended, s = (1 - size) s + size s(block), and parameters follow from them by the M-step; see
    Cappé and Moulines (2009), On-line expectation-maximization algorithm for latent data models, J. R. Stat. Soc. B
    71(3). Also returns the mean log-likelihood of the block before the step.
    """
    way = Way.RESIDUALS if running is None else max(Way.PRODUCTS, way_for(parameters, X.dtype))
    sums = expected_sums(X, sample_weight, parameters, way)
    block = way.moments(sums.balanced, parameters).scaled(1 / sums.n_samples)
    blended = block if running is None else running.scaled(1 - size).merged(block.scaled(size))
    return blended, sums.log_likelihood / sums.weight


def running_moments(parameters, reg_covar):
    """Moments that the M-step would turn into the given parameters."""
    zero = np.zeros_like(parameters.covariances)
    regularization = reg_covar * np.eye(zero.shape[-1]) if parameters.covariance_type in ("full", "tied") else reg_covar
    return Moments(
        parameters.weights, parameters.means, parameters.covariances - regularization, parameters.covariance_type
    )


class Printer:
    """Prints what `verbose` asks for: 1 iterations and a bar for each pass, 2 and above also times and changes."""

    def __init__(self, estimator, n_samples):
        self.verbose, self.interval, self.n_samples = estimator.verbose, estimator.verbose_interval, n_samples
        self.begun = self.before = time.perf_counter()

    @contextmanager
    def watching(self, n_iter):
        """What a pass hands its blocks through; a bar, if somebody looks at a terminal."""
        if not self.verbose or not sys.stdout.isatty():
            yield iter
            return
        with click.progressbar(length=self.n_samples, label=f"  Iteration {n_iter}", file=sys.stdout) as bar:

            def watch(blocks):
                for block in blocks:
                    yield block
                    bar.update(len(block[0]))

            yield watch

    def after(self, n_iter, bound, change):
        """A line for every `verbose_interval`-th iteration."""
        if not self.verbose or n_iter % self.interval:
            return
        now = time.perf_counter()
        more = f", change {change:.5f}, {now - self.before:.5f} s" if self.verbose > 1 else ""
        print(f"  Iteration {n_iter}: mean log-likelihood {bound:.6f}{more}")
        self.before = now

    def end(self, bounds, converged):
        """A line for a whole run."""
        if self.verbose and bounds:
            word = "converged" if converged else "did not converge"
            print(f"EM {word} after {len(bounds)} iterations, {time.perf_counter() - self.begun:.2f} s.")
