"""Runs the hidden tests, plain pytest, on a channel to some functions and collects what they found."""

import io
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import scipy.linalg  # noqa: F401 (its BLAS must be there before it can be given one thread)
from threadpoolctl import threadpool_limits

from gmmlearn.contract import EXERCISES
from gmmlearn.desks import stub_message
from gmmlearn.errors import GmmlearnError
from gmmlearn.grading.process import Stopped
from gmmlearn.grading.proxy import Channel, Student, StudentError
from gmmlearn.grading.session import Session
from gmmlearn.grading.submission import read_submission
from gmmlearn.grading.verdict import Status

JUDGE = pytest.StashKey["_Judge"]()
"""Where the fixtures of the hidden tests find the judge that runs them, in pytest's own config."""
FOLDER = Path(__file__).parents[2] / "tests" / "hidden"
_WITHOUT = (
    "cacheprovider",
    "terminal",
    "capture",
    "doctest",
    "unittest",
    "faulthandler",
    "logging",
    "junitxml",
    "threadexception",
    "unraisableexception",
    "warnings",
)


class HiddenTestFault(GmmlearnError):
    """A hidden test failed for a reason that is ours: it could not be run, or it stumbled itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one hidden test found about one exercise."""

    exercise: str
    name: str
    weight: float
    main: bool
    status: Status
    message: str | None
    mistake: str | None = None


def exercise_of(item: pytest.Item) -> str:
    """The exercise that a hidden test belongs to, from its marker."""
    marker = item.get_closest_marker("exercise")
    if marker is None or marker.args[0] not in EXERCISES:
        raise HiddenTestFault(f"{item.nodeid} carries no marker `exercise` with a name of the contract")
    return marker.args[0]


def entropy(seed: int, item: pytest.Item) -> list[int]:
    """Numbers from which the inputs of a test are drawn: the seed, the exercise and the test."""
    return [seed, zlib.crc32(exercise_of(item).encode()), zlib.crc32(item.name.encode())]


@contextmanager
def submission_subject(folder: Path) -> Iterator[Callable[[str], Channel]]:
    """A submission in the sandbox as a subject for `pytest tests/hidden --subject DIR`."""
    with Session(read_submission(folder)) as session:

        def channel(exercise: str) -> Channel:
            session.finish()
            session.begin(exercise, own=False)
            return session

        yield channel


def run(session: Session, exercises: Sequence[str], seed: int, *, own: bool = False) -> dict[str, list[Finding]]:
    """Run the hidden tests of some exercises on the functions of a worker.

    Parameters
    ----------
    session : Session
        The worker with the submission.
    exercises : sequence of str
        Names; none is tested twice.
    seed : int
        From which the hidden inputs are drawn.
    own : bool
        Whether the other functions are the student's own.

    Returns
    -------
    dict of str to list of Finding
        For each exercise its tests, the main comparison first.

    Raises
    ------
    HiddenTestFault
        When a test failed for a reason that is not the student's.
    """
    if not FOLDER.is_dir():
        raise HiddenTestFault(
            f"The hidden tests are not at {FOLDER}: grade with a clone of the repository, installed with `make setup`."
        )
    judge = _Judge(session, set(exercises), seed, own)
    modules = {EXERCISES[name].module for name in exercises}
    arguments = [str(FOLDER / f"test_{module}.py") for module in modules]
    options = [
        "--assert=plain",
        "--import-mode=importlib",
        f"--rootdir={FOLDER}",
        f"--confcutdir={FOLDER}",
        "--disable-plugin-autoload",
        "-c",
        os.devnull,
    ]
    said = io.StringIO()
    # One thread: the inputs are small, and threads that wait for one another cost more than they compute.
    with redirect_stdout(said), redirect_stderr(said), threadpool_limits(1), _no_settings_from_outside():
        code = pytest.main(
            [*options, *(f"-pno:{name}" for name in _WITHOUT), *arguments],
            plugins=[judge],
        )
    session.finish()
    if judge.fault is not None:
        raise judge.fault
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise HiddenTestFault(
            f"The hidden tests did not run to their end: {judge.collection_error or said.getvalue()[-800:]}"
        )
    missing = [name for name in exercises if not any(finding.main for finding in judge.findings[name])]
    if missing:
        raise HiddenTestFault(f"No main comparison was run for {', '.join(missing)}")
    return judge.findings


