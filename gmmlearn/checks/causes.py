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
    """A clause as a sentence; a name at its beginning stays as it is.

    >>> sentence("the value is NaN"), sentence("weights: both values differ")
    ('The value is NaN.', 'weights: both values differ.')
    """
    begins_with_a_word = text.partition(" ")[0].isalpha()
    return (text[:1].upper() + text[1:] if begins_with_a_word else text) + (
        "" if text.endswith((".", "?", "!")) else "."
    )


def pattern_of(trial: Trial) -> str:
    """How the values that came are related to those that were due, or nothing."""
    got, due = as_numbers(trial.mismatch.got), as_numbers(trial.mismatch.due)
    if isinstance(got, Mismatch) or isinstance(due, Mismatch):
        return ""  # a setting of a model, say, which may be a word
    if got.shape != due.shape or due.size == 0 or not np.isfinite(due).all():
        return ""
    if due.ndim == 2 and RowsSumToOne()(due) is None and (broken := RowsSumToOne()(got)):
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
    if used.sum() < 2 or (got[~used] != 0).any():
        return False
    ratio = got[used] / due[used]
    return bool(np.ptp(ratio) <= 1e-7 * abs(ratio[0]))


def _same_amount(got: np.ndarray, due: np.ndarray) -> bool:
    return got.size > 1 and _close(got - due, (got - due).flat[0])


def _same_sorted(got: np.ndarray, due: np.ndarray, axis: int | None) -> bool:
    return got.size > 1 and _close(np.sort(got, axis), np.sort(due, axis))


def _transposed(got: np.ndarray, due: np.ndarray) -> bool:
    swapped = due.swapaxes(-1, -2) if due.ndim > 1 else due
    return due.ndim > 1 and got.shape == swapped.shape and _close(got, swapped)


PATTERNS: tuple[tuple[Callable[[np.ndarray, np.ndarray], bool], str], ...] = (
    (lambda got, due: _close(got, np.exp(due)), "They are densities; their logarithms are due."),
    (lambda got, due: bool((due > 0).all()) and _close(got, np.log(due)), "They are the logarithms of what is due."),
    (lambda got, due: _close(got, -due), "They have the opposite sign."),
    (_same_factor, "All are off by the same factor."),
    (_same_amount, "All are off by the same amount."),
    (_transposed, "Rows and columns are exchanged."),
    (lambda got, due: _same_sorted(got, due, None), "The right numbers are there, in another order."),
    (lambda got, due: bool((due >= 0).all() and (got < 0).any()), "Some are negative, which cannot be here."),
)

EXCEPTIONS = (
    (
        r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))",
        "NumPy was to combine the shapes {0} and {1}. From the right, two axes go together when they are equal or "
        "one of them is 1.",
    ),
    (
        r"mismatch in its core dimension|shapes (\(.*?\)) and (\(.*?\)) not aligned",
        "A matrix product needs the last axis of the left factor to be as long as the last but one of the right.",
    ),
    (r"not positive definite", "A matrix that was to be factored is not positive definite. Is it a covariance?"),
    (r"Singular matrix", "A matrix that was to be inverted is singular. Is it a covariance?"),
    (r"required positional argument", "The check calls with the arguments of the stub, in their order there."),
    (r"unexpected keyword argument", "The check calls with the arguments of the stub, by their names there."),
    (r"truth value of an array", "An array stands where one yes or no is asked for, as in `if`, `and`, `max(a, b)`."),
    (r"only (?:integer scalar|0-dimensional|length-1) arrays", "An array stands where one number is asked for."),
    (r"object is not callable", "What was called is no function; does an argument of the same name hide it?"),
    (r"'NoneType' object", "Something is None there; does a function that it comes from lack a `return`?"),
    (
        r"Expected 2D array, got (\w+) array",
        "scikit-learn wants `X` with samples in rows and features in columns, also when there is one feature only; "
        "a {0} array came.",
    ),
    (
        r"takes from 1 to 2 positional arguments",
        "All settings after the first must be named, as in `init_params=init_params`.",
    ),
    (r"maximum recursion depth", "The function calls itself without end."),
)


def exception_in_words(failure: Failure) -> str:
    """What was raised, and in plain words what that means where it is known.

    >>> exception_in_words(Failure("LinAlgError", "Singular matrix"))
    'LinAlgError: Singular matrix. A matrix that was to be inverted is singular. Is it a covariance?'
    """
    text = failure.text.strip()
    if len(text) > 400:  # whole arrays stand in some messages of scikit-learn
        text = f"{text.partition(chr(10))[0][:200]} ..."
    raised = f"{failure.kind}: {text}" if text else failure.kind
    raised += "" if raised.endswith((".", "!", "?")) else "."
    for pattern, words in EXCEPTIONS:
        if found := re.search(pattern, failure.text):
            return f"{raised} {words.format(*found.groups(''))}"
    return raised
