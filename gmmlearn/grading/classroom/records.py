"""What nbgrader holds of an assignment, scores, graded notebooks and feedback, brought in line with the verdicts."""

import hashlib
from pathlib import Path
from types import TracebackType

from ...errors import GmmlearnError, UsageError
from ...manifest import PACKAGE
from ..judge import digests
from ..judge.submission import read_submission
from ..judge.verdict import Verdict
from ..nbgrader import deadlines, hunts, pages, project, settings, store
from ..nbgrader.gradebook import ClassGradebook, Standing
from ..nbgrader.handed_in import TIME_FILE
from . import roster
from .assignment import Assignment

_SETTINGS = (settings.FILE, store.SECRET_FILE, deadlines.FILE, "comments.toml")
"""Files of a class on which scores and pages rest."""
_OURS = Path(pages.__file__).parent
_TEMPLATES = (PACKAGE / "grading" / "judge" / "templates", PACKAGE / "checks" / "reporting")


class Records:
    """The records of one assignment. Use it as a context manager.

    A mark beside a verdict says from what the records of that student were made; it is removed before anything is
    written, and written last. So whatever interrupts a run, the next one finds a mark that is missing or does not fit.

    Parameters
    ----------
    assignment : Assignment
        Of a class.
    drafts : Path
        Folder for what is not whole yet, on the disk of the class.

    Raises
    ------
    UsageError
        On entering, when the gradebook does not know the assignment as it is in `source/`.
    """

    def __init__(self, assignment: Assignment, drafts: Path) -> None:
        self.assignment = assignment
        self._drafts = drafts
        self._config = settings.load(assignment.course)
        self._gradebook = ClassGradebook(self._config, assignment.name)
        self._standings: dict[str, Standing] = {}

    def __enter__(self) -> "Records":
        self._gradebook.__enter__()
        try:
            self._refuse_other_points()
            people = roster.read(self.assignment.course)
            self._gradebook.name({id: entry.in_nbgrader for id, entry in people.items() if entry.name})
            names = pages.names(self.assignment.course, self.assignment.name)
            self._checksums = {name: self._gradebook.checksums(name) for name in names}
            self._has_project = project.GRADE_ID in self._gradebook.points()
            self._feedback = pages.FeedbackPages(self._config)
            self._common = self._digest_of_what_all_share()
            self.read()
        except BaseException:
            self._gradebook.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gradebook.__exit__(kind, error, trace)

    def read(self) -> None:
        """Read the gradebook anew."""
        self._standings = self._gradebook.standings()

    def points(self, verdict: Verdict | None) -> float | None:
        """The points of a verdict in this class; None without one."""
        if verdict is None or not set(self.assignment.points) <= set(verdict.exercises):
            return None
        return round(sum(self._scores(verdict).values()), 2)

    def is_up_to_date(self, student: str) -> bool:
        """Whether nothing has changed since the records of a student were made, here or in the gradebook."""
        verdict = self.assignment.verdict(student)
        if verdict is None or not self.is_marked(student) or self.differences(student, verdict):
            return False
        # A rerun that was killed is not kept.
        return not self._has_project or project.known(self.assignment.course, self.assignment.name, student) is not None

    def is_marked(self, student: str) -> bool:
        """Whether the records of a student were made of what is there now."""
        mark = self._mark(student)
        made_of = _mark_of(self._digest_of_files(student), self._standings.get(student, Standing()))
        return mark.exists() and mark.read_text() == made_of

    def differences(self, student: str, verdict: Verdict) -> str:
        """Which scores of the gradebook are not those of the verdict, in words; nothing if all are."""
        found = self._standings.get(student, Standing()).scores
        wrong = [
            f"{name} {found.get(name)} in place of {score:g}"
            for name, score in self._scores(verdict).items()
            if found.get(name) != score
        ]
        return f"the gradebook differs from the verdict: {', '.join(wrong)}" if wrong else ""

    def write(self, student: str, verdict: Verdict) -> list[str]:
        """Write the records of a student: scores, graded notebooks, pages of feedback, and last the mark.

        Returns
        -------
        list of str
            A sentence on each score by hand that was given for another verdict.
        """
        course, name = self.assignment.course, self.assignment.name
        handed_in, mark = self.assignment.submitted(student), self._mark(student)
        mark.unlink(missing_ok=True)
        files = self._digest_of_files(student)  # first: what changes from now on does not fit the mark
        submission = store.submission_in(handed_in)
        if submission.digest != verdict.submission:
            raise GmmlearnError("It was handed in again while it was graded: run `gmmlearn class grade` again.")
        notebooks = pages.graded_notebooks(handed_in, name, verdict, submission, self._checksums)
        graded = course / "autograded" / student / name
        written, standing = self._gradebook.write(student, handed_in, notebooks, pages.answers(graded, notebooks))
        pages.put(
            graded,
            pages.graded_files(handed_in, submission, notebooks),
            self._drafts,
        )
        feedback = {f"{one}.html": self._feedback.page(one, nb, written[one]).encode() for one, nb in notebooks.items()}
        feedback |= pages.for_the_exchange(handed_in)
        pages.put(course / "feedback" / student / name, feedback, self._drafts)
        before, self._standings[student] = self._standings.get(student, Standing()), standing
        mark.write_text(_mark_of(files, standing))
        return [
            f"{name}: {given:g} was given by hand when it was judged {before.scores[name]:g}; it is judged "
            f"{standing.scores[name]:g} now. Look at it again in the formgrader."
            for name, given in standing.given.items()
            if None not in (scores := (before.scores.get(name), standing.scores[name])) and len(set(scores)) > 1
        ]

    def _scores(self, verdict: Verdict) -> dict[str, float]:
        scores = {name: verdict.exercises[name].score(worth) for name, worth in self.assignment.points.items()}
        if self.assignment.extra_points:
            scores[hunts.GRADE_ID] = hunts.score(verdict, self.assignment.extra_points)
        return scores

    def _mark(self, student: str) -> Path:
        return store.verdict_file(self.assignment.course, self.assignment.name, student).with_suffix(".graded")

    def _digest_of_files(self, student: str) -> bytes:
        """Digest of all files that the records of a student are made of."""
        handed_in = self.assignment.submitted(student)
        state = hashlib.sha256(self._common)
        state.update(read_submission(handed_in).digest.encode())
        verdict = store.verdict_file(self.assignment.course, self.assignment.name, student)
        for path in (verdict, handed_in / TIME_FILE, *(handed_in / f"{name}.ipynb" for name in self._checksums)):
            state.update(path.read_bytes() if path.is_file() and not path.is_symlink() else b"none")
            state.update(path.name.encode())
        return state.digest()

    def _digest_of_what_all_share(self) -> bytes:
        """Tests, libraries, points, settings of the class, and the code that makes the pages."""
        points, course = self.assignment.points, self.assignment.course
        rests_on = [*map(digests.of_tests, points), digests.of_hunts(self.assignment.hunted)]
        state = hashlib.sha256(repr((points, digests.libraries(), rests_on)).encode())
        for path in (
            *(course / name for name in _SETTINGS),
            *sorted((course / "source" / self.assignment.name).glob("*.ipynb")),
            *sorted(path for path in _OURS.rglob("*") if path.suffix in (".py", ".j2", ".css")),
            *sorted(path for folder in _TEMPLATES for path in folder.rglob("*.[cj]*")),
        ):
            state.update(path.read_bytes() if path.exists() else b"none")
        return state.digest()

    def _refuse_other_points(self) -> None:
        name, known = self.assignment.name, self._gradebook.points()
        changed = [cell for cell, worth in self.assignment.points.items() if known.get(cell) != worth]
        if changed:
            raise UsageError(
                f"source/{name} and the gradebook differ in {changed[0]}: run `nbgrader generate_assignment {name} "
                "--force` after a change of the points or the exercises."
            )


def _mark_of(files: bytes, standing: Standing) -> str:
    """Digest of files, and of what people have set in the gradebook."""
    return hashlib.sha256(files + repr(standing.by_hand).encode()).hexdigest()
