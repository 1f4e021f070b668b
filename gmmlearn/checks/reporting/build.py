"""Builds the report on an exercise from what was found out about it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ...calls import Call, Failure, Items, Seed, Status
from ...contract import Exercise
from ...performing import fresh
from ..comparing.mismatches import Problem
from ..comparing.values import RTOL
from ..diagnosing.answer_key import Answers
from ..diagnosing.engine import Diagnosis, Trial
from ..diagnosing.exceptions import exception_in_words
from ..wording import count, how_to
from .excerpts import Grid, got_and_expected
from .report import STATUS_WORDS, Report, Row

N_PRINTED = 20
OTHER_INPUTS = "In a class, grading uses more inputs than these."
ANY_ORDER = "Your columns may be in another order than these."
CANNOT_RUN = "the file cannot be run"
REFUSED_IMPORT = "imports what this exercise has to do without"

_SHOWN = (Problem.VALUES, Problem.NAN, Problem.INVARIANT, Problem.LAW)
_MARKED = (Problem.VALUES, Problem.NAN)


def _report(exercise: Exercise, status: Status, rows: list[Row], headline: str = "") -> Report:
    headline = headline or STATUS_WORDS[status].headline
    return Report(exercise.number, exercise.name, status, headline, tuple(rows))


def where_to_read(exercise: Exercise) -> str:
    """Where the text and the formula of an exercise are."""
    return f"Exercise {exercise.number} in {exercise.notebook}, and the docstring in {exercise.file}"


def help_rows(exercise: Exercise) -> list[Row]:
    """The last rows of a report on an exercise that does not pass: where to read, how to get a hint."""
    hint = f"`{how_to('hint', exercise.name)}` gives a hint; call it again for a stronger one"
    return [("Read", where_to_read(exercise)), ("Stuck?", hint)]


def not_started(exercise: Exercise, note: str = "") -> Report:
    """The stub is still there, or `note` says what is missing."""
    stub = f"replace the line `raise NotImplementedError(...)` in {exercise.name} with your code"
    todo = ("Next", f"Open {exercise.file}, {stub}, save the file, and run this again.")
    back = ("Next", f"`{how_to('reset', exercise.name)}` puts its stub there; the file as it was is kept.")
    first = [("Why", note), back] if note else [todo]
    return _report(exercise, Status.NOT_STARTED, [*first, *help_rows(exercise)])


def missing(exercise: Exercise) -> Report:
    """The file is missing."""
    why = f"`{how_to('reset', exercise.name)}` brings {exercise.file} back, with its stubs."
    headline = f"the file {exercise.file} is missing"
    return _report(exercise, Status.NOT_STARTED, [("Next", why), *help_rows(exercise)], headline)


def restored(exercise: Exercise, copy: Path | None) -> Report:
    """The stub was put back."""
    kept = f"The file as it was is {copy}." if copy else "There was no file, so all of it was restored."
    rows: list[Row] = [("Kept" if copy else "Note", kept)]
    return _report(exercise, Status.NOT_STARTED, rows, f"is a stub again, in {exercise.file}")


def unreadable(exercise: Exercise, failure: Failure) -> Report:
    """The student's file could not be imported."""
    rows: list[Row] = [("Line", line_in_words(failure))] if failure.line else []
    refused = failure.name == "RefusedImport"
    rows.append(("Why", failure.text if refused else exception_in_words(failure)))
    rows.append(("Next", f"Fix {exercise.file} and save it; your other files are not affected."))
    headline = REFUSED_IMPORT if refused else CANNOT_RUN
    return _report(exercise, Status.ERROR, rows + help_rows(exercise), headline)


def stopped(exercise: Exercise, status: Status, text: str, place: str = "") -> Report:
    """The check ended before the function did: the time was up, there was an interrupt, or the process is gone.

    Parameters
    ----------
    exercise : Exercise
    status : Status
        `TIMEOUT`, `INTERRUPTED`, `CRASHED` or another one without a result.
    text : str
        What happened, in a sentence.
    place : str
        The line that was running, where it is known.
    """
    rows: list[Row] = [("Line", place)] if place and place not in text else []
    rows.append(("Why", text))
    if status is Status.TIMEOUT:
        rows.append(("Next", f"If it needs more time, `{how_to('check', exercise.name, seconds=60)}` allows a minute."))
    return _report(exercise, status, rows + help_rows(exercise))


def line_in_words(failure: Failure) -> str:
    """A line of the student's own, and where it is.

    >>> line_in_words(Failure(("E",), "", "ada/gmm/gmmlearn/em.py", 31, "fit", "means = 1 / 0"))
    'gmmlearn/em.py, line 31, in fit:  means = 1 / 0'
    """
    path = Path(failure.file)
    place = f"{path.parent.name}/{path.name}" if path.parent.name == "gmmlearn" else path.name or "your code"
    if "ipykernel" in failure.file or failure.file.startswith("<"):
        place = "this notebook"
    within = f", in {failure.function}" if failure.function not in ("", "<module>") else ""
    source = f":  {failure.source.strip()}" if failure.source.strip() else ""
    return f"{place}, line {failure.line}{within}{source}"


