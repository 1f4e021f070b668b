"""What a fitted mixture says of samples: densities, labels, responsibilities and criteria, block by block."""

import math

import numpy as np
from sklearn.utils.validation import check_is_fitted, validate_data

from . import expectation
from .parameters import Parameters
from .sources import ArraySource, as_source, checked_weights


class Scores:
    """The methods of `StreamingGaussianMixture` that ask it about samples."""

    def fit_predict(self, X, y=None, sample_weight=None):
        """Fit the mixture and return the most probable component of each sample; see `fit` and `predict`."""
        return self.fit(X, y, sample_weight).predict(X)

    def score_samples(self, X):
        """Log density of the mixture at each sample.

        Parameters
        ----------
        X : see the class
            Samples.

        Returns
        -------
        ndarray of shape (n,)
        """
        return self._of_each(X, expectation.log_densities)

    def predict(self, X):
        """Label of the most probable component of each sample.

        Parameters
        ----------
        X : see the class
            Samples.

        Returns
        -------
        ndarray of int, of shape (n,)
        """
        return self._of_each(X, expectation.labels)

    def predict_proba(self, X):
        """Responsibility of every component for every sample.

        Parameters
        ----------
        X : see the class
            Samples.

        Returns
        -------
        ndarray of shape (n, K)
        """
        return self._of_each(X, expectation.shares)

    def score(self, X, y=None, sample_weight=None):
        """Mean log-likelihood of a sample, in one pass.

        Parameters
        ----------
        X : see the class
            Samples.
        y : ignored
        sample_weight : as in `fit`

        Returns
        -------
        float
        """
        log_likelihood, weight = self._log_likelihood(X, sample_weight)
        return float(log_likelihood / weight)

    def bic(self, X, sample_weight=None):
        """Bayesian information criterion, -2 log-likelihood + parameters * log(weight of the samples); lower is better.

        Parameters
        ----------
        X : see the class
            Samples.
        sample_weight : as in `fit`

        Returns
        -------
        float
        """
        log_likelihood, weight = self._log_likelihood(X, sample_weight)
        return float(-2 * log_likelihood + self._n_parameters() * math.log(weight))

    def aic(self, X, sample_weight=None):
        """Akaike's information criterion, -2 log-likelihood + 2 * parameters; lower is better.

        Parameters
        ----------
        X : see the class
            Samples.
        sample_weight : as in `fit`

        Returns
        -------
        float
        """
        log_likelihood, _ = self._log_likelihood(X, sample_weight)
        return float(-2 * log_likelihood + 2 * self._n_parameters())

    def _source(self, X, sample_weight=None):
        """Source of samples for a model that is fitted."""
        check_is_fitted(self)
        source = as_source(X, sample_weight)
        if source is not None:
            self._check_columns(source)
            return source
        X = validate_data(self, X, dtype=[np.float64, np.float32], reset=False)
        return ArraySource(X, None if sample_weight is None else checked_weights(sample_weight, len(X)))

    def _check_columns(self, source):
        """Refuse named columns that are not those of the fit."""
        names = list(getattr(self, "feature_names_in_", source.columns or []))
        if source.columns is not None and source.columns != names:
            raise ValueError(f"The columns are {source.columns}, but the mixture was fitted to {names}.")

    def _of_each(self, X, function):
        source = self._source(X)
        with expectation.one_thread():
            return np.concatenate(source.each(function, self._parameters()))

    def _log_likelihood(self, X, sample_weight):
        source = self._source(X, sample_weight)
        with expectation.one_thread():
            log_likelihood, weight = source.total(expectation.log_likelihood, self._parameters())
        if not weight > 0:
            raise ValueError("Every sample_weight is zero; at least one sample has to count.")
        return log_likelihood, weight

    def _parameters(self, centre=None):
        """The fitted parameters, in double precision, about a centre."""
        weights, means = np.asarray(self.weights_, float), np.asarray(self.means_, float)
        covariance_type, shape = self.covariance_type, np.shape(self.covariances_)
        K, d = means.shape
        if shape != {"full": (K, d, d), "tied": (d, d), "diag": (K, d), "spherical": (K,)}[covariance_type]:
            raise ValueError(
                f"The mixture was fitted with another covariance_type than {covariance_type!r}: its covariances_ have "
                f"the shape {shape}. Set the old one, or fit with warm_start=False."
            )
        if centre is not None and len(centre) != d:
            raise ValueError(
                f"X has {len(centre)} features, but the mixture was fitted to {d}, and warm_start goes on with that. "
                "Set warm_start=False."
            )
        centre = weights @ means / weights.sum() if centre is None else centre
        covariances, factors = np.asarray(self.covariances_, float), np.asarray(self.precisions_cholesky_, float)
        return Parameters(weights, means - centre, covariances, factors, centre, self.covariance_type)
