"""What a student's function has returned, held against the contract before a picture is drawn from it."""

from typing import Any

import numpy as np

from gmmlearn.contract import EXERCISES, DType

# The rows, or all entries, are shares of a whole.
SHARES = ("responsibilities", "update_weights")


def fault(name: str, arguments: tuple, value: Any) -> str:
    """What is wrong with a value, in words that follow the name of the function; empty where nothing is.

    Parameters
    ----------
    name : str
        Name of an exercise that returns one part.
    arguments : tuple
        Its positional arguments, from which the sizes are read.
    value
        What it has returned.

    Examples
    --------
    >>> fault("update_weights", (np.ones((4, 2)) / 2,), np.array([0.5, 0.5]))
    ''
    >>> fault("update_weights", (np.ones((4, 2)) / 2,), np.array([2.0, 2.0]))
    'returned numbers that do not sum to 1'
    >>> fault("update_weights", (np.ones((4, 2)) / 2,), None)
    'returned None'
    """
    if value is None:
        return "returned None"
    (part,) = EXERCISES[name].returns
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.array(None)
    if array.dtype.kind not in "iuf" + "b" * (part.dtype is DType.INTEGER):
        return f"returned {type(value).__name__}, not numbers"
    sizes = _sizes(name, arguments)
    expected = tuple(sizes[axis] for axis in part.axes.split(", ")) if part.axes else ()
    if array.shape != expected:
        words = f"({part.axes}) = {expected}" if part.axes else "a single number"
        return f"returned shape {array.shape} instead of {words}"
    return _numbers_at_fault(name, array, part.dtype, sizes)


def _numbers_at_fault(name: str, array: np.ndarray, dtype: DType, sizes: dict) -> str:
    if np.isnan(array).any():
        return "returned NaN"
    # A log density may be minus infinity; nothing else may be infinite.
    if (array == np.inf).any() or ("log" not in name and not np.isfinite(array).all()):
        return "returned an infinity"
    if dtype is DType.INTEGER and name != "n_parameters":
        K = sizes["K"]
        if array.size and not ((array >= 0) & (array < K) & (array == np.round(array))).all():
            return f"returned labels that are not 0 to {K - 1}"
    if name in SHARES:
        if (array < -1e-9).any():
            return "returned negative numbers"
        if not np.allclose(array.sum(axis=-1), 1, atol=1e-6):
            return f"returned {'rows' if array.ndim > 1 else 'numbers'} that do not sum to 1"
    if name == "update_covariances" and not np.allclose(array, np.swapaxes(array, 1, 2), rtol=1e-6, atol=0):
        return "returned matrices that are not symmetric"
    return ""


def _sizes(name: str, arguments: tuple) -> dict[str, int]:
    """The letters of the contract, read from the arguments of a call."""
    sizes: dict[str, int] = {}
    for axes, value in zip(EXERCISES[name].arguments.values(), arguments):
        if axes.startswith("="):
            sizes[axes[1:]] = int(value)
        elif axes:
            sizes |= dict(zip(axes.split(", "), np.shape(value)))
    return sizes
