"""Why an exercise of a submission got its verdict: the call that failed, made again with the inputs of the student."""

from dataclasses import dataclass

from ...calls import Status
from ...checks.diagnosing.engine import Trial
from ...errors import UsageError
from ..judge import digests
from ..judge.judging import examine, example_of, unfinished_call, unread, verdict_on
from ..judge.session import Session
from ..judge.submission import Submission
from ..judge.verdict import ExerciseVerdict
from ..nbgrader import store
from .assignment import Assignment


@dataclass(frozen=True)
class Explanation:
    """One exercise of a submission, judged again. It holds hidden inputs and right values: it is for teachers.

    Attributes
    ----------
    verdict : ExerciseVerdict
    test : str
        Name of the hidden test that failed; empty where all passed or none was run.
    lines : str
        The call as lines to paste into Python; empty where there is none to show.
    rows : tuple of (str, str)
        A word and what belongs to it: what was got, what was expected.
    own : bool
        Whether earlier functions were the student's own.
    seed : int
        From which the inputs were drawn.
    submission : str
        SHA-256 of the files that were judged.
    versions : dict of str to str
    same : bool or None
        Whether the kept verdict says the same; None if there is none on this submission.
    """

    verdict: ExerciseVerdict
    test: str
    lines: str
    rows: tuple[tuple[str, str], ...]
    own: bool
    seed: int
    submission: str
    versions: dict[str, str]
    same: bool | None


def explain(assignment: Assignment, student: str, exercise: str) -> Explanation:
    """Judge one exercise of a submission again, in the sandbox and with the seed of the student.

    Parameters
    ----------
    assignment : Assignment
    student, exercise : str

    Returns
    -------
    Explanation

    Raises
    ------
    UsageError
        When the student has handed in nothing, or the exercise is not one of the assignment.
    GmmlearnError
        As `judge` does.
    """
    if exercise not in assignment.points:
        raise UsageError(f"{assignment.name} has no exercise {exercise!r}. It has {', '.join(assignment.points)}.")
    assignment.wanted([student])
    submission = store.submission_in(assignment.submitted(student))
    seed = store.seed_in_class(assignment.course, student)
    verdict, test, lines, rows, own = unread(exercise, submission), "", "", (), False
    if verdict is None:
        verdict, test, lines, rows, own = _judged(submission, exercise, seed)
    return Explanation(
        verdict, test, lines, rows, own, seed, submission.digest, digests.libraries(),
        _same(assignment, student, exercise, submission.digest, verdict),
    )  # fmt: skip


def _judged(
    submission: Submission, exercise: str, seed: int
) -> tuple[ExerciseVerdict, str, str, tuple[tuple[str, str], ...], bool]:
    with Session(submission) as session:
        found = examine(session, [exercise], seed)[exercise]
    verdict = verdict_on(exercise, found)
    wrong = next((finding for finding in found.findings if finding.status is not Status.PASSED), None)
    if wrong is None:
        return verdict, "", "", (), found.own
    trial = _failed(found.diagnosis.trials, wrong.name)
    if trial is None or (shown := example_of(trial, for_teachers=True)) is None:
        lines = unfinished_call(exercise, found.unfinished) if found.unfinished else ""
        return verdict, wrong.name, lines, (), found.own
    return verdict, wrong.name, shown.lines, shown.rows, found.own


def _failed(trials: tuple[Trial, ...], test: str) -> Trial | None:
    """The first case of a test that came out wrong; keys of cases begin with the name of the test."""
    prefix = f"{test.replace(' ', '_')}-"
    return next((trial for trial in trials if trial.mismatch and trial.case.key.startswith(prefix)), None)


def _same(assignment: Assignment, student: str, exercise: str, digest: str, verdict: ExerciseVerdict) -> bool | None:
    kept = assignment.verdict(student)
    if kept is None or kept.submission != digest or exercise not in kept.exercises:
        return None
    other = kept.exercises[exercise]
    return (other.status, other.points, other.message) == (verdict.status, verdict.points, verdict.message)
