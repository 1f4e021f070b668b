"""The inputs of the answer book: for every exercise the cases that a check tries, one of them skewed.

Skewed means that nothing is equal, round or diagonal by accident: unequal weights, correlated covariances,
n, K and d all different. The other cases are the ones in which a known mistake shows or hides: far samples, a
weight of zero, one sample, one feature, one component, a large `reg_covar`, a tie.

A module for each chapter holds a function for each exercise, called after it. All numbers are written out or
rounded, so that the inputs are the same on every machine.
"""

from importlib import import_module

from gmmlearn.checks.book import Case
from gmmlearn.contract import EXERCISES


def cases_of(exercise: str) -> list[Case]:
    """The cases of one exercise."""
    return getattr(import_module(f".{EXERCISES[exercise].module}", __name__), exercise)()
