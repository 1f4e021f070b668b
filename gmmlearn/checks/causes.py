"""Sentences for what no known mistake explains: laws that the result breaks, and exceptions, in plain words."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from .diagnose import Trial
from .laws import RowsSumToOne
from .observe import Failure
from .values import Close, Mismatch, as_numbers


def cause_of(trial: Trial) -> str:
    """One sentence or two on what is wrong in a case."""
    mismatch = trial.mismatch
    if mismatch.kind == "raises":
        return exception_in_words(trial.shown.failure)
    if mismatch.kind == "changed":
        return (
            f"{sentence(mismatch.text)} `X -= ...` and `X[...] = ...` work on the caller's own data; "
            "`X - ...` makes a new array."
        )
    if mismatch.kind == "values" and (pattern := pattern_of(trial)):
        return f"{sentence(mismatch.text)} {pattern}"
    if mismatch.kind == "nan" and trial.shown.warnings:
        return f"{sentence(mismatch.text)} On the way there came a warning: {trial.shown.warnings[0]}."
    return sentence(mismatch.text)


def sentence(text: str) -> str:
    """A clause as a sentence.

    >>> sentence("the value is NaN")
    'The value is NaN.'
    """
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def pattern_of(trial: Trial) -> str:
    """How the values that came are related to those that were due, or nothing."""
    got, due = as_numbers(trial.mismatch.got), np.asarray(trial.mismatch.due, dtype=np.float64)
    if isinstance(got, Mismatch) or got.shape != due.shape or due.size == 0 or not np.isfinite(due).all():
        return ""
    if "responsibilities" in trial.case.settings.get("table", "") and (broken := RowsSumToOne()(got)):
        return sentence(broken.text)
    with np.errstate(all="ignore"):
        for holds, words in PATTERNS:
            if holds(got, due):
                return words
    return ""


def _close(a: np.ndarray, b: Any) -> bool:
    return Close(np.broadcast_to(b, a.shape), rtol=1e-7)(a) is None


def _same_factor(got: np.ndarray, due: np.ndarray) -> bool:
    used = due != 0
    return bool(used.sum() > 1 and np.ptp(ratio := got[used] / due[used]) <= 1e-7 * abs(ratio[0])) and _close(
        got[~used], 0.0
    )


def _same_amount(got: np.ndarray, due: np.ndarray) -> bool:
    return got.size > 1 and _close(got - due, (got - due).flat[0])


PATTERNS: tuple[tuple[Callable[[np.ndarray, np.ndarray], bool], str], ...] = (
    (lambda got, due: _close(got, np.exp(due)), "They are densities; their logarithms are due."),
    (lambda got, due: bool((due > 0).all()) and _close(got, np.log(due)), "They are the logarithms of what is due."),
    (lambda got, due: _close(got, -due), "They have the opposite sign."),
    (_same_factor, "All are off by the same factor."),
    (_same_amount, "All are off by the same amount."),
    (lambda got, due: got.ndim == 2 and got.shape[0] == got.shape[1] and _close(got, due.T), "Rows and columns are exchanged."),
    (lambda got, due: got.ndim == 3 and _close(got, due.swapaxes(1, 2)), "Every matrix is transposed."),
    (lambda got, due: got.size > 1 and _close(np.sort(got, None), np.sort(due, None)), "The right numbers are there, in another order."),
    (lambda got, due: got.ndim > 1 and _close(np.sort(got, 0), np.sort(due, 0)), "The right rows are there, in another order."),
    (lambda got, due: bool((due >= 0).all() and (got < 0).any()), "Some are negative, which cannot be here."),
)  # fmt: skip

EXCEPTIONS = (
    (r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))",
     "NumPy was to combine the shapes {0} and {1}. From the right, two axes go together when they are equal or one of them is 1."),
    (r"mismatch in its core dimension|shapes (\(.*?\)) and (\(.*?\)) not aligned",
     "A matrix product needs the last axis of the left factor to be as long as the first of the right one."),
    (r"not positive definite", "A matrix that was to be factored is not positive definite. Was it the covariance itself?"),
    (r"Singular matrix", "A matrix that was to be inverted is singular. Was it the covariance itself?"),
    (r"required positional argument", "The function is called with the arguments that stand in its stub, in that order."),
    (r"unexpected keyword argument", "The function is called with the arguments that stand in its stub, by their names there."),
    (r"truth value of an array", "An array stands where one yes or no is asked for, as in `if`, `and` or `max(a, b)`."),
    (r"only (?:integer scalar|0-dimensional|length-1) arrays", "An array stands where a single number is asked for."),
    (r"object is not callable", "Something that is no function was called; is a function hidden by an argument of the same name?"),
    (r"'NoneType' object", "Something is None there; does a function that it comes from lack a `return`?"),
    (r"maximum recursion depth", "The function calls itself without end."),
)  # fmt: skip


def exception_in_words(failure: Failure) -> str:
    """What was raised, and in plain words what that means where it is known.

    >>> exception_in_words(Failure("ValueError", "operands could not be broadcast together with shapes (7,) (3,) "))
    'ValueError: operands could not be broadcast together with shapes (7,) (3,). NumPy was to combine the shapes (7,) and (3,). From the right, two axes go together when they are equal or one of them is 1.'
    """
    raised = f"{failure.kind}: {failure.text.strip()}" if failure.text.strip() else failure.kind
    raised += "" if raised.endswith((".", "!", "?")) else "."
    for pattern, words in EXCEPTIONS:
        if found := re.search(pattern, failure.text):
            return f"{raised} {words.format(*found.groups(''))}"
    return raised
