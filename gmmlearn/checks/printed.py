"""Keeps what a student's function prints, so that it can be shown once and in its place."""

import builtins
import contextlib
import io
import sys
import threading
from collections.abc import Iterator
from typing import Any, TextIO


class Printed(io.StringIO):
    """What was printed; from `release` on all goes to another stream instead."""

    def __init__(self) -> None:
        super().__init__()
        self.beyond: TextIO | None = None

    def write(self, text: str) -> int:
        """Called by `print`."""
        return self.beyond.write(text) if self.beyond else super().write(text)

    def release(self, stream: TextIO) -> None:
        """Hand over what was kept, and whatever comes after it."""
        if not self.beyond:
            stream.write(self.getvalue())
            self.seek(0)
            self.truncate()
            self.beyond = stream


@contextlib.contextmanager
def kept() -> Iterator[Printed]:
    """Within it `print` writes into a text. An interrupt, or a question of a debugger, lets the text out.

    >>> with kept() as text:
    ...     print("log joint", (7, 3))
    >>> text.getvalue()
    'log joint (7, 3)\\n'
    """
    text = Printed()
    if threading.current_thread() is not threading.main_thread():
        yield text  # stdout belongs to all threads, and another one may be printing
        return
    before, ask = sys.stdout, builtins.input

    def asked(*prompt: Any) -> str:
        text.release(before)
        return ask(*prompt)

    try:
        builtins.input = asked
        with contextlib.redirect_stdout(text):
            yield text
    except BaseException:
        text.release(before)
        raise
    finally:
        builtins.input = ask
