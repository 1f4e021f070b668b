"""How a student asks for something: by a call in a notebook, by a command in a terminal."""

import shutil
import sys
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