@contextmanager
def _no_settings_from_outside() -> Iterator[None]:
    """What a user has set for pytest in the environment is meant for other tests."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    try:
        yield
    finally:
        os.environ.update(kept)


class _Judge:
    """The pytest plug-in: hands out the proxy, exercise by exercise, and writes down what came of each test."""

    def __init__(self, session: Session, exercises: set[str], seed: int, own: bool) -> None:
        self.session = session
        self.seed = seed
        self.own = own
        self.findings: dict[str, list[Finding]] = {name: [] for name in exercises}
        self.fault: GmmlearnError | None = None
        self.collection_error: str | None = None
        self._begun: str | None = None
        self._stopped: Stopped | None = None

    def student(self, exercise: str) -> Student:
        """Called by the fixture `student` before each test."""
        if self._begun != exercise:
            self.session.finish()
            self.session.begin(exercise, own=self.own)
            self._begun, self._stopped = exercise, None
        if self._stopped is not None:
            raise self._stopped
        return Student(self.session)

    @pytest.hookimpl
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[JUDGE] = self
        config.option.tbstyle = "no"  # nobody reads how pytest would draw a failure, and to draw a hundred takes 2 s
        config.addinivalue_line("markers", "exercise(name, weight=1, main=False): see pyproject.toml")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collection_error = str(report.longrepr)[-800:]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = list(EXERCISES)
        items[:] = sorted(
            (item for item in items if exercise_of(item) in self.findings),
            key=lambda item: (order.index(exercise_of(item)), not _is_main(item)),
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        report = yield
        error = call.excinfo.value if call.excinfo else None
        if call.when == "call" or (error is not None and call.when == "setup"):
            self._write_down(item, error)
        elif error is not None:
            self.fault = HiddenTestFault(f"{item.nodeid}: {type(error).__name__}: {error}")
        if self.fault is not None:
            item.session.shouldstop = "fault"
        return report

    def _write_down(self, item: pytest.Item, error: BaseException | None) -> None:
        exercise = exercise_of(item)
        status, message = Status.PASSED, None
        if isinstance(error, Stopped):
            self._stopped = error
            status, message = error.status, str(error)
        elif isinstance(error, StudentError):
            status, message = _of_student_error(error, exercise)
        elif isinstance(error, AssertionError):
            status, message = Status.FAILED, str(error).partition("\n")[0] or item.name.replace("_", " ")
        elif isinstance(error, GmmlearnError):
            self.fault = error
            return
        elif error is not None:
            self.fault = HiddenTestFault(f"{item.nodeid}: {type(error).__name__}: {error}")
            return
        options: dict[str, Any] = item.get_closest_marker("exercise").kwargs
        self.findings[exercise].append(
            Finding(
                exercise,
                item.name.removeprefix("test_").replace("_", " "),
                options.get("weight", 1),
                _is_main(item),
                status,
                message,
                getattr(error, "mistake", None),
            )
        )


def _is_main(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("exercise").kwargs.get("main", False))


def _of_student_error(error: StudentError, exercise: str) -> tuple[Status, str]:
    """Status and sentence for an exception of the student's, with the line that raised it and no hidden input."""
    entry = EXERCISES[exercise]
    if error.kind == "NotWritten" and error.loading:
        return Status.NOT_STARTED, f"Not written yet: {error.message}."
    if "NotImplementedError" in error.kinds:
        return Status.NOT_STARTED, f"Not written yet. {stub_message(entry)}."
    if "MemoryError" in error.kinds:
        return Status.OUT_OF_MEMORY, f"{exercise} asked for more memory than there is."
    where = f" at {error.file}, line {error.line}" if error.line else ""
    text = f": {error.text}" if error.text else ""
    if error.loading:
        said = error.message if {"SyntaxError", "ImportError"} & set(error.kinds) else ""
        return Status.ERROR, f"{entry.file} cannot be imported: {error.kind}{where}{text}. {said}".strip()
    if "SystemExit" in error.kinds:
        return Status.ERROR, f"{exercise} ended the program (SystemExit){where}; return a value in its place."
    return Status.ERROR, f"{exercise} raised {error.kind}{where}{text}"
