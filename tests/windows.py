"""A simulation of Windows on another system, for the tests of what students use; nothing of it ran on a real one.

Without the modules, functions and signals that Windows lacks, with a console in cp1252, and with an error where one of
our modules reads or writes a file in the encoding of the system. `pytest --windows` runs tests in it.
"""

import os
import signal
import sys
import warnings

MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty")
OF_OS = ("fork", "geteuid", "killpg", "mkfifo", "O_DIRECTORY", "O_NOFOLLOW", "setsid")
OF_SIGNAL = ("SIGALRM", "SIGKILL", "SIGUSR1", "setitimer", "alarm", "pthread_sigmask")
ENVIRONMENT = {"PYTHONIOENCODING": "cp1252", "PYTHONWARNDEFAULTENCODING": "1"}
"""Needed when Python starts."""


def begin() -> None:
    """Take away what is missing there, for the rest of this process."""
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for module, names in ((os, OF_OS), (signal, OF_SIGNAL)):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    warnings.filterwarnings("error", category=EncodingWarning, module="gmmlearn")
