"""The graded notebooks of one student, and the pages of feedback made of them.

They are what `nbgrader autograde` and `nbgrader generate_feedback` write, in one pass: settings, templates and texts
that are the same for all students are read once for the class.
"""

import json
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets.utils.importstring import import_item

from ..judge.submission import Submission
from ..judge.verdict import Verdict
from . import comments, project, source
from .handed_in import OF_THE_EXCHANGE, TIME_FILE
from .plugin import Restore, fill, say_by_hand, say_if_not_graded


def graded_notebooks(
    handed_in: Path,
    assignment: str,
    verdict: Verdict,
    submission: Submission,
    checksums: dict[str, dict[str, str]],
) -> dict[str, Any]:
    """The notebooks of a hand-in with the verdict in each graded cell.

    Parameters
    ----------
    handed_in : Path
        `submitted/STUDENT/ASSIGNMENT` of a class, made ready.
    assignment : str
    verdict : Verdict
    submission : Submission
        What was judged.
    checksums : dict of str to dict
        Notebook -> cell -> nbgrader's checksum of its text as it was handed out.
    """
    notebooks = {}
    texts = comments.saved(handed_in.parents[2])
    for name, known in checksums.items():
        nb = source.unchecked((handed_in / f"{name}.ipynb").read_text(encoding="utf-8"))  # see `handed_in.made_ready`
        resources = {
            "metadata": {"path": str(handed_in)}, "unique_key": name, "nbgrader": {"assignment": assignment},
        }  # fmt: skip
        nb, _ = Restore().preprocess(nb, resources)
        for cell in nb.cells:
            if is_grade(cell):
                fill(cell, verdict, submission)
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader["checksum"] = known[cell.metadata.nbgrader["grade_id"]]
        comments.put_saved(nb.cells, verdict, texts)
        project.put_rerun(nb.cells, handed_in)
        notebooks[name] = nb
    return notebooks


def names(course: Path, assignment: str) -> list[str]:
    """Names of the notebooks of an assignment that are graded."""
    return [name.removesuffix(".ipynb") for name in source.graded(course / "source" / assignment)]


class FeedbackPages:
    """Makes nbgrader's pages of feedback with the settings of a class.

    Parameters
    ----------
    config : traitlets.config.Config
        Of the class.
    """

    def __init__(self, config: Any) -> None:
        converter = GenerateFeedback(coursedir=CourseDirectory(config=config), config=config)
        self._exporter = _Exporter(config=converter.config)
        for preprocessor in converter.preprocessors:
            kind = import_item(preprocessor) if isinstance(preprocessor, str) else preprocessor
            if not issubclass(kind, GetGrades):  # which opens the gradebook for each notebook
                self._exporter.register_preprocessor(preprocessor, enabled=True)

    def page(self, name: str, nb: Any, standing: Any) -> str:
        """The page of one notebook.

        Parameters
        ----------
        name : str
            Of the notebook.
        nb : NotebookNode
            With its verdicts.
        standing : nbgrader.api.SubmittedNotebook
            What the gradebook holds of it.
        """
        grades = {grade.name: grade for grade in standing.grades}
        said = {comment.name: comments.text_of(comment) for comment in standing.comments}
        for cell in nb.cells:
            mark = cell.metadata.get("nbgrader", {})
            if is_solution(cell) or is_task(cell):
                mark["comment"] = said[mark["grade_id"]]
            if is_grade(cell) or is_task(cell):
                mark["score"], mark["points"] = grades[mark["grade_id"]].score, grades[mark["grade_id"]].max_score
            if is_grade(cell):
                say_if_not_graded(cell, grades[mark["grade_id"]])
            if is_grade(cell) and not is_solution(cell):
                say_by_hand(cell, grades[mark["grade_id"]])
        nb.cells = comments.all_shown(nb.cells)
        penalty = standing.late_submission_penalty or 0
        about = {"notebook": name, "student": standing.student.id, "assignment": standing.assignment.name}
        about |= {"score": standing.score - penalty, "max_score": standing.max_score, "late_penalty": penalty}
        page, _ = self._exporter.from_notebook_node(nb, {"unique_key": name, "nbgrader": about})
        return page


class _Exporter(HTMLExporter):
    """nbconvert's own, without copies and checks of our own notebook and without the second reading of each finished
    page; texts that many students have are kept."""

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Called for each notebook."""
        resources = self._init_resources(resources)
        self.register_filter("highlight_code", _highlighted)
        self.register_filter("filter_data_type", WidgetsDataTypeFilter(notebook_metadata={}, parent=self))
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        resources.setdefault("raw_mimetypes", self.raw_mimetypes)
        return self.template.render(nb=nb, resources=resources), resources


def _highlighted(text: str, language: str | None = None, metadata: Any = None) -> str:
    return _highlighted_as(text, language, (metadata or {}).get("magics_language"))


@lru_cache(maxsize=4096)
def _highlighted_as(text: str, language: str | None, magics_language: str | None) -> str:
    metadata = {"magics_language": magics_language} if magics_language else {}
    return Highlight2HTML(pygments_lexer="ipython3")(text, language, metadata)


def put(folder: Path, files: dict[str, bytes], drafts: Path) -> None:
    """Put files into a folder of their own, in the place of what was there, whole or not at all.

    Parameters
    ----------
    folder : Path
        Where they are afterwards, and nothing else.
    files : dict of str to bytes
        By their path in it.
    drafts : Path
        A folder on the same disk, for what is not whole yet.
    """
    draft, old = drafts / "new", drafts / "old"
    for path in (draft, old):
        if path.exists():
            shutil.rmtree(path)
    for name, data in files.items():
        path = draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def answers(graded: Path, notebooks: dict[str, Any]) -> dict[str, str]:
    """The answers that a person gives points to, as they were when a hand-in was graded last: graded cell -> text."""
    found = {}
    for name, nb in notebooks.items():
        asked = {cell.metadata.nbgrader["grade_id"] for cell in nb.cells if is_grade(cell) and is_solution(cell)}
        try:
            cells = json.loads((graded / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"] if asked else []
        except (OSError, ValueError, KeyError):  # none, or half of one by a killed `nbgrader autograde`
            continue
        for cell in cells:
            mark = cell["metadata"].get("nbgrader", {})
            if mark.get("grade_id") in asked:
                found[mark["grade_id"]] = "".join(cell["source"])
    return found


def for_the_exchange(handed_in: Path) -> dict[str, bytes]:
    """What `nbgrader release_feedback` reads beside the pages; nothing of a hand-in that came another way."""
    paths = [handed_in / name for name in OF_THE_EXCHANGE]
    return {path.name: path.read_bytes() for path in paths if path.is_file() and not path.is_symlink()}


def graded_files(handed_in: Path, submission: Submission, notebooks: dict[str, Any]) -> dict[str, bytes]:
    """What is kept of a graded hand-in: its notebooks with the verdicts, the modules as they were judged, its time."""
    # Not indented, as no person reads them; nbformat would copy, check and sort each of them.
    files = {f"{name}.ipynb": json.dumps(nb, ensure_ascii=False).encode() for name, nb in notebooks.items()}
    files |= {f"gmmlearn/{module}.py": text for module, text in submission.sources.items()}
    time = handed_in / TIME_FILE
    return files | ({TIME_FILE: time.read_bytes()} if time.is_file() else {})
