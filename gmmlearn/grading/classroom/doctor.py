"""Looks a class over: what would stop the grading, or let out what is not for everybody, in one line each."""

import os
import shutil
import sqlite3
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ... import private
from ...calls import Status
from ...errors import GmmlearnError, UsageError
from ..judge.judging import judge_submission
from ..judge.submission import Submission
from ..nbgrader import access, settings, source
from . import doctor_assignments as assignments
from . import roster
from .assignment import class_folder
from .findings import RIGHT, UNUSED, WRONG, Finding, few, some

_FREE_BYTES = 2**30
_CLOCK_SECONDS = 2.0


def examine(folder: Path) -> Iterator[Finding]:
    """Look over a class.

    Parameters
    ----------
    folder : Path
        Of the class.

    Yields
    ------
    Finding
        One or more for each thing that is looked at.

    Raises
    ------
    UsageError
        When the folder is not a class.
    """
    course = class_folder(folder)
    for look in (_sandbox, _disk, _secret, _permissions, _roster, _clock, _alembic):
        yield from _looked(look, course)
    try:
        config = settings.load(course)
    except UsageError as error:
        yield Finding(WRONG, str(error), "Correct it; nothing that depends on the settings was looked at.")
        return
    yield Finding(RIGHT, f"{settings.FILE} can be read.")
    yield from _looked(lambda course: _exchange(config, course), course)
    gradebook = list(_looked(_gradebook, course))
    yield from gradebook
    for name in source.assignments(course):
        yield from _looked(lambda course, name=name: assignments.contents(course, name), course)
        yield from _looked(lambda course, name=name: assignments.hunt(course, name), course)
        if all(finding.mark != WRONG for finding in gradebook):
            yield from _looked(lambda course, name=name: assignments.deadline(course, name), course)
            yield from _looked(lambda course, name=name: assignments.solutions(course, name, config), course)


def _looked(look: Callable[[Path], Iterator[Finding]], course: Path) -> Iterator[Finding]:
    """What one of the looks finds; what it cannot read is a finding as well."""
    try:
        yield from look(course)
    except (UsageError, OSError) as error:
        yield Finding(WRONG, str(error), "Correct this first.")


def _sandbox(course: Path) -> Iterator[Finding]:
    """A submission of one right function, judged as any other."""
    began = time.monotonic()
    text = (private.FOLDERS["solutions"] / "e_step.py").read_bytes()
    try:
        verdict = judge_submission(Submission({"e_step": text}), ("assign",), seed=1)
    except GmmlearnError as error:
        yield Finding(WRONG, "The sandbox does not work, so nothing would be graded.", str(error))
        return
    passed = verdict.exercises["assign"].status is Status.PASSED
    if passed:
        yield Finding(RIGHT, f"The sandbox judges a right function as right, in {time.monotonic() - began:.1f} s.")
    else:
        yield Finding(
            WRONG, "A right function did not pass in the sandbox.", f"It said: {verdict.exercises['assign'].message}"
        )


