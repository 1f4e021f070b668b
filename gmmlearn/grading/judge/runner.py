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
from .examination import Examination, Finding, Run, status_of
from .hidden_tests import RUNNER, Expect, HiddenTestFault, Unexpected, exercise_of
from .session import Session

_WORTH_A_SECOND_RUN = (Status.WRONG, Status.ERROR)
_WITHOUT = (
    *("cacheprovider", "terminal", "capture", "doctest", "unittest", "faulthandler", "logging", "junitxml"),
    *("threadexception", "unraisableexception", "warnings"),
)


def run(session: Session, exercises: Sequence[str], seed: int) -> dict[str, list[Examination]]:
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
    dict of str to list of Examination
        One for each exercise, and a second one, on the student's own functions throughout, where that may change
        something; with an example where something wrong was returned or an exception raised.

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
    finally:
        session.finish()
    with threadpool_limits(1):
        return {name: [one.examination(name) for one in runs] for name, runs in runner.runs.items()}


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
        self._find_example(exercise_of(items[0]))

    def _find_example(self, exercise: str) -> None:
        """Run the first test that failed once more, with the inputs of the example, when its exercise has been graded.

        It has a process of its own, which has seen no input that counts and cannot show one.
        """
        run = self.runs[exercise][-1]
        if run.failing is None or self.begin is None:
            return
        name = run.failing.name.removeprefix("test_")
        if run.stopped is not None:
            if run.expects and run.expects[-1].test == name:
                run.like_unfinished = self._like_unfinished(run.failing, len(run.expects[-1].trials))
            return
        expect = Expect(exercise, name, self.begin(exercise, run.own))
        with suppress(Unexpected, Stopped):
            run.failing.function(expect=expect, rng=drawn_from(example_seed(self.seed), run.failing))
        run.example = next((trial for trial in expect.trials if trial.mismatch), None)

    def _like_unfinished(self, item: pytest.Function, place: int) -> Case | None:
        """The case of a test at which a process ended, with the inputs of the example; nothing is run again."""
        expect = Expect(exercise_of(item), item.name.removeprefix("test_"), None)
        item.function(expect=expect, rng=drawn_from(example_seed(self.seed), item))
        return expect.cases[place] if place < len(expect.cases) else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        report = yield
        error = call.excinfo.value if call.excinfo else None
        if call.when == "call" or (error is not None and call.when == "setup"):
            self._write_down(item, error)
        elif error is not None:
            self._fault = HiddenTestFault(f"{item.nodeid}: {type(error).__name__}: {error}")
        if self._fault is not None:
            item.session.shouldstop = "fault"
        return report

    def _write_down(self, item: pytest.Item, error: BaseException | None) -> None:
        status, message = Status.PASSED, None
        run = self.runs[exercise_of(item)][-1]
        if isinstance(error, Stopped):
            run.stopped = error
        if isinstance(error, Stopped | Unexpected):
            status, message = error.status, str(error)
            if run.failing is None and status is not Status.NOT_STARTED:
                run.failing = item
        elif error is not None:
            ours = isinstance(error, GmmlearnError)
            self._fault = error if ours else HiddenTestFault(f"{item.nodeid}: {type(error).__name__}: {error}")
            return
        weight = item.get_closest_marker("exercise").kwargs.get("weight", 1)
        name = item.name.removeprefix("test_").replace("_", " ")
        run.findings.append(Finding(name, weight, _is_main(item), status, message))


def example_seed(seed: int) -> int:
    """From which the inputs of examples are drawn: what is shown of one seed tells nothing of the other.

    >>> example_seed(1) == example_seed(1) != example_seed(2)
    True
    """
    return int.from_bytes(hashlib.blake2b(str(seed).encode(), digest_size=8, person=b"example").digest(), "big")


def drawn_from(seed: int, item: pytest.Item) -> np.random.Generator:
    """The generator of a hidden test: the same for the same seed, exercise and test, whatever else runs."""
    return np.random.default_rng([seed, zlib.crc32(exercise_of(item).encode()), zlib.crc32(item.name.encode())])


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
