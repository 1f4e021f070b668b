"""What a known mistake is, and the decorator that puts one into the registry."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong implementation of one exercise, and what a student who wrote it is told.

    Attributes
    ----------
    id : str
        Exercise and a word or two, `"responsibilities-axis"`.
    exercise : str
        Name of the function of the contract that it stands in for.
    sentence : str
        For the student: names the misconception, does not blame, does not give the answer away.
    function : callable
        The implementation, with the signature of the exercise.
    """

    id: str
    exercise: str
    sentence: str
    function: Callable


REGISTRY: dict[str, Mistake] = {}
"""The mistakes of the exercises that were asked for so far; the package's `MISTAKES` has them all."""


def mistake(exercise: str) -> Callable[[Callable], Callable]:
    """Register the decorated function as a known mistake of `exercise`.

    The docstring is the sentence for the student. The function is named after the exercise with a word or two
    behind it: `responsibilities_wrong_axis` becomes the mistake `responsibilities-wrong-axis`.

    Raises
    ------
    ValueError
        When the name does not begin with the exercise's or is taken, or the docstring is missing.
    """

    def register(function: Callable) -> Callable:
        before, _, words = function.__name__.partition(f"{exercise}_")
        if before or not words:
            raise ValueError(f"a mistake of {exercise} is called {exercise}_..., not {function.__name__}")
        name = f"{exercise}-{words.replace('_', '-')}"
        sentence = " ".join((inspect.getdoc(function) or "").split())
        if name in REGISTRY or not sentence:
            raise ValueError(f"{name}: the name is taken, or there is no docstring")
        REGISTRY[name] = Mistake(name, exercise, sentence, function)
        return function

    return register
