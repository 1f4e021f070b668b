"""The worker: a process that forks one child for each exercise, inside the sandbox.

It holds no reference, no expected value and no hidden test. The parent process (this file's `main`) never runs
a student's line; the child does, and can only send values. The parent tells the judge how the child ended, on a
channel that the child closes before it loads anything.
"""

import ctypes
import functools
import gc
import importlib
import os
import resource
import shutil
import signal
import sys
import traceback
from typing import Any

import numpy as np

from . import wire

_PR_SET_DUMPABLE = 4
_WARM = {"em": ("sklearn.cluster",), "with_sklearn": ("sklearn.mixture", "sklearn.cluster")}


def main(commands: int, reports: int, requests: int, replies: int, boxed: int, user: int) -> None:
    """Serve the judge until it closes the command channel.

    Parameters
    ----------
    commands, reports : int
        File descriptors from and to the judge that only this process holds.
    requests, replies : int
        File descriptors from and to the judge for the child that runs an exercise.
    boxed : int
        1 inside a sandbox, which has a process namespace of its own.
    user : int
        User id to become before anything else, for a sandbox that root has made; 0 to stay.
    """
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    _undumpable()
    importlib.import_module("scipy.linalg")
    importlib.import_module("scipy.stats")  # here once, as the library and most students would load it in each child
    importlib.import_module("gmmlearn.desks")
    importlib.import_module("gmmlearn.library")
    read, report = functools.partial(os.read, commands), functools.partial(os.write, reports)
    wire.send(report, wire.Ready())
    _silence()
    load = wire.receive(read, "worker")
    gc.freeze()
    while True:
        try:
            begin = wire.receive(read, "worker")
        except EOFError:
            return
        chapter = importlib.import_module("gmmlearn.contract").EXERCISES[begin.exercise].module
        for module in _WARM.get(chapter, ()):
            importlib.import_module(module)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        child = os.fork()
        if child == 0:
            os.close(commands)
            os.close(reports)
            _serve(load, begin, requests, replies)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if boxed and os.getpid() < 10:
            _end_all_others()
            _empty("/tmp")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if os.WIFSIGNALED(status):
            wire.send(report, wire.Ended(0, os.WTERMSIG(status), seconds))
        else:
            wire.send(report, wire.Ended(os.WEXITSTATUS(status), 0, seconds))


def _undumpable() -> None:
    """Close /proc/<pid>/fd and ptrace to other processes of the same user (prctl(2))."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):  # no Linux: the judge said that there is no sandbox
        return


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)


def _end_all_others() -> None:
    """What a student's code has left behind; -1 reaches this process namespace and nothing outside it."""
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        return
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _empty(folder: str) -> None:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            os.unlink(entry.path)


def _serve(load: wire.Load, begin: wire.Begin, requests: int, replies: int) -> None:
    """The child: answers calls with values until it is told to finish."""
    os.setsid()
    _limit(resource.RLIMIT_CPU, load.cpu_seconds, load.cpu_seconds + 1)  # SIGXCPU at the first, SIGKILL at the second
    for what, limit in (
        (resource.RLIMIT_AS, load.memory_bytes),
        (resource.RLIMIT_FSIZE, load.file_bytes),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, load.processes),
    ):
        _limit(what, limit, limit)
    read, reply = functools.partial(os.read, requests), functools.partial(os.write, replies)
    function, failure = None, None
    while True:
        call = wire.receive(read, "worker")
        if isinstance(call, wire.Finish):
            return
        if function is None and failure is None:
            try:
                function = _load(load.sources, begin)
            except BaseException as error:
                failure = error
        if failure is not None:
            wire.send(reply, _raised(call.nonce, failure, loading=True))
        else:
            wire.send(reply, answer(call, function))


def _limit(what: int, soft: int, hard: int) -> None:
    _, allowed = resource.getrlimit(what)
    if allowed != resource.RLIM_INFINITY:
        soft, hard = min(soft, allowed), min(hard, allowed)
    resource.setrlimit(what, (soft, hard))


def _load(sources: dict[str, bytes], begin: wire.Begin) -> Any:
    """The student's function, with all its modules installed for good, as this process serves nothing else."""
    desks_module = importlib.import_module("gmmlearn.desks")
    desks = desks_module.Desks(sources, begin.exercise, own=begin.own)
    _hide(desks.exercise.module)
    function = desks.function()
    _INSTALLED.append(desks.installed())
    _INSTALLED[0].__enter__()
    return function


_INSTALLED: list[Any] = []
"""Held for as long as the process lives: a context that is collected would end."""


def _hide(chapter: str) -> None:
    """Take away what would do the exercise: the library, and scikit-learn where the contract does not allow it."""
    package = importlib.import_module("gmmlearn")
    ours = ("gmmlearn.library", "gmmlearn.desks", "gmmlearn.contract")
    refused = {"em": "sklearn.mixture", "with_sklearn": ""}.get(chapter, "sklearn")
    for name in list(sys.modules):
        if name in ours or (refused and (name + ".").startswith(refused + ".")):
            del sys.modules[name]
    for name in ours:
        vars(package).pop(name.partition(".")[2], None)
        sys.modules[name] = None  # type: ignore[assignment]  # Python then refuses to import it
    if refused:
        sys.modules[refused] = None  # type: ignore[assignment]


def answer(call: wire.Call, function: Any) -> wire.Returned | wire.Raised:
    """Make one call: its value, or its exception as data, and which arguments it changed."""
    positional = [_argument(value) for value in call.positional]
    keyword = {name: _argument(value) for name, value in call.keyword.items()}
    arguments = {str(place): value for place, value in enumerate(positional)} | keyword
    before = {name: value.tobytes() for name, value in arguments.items() if isinstance(value, np.ndarray)}
    try:
        value = wire.encode(function(*positional, **keyword))
    except BaseException as error:
        return _raised(call.nonce, error, loading=False)
    changed = [name for name, data in before.items() if arguments[name].tobytes() != data]
    return wire.Returned(call.nonce, value, changed)


def _argument(value: Any) -> Any:
    decoded = wire.decode(value)
    return np.random.default_rng(decoded.n) if isinstance(decoded, wire.Seed) else decoded


def _raised(nonce: int, error: BaseException, *, loading: bool) -> wire.Raised:
    """The exception as data: its classes, its text, and the last line of the student's that it passed."""
    kinds = [kind.__name__[: wire.MAX_TEXT] for kind in type(error).__mro__[:6]]
    file, line, text = "", 0, ""
    if isinstance(error, SyntaxError) and loading:
        file, line, text = str(error.filename or ""), error.lineno or 0, str(error.text or "")
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith("gmmlearn/"):
            file, line, text = frame.filename, frame.lineno or 0, frame.line or ""
    try:
        message = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException as failure:  # an exception whose text raises
        message = f"(its text cannot be shown: {type(failure).__name__})"
    bound = slice(wire.MAX_TEXT)
    return wire.Raised(nonce, kinds, message[bound], file[bound], line, text.strip()[bound], loading)