def _disk(course: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(course).free
    text = f"{free / 2**30:.1f} GB are free where the class is."
    if free < _FREE_BYTES:
        yield Finding(WRONG, text, "Make room: a full disk stops the grading (nothing is lost by that).")
    else:
        yield Finding(RIGHT, text)


def _secret(course: Path) -> Iterator[Finding]:
    path = course / access.SECRET_FILE
    if not path.exists():
        yield Finding(
            WRONG,
            f"{access.SECRET_FILE} is not there: hidden inputs are drawn from it.",
            "Put it back from a backup. With a new one every student gets other hidden inputs.",
        )
    elif len(path.read_text().strip()) < 32:
        yield Finding(WRONG, f"{access.SECRET_FILE} is not a secret of 64 digits.", "Put it back from a backup.")
    else:
        yield Finding(RIGHT, f"{access.SECRET_FILE} is there.")


def _permissions(course: Path) -> Iterator[Finding]:
    found = access.open_to_others(course)
    wanted = access.modes(course)
    if found:
        yield Finding(
            WRONG,
            f"Others on this machine can come to {len(found)} files and folders, such as {some(found, course)}.",
            f"`gmmlearn class unshare {course}`, or `gmmlearn class share {course} GROUP`.",
        )
    elif wanted is access.SHARED:
        group = course.stat().st_gid
        yield Finding(
            RIGHT, f"The class is open to {access.owner_of(course)} and the group {access.group(group)} only."
        )
    else:
        yield Finding(RIGHT, f"The class is open to {access.owner_of(course)} only.")


def _roster(course: Path) -> Iterator[Finding]:
    listed = set(roster.read(course))
    there = {path.name for path in (course / "submitted").glob("*") if path.is_dir()}
    if not listed:
        yield Finding(UNUSED, f"There is no {roster.FILE}: who has not handed in is not known.")
        return
    strangers = sorted(there - listed)
    if strangers:
        yield Finding(
            WRONG,
            f"{len(strangers)} in submitted/ are not in {roster.FILE}: {few(strangers)}.",
            "Correct the id in the roster, or the name of the folder and hand-in.",
        )
    else:
        yield Finding(RIGHT, f"{roster.FILE} has {len(listed)} students; {len(there)} of them have handed in.")


def _clock(course: Path) -> Iterator[Finding]:
    """This machine against the file system, which may be on another one, and the files of the class."""
    with tempfile.TemporaryFile(dir=course) as file:
        file.write(b"now")
        file.flush()
        apart = abs(os.fstat(file.fileno()).st_mtime - time.time())
    future = [path for path in course.glob("*") if path.stat().st_mtime > time.time() + _CLOCK_SECONDS]
    if apart > _CLOCK_SECONDS:
        yield Finding(
            WRONG,
            f"The clock of this machine and that of the file system are {apart:.0f} s apart.",
            "Ask who runs the machines; until then, who is late is not certain.",
        )
    elif future:
        yield Finding(
            WRONG, f"{some(future, course)} has a time in the future.", "The clock was or is wrong: compare `date`."
        )
    else:
        yield Finding(RIGHT, f"It is {time.strftime('%Y-%m-%d %H:%M %Z')}; machine, file system and files agree.")


def _gradebook(course: Path) -> Iterator[Finding]:
    path = course / access.GRADEBOOK
    if not path.exists() or not path.stat().st_size:
        if any((course / "release").glob("*")):
            to_do = "Put it back from a backup; `nbgrader generate_assignment NAME --force` makes a new one, empty."
            yield Finding(WRONG, f"{path.name} is not there, but release/ is.", to_do)
        else:
            yield Finding(UNUSED, "There is no gradebook yet: `nbgrader generate_assignment` makes it.")
        return
    try:
        with sqlite3.connect(path, timeout=1, isolation_level=None) as database:
            whole = database.execute("pragma quick_check").fetchone()[0] == "ok"
            version = database.execute("select count(*) from alembic_version").fetchone()[0]
            database.execute("begin immediate")
            database.execute("rollback")
        database.close()
    except sqlite3.Error as error:
        if "locked" in str(error):
            to_do = "Another program is writing: end it, or wait."
        elif "alembic_version" in str(error):
            to_do = "It is half made: move it away and run `nbgrader generate_assignment` again."
        else:
            to_do = "Put it back from a backup."
        yield Finding(WRONG, f"gradebook.db: {error}.", to_do)
        return
    if access.modes(course) is access.SHARED and not path.stat().st_mode & stat.S_IWGRP:
        group = access.group(course.stat().st_gid)
        yield Finding(
            WRONG, f"{path.name} cannot be written by the group.", f"`gmmlearn class share {course} {group}`."
        )
    elif whole and version:
        yield Finding(RIGHT, "gradebook.db is whole, and can be written.")
    else:
        yield Finding(WRONG, "gradebook.db is damaged.", "Put it back from a backup.")


def _alembic(course: Path) -> Iterator[Finding]:
    if shutil.which("alembic", path=str(Path(sys.executable).parent)):
        yield Finding(RIGHT, "alembic, with which nbgrader makes the gradebook, is beside this Python.")
    else:
        yield Finding(WRONG, f"There is no alembic beside {sys.executable}.", "Use the environment of `make setup`.")


def _exchange(config: Any, course: Path) -> Iterator[Finding]:
    root = Path(config.Exchange.get("root", ""))
    inbound = root / config.CourseDirectory.get("course_id", "") / "inbound"
    if not root.is_dir():
        yield Finding(UNUSED, f"There is no exchange at {root}. None is needed where hand-ins come as archives.")
        return
    mode = root.stat().st_mode & 0o777
    if mode != 0o777 and access.modes(course) is access.PRIVATE:
        yield Finding(WRONG, f"The exchange {root} has the mode {mode:o}; nbgrader wants 777.", f"`chmod 777 {root}`")
    elif inbound.is_dir() and inbound.stat().st_mode & 0o733 != 0o733:
        yield Finding(WRONG, f"Students cannot hand in at {inbound}.", f"`chmod 2733 {inbound}`")
    else:
        yield Finding(RIGHT, f"The exchange at {root} is open to students.")
