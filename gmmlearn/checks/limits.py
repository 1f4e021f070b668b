"""Runs a student's function so that a check always ends: in a copy of the process where the system has such, else here.

On Linux the calls are made in a forked copy, which is ended from outside at the time limit, also in the middle of
compiled code; whatever the function does to its process stays in the copy. Elsewhere, and while a debugger is talked
to, the calls are made in this process: there an exception ends Python code, sleeps and waits, but not compiled code.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from ..calls import Call
from ..loading import Subject
from .forked import Forked
from .in_process import InProcess

SECONDS = 10.0
"""How long a check may take where nothing else is asked for."""


@contextlib.contextmanager
def limited(
    load: Callable[[], Subject], cases: Sequence[Sequence[Call]], seconds: float, files: str = ""
) -> Iterator[Subject]:
    """A subject whose calls end after so many seconds, all together.

    Parameters
    ----------
    load : callable
        Gives the subject; may run the student's file, and may raise what that raises.
    cases : sequence of sequences of Call
        All calls, in the order in which they will be asked for. Those of one case end with the first that fails.
    seconds : float
        Loading counts too.
    files : str
        Folder of the student's files, to find the line that was being run.

    Yields
    ------
    Subject
        Its calls raise `Stopped`. Where the file cannot be loaded, every call has that failure as its outcome.
    """
    if not hasattr(os, "fork") or sys.platform != "linux":
        yield InProcess(load, seconds, files)
        return
    copy = Forked(load, cases, seconds, files)
    try:
        yield copy
    finally:
        copy.end()
