"""What of the package is ours, and who gets it: the one list that loader, sandbox, copy and commands read."""

from pathlib import Path

from .contract import CHAPTERS

PACKAGE = Path(__file__).parent

FOR_STUDENTS = frozenset(
    (
        *("__init__", "__main__", "atomic", "calls", "checks", "cli", "contract", "data", "datasets", "encoding"),
        *("errors", "estimators", "explore", "figures", "file_kinds", "glossary", "hunting", "library", "loading"),
        *("manifest", "notebook", "performing", "project", "quizzes", "terminal"),
    )
)
"""Modules and folders of a student's copy, beside the chapters."""

FOR_TEACHERS = frozenset(["course", "dev", "grading", "private"])
"""What grades, builds and makes copies (`course` holds a wheel's notebooks); a student's copy does not have it."""

OURS = FOR_STUDENTS | FOR_TEACHERS
"""Names that a student's own module cannot have, and that a student's module cannot import."""

IN_SANDBOX = (
    *("__init__.py", "calls.py", "contract.py", "encoding.py", "errors.py", "file_kinds.py", "loading.py"),
    *("manifest.py", "performing.py"),
)
"""Files that the box holds beside the worker, none of which knows a right answer; `library.py` comes in by parts."""


def is_students(stem: str) -> bool:
    """Whether a module of that name is a chapter or a module of the student's own.

    >>> is_students("e_step"), is_students("my_plots"), is_students("library"), is_students("my plots (1)")
    (True, True, False, False)
    """
    return stem in CHAPTERS or (stem.isidentifier() and stem not in OURS)


def is_there(folder: str) -> bool:
    """Whether this copy of the course has a folder of the package."""
    return (PACKAGE / folder).is_dir()


def is_clone(folder: Path) -> bool:
    """Whether a folder is the repository of the course, where an update overwrites what a student writes.

    >>> is_clone(Path("/"))
    False
    """
    return (folder / ".git").exists() and (folder / "solutions").is_dir() and (folder / "course").is_dir()


def notebooks() -> list[Path]:
    """The notebooks of the course: beside the package in a clone, within it in a wheel, and none in a copy."""
    within, beside = PACKAGE / "course", PACKAGE.parent / "course"
    return sorted((within if within.is_dir() else beside).glob("*.ipynb"))
