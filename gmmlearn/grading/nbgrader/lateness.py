"""What late work costs: the plug-in that nbgrader asks, with the extensions of `extensions.csv`.

c.AssignLatePenalties.plugin_class = "gmmlearn.grading.nbgrader.lateness.Lateness"
c.Lateness.percent_per_day = 10
c.Lateness.grace_minutes = 15
"""

import math
from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

from . import deadlines, settings

_DAY = 24 * 60 * 60


class Lateness(LateSubmissionPlugin):
    """Takes a percentage of the score for each day that has begun since the student's own deadline."""

    percent_per_day = Float(0.0, min=0.0, max=100.0, help="Of the score, for each day that has begun.").tag(config=True)
    grace_minutes = Float(0.0, min=0.0, help="What is later by no more than this counts as in time.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Called by nbgrader for each notebook of a submission that is late by the deadline of all."""
        asked_by = self.parent
        submission = asked_by.gradebook.find_submission(asked_by.assignment_id, student_id)
        course = Path(self.config.CourseDirectory.get("root", "."))
        zone = settings.zone(self.config)
        extended = deadlines.extensions(course, asked_by.assignment_id, zone).get(student_id)
        seconds = total_seconds_late
        if extended is not None:
            seconds = min(seconds, max(0.0, (deadlines.aware(submission.timestamp) - extended).total_seconds()))
        return score * self.share(seconds) or None

    def share(self, seconds_late: float) -> float:
        """The share of a score that is taken off, from 0 to 1."""
        if seconds_late <= 60 * self.grace_minutes:
            return 0.0
        if self.penalty_method == "zero":
            return 1.0
        return min(1.0, self.percent_per_day / 100 * math.ceil(seconds_late / _DAY))
