"""The clocks and scales of one box: a thread looks at its processes ten times a second and ends what takes too much."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil

from ...calls import Status, Stopped
from .sandbox import Limits

_POLL_SECONDS = 0.1
_SPARE_CPU_SECONDS = 3.0
"""On top of the limit of a process, for what the worker itself imports when an exercise begins."""


@dataclass(slots=True)
class Left:
    """What one submission may still use, over all its exercises."""

    cpu_seconds: float
    wall_seconds: float

    @property
    def spent(self) -> bool:
        """Whether there is nothing left."""
        return self.cpu_seconds <= 0 or self.wall_seconds <= 0


def spent(limits: Limits) -> Stopped:
    """What to say of an exercise that comes after all time was used."""
    return Stopped(
        Status.TIMEOUT,
        f"The submission as a whole has used its time ({limits.all_cpu_seconds} seconds of computing, "
        f"{limits.all_wall_seconds:g} seconds in all), so this was not run to its end.",
    )


@dataclass(frozen=True, slots=True)
class _Used:
    """What all processes of a box hold and have used; `busy` is whether any of them does something."""

    cpu_seconds: float
    memory_bytes: int
    busy: bool
    stopped: bool


class Watch:
    """Watches the processes below `pid`; when they take too much, says why and calls `end`.

    Attributes
    ----------
    reason : Stopped or None
        Why the box was ended, if it was.
    """

    def __init__(self, pid: int, limits: Limits, end: Callable[[], None]) -> None:
        self.reason: Stopped | None = None
        self._pid, self._limits, self._end = pid, limits, end
        self._left = Left(limits.all_cpu_seconds, limits.all_wall_seconds)
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._waits_since: float | None = None
        self._active = time.monotonic()
        self._running = False
        self._cpu_before = self._cpu = 0.0
        self._worker: list[psutil.Process] = []
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def begin(self, left: Left) -> None:
        """An exercise begins; what it uses is taken from `left`."""
        self._cpu_before = self._cpu = _used(self._alone()).cpu_seconds
        with self._lock:
            self._left = left
            self._deadline = time.monotonic() + min(self._limits.wall_seconds, left.wall_seconds)
            self._running = True

    def ended(self, cpu_seconds: float | None = None) -> None:
        """The exercise has ended; the worker may have told what it used."""
        with self._lock:
            if self._running:
                self._left.cpu_seconds -= max(cpu_seconds or 0.0, self._cpu - self._cpu_before)
            self._running = False
            self._deadline = None

    @contextmanager
    def waiting(self, seconds: float | None = None) -> Iterator[None]:
        """While the judge waits for the box, for so many seconds at most if it has to start first."""
        begin = time.monotonic()
        with self._lock:
            self._waits_since = self._active = begin
            if seconds is not None:
                self._deadline = begin + seconds
        try:
            yield
        finally:
            with self._lock:
                self._waits_since = None
                if self._running:
                    self._left.wall_seconds -= time.monotonic() - begin
                if seconds is not None:
                    self._deadline = None

    def close(self) -> None:
        """Look no more."""
        self._closing.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._closing.wait(_POLL_SECONDS):
            with self._lock:
                watched = self._deadline is not None
            if watched:
                used = _used(_below(self._pid))
                with self._lock:
                    why = self._why(used)
                if why is not None:
                    self.reason = self.reason or why
                    self._end()

    def _why(self, used: _Used) -> Stopped | None:
        """What is too much, if anything is."""
        if self._deadline is None:  # it ended while its processes were looked at
            return None
        now, limits, left = time.monotonic(), self._limits, self._left
        if used.busy or used.cpu_seconds > self._cpu:
            self._active = now
        self._cpu = max(self._cpu, used.cpu_seconds)
        cpu_seconds = self._cpu - self._cpu_before
        if now > self._deadline:
            if self._running and left.wall_seconds < limits.wall_seconds:
                return spent(limits)
            return Stopped(Status.TIMEOUT, f"The code was stopped after {limits.wall_seconds:g} seconds. Does it wait?")
        if not self._running:
            return None
        if used.memory_bytes > limits.total_memory_bytes:
            most = f"{limits.total_memory_bytes / 2**30:.0f} GiB"
            return Stopped(Status.OUT_OF_MEMORY, f"The code used more than {most} of memory.")
        if cpu_seconds > limits.cpu_seconds + _SPARE_CPU_SECONDS:
            return out_of_time(limits)
        if cpu_seconds > left.cpu_seconds:
            return spent(limits)
        if used.stopped:
            return Stopped(Status.CRASHED, "The code stopped the process that it runs in.")
        if self._waits_since is not None and now - self._active > limits.idle_seconds:
            seconds = f"{limits.idle_seconds:g} seconds"
            return Stopped(Status.TIMEOUT, f"The code was stopped: for {seconds} it did nothing. Does it wait?")
        return None

    def _alone(self) -> list[psutil.Process]:
        """The processes between two exercises, when there is only the worker: those seen first, if all still live.

        To find them anew means to read every process of the machine.
        """
        if not self._worker or not all(process.is_running() for process in self._worker):
            self._worker = _below(self._pid)
        return self._worker


def _below(pid: int) -> list[psutil.Process]:
    """All processes that a process has started, and those that these have started."""
    with suppress(psutil.Error):
        return psutil.Process(pid).children(recursive=True)
    return []


def _used(processes: Iterable[psutil.Process]) -> _Used:
    cpu_seconds, memory_bytes, states = 0.0, 0, set()
    for process in processes:
        with suppress(psutil.Error), process.oneshot():
            cpu_seconds += sum(process.cpu_times()[:4])  # with what it has waited for
            memory_bytes += process.memory_info().rss
            states.add(process.status())
    idle = {psutil.STATUS_SLEEPING, psutil.STATUS_IDLE, psutil.STATUS_ZOMBIE}
    return _Used(cpu_seconds, memory_bytes, bool(states - idle), psutil.STATUS_STOPPED in states)


def out_of_time(limits: Limits) -> Stopped:
    """What to say of code that computes for too long."""
    return Stopped(
        Status.TIMEOUT,
        f"The code was stopped after {limits.cpu_seconds} seconds of computing. Is there a loop without end?",
    )
