"""Looks an assignment of a class over: its files, its bug hunt, its deadline, solutions that it hands out too early."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import __version__, private
from ...contract import TESTS, TESTS_FILE
from ...errors import GmmlearnError, UsageError
from ...hunting.bugs import bugs_of
from ...manifest import IN_SANDBOX, PACKAGE
from ..judge import hunting
from ..judge.submission import Submission
from ..nbgrader import deadlines, hunts, project, source
from . import making, roster
from .findings import RIGHT, UNUSED, WRONG, Finding, few, some


def contents(course: Path, name: str) -> Iterator[Finding]:
    """What an assignment asks for, and whether its files are those that grade it."""
    folder = course / "source" / name
    asked = _asked(folder)
    if not asked.worth:
        yield Finding(WRONG, f"{name} has no exercises.", f"Put the notebooks back into {folder}.")
        return
    ours = {folder / "gmmlearn" / path.relative_to(PACKAGE): path for path in _kit_files(asked)}
    changed = [path for path, same in ours.items() if not _same(path, same)]
    if changed:
        yield Finding(
            WRONG,
            f"{name} was not made with the version that grades it, {__version__}: {some(changed, folder)} differ.",
            "Grade with the version that was handed out, or hand out the new one.",
        )
    else:
        yield Finding(RIGHT, f"{name}: {_said(asked)}, made with this version {__version__}.")
    release = course / "release" / name
    if not release.is_dir():
        yield Finding(UNUSED, f"{name} is not generated yet: `nbgrader generate_assignment {name}`.")
    elif _asked(release) != asked:
        yield Finding(
            WRONG,
            f"release/{name} has other exercises or points than source/{name}.",
            f"`nbgrader generate_assignment {name} --force`, and hand it out again.",
        )


@dataclass(frozen=True)
class _Asked:
    """What an assignment asks for: points of the exercises and the project, and extra points of the bug hunt."""

    worth: dict[str, float]
    extra_points: float = 0.0


def _asked(folder: Path) -> _Asked:
    return _Asked(source.points(folder) | project.points(folder), hunts.extra_points(folder))


def _said(asked: _Asked) -> str:
    """What an assignment asks for, in words.

    >>> _said(_Asked({"assign": 50, "project": 50})), _said(_Asked({"project": 100}))
    ('1 exercise and the project, 100 points', 'the project, 100 points')
    >>> _said(_Asked({"assign": 33.25, "responsibilities": 66.75}, 8))
    '2 exercises, 100 points, and a bug hunt for up to 8 extra points'
    """
    n = len([name for name in asked.worth if name != project.GRADE_ID])
    parts = [f"{n} exercise{'' if n == 1 else 's'}"] if n else []
    parts += ["the project"] if project.GRADE_ID in asked.worth else []
    hunt = f", and a bug hunt for up to {asked.extra_points:g} extra points" if asked.extra_points else ""
    return f"{' and '.join(parts)}, {sum(asked.worth.values()):g} points{hunt}"


def hunt(course: Path, name: str) -> Iterator[Finding]:
    """The bug hunt of an assignment, if it has one: a test that catches nothing is tried on the wrong functions."""
    folder = course / "source" / name
    if not hunts.extra_points(folder):
        return
    exercises = list(source.points(folder))
    if not exercises:
        yield Finding(WRONG, f"{name} has a bug hunt and no exercises.", f"Put the notebooks back into {folder}.")
        return
    if not (folder / TESTS_FILE).exists():
        yield Finding(
            WRONG,
            f"{name} has a bug hunt and no {TESTS_FILE}, so students' tests would not be collected.",
            f"Copy it to {folder / 'gmmlearn'} from {course / 'release' / name}, or make the assignment again.",
        )
        return
    try:
        without = [exercise for exercise in exercises if not bugs_of(exercise, private.BUGS)]
        tests = Submission({TESTS: f"def test_{exercises[0]}(function):\n    pass\n".encode()})
        found = {} if without else hunting.hunts(tests, exercises[:1], seed=1)
    except (GmmlearnError, OSError) as error:
        yield Finding(WRONG, f"The bug hunt of {name} cannot be graded: {error}", "Correct this first.")
        return
    wrong = [one.problem for one in found.values() if one.problem]
    if without:
        to_do = "Take those of the version that made the class."
        yield Finding(WRONG, f"There are no wrong functions for the bug hunt in {few(without)}.", to_do)
    elif wrong:
        yield Finding(WRONG, f"A test that asserts nothing is refused in the bug hunt of {name}: {wrong[0]}")
    else:
        n = sum(len(bugs_of(exercise, private.BUGS)) for exercise in exercises)
        yield Finding(RIGHT, f"{name}: the bug hunt has {n} wrong functions, and the sandbox tries tests on them.")


def solutions(course: Path, name: str, config: Any) -> Iterator[Finding]:
    """Solutions in an assignment that another one still asks for: a fault once students have them."""
    outbound = Path(config.Exchange.get("root", ""), config.CourseDirectory.get("course_id", ""), "outbound")
    for note in making.solutions_handed_out(course, name):
        if note.startswith(f"{name} holds"):
            yield Finding(WRONG if (outbound / name).is_dir() else UNUSED, note)


def deadline(course: Path, name: str) -> Iterator[Finding]:
    """When it is due, and whose extensions cannot be meant so."""
    found = deadlines.find(course, name)
    if found.due is None:
        yield Finding(UNUSED, f"{name} has no deadline: `gmmlearn class due {course} DATE --assignment {name}`.")
        return
    earlier = sorted(student for student, moment in found.extensions.items() if moment < found.due)
    try:
        listed = roster.read(course)
    except UsageError:  # told by `_roster`
        listed = {}
    unknown = sorted(set(found.extensions) - set(listed)) if listed else []
    text = f"{name} is due {deadlines.said(found.due, found.zone)}; extensions: {len(found.extensions)}."
    if earlier:
        yield Finding(WRONG, f"{text} Those of {few(earlier)} end before.", f"Correct {deadlines.FILE}.")
    elif unknown:
        yield Finding(WRONG, f"{text} {few(unknown)} are not in {roster.FILE}.", f"Correct {deadlines.FILE}.")
    else:
        yield Finding(RIGHT, text)


def _kit_files(asked: _Asked) -> list[Path]:
    """What the package holds to run and check what is asked for, which must be the same in a student's copy."""
    folders = ["checks", *(["project"] if project.GRADE_ID in asked.worth else [])]
    folders += ["hunting"] if asked.extra_points else []
    paths = [path for name in folders for path in sorted((PACKAGE / name).rglob("*.py"))]
    return [*(PACKAGE / name for name in (*IN_SANDBOX, "library.py")), *paths]


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()
