"""The verdicts of a class: kept in files, judged again only when the submission or the tests changed."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ... import atomic
from ...contract import CHAPTERS, EXERCISES
from ...errors import UsageError
from ..judge import digests
from ..judge.sandbox import Limits
from ..judge.submission import Submission, read_submission
from ..judge.verdict import Verdict
from . import access, placeholders
from .access import SECRET_FILE

CHANGES_FILE = "changes.jsonl"
"""Beside the verdicts: a line for each that was new or changed, with the old points, the new ones and the time."""


def new_secret(course: Path) -> None:
    """Write the class secret, readable by its owner only."""
    fd = os.open(course / SECRET_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(fd, "w") as file:
        file.write(secrets.token_hex(32) + "\n")


def seed_in_class(course: Path, student: str) -> int:
    """Seed of a student's hidden inputs in this class.

    Raises
    ------
    UsageError
        When the folder holds no class secret.
    """
    from ..judge.judging import seed_of  # pytest and SciPy, which most commands of a class do without

    try:
        secret = (course / SECRET_FILE).read_bytes().strip()
    except PermissionError:
        raise UsageError(access.unreadable(course / SECRET_FILE)) from None
    except OSError as error:
        raise UsageError(
            f"{course / SECRET_FILE} cannot be read ({error.strerror}): "
            "is this a class that `gmmlearn class create` made?"
        ) from error
    return seed_of(secret, student)


def verdict_file(course: Path, assignment: str, student: str) -> Path:
    """Where the verdict on a submission is kept."""
    return course / "verdicts" / assignment / f"{student}.json"


@dataclass(frozen=True)
class Pending:
    """A hand-in and what is still to be judged of it.

    Attributes
    ----------
    submission : Submission
        As it was read.
    seed : int
        Of the student's hidden inputs.
    sandbox : bool
        Whether the code is to run in the sandbox.
    exercises : tuple of str
        Those to judge: all whose verdict is missing, or rests on other tests, another hand-in or other versions.
    kept : Verdict or None
        What is known already, of this or of an earlier hand-in.
    hunts : tuple of str
        The exercises of the bug hunt, if the student's tests are to be tried.
    """

    submission: Submission
    seed: int
    sandbox: bool
    exercises: tuple[str, ...]
    kept: Verdict | None
    hunts: tuple[str, ...] = ()

    @property
    def settled(self) -> Verdict | None:
        """The kept verdict where nothing is to be judged."""
        return None if self.exercises or self.hunts else self.kept

    @property
    def same(self) -> bool:
        """Whether the kept verdict is on this hand-in, with this seed."""
        kept = self.kept
        return kept is not None and (kept.submission, kept.seed) == (self.submission.digest, self.seed)


def pending(
    course: Path,
    assignment: str,
    student: str,
    submitted: Path,
    exercises: Sequence[str],
    *,
    sandbox: bool = True,
    only: Sequence[str] = (),
    limits: Limits | None = None,
    hunts: Sequence[str] = (),
) -> Pending:
    """What is still to be judged of a hand-in.

    Parameters
    ----------
    course : Path
        Folder of the class.
    assignment, student : str
        Their ids.
    submitted : Path
        What the student handed in.
    exercises : sequence of str
        Those of the assignment.
    sandbox : bool
        Whether to run the code in the sandbox.
    only : sequence of str
        Judge these again, whatever has changed, and no others of a hand-in that was judged before.
    limits : Limits, optional
        What the submission may use; where that has changed, all of it is judged again.
    hunts : sequence of str
        Those in which tests for the bug hunt count.

    Returns
    -------
    Pending
    """
    submission = submission_in(submitted)
    seed = seed_in_class(course, student)
    kept = read(verdict_file(course, assignment, student))
    found = Pending(submission, seed, sandbox, tuple(exercises), kept, tuple(hunts))
    if not found.same or not set(exercises) <= set(kept.exercises) or kept.sandbox != sandbox:
        return found
    if only:
        return replace(found, exercises=tuple(name for name in exercises if name in only), hunts=())
    if kept.versions != digests.libraries() or (kept.limits or asdict(Limits())) != asdict(limits or Limits()):
        return found
    stale = (name for name in exercises if kept.exercises[name].rests_on != digests.of_tests(name))
    new_hunts = kept.hunts_rest_on != digests.of_hunts(found.hunts)
    return replace(found, exercises=tuple(stale), hunts=found.hunts if new_hunts else ())


def merged(waiting: Pending, judged: Verdict, *, never_lower: bool = False) -> Verdict:
    """The verdict on a hand-in: what was judged now, and what is kept of the rest.

    Parameters
    ----------
    waiting : Pending
    judged : Verdict
        Of the exercises that were pending.
    never_lower : bool
        Keep an exercise's earlier verdict on the same hand-in where it gave more points.
    """
    if not waiting.same:
        return judged
    found = waiting.kept.exercises | judged.exercises
    if never_lower:
        for name, now in judged.exercises.items():
            before = waiting.kept.exercises.get(name)
            if before is not None and before.points > now.points:
                found[name] = replace(before, rests_on=now.rests_on)
    if not waiting.hunts:
        judged = replace(judged, hunts=waiting.kept.hunts, hunts_rest_on=waiting.kept.hunts_rest_on)
    elif never_lower:
        both = (waiting.kept.hunts, judged.hunts)
        shares = {name: max((one[name] for one in both if name in one), key=lambda one: one.share)
                  for name in EXERCISES if any(name in one for one in both)}  # fmt: skip
        judged = replace(judged, hunts=shares)
    return replace(judged, exercises={name: found[name] for name in EXERCISES if name in found})


def keep(course: Path, assignment: str, student: str, verdict: Verdict) -> None:
    """Write a verdict in its place, whole or not at all, and what it changes into the log."""
    path = verdict_file(course, assignment, student)
    before = read(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = atomic.draft_of(path)
    draft.write_text(json.dumps(verdict.to_json(), indent=1))
    old = None if before is None else _points(before)
    if old != _points(verdict) or before.submission != verdict.submission:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        tests = {name: exercise.rests_on for name, exercise in verdict.exercises.items()}
        line = {"time": now, "student": student, "submission": verdict.submission[:16], "old": old}
        line |= {"new": _points(verdict), "versions": verdict.versions, "tests": tests}
        with open(path.with_name(CHANGES_FILE), "a") as log:
            log.write(json.dumps(line) + "\n")
    draft.replace(path)


def _points(verdict: Verdict) -> dict[str, float]:
    return {name: exercise.points for name, exercise in verdict.exercises.items()}


def current(
    course: Path,
    assignment: str,
    student: str,
    submitted: Path,
    exercises: Sequence[str],
    *,
    sandbox: bool = True,
    limits: Limits | None = None,
    hunts: Sequence[str] = (),
) -> Verdict:
    """The verdict on a submission: the kept one if nothing has changed, else a new one, which is then kept.

    Parameters are those of `pending` and `judge`.

    Raises
    ------
    GmmlearnError
        As `judge` does; the kept verdict is then as it was.
    """
    from ..judge.judging import judge_submission

    waiting = pending(course, assignment, student, submitted, exercises, sandbox=sandbox, limits=limits, hunts=hunts)
    if waiting.settled is not None:
        return waiting.settled
    judged = judge_submission(
        waiting.submission, waiting.exercises, seed=waiting.seed, sandbox=sandbox, limits=limits, hunts=waiting.hunts
    )
    verdict = merged(waiting, judged)
    keep(course, assignment, student, verdict)
    return verdict


def read(path: Path) -> Verdict | None:
    """A kept verdict; None if there is none, or one that another version of the project wrote."""
    try:
        return Verdict.from_json(json.loads(path.read_text()))
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        return None


def submission_in(submitted: Path) -> Submission:
    """What is judged in a folder; the placeholders of files that were set aside count like the files."""
    submission = read_submission(submitted)
    package = placeholders.on(submitted / "gmmlearn")
    if package:
        return replace(submission, problems=dict.fromkeys(CHAPTERS, f"gmmlearn in the submission {package}"))
    found = {
        module: f"gmmlearn/{module}.py {note}"
        for module in CHAPTERS
        if module not in submission.sources and module not in submission.problems
        if (note := placeholders.on(submitted / "gmmlearn" / f"{module}.py"))
    }
    return replace(submission, problems=submission.problems | found)
