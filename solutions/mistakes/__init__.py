"""Wrong implementations that students write, each with the sentence that names the misconception.

Each exercise has a module of its own, which is imported when its mistakes are asked for: some bring scikit-learn
along, which takes a second that a look at chapter 1 need not wait for.

Examples
--------
>>> from solutions.mistakes import MISTAKES, mistakes_of
>>> MISTAKES["update_means-divided-by-n"].exercise
'update_means'
>>> {mistake.exercise for mistake in mistakes_of("bic")}
{'bic'}
"""

from importlib import import_module

from gmmlearn.contract import EXERCISES

from .registry import REGISTRY, Mistake
from .submission import write_submission

__all__ = ["MISTAKES", "Mistake", "mistakes_of", "write_submission"]


def mistakes_of(exercise: str) -> tuple[Mistake, ...]:
    """The known mistakes of one exercise, in the order in which they are most worth telling."""
    import_module(f".{exercise}", __name__)
    return tuple(mistake for mistake in REGISTRY.values() if mistake.exercise == exercise)


def __getattr__(name: str) -> dict[str, Mistake]:
    if name != "MISTAKES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return {mistake.id: mistake for exercise in EXERCISES for mistake in mistakes_of(exercise)}
