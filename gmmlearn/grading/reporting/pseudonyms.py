"""The results of a class without the names of its students."""

from dataclasses import replace
from pathlib import Path

from ..classroom.roster import Entry
from ..nbgrader import store
from .results import Results, Student
from .similar import Comparison, in_order

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def pseudonym(course: Path, student: str) -> str:
    """The same for a student in all reports of a class, and not to be guessed without the class secret.

    Parameters
    ----------
    course : Path
        Folder of the class.
    student : str
        Id.

    Returns
    -------
    str
        Like `"p-7k3m9-x0v2r"`.

    Raises
    ------
    UsageError
        When the folder holds no class secret.
    """
    number = store.seed_in_class(course, f"pseudonym\0{student}")  # no folder, so no student, has a NUL in its name
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in range(10))
    return f"p-{letters[:5]}-{letters[5:]}"


def without_names(results: Results, comparison: Comparison) -> tuple[Results, Comparison]:
    """Results and comparison with a pseudonym for every id, and without anything else that tells who it is.

    The order is that of the pseudonyms. Messages are left out, since a student's own words may stand in them.

    Parameters
    ----------
    results : Results
    comparison : Comparison

    Returns
    -------
    tuple of Results and Comparison
    """
    course = results.assignment.course
    students = [_without_name(course, student) for student in results.students]
    changes = [replace(change, student=pseudonym(course, change.student)) for change in results.history.changes]
    history = replace(results.history, changes=changes, attempts={})
    hidden = replace(results, students=sorted(students, key=lambda student: student.id), history=history)
    pairs = (
        replace(pair, one=pseudonym(course, pair.one), other=pseudonym(course, pair.other)) for pair in comparison.pairs
    )
    return hidden, replace(comparison, pairs=in_order(pairs))


def _without_name(course: Path, student: Student) -> Student:
    exercises, parts = (
        {name: replace(result, message="") for name, result in found.items()}
        for found in (student.exercises, student.parts)
    )
    return replace(student, entry=Entry(pseudonym(course, student.id)), exercises=exercises, parts=parts)
