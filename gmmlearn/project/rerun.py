"""A rerun for those who grade: the declaration of a notebook, fitted by our code.

Nothing of the notebook is run, and no file that it names is opened.
"""

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
