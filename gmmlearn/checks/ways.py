"""How a student asks for a check or a hint: by a call in a notebook, by a command in a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_program = ContextVar("program", default="")


@contextmanager
def in_terminal(program: str) -> Iterator[None]:
    """Within it a student types commands that begin with `program`."""
    before = _program.set(program)
    try:
        yield
    finally:
        _program.reset(before)


def way(verb: str, name: str) -> str:
    """What to type for an exercise.

    >>> way("hint", "fit")
    'hint("fit")'
    >>> with in_terminal("gmmlearn"):
    ...     way("hint", "fit")
    'gmmlearn hint fit'
    """
    return command(verb, name) if _program.get() else f'{verb}("{name}")'


def command(verb: str, name: str) -> str:
    """What to type in a terminal; outside of one, what is right in every folder with the course.

    >>> command("reset", "fit")
    'python -m gmmlearn reset fit'
    """
    return f"{_program.get() or 'python -m gmmlearn'} {verb} {name}"
