"""An assignment of a class: its exercises and points, who handed in what, and what was judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...contract import EXERCISES
from ...errors import UsageError
from ..judge.verdict import Verdict
from ..nbgrader import access, hunts, settings, source, store


def class_folder(folder: Path) -> Path:
    """The folder of a class, as a path that holds from everywhere, since nbgrader works in it.

    Raises
    ------
    UsageError
        When the folder is not a class, or belongs to somebody else.
    """
    folder = folder.resolve()
    access.require(folder)
    if not source.assignments(folder) or not (folder / settings.FILE).exists():
        raise UsageError(f"{folder} is not a class: make one with `gmmlearn class create {folder}`.")
    return folder


@dataclass(frozen=True)
class Assignment:
    """An assignment of a class; `find` reads it from the folder of the class.

    Attributes
    ----------
    course : Path
        Folder of the class.
    name : str
        Of the assignment.
    points : dict of str to float
        Exercise -> what it is worth in this class, in the order of the course.
    extra_points : float
        What the bug hunt is worth on top of them; 0 where the class has none.
    """

    course: Path
    name: str
    points: dict[str, float]
    extra_points: float = 0.0

    @property
    def hunted(self) -> tuple[str, ...]:
        """The exercises in which a student's tests count."""
        return tuple(self.points) if self.extra_points else ()

    @classmethod
    def find(cls, course: Path, name: str = "") -> "Assignment":
        """The assignment of that name, or the only one there is.

        Parameters
        ----------
        course : Path
            Folder of the class.
        name : str
            Of the assignment; it may be left out where there is only one.

        Returns
        -------
        Assignment

        Raises
        ------
        UsageError
            When the folder is not a class, has no assignment of that name, or has several and none was named.
        """
        course = class_folder(course)
        names = source.assignments(course)
        if name and name not in names:
            raise UsageError(f"{course} has no assignment {name!r}; it has {', '.join(names)}.")
        if not name and len(names) > 1:
            raise UsageError(f"{course} has the assignments {', '.join(names)}: say which one with --assignment.")
        name = name or names[0]
        folder = course / "source" / name
        return cls(course, name, source.points(folder), hunts.extra_points(folder))

    def handed_in(self) -> list[str]:
        """Ids of the students who have handed in."""
        return sorted(path.parent.name for path in self.course.glob(f"submitted/*/{self.name}") if path.is_dir())

    def wanted(self, students: Iterable[str]) -> list[str]:
        """These students, or all who have handed in if none is given.

        Raises
        ------
        UsageError
            When one of them has handed in nothing.
        """
        there = self.handed_in()
        wanted = sorted(set(students)) or there
        unknown = [student for student in wanted if student not in there]
        if unknown:
            raise UsageError(f"{', '.join(unknown)}: nothing handed in under {self.course / 'submitted'}.")
        return wanted

    def submitted(self, student: str) -> Path:
        """Where a student's hand-in is, or would be."""
        return self.course / "submitted" / student / self.name

    def verdict(self, student: str) -> Verdict | None:
        """The kept verdict on a student's hand-in."""
        return store.read(store.verdict_file(self.course, self.name, student))

    def points_by_chapter(self) -> dict[str, dict[str, float]]:
        """Students by chapters, from the kept verdicts, in the points of the class."""
        rows = {}
        for student in self.handed_in():
            verdict = self.verdict(student)
            if verdict is not None:
                rows[student] = {EXERCISES[name].module: 0.0 for name in self.points}
                for name, worth in self.points.items():
                    module = EXERCISES[name].module
                    earned = verdict.exercises[name].share * worth
                    rows[student][module] = round(rows[student][module] + earned, 2)
        return rows
