"""Every generic sentence of the feedback, by name, and the phrases in it.

What is said of known mistakes is in the answer key, and what an exception means in `diagnosing/exceptions.py`.

A sentence says what was got and what was expected, or an effect that was seen. It names a cause only where nothing
else has that effect.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# What came back.
NONE = "Your function returned None. Is `return` missing?"
NOT_NUMBERS = "Got {got}; expected numbers.{remark}"
REMARKS = {
    "generator": " `yield` makes a generator; collect the numbers in an array and return that.",
    "function": " Are the brackets of a call missing?",
    "builtin_function_or_method": " Are the brackets of a call missing?",
    "method": " Are the brackets of a call missing?",
}
COMPLEX = "Got complex numbers; expected real ones."
NOT_INTEGERS = "Got values of type {got}; expected integers."
NOT_BOOLEAN = "Got {got}; expected True or False."
NOT_PARTS = "Got {got}; expected {expected}."
PARTS_EXCHANGED = "Got {got} with the parts in another order; expected {expected}."
SHAPE = "Got shape {got}; expected {expected}{remark}."
SHAPE_EXCHANGED = ": the axes are exchanged"
SHAPE_LEFT_OVER = ": the number of values is right, but an axis of length 1 is left over"
SHAPE_MISSING = ": the number of values is right, but an axis of length 1 is missing"
SHAPE_PAIRS = ": an axis for every pair of samples, as a matrix product of (n, d) with (d, n) gives"
OTHER_AXIS = "That is a value for each {axis} of `{name}`, not for each {other}."
SHAPE_ANY = "Got shape {got}; expected one axis, {expected}, with at least one entry."

# Numbers.
NAN = "{which} NaN{place}."
INFINITE = "{which} infinite{place}."
DIFFERS = "{which}{place}."
SINGLE_PRECISION = (
    "These values have the digits of single precision (float32), about 7; expected are those of float64, about 16. "
    "Is there an `astype` or a `dtype` on the way?"
)
HALF_PRECISION = "The values came as float16, which keeps about 3 digits; expected is float64, about 16."

# Invariants.
ROW_SUMS = "{which} not sum to 1, the first is row {first} with a sum of {total}."
ROW_SUM = "Row {first} does not sum to 1; its sum is {total}."
COLUMN_SUMS = "The columns sum to 1, the rows do not: the sum ran along the other axis."
NEGATIVE = "A probability is negative{place}."
NOT_SYMMETRIC = "{which} is not symmetric."
NOT_POSITIVE_DEFINITE = "{which} is not positive definite."
FALLS = "The trace falls {times}, first after entry {first}."
MATCHED = "{text} (The components were matched by their means first.)"
NOT_ONE_HOT = "Each row of a k-means start has a single 1 and zeros besides."
OTHER_CLUSTERS = "Each row has a single 1, but the groups are not the clusters that k-means finds."
REPEATED_VALUES = "The rows sum to 1, but the same values come again and again: uniform draws hardly ever repeat."
NOT_UNIFORM = "The rows sum to 1, but they are not uniform draws divided by their sum."

# Draws.
LABEL_OUTSIDE = "Got label {label}; labels run from 0 to {last}."
LABEL_SHARE = "Label {label} was drawn {how}."
NEIGHBOURS = "Neighbours have the same label {how}: the draws are {state}, not independent."
SAME_DRAWS = "Every draw gives the same labels, although each has another `rng`."
FIXED_COUNTS = "The counts of the labels hardly vary from draw to draw; in random draws they vary more."
WRONG_MEAN = "The mean of the draws is not the one that was asked for."
WRONG_COVARIANCE = "The covariance of the draws is not the one that was asked for."
NOT_NORMAL = "Mean and covariance fit, but the draws are not normal."
ROUNDED = "All values are rounded to {digits} digits; draws of a continuous law are not."
EQUAL_ROWS = "Several samples are equal, number for number; independent draws of a continuous law never are."
ALL_ROWS_EQUAL = "All of these samples are equal, number for number: they do not vary."
REPEATED_ROWS = (
    "Draws with different `rng` hold the same rows, number for number: some of the noise does not come from `rng`."
)
SHARED_NOISE = "The components get the same noise: their samples are not independent."
OF_LABEL = "samples with label {label}"
IGNORES_RNG = "The result is the same whatever `rng` is given: no draw from `rng` goes into it."
PART_IGNORES_RNG = "The result depends on `rng`, but {part} is the same whatever `rng` is given."
OWN_SOURCE = "Two calls with equal `rng` gave different results: some numbers come from elsewhere."

# Calls.
CHANGED = (
    "The call changed its input {names}. `X -= ...` and `X[...] = ...` work on the caller's own data; "
    "`X - ...` makes a new array."
)
ALIASED = "The result is a view of the input {names}, so a later change of one changes the other; return a new array."
NO_ERROR = "Got a value; expected a ValueError that names the choices."
ERROR_RETURNED = "The {got} was returned as a value; expected it to be raised, with `raise`."
OTHER_ERROR = "Got {got}; expected a ValueError that names the choices."
UNNAMED = "The text of the ValueError does not name {missing}."
WARNED = "There was a warning on the way: {warning}."

# Fits and models.
TRACE_PARTS = "Your trace and the expected one part at entry {entry}."
TRACE_FIRST = (
    "Your trace differs from the expected one from its first entry on. Expected there is the value at the parameters "
    "that an M-step takes from the start."
)
TRACE_CONSTANT = "Your trace does not change from entry to entry: does the loop begin with an E-step?"
TRACE_SHORTER = "Your trace is right as far as it goes: the loop ended too early."
TRACE_LONGER = "Your trace is right, and then goes on: the loop ended too late."
TRACE_ONE_MORE = "Your trace is right, but has one entry too many."
TRACE_LATE = "Your trace is right from its second entry on; its first entry is missing."
CONVERGED = "Expected {expected}: `converged` says whether a gain below `tol` ended the loop, not `max_iter`."
HIGH_START = "The first entry is higher than a random start can reach."
TOO_MANY = "Got {got}, more than the {expected} that `max_iter` allows."
MODEL_CLASS = "Got {got}; expected a fitted {expected}."
MODEL_SETTING = "The model has {name} = {got}; expected {expected}."
MODEL_BEYOND = "The model has {name} = {got}; leave that at its default."
NOT_FITTED = "The model has not been fitted: it cannot score a sample yet."

# How the values got are related to those expected.
IS_EXP = "Your values are the exponentials of the expected ones: densities where logarithms are expected."
IS_LOG = "Your values are the logarithms of the expected ones."
IS_LOG10 = "Your values are the expected ones divided by log(10), as with logarithms to base 10."
IS_NEGATIVE = "Your {values} the opposite sign."
IS_NEARLY = "The largest relative error is {error}."
IS_SMALL = "The largest error is {error} of the largest value, as when something small is added on the way."
IS_SMALL_OF_ONE = "It is off by {error} of the expected value, as when something small is added on the way."
IS_ABSOLUTE = "Your values have the right size, but never the sign {sign}."
WRONG_SIGNS = "All values have the right size; {which} the wrong sign."
IS_FACTOR = "Your {values} {times} the expected {value}."
IS_DIVIDED = "Your {values} the expected {value} divided by {divisor}."
SUM_TO_ONE = "Your values sum to {total}; expected are values that sum to 1."
SUMS_TO_1 = "Your values sum to 1; the expected ones sum to {total}."
IS_AMOUNT = "All values are off by the same amount, {amount}."
IS_TWO_PI = " That is {times}log(2π)."
IS_LINEAR = "Your values are {times} times the expected ones, {amount}."
IS_POWER = "Your values are {power}{times}, as when a density has another factor in its exponent."
POWER = "the expected ones to the power of {power}"
SOME_POWER = "a power of the expected ones, times a constant"
ARE_INFINITE = "They are infinite."
WRONG_ARE_INFINITE = "Where they differ, your values are infinite."
IS_ONE_HOT = "Each row of yours has a single 1 and zeros besides."
IS_TRANSPOSED = "Rows and columns are exchanged."
IS_PERMUTED = "The right numbers are there, in another order."
IS_COLUMNS_PERMUTED = "The right columns are there, in another order."
DIAGONALS_WRONG = "Only the {diagonals} wrong."
DIAGONALS_RIGHT = "Only the {diagonals} right."
ONE_WRONG = "Only {which} is wrong."
ONE_RIGHT = "Only {which} is right."
WHERE_WRONG = "Where they differ, {relation}"
EACH_AMOUNT = "Each {noun} is off by an amount of its own."
EACH_FACTOR = "Each {noun} is the expected one times a factor of its own."
FINITE = (
    "Where -inf is expected, your {values} finite: for example when a small number is added before the logarithm, or "
    "when such terms are left out."
)
ALL_SAME = "Your values are all the same number."
ALL_EQUAL = "Your {nouns} are all equal."
EACH_SAME = "Each {noun} of yours has the same number in all its places."
IS_ROUNDED = "Your values are the expected ones, rounded to {digits} digits."
NEVER_POSITIVE = "Your values are right where the expected ones are negative; expected positive ones came out as {got}."
IS_FLOORED = "Your values are never below {lowest}, also where the expected ones are."
IS_LOG_OF_FLOOR = "That is the logarithm of {number}."
TOO_LARGE = "Your {values} too large."
TOO_SMALL = "Your {values} too small."
IS_BELOW_0 = "Your value is negative; the expected one is not."
ARE_BELOW_0 = "Some of your values are negative; none of the expected ones is."
EITHER = "Two mistakes have this effect. Either: {one} Or: {other}"

# How a check ends without a verdict.
TIMEOUT = "Your function was stopped after {seconds:g} seconds{place}. Is there a loop that never ends, or a wait?"
TIMEOUT_WHERE = ", while it was running {place}"
PLACE = "{file}, line {line}, in {function}"
INTERRUPTED = "You interrupted the check."
STOPPED_ITSELF = "Your function ended the Python process that it ran in ({how}) instead of returning a value."


def kind_of_thing(type_name: str) -> str:
    """The name of a type with its article.

    >>> kind_of_thing("ndarray of objects"), kind_of_thing("int"), kind_of_thing("str")
    ('an array of objects', 'an int', 'a str')
    """
    first, *rest = type_name.split(" ")
    name = " ".join(["array" if first == "ndarray" else first, *rest])
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"


def count(number: int, noun: str) -> str:
    """A number with its noun in the right form.

    >>> count(1, "value"), count(3, "value"), count(2, "matrix")
    ('1 value', '3 values', '2 matrices')
    """
    plural = {"matrix": "matrices", "entry": "entries"}.get(noun, f"{noun}s")
    return f"{number} {noun if number == 1 else plural}"


def some_of(number: int, size: int, verb: tuple[str, str] = ("differs", "differ")) -> str:
    """How many of some values, with the verb in the right form.

    >>> some_of(1, 1), some_of(2, 2), some_of(5, 5), some_of(1, 7)
    ('The value differs', 'Both values differ', 'All 5 values differ', '1 of 7 values differs')
    """
    if size == 1:
        return f"The value {verb[0]}"
    if number == size:
        return f"{'Both' if size == 2 else f'All {size}'} values {verb[1]}"
    return f"{number} of {size} values {verb[number != 1]}"


def listed(names: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Names in a sentence.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    *front, end = names
    return f"{', '.join(front)} {last} {end}" if front else end


# How a student asks for something: by a call in a notebook, by a command in a terminal.

_program = ContextVar("program", default="")


@contextmanager
def in_terminal(program: str) -> Iterator[None]:
    """Within it a student types commands that begin with `program`."""
    before = _program.set(program)
    try:
        yield
    finally:
        _program.reset(before)


def columns(most: int) -> int:
    """How many columns a line may have: no more than the terminal in which a command was typed.

    >>> columns(96)
    96
    """
    typed = _program.get() and sys.stdout.isatty()
    return min(most, shutil.get_terminal_size((most, 24)).columns) if typed else most


def how_to(verb: str, name: str = "", **options: object) -> str:
    """What to type, for an exercise or without one.

    >>> how_to("hint", "fit", level=1), how_to("progress", again=True)
    ('hint("fit", level=1)', 'progress(again=True)')
    >>> with in_terminal("gmmlearn"):
    ...     how_to("hint", "fit", level=1), how_to("progress", again=True)
    ('gmmlearn hint fit --level 1', 'gmmlearn progress --again')
    """
    if _program.get():
        words = (f" --{option}" if value is True else f" --{option} {value}" for option, value in options.items())
        return command(verb, name) + "".join(words)
    arguments = [f'"{name}"'] if name else []
    return f"{verb}({', '.join([*arguments, *(f'{option}={value!r}' for option, value in options.items())])})"


def command(verb: str, name: str) -> str:
    """What to type in a terminal; outside of one, what is right in every folder with the course.

    >>> command("reset", "fit")
    'python -m gmmlearn reset fit'
    """
    if sys.platform == "emscripten":  # a browser has no terminal
        return f'from gmmlearn.notebook import {verb}; {verb}("{name}")'
    return f"{_program.get() or 'python -m gmmlearn'} {verb} {name}".rstrip()


def naming(name: str) -> str:
    """How to give the name of a hand-in.

    >>> naming("ada")
    '--name ada'
    """
    return f'submit("{name}")' if sys.platform == "emscripten" else f"--name {name}"
