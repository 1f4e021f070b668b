"""From a folder to a verdict: reads the submission, has the hidden tests run on it, and counts the points."""

import ast
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from ...calls import Status
from ...checks.comparing.mismatches import Problem
from ...checks.diagnosing.cases import Case
from ...checks.diagnosing.engine import Trial
from ...checks.reporting.build import what_was_seen
from ...checks.reporting.excerpts import Grid, alone
from ...contract import EXERCISES, REQUIRED, exercises_of
from ...loading import stub_message
from ...manifest import PACKAGE
from . import digests, hidden_tests, hunting, runner
from .call_in_python import as_python
from .examination import Examination, share, status_of
from .sandbox import Limits
from .session import Session
from .submission import Submission, read_submission
from .suspicious import suspicious
from .verdict import Example, ExerciseVerdict, TestVerdict, Verdict


def seed_of(secret: bytes, student: str) -> int:
    """Seed of a student's hidden inputs: the same at every regrade, and not to be guessed without the secret.

    Parameters
    ----------
    secret : bytes
        Of the class.
    student : str
        Id of the student.

    Returns
    -------
    int
        Between 0 and 2**63 - 1.

    Examples
    --------
    >>> seed_of(b"secret", "ada") == seed_of(b"secret", "ada") != seed_of(b"secret", "bob")
    True
    """
    return int.from_bytes(hashlib.blake2b(student.encode(), key=secret[:64], digest_size=8).digest(), "big") >> 1


def judge(
    folder: Path,
    exercises: Sequence[str] = tuple(REQUIRED),
    *,
    seed: int,
    sandbox: bool = True,
    limits: Limits | None = None,
) -> Verdict:
    """Judge what was handed in.

    Parameters
    ----------
    folder : Path
        Holds `gmmlearn/<chapter>.py`; a missing file counts as the stub.
    exercises : sequence of str
        Names of those to judge; by default all that are required.
    seed : int
        From which the hidden inputs are drawn, see `seed_of`.
    sandbox : bool
        Whether to run the code in a sandbox.
    limits : Limits, optional
        What one exercise may use.

    Returns
    -------
    Verdict

    Raises
    ------
    UsageError
        When the folder cannot be read.
    GmmlearnError
        For a fault that is ours: no sandbox, a worker that does not start, a hidden test that stumbles.
    """
    return judge_submission(read_submission(folder), exercises, seed=seed, sandbox=sandbox, limits=limits)


def judge_submission(
    submission: Submission,
    exercises: Sequence[str] = tuple(REQUIRED),
    *,
    seed: int,
    sandbox: bool = True,
    limits: Limits | None = None,
    hunts: Sequence[str] = (),
) -> Verdict:
    """`judge` for what has been read already; the student's tests of the exercises in `hunts` are tried too."""
    wanted = [name for name in EXERCISES if name in set(exercises)]
    verdicts = {name: unread(name, submission) for name in wanted}
    testable = [name for name in wanted if verdicts[name] is None]
    if testable:
        with Session(submission, boxed=sandbox, limits=limits) as session:
            examinations = runner.run(session, testable, seed)
        verdicts |= {name: verdict_on(name, examination) for name, examination in examinations.items()}
    return Verdict(
        exercises={
            name: replace(verdict, rests_on=digests.of_tests(name))
            for name, verdict in verdicts.items()
            if verdict is not None
        },
        sandbox=sandbox,
        seed=seed,
        submission=submission.digest,
        versions=digests.libraries(),
        suspicious=tuple(suspicious(submission.sources)),
        left_out=submission.left_out,
        limits=asdict(limits or Limits()),
        hunts=hunting.hunts(submission, hunts, seed=seed, sandbox=sandbox),
        hunts_rest_on=digests.of_hunts(tuple(hunts)),
    )


def unread(name: str, submission: Submission) -> ExerciseVerdict | None:
    """The verdict on an exercise whose file is not there, cannot be used or is the stub; None if it is to be tested."""
    exercise = EXERCISES[name]
    if exercise.module in submission.problems:
        return ExerciseVerdict(Status.ERROR, 0, exercise.points, submission.problems[exercise.module])
    if exercise.module not in submission.sources:
        message = f"Not written yet: {exercise.file} was not handed in."
        return ExerciseVerdict(Status.NOT_STARTED, 0, exercise.points, message)
    stub = _stub(exercise.module)
    if stub is not None and submission.sources[exercise.module].replace(b"\r\n", b"\n") == stub:
        return ExerciseVerdict(Status.NOT_STARTED, 0, exercise.points, f"Not written yet. {stub_message(exercise)}.")
    return None


@cache
def _stub(module: str) -> bytes | None:
    """The file of a chapter as it is handed out, which need not be run; None where someone has solved it here."""
    source = (PACKAGE / f"{module}.py").read_bytes()
    last = {node.name: node.body[-1] for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    raises = [isinstance(last.get(exercise.name), ast.Raise) for exercise in exercises_of(module)]
    return source.replace(b"\r\n", b"\n") if all(raises) else None


def verdict_on(name: str, examination: Examination) -> ExerciseVerdict:
    """Points and words from what the tests found."""
    exercise, findings, diagnosis = EXERCISES[name], examination.findings, examination.diagnosis
    wrong = next((finding for finding in findings if finding.status is not Status.PASSED), None)
    message = f"All {len(findings)} hidden tests passed." if wrong is None else wrong.message or ""
    if wrong is not None and diagnosis.mistakes:
        message = diagnosis.why(hidden_tests.sentences_of(name))
    return ExerciseVerdict(
        status=status_of(findings),
        points=round(exercise.points * share(findings), 2),
        max_points=exercise.points,
        message=message,
        mistake=diagnosis.mistake,
        tests=tuple(
            TestVerdict(finding.name, finding.status is Status.PASSED, finding.message) for finding in findings
        ),
        example=_example(name, examination, message),
    )


def _example(name: str, examination: Examination, message: str) -> Example | None:
    """A call that came out wrong, or at which the process ended."""
    if examination.example:
        return example_of(examination.example)
    if examination.like_unfinished:
        return Example(unfinished_call(name, examination.like_unfinished), (("Result", message),))
    return None


def unfinished_call(exercise: str, case: Case) -> str:
    """A call at which the process of the student's function ended, as lines to paste."""
    n_calls = len(case.calls)
    note = f"  # one of {n_calls} calls; it ended in one of them" if n_calls > 1 else ""
    return as_python(exercise, case.calls[0]) + note


def example_of(trial: Trial, *, for_teachers: bool = False) -> Example | None:
    """A case that came out wrong as a call to paste, and what was seen; None where the function was never called.

    The text of an exception, into which a function can write all that it was given, is shown to teachers only
    (`for_teachers`).
    """
    exercise, failure = trial.case.exercise, trial.shown.failure
    if failure and (failure.loading or failure.not_started):
        return None
    seen = what_was_seen(trial, named=True)
    if len(trial.case.expected) == 1 and "Expected" not in dict(seen):
        seen.append(("Expected", alone(*trial.case.expected.values())))
    raised = failure is not None and trial.mismatch.problem is Problem.RAISES
    hides_text = raised and not for_teachers
    result = str(hidden_tests.unexpected_failure(exercise, failure)) if hides_text else trial.effect
    rows = [("Result", result)]
    rows += [(word, "\n".join(content.lines()) if isinstance(content, Grid) else content) for word, content in seen]
    n_calls = len(trial.case.calls)
    note = f"  # one of {n_calls} calls with other generators" if n_calls > 1 else ""
    return Example(as_python(exercise, trial.shown_call) + note, tuple(rows))
