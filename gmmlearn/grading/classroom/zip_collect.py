"""`nbgrader zip_collect` on our classes, with the reader of `gmmlearn class collect`."""

from pathlib import Path

from nbgrader.plugins import ExtractorPlugin

from ...errors import GmmlearnError
from ..collecting.finding import Unread
from ..collecting.names import Origin
from ..nbgrader import deadlines
from ..nbgrader.deadlines import Attempt
from . import roster, submitted
from .assignment import Assignment
from .attempts import CollectSettings, choose
from .collecting import gather


class Extract(ExtractorPlugin):
    """Puts the submissions of all archives in folders with the names of the students, which nbgrader then reads."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Called by nbgrader once, with the folder of all archives."""
        directory = self.parent.coursedir
        assignment = Assignment.find(Path(directory.root), directory.assignment_id)
        people = roster.read(assignment.course)
        settings = CollectSettings(
            Origin.AUTO, Attempt.LAST_BEFORE_DEADLINE, deadlines.find(assignment.course, assignment.name)
        )
        gathered = gather([Path(archive_path)], Origin.AUTO, people)
        for remark in gathered.remarks:
            self.log.error("%s It is left out.", remark)
        for row in gathered.rows:
            self.log.error("%s is left out: %s", row.student, " ".join(row.remarks))
        for student, several in gathered.students.items():
            if not several:
                self.log.warning("%s has handed in nothing.", student)
                continue
            try:
                chosen = choose(assignment, student, several, settings)
            except (Unread, GmmlearnError) as error:
                self.log.error("%s is left out: %s", student, error)
                continue
            for remark in (*chosen.remarks, *chosen.found.remarks):
                self.log.warning("%s: %s", student, remark)
            submitted.fill(Path(extracted_path, student), submitted.with_time(chosen.found.files, chosen.time))
