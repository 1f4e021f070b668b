"""A rerun for those who grade: the declaration of a notebook on standard input, fitted by our code; JSON comes out.

Nothing of the notebook is run, and no file that it names is opened.
"""

import json
import sys
from typing import Any

from ..errors import UsageError
from .checking import ProjectReport, note_on, report_on
from .reading import declared_in
from .tables import SHIPPED

NOT_OURS = "The data are the student's own ({}), so the numbers cannot be reproduced here."


def rerun(notebook: bytes) -> ProjectReport:
    """The report on the declared model.

    Parameters
    ----------
    notebook : bytes
        As it was handed in.
    """
    try:
        project = declared_in(notebook)
    except UsageError as error:
        return ProjectReport(problem=str(error))
    if project.data not in SHIPPED:
        return ProjectReport(problem=NOT_OURS.format(project.data[:60]))
    return report_on(project, note_on(notebook))


def to_json(report: ProjectReport) -> dict[str, Any]:
    """What is shown of a report, and what is counted in a class."""
    return {
        "html": report._repr_html_(),
        "problem": report.problem,
        "reproduced": sum(claim.reproduced for claim in report.claims),
        "claims": len(report.claims),
        "traps": [trap.name for trap in report.traps],
    }


if __name__ == "__main__":
    json.dump(to_json(rerun(sys.stdin.buffer.read())), sys.stdout)
