"""`StreamingGaussianMixture`: scikit-learn's `GaussianMixture` for data of any length, with weights."""

import copy
import warnings
from collections.abc import Iterator
from numbers import Integral, Real
from typing import ClassVar

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import validate_data

from . import expectation, fitting
from .parameters import from_moments, precisions_of
from .scores import Scores
from .sources import ArraySource, BlockSource, as_source, balanced, checked_weights
from .starts import checked_start, start
from .summary import FirstPass, column_sums, summary


class StreamingGaussianMixture(Scores, GaussianMixture):
    """A Gaussian mixture that is fitted by EM in passes over blocks of samples.

    Names, defaults and attributes are those of `sklearn.mixture.GaussianMixture`, and so is the answer: from the same
    start, in double precision, it differs by rounding only. What is new: samples may come with weights
    (`sample_weight`), block by block (`partial_fit`), or from a source that does not fit into memory.

    An iteration is two matrix products for each block that fits the cache: the log joint density is linear in the
    sufficient statistics T(x) = (1, x_i, x_i x_j), and so the E-step is a softmax of theta T(x) and its sums are the
    responsibilities times T(x) transposed. The mean of the samples is subtracted first. Where a component is so narrow,
    or so far away, that the products would lose digits (a mean with |m|ᵀ |precision| |m| above 1e4, seen from the
    centre), residuals from each mean are used, which keep them. These are slower, but for few components of many
    features.

    Parameters
    ----------
    n_components, covariance_type, tol, reg_covar, max_iter, n_init, init_params, weights_init, means_init,
    precisions_init, random_state, warm_start, verbose_interval
        As in `sklearn.mixture.GaussianMixture`.
    verbose : int, default 0
        1 prints every `verbose_interval`-th iteration, with a bar for each pass on a terminal; 2 also prints times.
    step_power : float in (0.5, 1], default 0.6
        Step t of `partial_fit` has the size t ** -step_power. 1 gives all blocks the same say; less forgets the start
        sooner.
    init_size : int, default 65536
        Samples that the start is computed from where they do not come as an array in memory: all if there are no more,
        else so many drawn at random. For an array, all of them, as in scikit-learn.

    Attributes
    ----------
    weights_ : ndarray of shape (K,)
    means_ : ndarray of shape (K, d)
    covariances_, precisions_, precisions_cholesky_ : ndarray
        (K, d, d) for `"full"`, (d, d) for `"tied"`, (K, d) for `"diag"`, (K,) for `"spherical"`.
    converged_ : bool
        Whether the best fit ended because of `tol`; False after `partial_fit`.
    n_iter_ : int
        Iterations of the best fit, or steps of `partial_fit`.
    lower_bound_ : float
        Last of `lower_bounds_`.
    lower_bounds_ : list of float
        Mean log-likelihood per sample with which each iteration began; after `partial_fit`, of each block before its
        step.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Only where the samples come with names: data frames, Parquet files.

    Notes
    -----
    Samples X may be

    - an array of shape (n, d), or anything that NumPy takes for one; float32 gives a fit in single precision
    - a `numpy.memmap`, of which a slice is read at a time
    - a list of arrays, an object that can be iterated again and gives arrays, or a function that returns an iterator of
      arrays; each array (b, d) may come as a pair with its weights (b,)
    - the path of a Parquet file, or of a folder of them, with a column for each feature (needs pyarrow)
    - a Dask array or data frame, whose partitions are worked on where Dask runs: in threads, or on the workers of a
      `distributed.Client`

    Memory is bounded by a block or slice and `init_size`, however many samples there are. BLAS runs on one thread
    during a fit, because the products are small. It differs from scikit-learn in two points: with a tied covariance,
    the starts `"random_from_data"` and `"k-means++"` have `reg_covar` times the identity, as with the other types, not
    the scatter about the origin; and a component without samples has its mean amid the data or where it was, not at 0.

    References
    ----------
    Cappé and Moulines (2009), On-line expectation-maximization algorithm for latent data models, Journal of the Royal
    Statistical Society B 71(3). Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance, The
    American Statistician 37(3).

    Examples
    --------
    >>> import numpy as np
    >>> from gmmlearn.estimators import StreamingGaussianMixture
    >>> rng = np.random.default_rng(0)
    >>> blocks = [np.vstack([rng.normal(-5, 1, (500, 2)), rng.normal(5, 1, (500, 2))]) for _ in range(3)]
    >>> model = StreamingGaussianMixture(2, random_state=0).fit(blocks)
    >>> np.sort(model.means_[:, 0]).round(1)
    array([-5.,  5.])
    >>> model.partial_fit(blocks[0]).n_iter_ > 1
    True
    >>> len(model.predict(blocks))
    3000
    """

    _parameter_constraints: ClassVar[dict] = {
        **GaussianMixture._parameter_constraints,
        "step_power": [Interval(Real, 0.5, 1.0, closed="right")],
        "init_size": [Interval(Integral, 2, None, closed="left")],
    }

    def __init__(
        self,
        n_components=1,
        *,
        covariance_type="full",
        tol=1e-3,
        reg_covar=1e-6,
        max_iter=100,
        n_init=1,
        init_params="kmeans",
        weights_init=None,
        means_init=None,
        precisions_init=None,
        random_state=None,
        warm_start=False,
        verbose=0,
        verbose_interval=10,
        step_power=0.6,
        init_size=65_536,
    ):
        super().__init__(
            n_components=n_components,
            covariance_type=covariance_type,
            tol=tol,
            reg_covar=reg_covar,
            max_iter=max_iter,
            n_init=n_init,
            init_params=init_params,
            weights_init=weights_init,
            means_init=means_init,
            precisions_init=precisions_init,
            random_state=random_state,
            warm_start=warm_start,
            verbose=verbose,
            verbose_interval=verbose_interval,
        )
        self.step_power = step_power
        self.init_size = init_size

    def fit(self, X, y=None, sample_weight=None):
        """Fit the mixture by expectation-maximization, with as many passes over the samples as iterations.

        Parameters
        ----------
        X : see the class
            Samples.
        y : ignored
        sample_weight : array-like of shape (n,), default None
            How often each sample counts. For a Parquet file the name of a column, for a Dask collection another one
            with the same partitions; blocks bring theirs with them.

        Returns
        -------
        StreamingGaussianMixture
            The estimator itself.
        """
        self._validate_params()
        random_state = check_random_state(self.random_state)
        first = self._first_pass(X, sample_weight, random_state)
        dtype, n_samples = first.X.dtype, first.n_samples
        self._check_number(n_samples, first.weights)
        given = checked_start(self, first.X.shape[1])
        warm = self.warm_start and hasattr(self, "converged_")
        best = None
        with expectation.one_thread():
            for _ in range(1 if warm else self.n_init):
                if warm:
                    begin, previous = self._parameters(first.centre), self.lower_bound_
                else:
                    begin = start(first.X, first.weights, self, given, random_state, first.centre)
                    previous = -np.inf
                run = fitting.em(first.source, begin, self, dtype, previous, n_samples)
                if best is None or run.lower_bound > best.lower_bound:
                    best = run
        if not best.converged and self.max_iter > 0:
            warnings.warn(
                "Best performing initialization did not converge. Try different init parameters, or increase "
                "max_iter, tol, or check for degenerate data.",
                ConvergenceWarning,
                stacklevel=2,
            )
        self._keep(best.parameters, dtype)
        self.converged_, self.n_iter_ = best.converged, len(best.lower_bounds)
        self.lower_bound_, self.lower_bounds_ = best.lower_bound, best.lower_bounds
        self._running = None
        return self

    def partial_fit(self, X, y=None, sample_weight=None):
        """Make one step of stepwise EM on a block of samples, or one on each block of several.

        Step t blends the statistics of block t into those of all blocks before it, with the share t ** -step_power.
        The first block also gives the start, and so has to hold a sample for each component at least.

        Parameters
        ----------
        X : array-like of shape (n, d), or whatever `fit` takes, or an iterator of blocks
            Samples; only an array counts as one block.
        y : ignored
        sample_weight : as in `fit`

        Returns
        -------
        StreamingGaussianMixture
            The estimator itself.
        """
        self._validate_params()
        source = BlockSource(lambda: X) if isinstance(X, Iterator) else as_source(X, sample_weight)
        with expectation.one_thread():
            if source is None:
                X = validate_data(self, X, dtype=[np.float64, np.float32], reset=not hasattr(self, "converged_"))
                self._step(X, None if sample_weight is None else checked_weights(sample_weight, len(X)))
            else:
                if hasattr(self, "converged_"):
                    self._check_columns(source)
                for block, weights in source.blocks():
                    if not hasattr(self, "converged_"):
                        self._keep_features(block.shape[1], source.columns)
                    if len(block):
                        self._step(block, weights)
        return self

    def _step(self, X, weights):
        first = not hasattr(self, "converged_")
        if weights is not None:
            if not weights.any():
                return
            weights = balanced(weights)
        running = getattr(self, "_running", None)
        if first:
            self._check_number(len(X), weights, " in the first block")
            centre = X.mean(axis=0, dtype=float)
            given = checked_start(self, X.shape[1])
            before = start(X, weights, self, given, check_random_state(self.random_state), centre)
            self.n_iter_, self.lower_bounds_, self.converged_ = 0, [], False
        else:
            before = self._parameters()
            if running is None:
                running = fitting.running_moments(before, self.reg_covar)
            else:
                running = running.moved(before.centre)
        size = (self.n_iter_ + 1) ** -self.step_power
        blended, bound = fitting.step(X, weights, before, running, size)
        self._keep(from_moments(blended, blended.counts.sum(), self.reg_covar, before.centre), X.dtype)
        self._running = blended.moved(-before.centre)
        self.n_iter_ += 1
        self.lower_bound_ = bound
        self.lower_bounds_ = [*self.lower_bounds_, bound]

    def _first_pass(self, X, sample_weight, random_state):
        source = as_source(X, sample_weight)
        if source is None:
            X = validate_data(self, X, dtype=[np.float64, np.float32], ensure_min_samples=2)
            weights = None if sample_weight is None else checked_weights(sample_weight, len(X))
            if weights is not None and not weights.any():
                raise ValueError("Every sample_weight is zero; at least one sample has to count.")
            weights = None if weights is None else balanced(weights)
            centre = column_sums(X) / len(X) if weights is None else weights @ X / weights.sum()
            return FirstPass(ArraySource(X, weights), X, weights, _rounded(centre, X.dtype), len(X))
        seed = copy.deepcopy(random_state).randint(2**31)
        whole = source.total(summary, seed, self.init_size)
        if whole is None or whole.n_samples < 2 or not whole.weight > 0:
            raise ValueError("The blocks hold fewer than two samples, or none that counts.")
        self._keep_features(len(whole.total), source.columns)
        centre = _rounded(whole.total / whole.weight, whole.kept.dtype)
        weights = None if whole.kept_weight is None else balanced(whole.kept_weight)
        return FirstPass(source, whole.kept, weights, centre, whole.n_samples)

    def _check_number(self, n_samples, weights, where=""):
        """Refuse fewer samples, of those that count, than components."""
        if n_samples < self.n_components:
            raise ValueError(
                f"Expected n_samples >= n_components{where} but got "
                f"n_components = {self.n_components}, n_samples = {n_samples}"
            )
        if weights is not None and np.count_nonzero(weights) < self.n_components:
            raise ValueError(
                f"Only {np.count_nonzero(weights)} samples{where} have a sample_weight above 0, but n_components = "
                f"{self.n_components}; at least as many have to count."
            )

    def _keep_features(self, n_features, columns):
        """Set the number of features and, where the samples have them, their names."""
        self.n_features_in_ = n_features
        if columns is not None:
            self.feature_names_in_ = np.array(columns, dtype=object)
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_

    def _keep(self, parameters, dtype):
        """Set the fitted parameters, in the precision of the samples."""
        self.weights_ = parameters.weights.astype(dtype)
        self.means_ = (parameters.centre + parameters.means).astype(dtype)
        self.covariances_ = parameters.covariances.astype(dtype)
        self.precisions_cholesky_ = parameters.factors.astype(dtype)
        self.precisions_ = precisions_of(parameters.factors, self.covariance_type).astype(dtype)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.array_api_support = False
        return tags


def _rounded(centre, dtype):
    """A centre that samples of that precision can be compared with, so that single precision loses nothing there."""
    return np.asarray(centre).astype(dtype).astype(float)
