"""Runs the hidden tests on the functions of a submission, and collects what each of them found.

What all tests of an exercise have seen together says which known mistake it is.
"""

import hashlib
import io
import itertools
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import replace

import numpy as np
import pytest
import scipy.linalg  # noqa: F401 (its BLAS must be there before it can be given one thread)
from threadpoolctl import threadpool_limits

from ... import private
from ...calls import Status, Stopped
from ...checks.diagnosing.cases import Case
from ...contract import EXERCISES
from ...errors import GmmlearnError
from ...loading import Subject
from .examination import Examination, Finding, Run, best, status_of
from .hidden_tests import RUNNER, Expect, HiddenTestFault, Unexpected, exercise_of, not_written
from .session import Session

NOT_ALIKE = "This failed with the inputs that were drawn for you, but not in the same way with those of an example."
_WORTH_A_SECOND_RUN = (Status.WRONG, Status.ERROR)
_WITHOUT = (
    *("cacheprovider", "terminal", "capture", "doctest", "unittest", "faulthandler", "logging", "junitxml"),
    *("threadexception", "unraisableexception", "warnings"),
)


def run(session: Session, exercises: Sequence[str], seed: int) -> dict[str, Examination]:
    """Run the hidden tests of some exercises on the functions of a worker.

    Parameters
    ----------
    session : Session
        The worker with the submission.
    exercises : sequence of str
        Names; none is tested twice.
    seed : int
        From which the hidden inputs are drawn.

    Returns
    -------
    dict of str to Examination
        With right earlier functions or, where that failed and more was earned so, with the student's own; with an
        example where something wrong was returned or an exception raised.

    Raises
    ------
    HiddenTestFault
        When a test failed for a reason that is not the student's.
    """

    def begin(exercise: str, own: bool) -> Subject:
        session.finish()
        session.begin(exercise, own=own)
        return session.call

    runner = Runner(begin, exercises, seed)
    try:
        runner.run()
        session.finish()
        session.renew()
        with threadpool_limits(1):
            runner.tell()
            return {name: best(runs).examination(name) for name, runs in runner.runs.items()}
    finally:
        session.finish()


