"""What the hidden tests hold in their hands: functions that run elsewhere and give back plain values."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from gmmlearn import Fit, library
from gmmlearn.checks import returns
from gmmlearn.checks.compare import Mismatch
from gmmlearn.contract import EXERCISES
from gmmlearn.grading.process import malformed
from gmmlearn.grading.session import Session
from gmmlearn.grading.worker import wire
from gmmlearn.grading.worker.wire import Seed

__all__ = ["Channel", "FittedMixture", "InProcess", "LastCall", "Seed", "Student", "StudentError", "WrongForm"]


class StudentError(Exception):
    """A student's function, or the import of its module, raised: data about it, never the exception itself.

    Attributes
    ----------
    kinds : list of str
        Names of the class and its bases.
    message, file, text : str
        Its text; the file and the line of the student's that it passed last.
    line : int
        Number of that line, 0 if there is none.
    loading : bool
        Whether the import of the module raised, not the call.
    """

    def __init__(self, raised: wire.Raised) -> None:
        super().__init__(f"{raised.kinds[0] if raised.kinds else 'an exception'}: {raised.message}")
        self.kinds, self.message, self.loading = raised.kinds, raised.message, raised.loading
        self.file, self.line, self.text = raised.file, raised.line, raised.text

    @property
    def kind(self) -> str:
        """Name of its class."""
        return self.kinds[0] if self.kinds else ""


class WrongForm(AssertionError):
    """A value came whose kind or shape is not the contract's; `value` is that value."""

    def __init__(self, text: str, value: Any) -> None:
        super().__init__(text)
        self.value = value


@dataclass(frozen=True)
class FittedMixture:
    """A fitted scikit-learn estimator, told by its class, its plain parameters and its arrays."""

    class_name: str
    params: dict[str, Any]
    attributes: dict[str, Any]


@dataclass(frozen=True)
class LastCall:
    """About the last call: the arguments whose bytes the function changed."""

    changed: list[str] = field(default_factory=list)

    @property
    def unchanged(self) -> bool:
        """Whether all arguments kept their bytes."""
        return not self.changed


class Channel(Protocol):
    """Whatever runs a function of the contract and answers in messages of the wire."""

    def call(self, function: str, positional: list[Any], keyword: dict[str, Any]) -> wire.Returned | wire.Raised:
        """Called by `Student` for every call of a hidden test."""


class InProcess:
    """A channel for trusted functions: the reference and the known mistakes. They meet the same wire."""

    def __init__(self, functions: dict[str, Callable[..., Any]]) -> None:
        self.functions = functions

    def call(self, function: str, positional: list[Any], keyword: dict[str, Any]) -> wire.Returned | wire.Raised:
        """Run it here."""
        from gmmlearn.grading.worker import serve  # forks nothing when it is imported

        return serve.answer(wire.Call(0, function, positional, keyword), self.functions[function])


class Student:
    """The fixture `student`: `student.responsibilities(X, ...)` runs in the worker and returns plain values."""

    def __init__(self, channel: Channel | Session) -> None:
        self._channel = channel
        self.last_call = LastCall()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in EXERCISES:
            raise AttributeError(f"{name} is no function of the contract")

        def call(*positional: Any, **keyword: Any) -> Any:
            return self._call(name, positional, keyword)

        return call

    def _call(self, name: str, positional: tuple[Any, ...], keyword: dict[str, Any]) -> Any:
        reply = self._channel.call(
            name,
            [wire.encode(value) for value in positional],
            {key: wire.encode(value) for key, value in keyword.items()},
        )
        if isinstance(reply, wire.Raised):
            raise StudentError(reply)
        self.last_call = LastCall(reply.changed)
        try:
            value = _plain(wire.decode(reply.value))
        except wire.WireError as error:
            raise malformed(error) from error
        if name == "fit_sklearn":
            return value
        if isinstance(value, wire.Unusable):
            raise AssertionError(f"{name} returned a {value.type_name}, which is no value that the contract knows.")
        signature = inspect.signature(getattr(library, name))
        due = returns.as_due(name, value, returns.sizes_of(name, positional, keyword, signature))
        if isinstance(due, Mismatch):
            raise WrongForm(f"{name}({', '.join(signature.parameters)}): {due.text}.", value)
        return due

    @contextmanager
    def raises(self, kind: str) -> Iterator[list[StudentError]]:
        """Expect that a call raises an exception of this class or of one derived from it."""
        caught: list[StudentError] = []
        try:
            yield caught
        except StudentError as error:
            if kind not in error.kinds:
                raise
            caught.append(error)
        else:
            raise AssertionError(f"The call returned; a {kind} was due.")


def _plain(value: Any) -> Any:
    if isinstance(value, wire.Items):
        if value.name == "Fit" and len(value.items) == len(Fit._fields):
            return Fit(*value.items)
        return tuple(value.items)
    if isinstance(value, wire.Mixture):
        return FittedMixture(value.class_name, value.parameters, value.attributes)
    return value
