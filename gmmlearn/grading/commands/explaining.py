"""`gmmlearn class explain`: for a grade that is disputed."""

from pathlib import Path

import click

from .group import assignment_option, class_group, class_path


@class_group.command(name="explain")
@click.argument("folder", type=class_path)
@click.argument("student")
@click.argument("exercise")
@assignment_option
def explain_class(folder: Path, student: str, exercise: str, assignment: str) -> None:
    """Judge one exercise of STUDENT again, and show the call that failed as lines to paste into Python.

    The inputs are those that the student is graded with, and the right values are shown: this is not for students.
    """
    from ...checks.reporting.drawing import visible
    from ...contract import EXERCISES
    from ..classroom.assignment import Assignment
    from ..classroom.explaining import explain

    found = Assignment.find(folder, assignment)
    explained = explain(found, student, exercise)
    verdict = explained.verdict
    points, worth = verdict.score(found.points[exercise]), found.points[exercise]
    lines = [
        f"{student}, {EXERCISES[exercise].number} {exercise}: {verdict.status.value}, {points:g} of {worth:g} points",
        verdict.message,
    ]
    if explained.test:
        n_failed = sum(not test.passed for test in verdict.tests)
        lines.append(f"Hidden test: {explained.test} ({n_failed} of {len(verdict.tests)} failed)")
    if verdict.mistake:
        lines.append(f"Known mistake: {verdict.mistake}")
    if explained.example:
        lines += [f"To make the call, in {found.submitted(student)}:", "", explained.example.lines, ""]
        for word, text in explained.example.rows:
            first, *others = text.split("\n")
            lines += [f"{word + ':':10}{first}", *(f"{'':10}{other}" for other in others)]
    whose = "the student's own" if explained.own else "right ones"
    lines.append(f"\nEarlier functions were {whose}.")
    lines.append(f"Seed {explained.seed}, submission {explained.submission[:12]}")
    lines.append(", ".join(f"{name} {version}" for name, version in explained.versions.items()))
    lines.append(
        {
            True: "The kept verdict says the same.",
            False: "The kept verdict says something else: judge the class again with `gmmlearn class grade`.",
            None: "There is no kept verdict on what is handed in now.",
        }[explained.same]
    )
    click.echo("\n".join(visible(line) for line in lines))