class Runner:
    """The pytest plug-in: hands out `expect`, exercise by exercise, and writes down what each test found.

    Parameters
    ----------
    begin : callable or None
        Gives the subject of an exercise, with right functions before it or the student's own; None collects the
        cases only.
    exercises : sequence of str
    seed : int

    Attributes
    ----------
    runs : dict of str to list of Run
        For each exercise one run of its tests, or two.
    """

    def __init__(self, begin: Callable[[str, bool], Subject] | None, exercises: Sequence[str], seed: int) -> None:
        self.begin, self.seed = begin, seed
        self.runs: dict[str, list[Run]] = {name: [Run()] for name in exercises}
        self._fault: GmmlearnError | None = None
        self._collection_error = ""

    def run(self) -> None:
        """Run the tests of the exercises; raises `HiddenTestFault`."""
        private.package("solutions")
        folder = private.FOLDERS["hidden"]
        modules = dict.fromkeys(EXERCISES[name].module for name in self.runs)
        files = [str(folder / f"test_{module}.py") for module in modules]
        options = ["--assert=plain", "--import-mode=importlib", f"--rootdir={folder}", f"--confcutdir={folder}"]
        options += ["--disable-plugin-autoload", "-c", os.devnull, *(f"-pno:{name}" for name in _WITHOUT)]
        said = io.StringIO()
        # One thread: the inputs are small, and threads that wait for one another cost more than they compute.
        with redirect_stdout(said), redirect_stderr(said), threadpool_limits(1), _no_settings_from_outside():
            code = pytest.main([*options, *files], plugins=[self])
        if self._fault is not None:
            raise self._fault
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            error = self._collection_error or said.getvalue()[-800:]
            raise HiddenTestFault(f"The hidden tests did not run to their end: {error}")
        missing = [name for name, runs in self.runs.items() if not any(one.main for one in runs[0].findings)]
        if missing:
            raise HiddenTestFault(f"No main comparison was run for {', '.join(missing)}.")

    def expect(self, item: pytest.Item) -> Expect:
        """Called by the fixture `expect` before each test."""
        exercise = exercise_of(item)
        run = self.runs[exercise][-1]
        if self.begin is not None:
            if run.stopped is not None:
                raise run.stopped
            if run.subject is None:
                run.subject = self.begin(exercise, run.own)
        run.expects.append(Expect(exercise, item.name.removeprefix("test_"), run.subject))
        return run.expects[-1]

    def rng(self, item: pytest.Item) -> np.random.Generator:
        """Called by the fixture `rng`."""
        return drawn_from(self.seed, item)

    @pytest.hookimpl
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[RUNNER] = self
        config.option.tbstyle = "no"  # nobody reads how pytest would draw a failure, and to draw a hundred takes 2 s
        config.addinivalue_line("markers", "exercise(name, weight=1, main=False): see pyproject.toml")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._collection_error = str(report.longrepr)[-800:]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = list(EXERCISES)
        items[:] = sorted(
            (item for item in items if exercise_of(item) in self.runs),
            key=lambda item: (order.index(exercise_of(item)), not _is_main(item)),
        )

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the tests of an exercise, and once more at once where the student's own functions may change something.

        Not after those of later exercises: the box would have to be built again, see `box.py`.
        """
        if session.testsfailed:  # at the collection
            return None
        for exercise, group in itertools.groupby(session.items, exercise_of):
            items = list(group)
            self._run_items(session, items)
            first = self.runs[exercise][0]
            if self.begin is not None and not first.stopped and status_of(first.findings) in _WORTH_A_SECOND_RUN:
                self.runs[exercise].append(Run(own=True))
                self._run_items(session, items)
        return True

    def _run_items(self, session: pytest.Session, items: Sequence[pytest.Item]) -> None:
        for item, after in itertools.zip_longest(items, items[1:]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        report = yield
        error = call.excinfo.value if call.excinfo else None
        if call.when == "call" or (error is not None and call.when == "setup"):
            self._write_down(item, error)
        elif error is not None:
            self._fault = _fault(item, error)
        if self._fault is not None:
            item.session.shouldstop = "fault"
        return report

    def _write_down(self, item: pytest.Item, error: BaseException | None) -> None:
        status, message = Status.PASSED, None
        exercise = exercise_of(item)
        run = self.runs[exercise][-1]
        if isinstance(error, Stopped):
            run.stopped_in, run.stopped = run.stopped_in or item, error
            status, message = error.status, str(error)
        elif isinstance(error, Unexpected):
            status, message = error.status, str(error)
            if message != not_written(exercise):
                message = NOT_ALIKE
                run.failing.append(item)
        elif error is not None:
            self._fault = error if isinstance(error, GmmlearnError) else _fault(item, error)
            return
        weight = item.get_closest_marker("exercise").kwargs.get("weight", 1)
        run.findings.append(Finding(_name(item), weight, _is_main(item), status, message))

    def tell(self) -> None:
        """Say of each test that failed what is wrong, with inputs of the example in place of those that grade.

        A function can write all that it was given into what it returns or raises: a name, a shape, a number, a line.
        So what a student reads comes from processes that have seen no input that counts.
        """
        for exercise, runs in self.runs.items():
            run = best(runs)
            first = next((one for one in run.findings if one.status is not Status.PASSED), None)
            if run.stopped_in is not None and first.name == _name(run.stopped_in) and run.expects:
                run.like_unfinished = self._like_unfinished(run.stopped_in, len(run.expects[-1].trials))
            elif run.failing:
                with suppress(Stopped):  # all time was used, or the function ends its process at these inputs
                    self._tell(exercise, run)

    def _tell(self, exercise: str, run: Run) -> None:
        subject = self.begin(exercise, run.own)
        for item in run.failing:
            expect = Expect(exercise, item.name.removeprefix("test_"), subject)
            try:
                item.function(expect=expect, rng=drawn_from(example_seed(self.seed), item))
            except Unexpected as error:
                run.findings = [
                    replace(one, message=str(error)) if (one.name, one.status) == (_name(item), error.status) else one
                    for one in run.findings
                ]
            except (Stopped, GmmlearnError):
                raise
            except Exception as error:
                raise _fault(item, error) from error
            if item is run.failing[0]:
                run.example = next((trial for trial in expect.trials if trial.mismatch), None)

    def _like_unfinished(self, item: pytest.Function, place: int) -> Case | None:
        """The case of a test at which a process ended, with the inputs of the example; nothing is run again."""
        expect = Expect(exercise_of(item), item.name.removeprefix("test_"), None)
        item.function(expect=expect, rng=drawn_from(example_seed(self.seed), item))
        return expect.cases[place] if place < len(expect.cases) else None


def _fault(item: pytest.Item, error: BaseException) -> HiddenTestFault:
    return HiddenTestFault(f"{item.nodeid}: {type(error).__name__}: {error}")


def example_seed(seed: int) -> int:
    """From which the inputs of examples are drawn: what is shown of one seed tells nothing of the other.

    >>> example_seed(1) == example_seed(1) != example_seed(2)
    True
    """
    return int.from_bytes(hashlib.blake2b(str(seed).encode(), digest_size=8, person=b"example").digest(), "big")


def drawn_from(seed: int, item: pytest.Item) -> np.random.Generator:
    """The generator of a hidden test: the same for the same seed, exercise and test, whatever else runs."""
    return np.random.default_rng([seed, zlib.crc32(exercise_of(item).encode()), zlib.crc32(item.name.encode())])


def _name(item: pytest.Item) -> str:
    return item.name.removeprefix("test_").replace("_", " ")


def _is_main(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("exercise").kwargs.get("main", False))


@contextmanager
def _no_settings_from_outside() -> Iterator[None]:
    """What a user has set for pytest in the environment is meant for other tests."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    try:
        yield
    finally:
        os.environ.update(kept)
