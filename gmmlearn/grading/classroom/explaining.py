"""Why an exercise of a submission got its verdict: the call that failed, made again with the inputs of the student."""

from dataclasses import dataclass

from ...calls import Status
from ...checks.diagnosing.engine import Trial
from ...errors import UsageError
from ..judge import digests, runner
from ..judge.examination import Examination
from ..judge.judging import example_of, unfinished_call, unread, verdict_on
from ..judge.session import Session
from ..judge.verdict import Example, ExerciseVerdict
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
    example : Example or None
        The call that failed; None where there is none to show.
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
    example: Example | None
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
    verdict, test, example, own = unread(exercise, submission), "", None, False
    if verdict is None:
        with Session(submission) as session:
            found = runner.run(session, [exercise], seed)[exercise]
        verdict, test, own = verdict_on(exercise, found), _failed_test(found), found.own
        example = _example(exercise, found, test) if test else None
    return Explanation(
        verdict=verdict,
        test=test,
        example=example,
        own=own,
        seed=seed,
        submission=submission.digest,
        versions=digests.libraries(),
        same=_same(assignment, student, exercise, submission.digest, verdict),
    )


def _failed_test(found: Examination) -> str:
    return next((finding.name for finding in found.findings if finding.status is not Status.PASSED), "")


def _example(exercise: str, found: Examination, test: str) -> Example | None:
    """The call at which a test failed, with the inputs that grade; without values where the process ended in it."""
    trial = _failed_trial(found.diagnosis.trials, test)
    if trial is not None and (example := example_of(trial, for_teachers=True)):
        return example
    return Example(unfinished_call(exercise, found.unfinished), ()) if found.unfinished else None


def _failed_trial(trials: tuple[Trial, ...], test: str) -> Trial | None:
    """The first case of a test that came out wrong; keys of cases begin with the name of the test."""
    prefix = f"{test.replace(' ', '_')}-"
    return next((trial for trial in trials if trial.mismatch and trial.case.key.startswith(prefix)), None)


def _same(assignment: Assignment, student: str, exercise: str, digest: str, verdict: ExerciseVerdict) -> bool | None:
    kept = assignment.verdict(student)
    if kept is None or kept.submission != digest or exercise not in kept.exercises:
        return None
    other = kept.exercises[exercise]
    return (other.status, other.points, other.message) == (verdict.status, verdict.points, verdict.message)
