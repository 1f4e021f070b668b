"""What every function of the contract returns: kinds and shapes, bound to the arguments of a call."""

import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np

from gmmlearn import Fit
from gmmlearn.checks.values import Mismatch, as_integers, as_numbers, shape_mismatch

_AXES = {
    "x": "n",
    "X": "n, d",
    "mean": "d",
    "covariance": "d, d",
    "weights": "K",
    "means": "K, d",
    "variances": "K",
    "covariances": "K, d, d",
    "responsibilities": "n, K",
}
_SIZES = {"n_samples": "n", "n_components": "K"}
_ONE_DIMENSIONAL = {"gaussian_density", "mixture_density"}

_RETURNS: dict[str, Sequence[tuple[str, str]]] = {
    "gaussian_density": [("float", "n")],
    "mixture_density": [("float", "n")],
    "gaussian_log_density": [("float", "n")],
    "sample_categorical": [("int", "n")],
    "sample_gaussian": [("float", "n, d")],
    "sample_mixture": [("float", "n, d"), ("int", "n")],
    "fit_gaussian": [("float", "d"), ("float", "d, d")],
    "log_joint": [("float", "n, K")],
    "log_likelihood": [("float", "")],
    "responsibilities": [("float", "n, K")],
    "assign": [("int", "n")],
    "update_weights": [("float", "K")],
    "update_means": [("float", "K, d")],
    "update_covariances": [("float", "K, d, d")],
    "expected_log_likelihood": [("float", "")],
    "initialize": [("float", "n, K")],
    "fit": [("float", "K"), ("float", "K, d"), ("float", "K, d, d"), ("float", "*"), ("bool", "")],
    "n_parameters": [("int", "")],
    "bic": [("float", "")],
    "select_n_components": [("int", "")],
}
_PARTS = {
    "sample_mixture": ("X", "labels"),
    "fit_gaussian": ("mean", "covariance"),
    "fit": Fit._fields,
}


def sizes_of(name: str, positional: Sequence[Any], keyword: dict[str, Any], signature: inspect.Signature) -> dict:
    """The sizes n, d and K in a call of an exercise's function.

    Parameters
    ----------
    name : str
        Name of the exercise.
    positional, keyword : sequence and dict
        The arguments of the call.
    signature : inspect.Signature
        Of the function of the contract.

    Returns
    -------
    dict of str to int
        Those of `n`, `d` and `K` that the arguments fix.
    """
    sizes: dict[str, int] = {}
    for parameter, value in signature.bind(*positional, **keyword).arguments.items():
        if parameter in _SIZES and isinstance(value, (int, np.integer)):
            sizes[_SIZES[parameter]] = int(value)
        elif isinstance(value, np.ndarray):
            axes = "K" if name in _ONE_DIMENSIONAL and parameter == "means" else _AXES.get(parameter, "")
            sizes |= zip((axis.strip() for axis in axes.split(",")), value.shape)
    return sizes


def as_due(name: str, value: Any, sizes: dict[str, int]) -> Any:
    """The returned value in the contract's kind and shape, or why it is not.

    Parameters
    ----------
    name : str
        Name of the exercise; `fit_sklearn` returns an estimator and is not for this function.
    value : object
        What the function returned.
    sizes : dict of str to int
        From `sizes_of`.

    Returns
    -------
    float, int, bool, ndarray, tuple, Fit or Mismatch
        Arrays are float64 or int64; a right kind under another name (a list, float32) is converted.

    Examples
    --------
    >>> as_due("update_weights", [0.25, 0.75], {"n": 4, "K": 2})
    array([0.25, 0.75])
    >>> print(as_due("update_weights", np.ones((3, 1)), {"n": 4, "K": 3}).text)
    shape (3, 1) came, (K,) = (3,) was due: the numbers fit, but an axis of length 1 is left over
    """
    due = _RETURNS[name]
    if len(due) == 1:
        return _part(*due[0], value, sizes)
    names = _PARTS[name]
    if not isinstance(value, tuple) or len(value) != len(due):
        came = f"a tuple of {len(value)}" if isinstance(value, tuple) else f"a {type(value).__name__}"
        return Mismatch("kind", value, None, f"{came} came, the tuple ({', '.join(names)}) was due")
    parts = []
    for part, (kind, axes), item in zip(names, due, value):
        plain = _part(kind, axes, item, sizes)
        if isinstance(plain, Mismatch):
            return Mismatch(plain.kind, plain.got, plain.due, f"`{part}`: {plain.text}")
        parts.append(plain)
    return Fit(*parts) if name == "fit" else tuple(parts)


def _part(kind: str, axes: str, value: Any, sizes: dict[str, int]) -> Any:
    if kind == "bool":
        if isinstance(value, (bool, np.bool_)) or (isinstance(value, np.ndarray) and value.shape == ()):
            return bool(value)
        return Mismatch("kind", value, None, f"a {type(value).__name__} came, True or False was due")
    numbers = as_integers(value) if kind == "int" else as_numbers(value)
    if isinstance(numbers, Mismatch):
        return numbers
    if axes == "*":
        one_dimensional = numbers.ndim == 1 and numbers.size
        return (
            numbers
            if one_dimensional
            else Mismatch(
                "shape",
                numbers,
                None,
                f"shape {numbers.shape} came, (n_iter,) with at least one entry was due",
            )
        )
    shape = tuple(sizes[axis.strip()] for axis in axes.split(",")) if axes else ()
    mismatch = shape_mismatch(numbers, shape, axes)
    if mismatch:
        return mismatch
    return numbers if axes else numbers.item()
