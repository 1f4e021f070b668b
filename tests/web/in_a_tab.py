"""A simulation of Python in a browser, for the tests of what students use; what is missing there is taken away here."""

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import numpy as np

MODULES = ("fcntl", "grp", "msgspec", "psutil", "pty", "resource", "rich", "termios", "tty", "watchfiles")
OF_OS = ("fork", "forkpty", "posix_spawn")
OF_SIGNAL = ("alarm", "setitimer")


def begin() -> None:
    """No threads, processes or signals, no packages that the tab lacks, 32 bits for the rest of this process.

    The clock of a process does not run in a browser.
    """
    time.process_time = lambda: 0.0
    np.memmap.flush = _no_flush  # type: ignore[method-assign]
    np.intp, np.bincount = np.int32, _of_32_bits(np.bincount)  # type: ignore[assignment,misc]
    sys.platform = "emscripten"
    threading.Thread.start = _no_thread  # type: ignore[method-assign]
    subprocess.Popen.__init__ = _no_process  # type: ignore[method-assign,assignment]
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for module, names in ((os, OF_OS), (signal, OF_SIGNAL)):
        for name in names:
            delattr(module, name)


def _no_thread(thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def _no_process(process: object, *arguments: object, **options: object) -> None:
    raise OSError("emscripten does not support processes.")


def _no_flush(array: np.memmap) -> None:
    raise OSError(8, "Bad file descriptor")  # NumPy has closed the file, which a browser needs to write it


def _of_32_bits(bincount: Any) -> Any:
    """A browser's NumPy counts with 32 bits and refuses what has more, as values have that the checks decode.

    Labels that NumPy or scikit-learn made have 32 bits there and 64 here, so those who count them are let pass.
    """

    def refusing(labels: Any, *arguments: Any, **options: Any) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if getattr(labels, "dtype", None) == np.int64 and caller.startswith("gmmlearn.checks"):
            raise TypeError("Cannot cast array data from dtype('int64') to dtype('int32') according to the rule 'safe'")
        return bincount(labels, *arguments, **options)

    return refusing
