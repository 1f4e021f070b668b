"""What a student is told about an exercise, in words."""

from dataclasses import replace
from pathlib import Path

from ..contract import Exercise
from .book import Page
from .causes import cause_of
from .diagnose import Diagnosis, Trial
from .observe import Failure, fresh
from .outcome import Outcome
from .report import Report
from .shown import Grid, call_in_words, came_and_due, shapes_in_words
from .values import count
from .ways import way

N_PRINTED = 20
OTHER_INPUTS = "The grade also uses other inputs."


def notebook_of(exercise: Exercise) -> str:
    """File of the chapter's notebook.

    >>> from gmmlearn.contract import EXERCISES
    >>> notebook_of(EXERCISES["assign"])
    '04_e_step.ipynb'
    """
    return f"{exercise.chapter:02d}_{exercise.module}.ipynb"


def where_to_read(exercise: Exercise) -> str:
    """Where the text and the formula of an exercise stand."""
    return f"Exercise {exercise.number} in {notebook_of(exercise)}, and the docstring in {exercise.file}"


def stuck(exercise: Exercise) -> tuple[str, str]:
    """The row that names the hints."""
    return "Stuck?", f"`{way('hint', exercise.name)}` asks a question that helps, and tells more each time"


def not_started(exercise: Exercise, note: str = "") -> Report:
    """The stub is still there."""
    return Report(
        exercise.number,
        exercise.name,
        Outcome.NOT_STARTED,
        "not written yet",
        (
            ("Next", f"Open {exercise.file}, replace the line `raise NotImplementedError(...)` in {exercise.name} by "
             "your code, save the file, and run this again."),
            ("Read", where_to_read(exercise)),
            stuck(exercise),
        ),
        (note,) if note else (),
    )  # fmt: skip


def unreadable(exercise: Exercise, failure: Failure) -> Report:
    """The student's file could not be imported."""
    rows: list[tuple[str, str | Grid]] = [("Why", f"{failure.kind}: {failure.text}")]
    if failure.line:
        rows.insert(0, ("Line", line_in_words(failure)))
    rows.append(("Next", f"Mend {exercise.file} and save it; the other files are not touched by this."))
    rows.append(stuck(exercise))
    return Report(exercise.number, exercise.name, Outcome.ERROR, "the file cannot be run", tuple(rows))


def line_in_words(failure: Failure) -> str:
    """A line of the student's own, and where it stands.

    >>> line_in_words(Failure("E", "", "ada/gmm/gmmlearn/em.py", 31, "fit", "means = 1 / 0"))
    'gmmlearn/em.py, line 31, in fit:  means = 1 / 0'
    """
    path = Path(failure.file)
    place = f"{path.parent.name}/{path.name}" if path.parent.name == "gmmlearn" else path.name or "your code"
    if "ipykernel" in failure.file or failure.file.startswith("<ipython"):
        place = "this notebook"
    within = f", in {failure.function}" if failure.function not in ("", "<module>") else ""
    return f"{place}, line {failure.line}{within}:  {failure.source.strip()}"


def report_of(exercise: Exercise, page: Page, diagnosis: Diagnosis) -> Report:
    """What was found out, in words; one cause, the most basic one, and how many more there are."""
    if diagnosis.passed:
        n_calls = count(sum(len(trial.observations) for trial in diagnosis.trials), "call")
        ran = f"{count(len(diagnosis.trials), 'case')}, {n_calls}; your function took {duration(diagnosis.seconds)}"
        headline = "passed all public checks"
        rows = (("Ran", ran), *printed_rows(exercise, diagnosis, diagnosis.trials[0]))
        report = Report(exercise.number, exercise.name, Outcome.PASSED, headline, rows, (OTHER_INPUTS,))
        return replace(report, printed=diagnosis.printed)
    if diagnosis.not_started:
        report = not_started(exercise)
        rows = (*report.rows, *printed_rows(exercise, diagnosis, diagnosis.trials[0]))
        return replace(report, rows=rows, printed=diagnosis.printed)
    trial = diagnosis.failed[0]
    call = trial.shown_call
    failure = trial.shown.failure
    rows: list[tuple[str, str | Grid]] = [
        ("Called", call_in_words(exercise.name, call.arguments, call.options)),
        ("With", ": ".join(part for part in (trial.case.about, shapes_in_words(call.arguments)) if part)),
    ]
    if failure and failure.line:
        rows.append(("Line", line_in_words(failure)))
    elif trial.mismatch.kind in ("values", "law", "shape", "nan"):
        rows += came_and_due_of(trial)
    rows += printed_rows(exercise, diagnosis, trial)
    rows.append(("Why", why(page, diagnosis, trial)))
    rows += [("Read", where_to_read(exercise)), stuck(exercise)]
    raised = trial.mismatch.kind == "raises"
    headline = "stopped with an exception" if raised else "not right yet"
    return Report(
        exercise.number,
        exercise.name,
        Outcome.ERROR if raised else Outcome.WRONG,
        headline,
        tuple(rows),
        (*further(diagnosis), OTHER_INPUTS),
        mistake=diagnosis.mistake,
        inputs={name: fresh(value) for name, value in {**call.arguments, **call.options}.items()},
        printed=diagnosis.printed,
    )


def printed_rows(exercise: Exercise, diagnosis: Diagnosis, trial: Trial) -> list[tuple[str, str]]:
    """The row for what the file and the call that is shown have printed, and how much more there is."""
    return printed_row(exercise, diagnosis.at_import + trial.shown.printed, diagnosis.printed)


def printed_row(exercise: Exercise, shown: str, everything: str) -> list[tuple[str, str]]:
    """The first lines of a text of the student's; no row where nothing was printed."""
    lines = shown.splitlines()[:N_PRINTED]
    n_more = len(everything.splitlines()) - len(lines)
    if n_more:
        more = f"... {count(n_more, 'more line')}, with those of the other calls"
        lines.append(f'{more}: print(check("{exercise.name}").printed) in a notebook')
    return [("Printed", "\n".join(lines))] if lines else []


def why(page: Page, diagnosis: Diagnosis, trial: Trial) -> str:
    """The sentence of the known mistake, or else what the laws say."""
    if diagnosis.mistake:
        return page.sentences[diagnosis.mistake]
    return cause_of(trial)


def further(diagnosis: Diagnosis) -> tuple[str, ...]:
    """How much more is wrong."""
    n_more = len(diagnosis.failed) - 1
    if n_more == 0:
        return ()
    words = "1 more case differs; it" if n_more == 1 else f"{n_more} more cases differ; they"
    return (f"{words} may well have the same cause.",)


def came_and_due_of(trial: Trial) -> list[tuple[str, str | Grid]]:
    """The values to show for a wrong case, with the name of the part that they are."""
    mismatch = trial.mismatch
    grids = came_and_due(mismatch.got, mismatch.due, marked=mismatch.kind != "law")
    rows: list[tuple[str, str | Grid]] = [("Seen", mismatch.part)] if mismatch.part and any(grids) else []
    return rows + [(word, grid) for word, grid in zip(("Came", "Due"), grids) if grid]


def duration(seconds: float) -> str:
    """A time as one says it.

    >>> duration(0.000123), duration(0.0123), duration(2.5)
    ('0.12 ms', '12 ms', '2.5 s')
    """
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1e3:.2g} ms" if seconds < 0.0995 else f"{seconds * 1e3:.0f} ms"
