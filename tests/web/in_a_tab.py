"""A simulation of Python in a browser, for the tests of what students use; what is missing there is taken away here."""

import os
import signal
import subprocess
import sys
import threading

MODULES = ("fcntl", "grp", "msgspec", "psutil", "pty", "resource", "rich", "termios", "tty", "watchfiles")
OF_OS = ("fork", "forkpty", "posix_spawn")
OF_SIGNAL = ("alarm", "setitimer")


def begin() -> None:
    """No threads, no processes, no signals, none of the packages that the tab lacks, for the rest of this process."""
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
