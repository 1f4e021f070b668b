"""Exceptions of NumPy, SciPy, scikit-learn and Python in plain words; the keys are regular expressions."""

import re
from collections.abc import Mapping

from ...calls import Failure
from ...contract import CHAPTERS

EXCEPTIONS = {
    r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))": (
        "NumPy had to combine the shapes {0} and {1}. From the right, two axes go together when they are equal or "
        "one of them is 1."
    ),
    r"matmul: Input operand|shapes (\(.*?\)) and (\(.*?\)) not aligned": (
        "A matrix product needs the last axis of the left factor to be as long as the last but one of the right."
    ),
    r"solve\d*: Input operand": (
        "`np.linalg.solve(A, b)` needs as many rows in `b` as `A` has: one column for each sample."
    ),
    r"not positive definite": "A matrix that was to be factored is not positive definite. Is it a covariance?",
    r"math domain error|expected a (?:positive|nonnegative) input": (
        "`math.log` needs a number above 0, `math.sqrt` one that is not negative."
    ),
    r"dtype\('int64'\) to dtype\('int32'\)": (
        "NumPy counts with 32 bits here, as in a browser: write `.astype(np.intp)` behind counts or labels of 64."
    ),
    r"Singular matrix": "A matrix that was to be inverted is singular. Is it a covariance?",
    r"truth value of an array": "There is an array where a single yes or no is needed, as in `if`, `and`, `max(a, b)`.",
    r"only (?:integer scalar|0-dimensional|length-1) arrays": "There is an array where a single number is needed.",
    r"object is not callable": (
        "What was called is not a function. An argument of the same name hides a function; is that so here?"
    ),
    r"'NoneType' object": "Something is None there. Does a function that it comes from lack a `return`?",
    r"Expected 2D array, got (\w+) array": (
        "scikit-learn wants `X` with samples in rows and features in columns, also when there is only one feature; "
        "it got a {0} array."
    ),
    r"takes from 1 to 2 positional arguments": (
        "All settings after the first must be named, as in `init_params=init_params`."
    ),
    r"axis (-?\d+) is out of bounds for array of dimension (\d+)": (
        "An array of {1} axes has no axis {0}. Is it made from results for a single sample? SciPy's `pdf` and `logpdf` "
        "then give a number without axes."
    ),
    r"invalid index to scalar variable|array is 0-dimensional": (
        "What is indexed there is a single number, without axes. SciPy's `pdf` and `logpdf`, for example, give one for "
        "a single sample."
    ),
    r"cannot access local variable '(\w+)'": (
        "`{0}` is assigned somewhere in this function, so within it the name is a variable, which has no value yet in "
        "this line. If a function has the same name, give the variable another."
    ),
    r"SlogdetResult": "`np.linalg.slogdet` returns two arrays, the signs and the log determinants; take the second.",
    r"maximum recursion depth": "The function calls itself without end.",
    r"ufunc 'bitwise_xor' not supported": "`^` is not a power in Python; `**` is.",
    r"Got Generator": "scikit-learn takes an integer as `random_state`, not a `Generator`; `rng` can draw one.",
    r"^NameError: name '(\w+)' is not defined": (
        "`{0}` has to be imported or defined in the file in which the function stands; a notebook and a file do not "
        "share theirs."
    ),
    rf"No module named '({'|'.join(CHAPTERS)})'": (
        "Modules of the course are imported from the package: `from gmmlearn.{0} import ...`."
    ),
    r"No module named '(?!gmmlearn)(\w+)": (
        "`{0}` is not installed here, and perhaps not where it is graded. The exercises can be done without."
    ),
    r"module 'numpy' has no attribute '(bool|complex|float|int|object|str)'": (
        "NumPy no longer has it; Python's own `{0}` does the same."
    ),
    r"^EOFError: EOF when reading": "`input()` waits for somebody to type, and in a check nobody does.",
    r"^SystemExit": "`exit`, `quit` and `sys.exit` end Python.",
    r"invalid character '[\u201c\u201d\u2018\u2019]'": "Python's quotes are straight, as in `\"` and `'`.",
    r"non-printable character U\+00A0": "It looks like a space, as on pages of the web, and is none: type it again.",
    r"cannot contain null bytes": "The file is not text in UTF-8, perhaps in UTF-16: save it as UTF-8.",
}

# The same, where no line of the student's was running: the call itself did not fit.
OF_THE_CALL = {
    r"positional arguments? but|required positional argument": (
        "It is called with the arguments of the stub, in their order there."
    ),
    r"unexpected keyword argument": "It is called with the arguments of the stub, by their names there.",
}

# Lines that Python cannot read.
OF_THE_LINE = {
    r"^\s*[%!]": "A line with % or ! works in a notebook only; take it out of the file.",
    r"^(?:<{7}|={7}|>{7})": (
        "Git left two versions of these lines here: keep one, and take out the lines of <, = and >."
    ),
}


def exception_in_words(failure: Failure, *, with_text: bool = True) -> str:
    """What was raised, and in plain words what that means where it is known; the words alone if `with_text` is False.

    >>> exception_in_words(Failure(("LinAlgError",), "Singular matrix"))
    'LinAlgError: Singular matrix. A matrix that was to be inverted is singular. Is it a covariance?'
    """
    meaning = _meaning(f"{failure.name}: {failure.text}", EXCEPTIONS)
    if not failure.line:
        meaning = meaning or _meaning(failure.text, OF_THE_CALL)
    if "SyntaxError" in failure.classes:
        meaning = _meaning(failure.source, OF_THE_LINE) or meaning
    if not with_text:
        return meaning
    text = failure.text.strip()
    if len(text) > 400:  # whole arrays are in some messages of scikit-learn
        text = f"{text.partition(chr(10))[0][:200]} ..."
    raised = f"{failure.name}: {text}" if text else failure.name
    stop = "" if raised.endswith((".", "!", "?")) else "."
    return f"{raised}{stop} {meaning}".strip()


def _meaning(text: str, known: Mapping[str, str]) -> str:
    found = ((words, re.search(pattern, text)) for pattern, words in known.items())
    return next((words.format(*match.groups("")) for words, match in found if match), "")
