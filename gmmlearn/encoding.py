"""The one encoding of calls and outcomes, as builtins that JSON and MessagePack carry.

What is decoded may have been forged: every type and every size is checked before anything is made of it.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from .calls import Failure, FittedModel, Items, Outcome, Seed, Unusable
from .errors import GmmlearnError

MAX_TEXT = 500
MAX_ITEMS = 16
MAX_BYTES = 16 * 2**20
_DTYPES = ("|b1", "<i8", "<f8", "<f4", "<f2")


class NotAValue(GmmlearnError):
    """Bytes or builtins that `encode` does not make: forged, broken or too large."""


def encode_outcome(outcome: Outcome) -> dict[str, Any]:
    """An outcome as builtins that JSON and MessagePack carry; `decode_outcome` reads them back."""
    return {
        "value": encode(outcome.value),
        "failure": asdict(outcome.failure) if outcome.failure else None,
        "changed": list(outcome.changed),
        "aliased": list(outcome.aliased),
        "seconds": outcome.seconds,
        "warnings": list(outcome.warnings),
        "printed": outcome.printed,
    }


def decode_outcome(data: Any) -> Outcome:
    """The outcome that `encode_outcome` took apart; nothing is trusted: texts are cut, types and sizes checked.

    Raises
    ------
    NotAValue
        When it was not made by `encode_outcome`.
    """
    try:
        failure = data["failure"]
        if failure is not None:
            texts = {name: _text(failure[name]) for name in ("text", "file", "function", "source")}
            classes = tuple(_text(name) for name in failure["classes"][:MAX_ITEMS])
            failure = Failure(classes, **texts, line=int(failure["line"]), loading=bool(failure["loading"]))
        names = {key: tuple(map(_text, data[key][:MAX_ITEMS])) for key in ("changed", "aliased", "warnings")}
        printed = data["printed"]
        if not isinstance(printed, str):
            raise NotAValue("a printed text that is not a text")
        return Outcome(decode(data["value"]), failure, **names, seconds=float(data["seconds"]), printed=printed)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise NotAValue(f"an outcome that is none ({type(error).__name__})") from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotAValue("a text that is not a text")
    return value[:MAX_TEXT]


def encode(value: Any, put: Callable[[np.ndarray], Any] | None = None, depth: int = 0) -> Any:
    """A value as builtins: numbers and texts as they are, everything else as a dictionary of one key.

    Parameters
    ----------
    value : object
        What a function returned, an argument of a call, or a mapping of such.
    put : callable, optional
        What becomes of an array; by default its type, its shape and its bytes.
    depth : int
        How many tuples are around the value.

    Examples
    --------
    >>> decode(encode([[1, 2], [3, 4]])).tolist()
    [[1, 2], [3, 4]]
    >>> decode(encode(([0.5], "two"))).items
    (array([0.5]), 'two')
    >>> decode(encode(object()))
    Unusable(type_name='object')
    """
    if value is None:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer) and abs(int(value)) < 2**63:
        return int(value)
    if isinstance(value, float | np.float64):
        return float(value)
    if isinstance(value, str):
        return str(value)[:MAX_TEXT]
    if isinstance(value, Seed):
        return {"seed": value.value}
    if isinstance(value, Items | Unusable | FittedModel):
        return _encode_own(value, put, depth)
    if isinstance(value, Mapping) and put:
        return {"map": {key: encode(item, put, depth) for key, item in value.items()}}
    has_few_items = depth < 3 and _has_few_items(value)
    array = None if isinstance(value, tuple) and has_few_items else _as_array(value)  # its parts stay apart
    if isinstance(array, np.ndarray):
        return {"array": put(array) if put else [array.dtype.str, list(array.shape), array.tobytes()]}
    name = _type_name(value)
    if has_few_items:
        return {"items": [name, [encode(item, put, depth + 1) for item in value]]}
    if type(value).__module__.partition(".")[0] == "sklearn" and hasattr(value, "get_params"):
        return _encode_own(_model(value), put, depth)
    return {"unusable": array.type_name if isinstance(array, Unusable) else name}


def _type_name(value: Any) -> str:
    return type(value).__name__[:MAX_TEXT]


def _has_few_items(value: Any) -> bool:
    """Whether it is a sequence short enough that its items are told one by one: a tuple, a list, a row of objects."""
    is_row_of_objects = isinstance(value, np.ndarray) and value.dtype == object and value.ndim == 1
    return (isinstance(value, tuple | list) or is_row_of_objects) and 0 < len(value) <= MAX_ITEMS


def _encode_own(value: Any, put: Any, depth: int) -> Any:
    if isinstance(value, Items):
        return {"items": [value.type_name, [encode(item, put, depth + 1) for item in value.items]]}
    if isinstance(value, Unusable):
        return {"unusable": value.type_name}
    parts = ({key: encode(item, put, 2) for key, item in one.items()} for one in (value.settings, value.attributes))
    return {"model": [value.class_name, *parts]}


def _as_array(value: Any) -> np.ndarray | Unusable:
    """The value as an array of a type that travels, or what it is instead."""
    name = _type_name(value)
    if isinstance(value, dict | set | bytes):
        return Unusable(name)
    try:
        array = np.asarray(value)
    except Exception:  # rows of unequal length, or an object whose own conversion fails in a way of its own
        return Unusable(name)
    if array.dtype.kind == "f":
        target = "<f8" if array.dtype.itemsize >= 8 else f"<f{array.dtype.itemsize}"
    else:
        target = {"b": "|b1", "i": "<i8", "u": "<i8"}.get(array.dtype.kind, "")
    if not target:
        of = "objects" if array.dtype.kind == "O" else f"{array.dtype.name} values"
        return Unusable(f"{name} of {of}" if array is value or array.dtype.kind != "O" else name)
    return array.astype(target) if array.nbytes <= MAX_BYTES else Unusable(f"{name} of {array.nbytes >> 20} MB")


def _model(estimator: Any) -> FittedModel:
    fitted = {name: one for name, one in sorted(vars(estimator).items()) if name.endswith("_") and name[0] != "_"}
    package = type(estimator).__module__.partition(".")[0]
    return FittedModel(f"{package}.{type(estimator).__name__}", estimator.get_params(deep=False), fitted)


def decode(data: Any, get: Callable[[Any], np.ndarray] | None = None, depth: int = 0) -> Any:
    """Undo `encode`; every bound is checked before anything is allocated.

    Returns
    -------
    None, bool, int, float, str, ndarray, Items, Seed, FittedModel, Unusable or dict
        Arrays are new and writable.

    Raises
    ------
    NotAValue
        When it is nothing that `encode` makes.
    """
    if data is None or isinstance(data, bool | int | float):
        return data
    if isinstance(data, str):
        return data[:MAX_TEXT]
    if depth > 4 or not isinstance(data, dict) or len(data) != 1:
        raise NotAValue("a value of a type that does not travel")
    [(tag, body)] = data.items()
    try:
        if tag == "array":
            return get(body) if get else _array(*body)
        if tag == "seed":
            return Seed(int(body))
        if tag == "unusable":
            return Unusable(_text(body))
        if tag == "map" and get:
            return {key: decode(item, get, depth) for key, item in body.items()}
        if tag == "items" and len(body[1]) <= MAX_ITEMS:
            return Items(_text(body[0]), tuple(decode(item, get, depth + 1) for item in body[1]))
        if tag == "model":
            settings, attributes = ({_text(k): decode(v, get, depth + 1) for k, v in one.items()} for one in body[1:])
            return FittedModel(_text(body[0]), settings, attributes)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise NotAValue(f"a value that cannot be decoded ({type(error).__name__})") from error
    raise NotAValue("a value of a type that does not travel")


def _array(dtype: str, shape: list[int], data: bytes) -> np.ndarray:
    sizes_are_sizes = all(isinstance(size, int) and 0 <= size <= MAX_BYTES for size in shape)
    if dtype not in _DTYPES or len(shape) > 4 or not sizes_are_sizes or not isinstance(data, bytes):
        raise NotAValue("an array of a type or shape that does not travel")
    if math.prod(shape) * np.dtype(dtype).itemsize != len(data):
        raise NotAValue("an array whose size and shape differ")
    return np.frombuffer(data, dtype).reshape(shape).copy()
