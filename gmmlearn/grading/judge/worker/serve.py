"""The worker: a process that forks one child for each exercise, inside the sandbox.

It holds no reference, no expected value, no hidden test and, while an exercise is judged, no right function of that
exercise or of a later one: the judge puts those before it into the box's `library.py`, which only the child imports,
so that no child inherits what another was given. The parent process (this file's `main`) never runs
a student's line; the child does, and can only send values. The parent tells the judge how the child ended, on a
channel that the child closes before it loads anything.
"""

import contextlib
import ctypes
import fcntl
import functools
import gc
import importlib
import os
import resource
import select
import signal
import sys
from typing import Any

from gmmlearn.calls import Call, Outcome
from gmmlearn.contract import EXERCISES
from gmmlearn.encoding import decode, encode_outcome
from gmmlearn.manifest import OURS
from gmmlearn.performing import failure_of, perform

from . import proxy, wire

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_WARM = {"sklearn": "sklearn.mixture"}
"""Imported once, before the fork, for the exercises that may use it; the first brings `sklearn.cluster` along."""


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
    _protect_itself()
    if boxed:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the first process of a box gets signals that it handles only
    # Here once, as the library and most students would load SciPy's statistics in each child.
    _import("scipy.linalg", "scipy.stats", "gmmlearn.loading")
    read, report = functools.partial(os.read, commands), functools.partial(os.write, reports)
    wire.send(report, wire.Ready())
    _silence()
    load = wire.receive(read, "worker")
    while True:
        try:
            begin = wire.receive(read, "worker")
        except EOFError:
            return
        _import(*(_WARM.get(module, module) for module in EXERCISES[begin.exercise].sklearn))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        if boxed:
            _as_at_first(requests, replies)
        child = os.fork()
        if child == 0:
            os.close(commands)
            os.close(reports)
            _serve(load, begin, requests, replies)
            os._exit(0)
        _wait_for_either(child, commands)
        ended = 0
        while ended != child:  # the first process of a box also waits for those that nobody else waits for
            ended, status = os.waitpid(-1, 0)
        if boxed and os.getpid() == 1:
            _end_all_others()
            _empty("/tmp")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if os.WIFSIGNALED(status):
            wire.send(report, wire.Ended(0, os.WTERMSIG(status), seconds))
        else:
            wire.send(report, wire.Ended(os.WEXITSTATUS(status), 0, seconds))


def _import(*modules: str) -> None:
    """Import for all children: garbage is not looked for, which would take a tenth of the time, nor what is kept."""
    gc.disable()
    for module in modules:
        importlib.import_module(module)
    gc.freeze()
    gc.enable()


def _wait_for_either(child: int, commands: int) -> None:
    """Until the child ends. Where the judge does first, all of the box ends with this process.

    The signal that `_protect_itself` asks for does not come in a box that root has made: its parent, bubblewrap, has
    no right to send one to another user.
    """
    if hasattr(os, "pidfd_open"):
        fd = os.pidfd_open(child)
        ready, _, _ = select.select([fd, commands], [], [])
        os.close(fd)
        if fd not in ready:  # no command comes while an exercise runs: the pipe was closed
            os.kill(child, signal.SIGKILL)
            os._exit(1)


def _protect_itself() -> None:
    """End with the judge, which a change of user undoes; close /proc/<pid>/fd and ptrace to others (prctl(2))."""
    try:
        prctl = ctypes.CDLL(None).prctl
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
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


def _as_at_first(*wires: int) -> None:
    """Undo what an earlier process has made of the wires, which all share with this one: fcntl(2), pipe(7)."""
    for fd in wires:
        for command, value in (
            (fcntl.F_SETFL, 0),
            (fcntl.F_SETOWN, 0),
            (fcntl.F_SETSIG, 0),
            (fcntl.F_SETPIPE_SZ, 2**16),
        ):
            with contextlib.suppress(OSError):  # a user may have so many pipes that theirs are small
                fcntl.fcntl(fd, command, value)


def _empty(folder: str) -> None:
    """Take everything out. Folders are moved to the top first: they may lie deeper than a path or a stack goes."""
    with contextlib.suppress(PermissionError):  # of root, where root has made the box; nobody in it changes it then
        os.chmod(folder, 0o1777)
    while entries := list(os.scandir(folder)):
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, 0o700)
            for inner in os.scandir(entry.path):
                if inner.is_dir(follow_symlinks=False):
                    os.chmod(inner.path, 0o700)
                    os.rename(inner.path, os.path.join(folder, os.urandom(16).hex()))
                else:
                    os.unlink(inner.path)
            os.rmdir(entry.path)
    with contextlib.suppress(PermissionError):
        os.utime(folder, (0, 0))


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
    function, failure, files = None, None, frozenset()
    while True:
        request = wire.receive(read, "worker")
        if isinstance(request, wire.Finish):
            return
        if function is None and failure is None:
            try:
                function, files = _load(load.sources, begin, proxy.of(begin.exercise, read, reply))
            except BaseException as error:
                names = {f"gmmlearn/{stem}.py" for stem in load.sources}
                failure = failure_of(error, names, loading=True)
        outcome = Outcome(failure=failure) if failure else answer(request, function, files)
        wire.send(reply, wire.Reply(request.nonce, encode_outcome(outcome)))


def _limit(what: int, soft: int, hard: int) -> None:
    _, allowed = resource.getrlimit(what)
    if allowed != resource.RLIM_INFINITY:
        soft, hard = min(soft, allowed), min(hard, allowed)
    resource.setrlimit(what, (soft, hard))


def _load(sources: dict[str, bytes], begin: wire.Begin, tried: Any) -> tuple[Any, frozenset[str]]:
    """The student's function and their files, with all modules installed for good: this process serves nothing else.

    Where tests are wanted, it is a function without arguments that runs all of them on `tried` and says how many.
    """
    loader = importlib.import_module("gmmlearn.loading").Loader(sources, begin.exercise, own=begin.own)
    _hide(loader.exercise.sklearn)
    function = functools.partial(_run_all, loader.tests(), tried) if begin.tests else loader.function()
    _INSTALLED.append(loader.installed())
    _INSTALLED[0].__enter__()
    return function, frozenset(loader.file_of(stem) for stem in sources)


def _run_all(tests: list[Any], tried: Any) -> int:
    for test in tests:
        test(tried)
    return len(tests)


_INSTALLED: list[Any] = []
"""Held for as long as the process lives: a context that is collected would end."""


def _hide(allowed: tuple[str, ...]) -> None:
    """Take away what would do the exercise: the library, and scikit-learn where the contract does not allow it."""
    package = importlib.import_module("gmmlearn")
    ours = [f"gmmlearn.{name}" for name in OURS if f"gmmlearn.{name}" in sys.modules]
    refused = "" if "sklearn" in allowed else "sklearn.mixture" if allowed else "sklearn"
    for name in list(sys.modules):
        if name in ours or (refused and (name + ".").startswith(refused + ".")):
            del sys.modules[name]
    for name in ours:
        vars(package).pop(name.partition(".")[2], None)
        sys.modules[name] = None  # type: ignore[assignment]  # Python then refuses to import it
    if refused:
        sys.modules[refused] = None  # type: ignore[assignment]


def answer(request: wire.Request, function: Any, files: frozenset[str]) -> Outcome:
    """Make one call; whatever the function raises is told as data."""
    try:
        given = ({name: decode(one) for name, one in part.items()} for part in (request.arguments, request.options))
        return perform(function, Call(*given), files)
    except BaseException as error:  # KeyboardInterrupt and the like, which `perform` leaves to the user of a check
        return Outcome(failure=failure_of(error, files, function))
