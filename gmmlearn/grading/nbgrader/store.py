"""The verdicts of a class: kept in files, judged again only when the submission or the tests changed."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...contract import CHAPTERS
from ...errors import UsageError
from ..judge.judging import judge_submission, seed_of, versions
from ..judge.submission import Submission, read_submission
from ..judge.verdict import Verdict
from . import placeholders

SECRET_FILE = ".secret"


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
    try:
        secret = (course / SECRET_FILE).read_bytes().strip()
    except OSError as error:
        raise UsageError(
            f"{course / SECRET_FILE} cannot be read ({error.strerror}): "
            "is this a class that `gmmlearn class create` made?"
        ) from error
    return seed_of(secret, student)


def verdict_file(course: Path, assignment: str, student: str) -> Path:
    """Where the verdict on a submission is kept."""
    return course / "verdicts" / assignment / f"{student}.json"


def current(
    course: Path,
    assignment: str,
    student: str,
    submitted: Path,
    exercises: Sequence[str],
    *,
    sandbox: bool = True,
) -> Verdict:
    """The verdict on a submission: the kept one if nothing has changed, else a new one, which is then kept.

    Parameters
    ----------
    course : Path
        Folder of the class.
    assignment, student : str
        Their ids.
    submitted : Path
        What the student handed in.
    exercises : sequence of str
        Names of those to judge.
    sandbox : bool
        Whether to run the code in the sandbox.

    Returns
    -------
    Verdict

    Raises
    ------
    GmmlearnError
        As `judge` does; the kept verdict is then as it was.
    """
    submission = _with_what_was_set_aside(read_submission(submitted), submitted)
    seed = seed_in_class(course, student)
    path = verdict_file(course, assignment, student)
    kept = read(path)
    if kept is not None:
        same = (kept.submission, kept.seed, kept.versions, kept.sandbox)
        if same == (submission.digest, seed, versions(), sandbox) and set(exercises) <= set(kept.exercises):
            return kept
    verdict = judge_submission(submission, exercises, seed=seed, sandbox=sandbox)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(verdict.to_json(), indent=1))
    draft.replace(path)
    return verdict


def read(path: Path) -> Verdict | None:
    """A kept verdict; None if there is none, or one that another version of the project wrote."""
    try:
        return Verdict.from_json(json.loads(path.read_text()))
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        return None


def _with_what_was_set_aside(submission: Submission, submitted: Path) -> Submission:
    """The placeholders of files that were set aside count like the files: each says what is wrong."""
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
