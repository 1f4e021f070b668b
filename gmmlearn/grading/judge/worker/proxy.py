"""The function that a student's tests are tried on, as they see it: it asks the judge, and holds nothing itself.

So a test learns of the function what the function returns, and no more: neither its text nor which one it is.
"""

import builtins
import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from gmmlearn import Fit, calls, encoding

from . import wire

_SEEDS = 2**62


def of(exercise: str, read: Callable[[int], bytes], reply: Callable[[memoryview], int]) -> Callable[..., Any]:
    """The function of an exercise, whose every call is a question to the judge and an answer.

    Parameters
    ----------
    exercise : str
    read, reply : callable
        Of the pipes to the judge.
    """

    def function(*arguments: Any, **options: Any) -> Any:
        given = {str(place): one for place, one in enumerate(arguments)}
        asked = (
            {name: wire.raw(encoding.encode(_sent(one))) for name, one in part.items()} for part in (given, options)
        )
        wire.send(reply, wire.Asked(*asked))
        outcome = encoding.decode_outcome(wire.plain(wire.receive(read, "worker").outcome))
        if outcome.failure:
            raise _exception(outcome.failure)
        value, *after = outcome.value.items
        for one, changed in zip([*arguments, *options.values()], after):
            _put_back(one, changed)
        return _received(value)

    function.__name__ = function.__qualname__ = exercise
    return function


def _sent(value: Any) -> Any:
    """An argument as it travels; a generator as a seed that is drawn from it."""
    return calls.Seed(int(value.integers(_SEEDS))) if isinstance(value, np.random.Generator) else value


def _put_back(given: Any, changed: Any) -> None:
    """What the function has made of an argument."""
    if isinstance(changed, np.ndarray) and isinstance(given, np.ndarray) and given.shape == changed.shape:
        if not np.array_equal(given, changed, equal_nan=given.dtype.kind == "f"):
            given[...] = changed
    elif isinstance(changed, np.ndarray) and isinstance(given, list) and given != changed.tolist():
        given[:] = changed.tolist()


def _received(value: Any) -> Any:
    """What the function returned, as it would have."""
    if isinstance(value, calls.Items):
        parts = tuple(map(_received, value.items))
        if value.type_name == "Fit" and len(parts) == len(Fit._fields):
            return Fit(*parts)
        return list(parts) if value.type_name == "list" else parts
    if isinstance(value, calls.FittedModel):
        return _model(value)
    return np.float64(value) if isinstance(value, float) else value


def _model(told: calls.FittedModel) -> Any:
    """An estimator of scikit-learn of the class that was sent; what was sent, where there is no such class."""
    package, _, name = told.class_name.partition(".")
    for module in ("mixture", "cluster"):
        found = getattr(importlib.import_module(f"sklearn.{module}"), name, None) if package == "sklearn" else None
        if isinstance(found, type):
            model = found(**{key: _received(one) for key, one in told.settings.items()})
            vars(model).update({key: _received(one) for key, one in told.attributes.items()})
            return model
    return told


def _exception(failure: calls.Failure) -> Exception:
    """The exception of the function, by the first of its classes that Python has."""
    found = (getattr(builtins, name, None) for name in failure.classes)
    kind = next((one for one in found if isinstance(one, type) and issubclass(one, Exception)), RuntimeError)
    try:
        return kind(failure.text)
    except TypeError:  # one that wants more than a text
        return RuntimeError(f"{failure.name}: {failure.text}")
