"""`gmmlearn watch`: one screen that checks the exercise at hand again whenever a file is saved."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from ..calls import Status
from ..checks import check, hint, progress
from ..checks.record import load
from ..checks.reporting.drawing import fitted
from ..checks.reporting.report import Report
from ..contract import EXERCISES, REQUIRED, Exercise
from ..errors import UsageError
from .kit import Kit

HELP = "n next   h hint   l list   q quit"


class View(Enum):
    """What the screen shows."""

    REPORT = "report"
    HINT = "hint"
    LIST = "list"


@dataclass
class Watch:
    """State of the screen; `press` and `check_again` change it, `screen` shows it.

    Attributes
    ----------
    kit : Kit
    exercise : Exercise
        The one at hand; at first the first that does not pass.
    broken : dict of str to str
        Other exercises that passed before a file was saved, with what the check says now.
    """

    kit: Kit
    exercise: Exercise
    view: View = View.REPORT
    report: Report | None = None
    stopped: bool = False
    quitting: bool = False
    hinted: str = ""
    broken: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kit: Kit, exercise: Exercise | None = None) -> "Watch":
        """Begin with an exercise, or with the first that does not pass."""
        first = load(kit.root, kit.package).following or next(iter(EXERCISES.values()))
        return cls(kit, exercise or first)

    def check_again(self) -> None:
        """Check the exercise at hand, and those that passed and whose function has changed."""
        self.view, self.report, self.stopped = View.REPORT, None, False
        try:
            self.report = self._check(self.exercise.name)
            self.broken.pop(self.exercise.name, None)
            record = load(self.kit.root, self.kit.package)
            for name in [name for name in EXERCISES if name in record.changed]:
                if record.status(name) is Status.PASSED or name in self.broken:
                    self._check_other(name)
        except KeyboardInterrupt:
            self.stopped = True

    def _check(self, name: str) -> Report:
        return check(name, folder=self.kit.package)

    def _check_other(self, name: str) -> None:
        report = self._check(name)
        if report.passed:
            self.broken.pop(name, None)
        else:
            self.broken[name] = f"{report.title}. It passed before; n goes there."

    def press(self, key: str) -> None:
        """Act on a key; one without a meaning does nothing."""
        if key == "q":
            self.quitting = True
        elif key == "n":
            self.exercise = self._next()
            self.check_again()
        elif key == "h":
            self.hinted = str(hint(self.exercise.name, where=self.kit.root))
            self.view = View.HINT
        elif key == "l":
            self.view = View.REPORT if self.view is View.LIST else View.LIST

    def _next(self) -> Exercise:
        """The following exercise that does not pass yet; the following one where all pass. A bonus once it is begun."""
        record = load(self.kit.root, self.kit.package)
        names = list(EXERCISES if record.bonus_begun or self.exercise.bonus else REQUIRED)
        at = names.index(self.exercise.name)
        later = [*names[at + 1 :], *names[: at + 1]]
        open_ones = [name for name in later if EXERCISES[name] not in record.passed]
        return EXERCISES[[*self.broken, *open_ones, *later][0]]

    def screen(self) -> Iterator[tuple[str, str]]:
        """The lines to show, each with its role."""
        if self.view is View.LIST:
            yield from (("row", line) for line in fitted(str(progress(folder=self.kit.package))).splitlines())
        else:
            if self.report:
                yield from self.report.lines()
            if self.stopped:
                yield "note", "  Stopped. Save the file to try again."
            for sentence in self.broken.values():
                yield "row", ""
                yield "headline", fitted(f"✗ {sentence}")
            if self.view is View.HINT:
                yield "row", ""
                yield from (("row", line) for line in self.hinted.splitlines())
        yield "row", ""
        yield "note", HELP
        yield "note", f"Checks again when you save {self.exercise.file}."


def run(state: Watch, show: Callable[[Watch], None]) -> None:
    """Show the screen and show it anew at every key and every saved file, until q or an interrupt."""
    if sys.platform == "emscripten":
        raise UsageError(
            "Nothing can watch files in a browser: save the file and run the cell with `check(...)` again."
        )
    from watchfiles import PythonFilter, watch

    state.check_again()
    show(state)
    with _keys() as pressed, contextlib.suppress(KeyboardInterrupt):
        changes = watch(
            state.kit.package,
            watch_filter=PythonFilter(),
            recursive=False,
            step=50,
            debounce=400,
            rust_timeout=120,
            yield_on_timeout=True,
            raise_interrupt=True,
        )
        for changed in changes:
            keys = pressed()
            for key in keys:
                state.press(key)
            if state.quitting:
                return
            if changed:
                state.check_again()
            if changed or keys:
                show(state)


@contextlib.contextmanager
def _keys() -> Iterator[Callable[[], str]]:
    """A function that gives the keys pressed since its last call, without waiting; none where input is no terminal."""
    if not sys.stdin.isatty():
        yield lambda: ""
    elif sys.platform == "win32":
        import msvcrt

        def pressed() -> str:
            keys = ""
            while msvcrt.kbhit():
                keys += msvcrt.getwch()
            return keys

        yield pressed
    else:
        import os
        import select
        import termios
        import tty

        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)

        def pressed() -> str:
            keys = b""
            while select.select([terminal], [], [], 0)[0]:
                keys += (got := os.read(terminal, 64))
                if not got:
                    break
            return keys.decode(errors="ignore")

        tty.setcbreak(terminal)
        try:
            yield pressed
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
