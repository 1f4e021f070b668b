"""Gaussian mixtures for data of any length: an estimator in the form of scikit-learn's.

The course does not need it; `gmmlearn.estimators` is for those who have read it, or who only want the estimator.
"""

from .mixture import StreamingGaussianMixture

__all__ = ["StreamingGaussianMixture"]