def report_of(exercise: Exercise, answers: Answers, diagnosis: Diagnosis) -> Report:
    """What was found out, in words: one cause or effect, the most basic one, and how many more there are."""
    trial = diagnosis.failed[0] if diagnosis.failed else diagnosis.trials[0]
    printed = printed_rows(exercise, diagnosis, trial)
    if diagnosis.status is Status.PASSED:
        n_calls = count(sum(len(trial.outcomes) for trial in diagnosis.trials), "call")
        ran = f"{count(len(diagnosis.trials), 'case')}, {n_calls}; your function took {duration(diagnosis.seconds)}"
        report = _report(exercise, Status.PASSED, [("Ran", ran), *printed])
        return replace(report, notes=(OTHER_INPUTS,), inputs=inputs_of(trial.shown_call), printed=diagnosis.printed)
    if diagnosis.status is Status.NOT_STARTED:
        report = not_started(exercise)
        return replace(report, rows=(*report.rows, *printed), printed=diagnosis.printed)
    call = trial.shown_call
    rows: list[Row] = [
        ("Called", call_in_words(exercise.name, call.arguments, call.options)),
        ("With", ": ".join(part for part in (trial.case.about, shapes_in_words(call.arguments)) if part)),
        *what_was_seen(trial, named=bool(diagnosis.mistakes)),
        *printed,
        ("Why", diagnosis.why(answers.sentences)),
        *help_rows(exercise),
    ]
    failure = trial.shown.failure
    refused = failure is not None and failure.name == "RefusedImport"
    return replace(
        _report(exercise, diagnosis.status, rows, REFUSED_IMPORT if refused else ""),
        notes=further(diagnosis),
        mistakes=diagnosis.mistakes,
        inputs=inputs_of(call),
        printed=diagnosis.printed,
    )


def inputs_of(call: Call) -> dict[str, object]:
    """The arguments of a call, to make it by hand."""
    return {name: fresh(value) for name, value in {**call.arguments, **call.options}.items()}


def what_was_seen(trial: Trial, *, named: bool) -> list[Row]:
    """The line of an exception, or the values got and expected with the name of the part that they are.

    Shapes are shown only beside the sentence of a known mistake (`named`); the general one gives them itself.
    """
    mismatch, failure = trial.mismatch, trial.shown.failure
    if mismatch.problem is Problem.RAISES:
        return [("Line", line_in_words(failure))] if failure and failure.line else []
    if mismatch.problem not in (*_SHOWN, *([Problem.SHAPE] if named else [])):
        return []
    any_order = trial.case.type == "one-hot start"
    values = got_and_expected(
        mismatch.got,
        mismatch.expected,
        marked=mismatch.problem in _MARKED and not any_order,
        rtol=trial.case.settings.get("rtol", RTOL),
    )
    rows: list[Row] = [(word, value) for word, value in zip(("Got", "Expected"), values) if value]
    if any_order and isinstance(values[1], Grid):
        rows[-1] = ("Expected", replace(values[1], legend=ANY_ORDER))
    return [("Part", mismatch.part), *rows] if mismatch.part and rows else rows


def printed_rows(exercise: Exercise, diagnosis: Diagnosis, trial: Trial) -> list[Row]:
    """The first lines of what the file and the call that is shown have printed, and how much more there is."""
    lines = trial.shown.printed.splitlines()[:N_PRINTED]
    n_more = len(diagnosis.printed.splitlines()) - len(lines)
    if n_more:
        more = f"... {count(n_more, 'line').replace(' ', ' more ')}, with those of the other calls"
        lines.append(f'{more}: print(check("{exercise.name}").printed) in a notebook')
    return [("Printed", "\n".join(lines))] if lines else []


def further(diagnosis: Diagnosis) -> tuple[str, ...]:
    """How much more is wrong.

    A case that fails like the one that is shown often does so for the same reason.
    """
    first, *more = [_kind(trial) for trial in diagnosis.failed]
    alike = more.count(first)
    said = []
    if alike:
        said.append(f"{alike} more {'case differs' if alike == 1 else 'cases differ'}, perhaps for the same reason.")
    if other := len(more) - alike:
        said.append(f"{other} more {'case differs' if other == 1 else 'cases differ'} in another way.")
    return tuple(said)


def _kind(trial: Trial) -> Problem:
    """An exception, a type, a shape, or else wrong values, NaN among them."""
    problem = trial.mismatch.problem
    return problem if problem.is_basic else Problem.VALUES


def duration(seconds: float) -> str:
    """A time as you would say it.

    >>> duration(0.000123), duration(0.0123), duration(2.5)
    ('0.12 ms', '12 ms', '2.5 s')
    """
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1e3:.2g} ms" if seconds < 0.0995 else f"{seconds * 1e3:.0f} ms"


def call_in_words(name: str, arguments: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """A call as you would write it, arrays by their names.

    >>> call_in_words("bic", {"log_likelihood": -2.5, "n_parameters": 2, "n_samples": 1}, {})
    'bic(log_likelihood=-2.5, n_parameters=2, n_samples=1)'
    """
    written = []
    for key, value in {**arguments, **options}.items():
        if isinstance(value, np.ndarray):
            few = value.ndim == 1 and value.size <= 3
            written.append(f"{key}=[{', '.join(f'{x:.4g}' for x in value)}]" if few else key)
        elif isinstance(value, Seed):
            written.append(f"{key}=default_rng({value.value})")
        else:
            written.append(f"{key}={fresh(value) if isinstance(value, Items) else value!r}")
    return f"{name}({', '.join(written)})"


def shapes_in_words(arguments: Mapping[str, Any]) -> str:
    """The shapes of the arrays among the arguments.

    >>> shapes_in_words({"X": np.zeros((7, 2)), "n_components": 3})
    'X (7, 2)'
    """
    arrays = {key: value for key, value in arguments.items() if isinstance(value, np.ndarray)}
    return ", ".join(f"{key} {value.shape}" for key, value in arrays.items() if value.ndim > 1 or value.size > 3)
