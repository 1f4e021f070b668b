"""What has fooled notebook autograders before, and bad input of every kind: one class of chapter 4, graded once.

Each student hands in one hole; all are right beside it unless it is about a wrong function that wants to be paid.
"""

import json
import os
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from ..course_folder import ROOT, Class, graded_cells, score_in

NOTEBOOK = "04_e_step.ipynb"
RIGHT = {"responsibilities": 66.75, "assign": 33.25}
MARKER = "written-by-a-student"
XSS = "<img src=x onerror=alert(1)>[click](javascript:alert(1))<script>alert(1)</script>![x](attachment:x.svg)"


def code(text: str) -> dict:
    return {"cell_type": "code", "id": "own", "metadata": {}, "source": text, "outputs": [], "execution_count": None}


class Hands:
    """Ways to hand in; each gets the folder and changes it."""

    def plain(self, folder: Path) -> None:
        pass

    def blanks_out_later_cells(self, folder: Path) -> None:  # H1
        self._stub(folder)
        hook = f"get_ipython().input_transformers_cleanup.append(lambda lines: [])\nopen('{MARKER}', 'w')"
        self._cells(folder, lambda cells: [code(hook), *cells])

    def reads_and_writes_the_gradebook(self, folder: Path) -> None:  # H2, H4
        book = folder.parents[2] / "gradebook.db"
        self._module(
            folder,
            "import os, sqlite3\n"
            f"for path in ({str(book)!r}, '../../../gradebook.db', '04_e_step.ipynb'):\n"
            "    if os.path.exists(path):\n        open(path, 'ab').close()\n        raise SystemExit(path)\n"
            "def assign(responsibilities):\n"
            f"    sqlite3.connect({str(book)!r}).execute('update grade set auto_score = 99')\n",
        )

    def equals_everything(self, folder: Path) -> None:  # H5
        self._module(
            folder,
            "import numpy as np\nclass Agrees(np.ndarray):\n"
            "    __eq__ = __ne__ = __array_ufunc__ = __array_function__ = lambda *a, **k: True\n"
            "def responsibilities(X, weights, *rest): return np.ones((len(X), len(weights))).view(Agrees)\n"
            "def assign(responsibilities): return np.zeros(len(responsibilities), int).view(Agrees)\n",
        )

    def ends_the_interpreter(self, folder: Path) -> None:  # H7
        self._module(folder, "import os\nos._exit(0)\n")

    def carries_scripts(self, folder: Path) -> None:  # H8
        def hostile(notebook: dict) -> None:
            cells = notebook["cells"]
            texts = [cell for cell in cells if cell["cell_type"] == "markdown"]
            texts[0]["source"] += XSS
            texts[1]["attachments"] = {"x.svg": {"image/svg+xml": ["<svg onload='alert(1)'/>"]}}
            texts[2]["metadata"]["tags"] = ['"><script>alert(1)</script>']
            raw = {"cell_type": "raw", "id": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": XSS}
            shown = {"output_type": "display_data", "metadata": {}, "data": {"text/html": XSS}}
            cells += [raw, code(XSS) | {"outputs": [shown]}]
            state = {"state": {"</script><script>alert(1)</script>": {}}}
            notebook["metadata"] |= {"title": XSS, "widgets": {"application/vnd.jupyter.widget-state+json": state}}

        self._notebook(folder, hostile)

    def writes_markup_in_its_functions(self, folder: Path) -> None:
        self._module(
            folder,
            f"def responsibilities(*arguments):\n    raise type({XSS!r}, (Exception,), {{}})({XSS!r})\n\n"
            f"def assign(responsibilities):  # {XSS} \u202e\n    return '</pre>', {XSS!r}\n",
        )

    def links_to_a_secret(self, folder: Path) -> None:  # H9
        for path in (folder / "notes.txt", folder / "gmmlearn" / "notes.txt"):
            path.symlink_to(folder.parents[2] / ".secret")
        (folder / "data").symlink_to(folder.parents[2] / "verdicts")

    def shadows_packages(self, folder: Path) -> None:  # H11
        for name in ("random", "numpy", "pytest", "sitecustomize", "nbgrader", "gmmlearn/library", "gmmlearn/numpy"):
            (folder / f"{name}.py").write_text("raise SystemExit('an impostor was imported')\n")

    def forges_a_result(self, folder: Path) -> None:  # H12
        self._stub(folder)

        def forged(cells: list) -> list:
            for cell in cells:
                if cell["metadata"].get("nbgrader"):
                    data = {"text/plain": "66.75"}
                    cell["outputs"] = [
                        {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
                    ]
            return cells

        self._cells(folder, forged)

    def deletes_and_duplicates_graded_cells(self, folder: Path) -> None:
        def without(cells: list) -> list:
            marked = [cell for cell in cells if cell["metadata"].get("nbgrader")]
            return [cell for cell in cells if cell is not marked[1]] + [json.loads(json.dumps(marked[0]))]

        self._cells(folder, without)

    def changes_its_points(self, folder: Path) -> None:
        self._stub(folder)

        def richer(cells: list) -> list:
            for cell in cells:
                if cell["metadata"].get("nbgrader"):
                    cell["metadata"]["nbgrader"] |= {"points": 1e6, "grade": False, "solution": True}
                    cell["source"] = "100"
            return cells

        self._cells(folder, richer)

    def writes_a_mark_that_nbgrader_stops_at(self, folder: Path) -> None:
        self._cells(folder, lambda cells: [
            *cells, code("1") | {"metadata": {"nbgrader": {"schema_version": 99, "grade": True}}},
            code("2") | {"metadata": {"nbgrader": []}},
        ])  # fmt: skip

    def breaks_its_notebook(self, folder: Path) -> None:
        (folder / NOTEBOOK).write_text("this is not JSON")

    def hands_in_no_notebook(self, folder: Path) -> None:
        (folder / NOTEBOOK).unlink()

    def hands_in_no_package(self, folder: Path) -> None:
        shutil.rmtree(folder / "gmmlearn")

    def links_its_module(self, folder: Path) -> None:
        self._replaced(folder).symlink_to(ROOT / "solutions" / "e_step.py")

    def makes_a_folder_of_its_module(self, folder: Path) -> None:
        self._replaced(folder).mkdir()
        (folder / "README.md").unlink()
        (folder / "README.md").mkdir()

    def hands_in_a_pipe(self, folder: Path) -> None:
        os.mkfifo(self._replaced(folder))

    def hides_its_module(self, folder: Path) -> None:
        (folder / "gmmlearn" / "e_step.py").chmod(0)

    def writes_a_time_that_is_none(self, folder: Path) -> None:
        (folder / "timestamp.txt").write_text("soon")

    def _replaced(self, folder: Path) -> Path:
        path = folder / "gmmlearn" / "e_step.py"
        path.unlink()
        return path

    def _stub(self, folder: Path) -> None:
        shutil.copy(ROOT / "gmmlearn" / "e_step.py", folder / "gmmlearn")

    def _module(self, folder: Path, text: str) -> None:
        (folder / "gmmlearn" / "e_step.py").write_text(text)

    def _notebook(self, folder: Path, change) -> None:
        notebook = json.loads((folder / NOTEBOOK).read_text())
        change(notebook)
        (folder / NOTEBOOK).write_text(json.dumps(notebook))

    def _cells(self, folder: Path, change) -> None:
        self._notebook(folder, lambda notebook: notebook.update(cells=change(notebook["cells"])))


WAYS = [name for name in vars(Hands) if not name.startswith("_")]
EARNS_NOTHING = {
    "blanks_out_later_cells", "reads_and_writes_the_gradebook", "equals_everything", "ends_the_interpreter",
    "forges_a_result", "changes_its_points", "hands_in_no_package", "links_its_module",
    "makes_a_folder_of_its_module", "hands_in_a_pipe", "hides_its_module", "writes_markup_in_its_functions",
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    course = Class(tmp_path_factory.mktemp("holes"), "4")
    for way in WAYS:
        getattr(Hands(), way)(course.hand_in(way, "e_step"))
    course.said = course.run("gmmlearn", "class", "judge", ".")
    course.log = course.run("nbgrader", "autograde", "gmm")
    course.run("nbgrader", "generate_feedback", "gmm")
    course.result = course.scores()
    return course


@pytest.mark.parametrize("way", WAYS)
def test_the_score_is_what_the_functions_earn(course, way):
    if way == "hides_its_module" and os.geteuid() == 0:
        pytest.skip("root reads files without permission to")
    assert course.result[way] == (0 if way in EARNS_NOTHING else 100)


@pytest.mark.parametrize("way", WAYS)
def test_the_notebook_shows_each_exercise_once_with_its_own_points(course, way):
    cells = graded_cells(course.autograded(way, NOTEBOOK))
    assert {name: cell.metadata.nbgrader.points for name, cell in cells.items()} == RIGHT
    assert sum(score_in(cell) for cell in cells.values()) == course.result[way]


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("breaks_its_notebook", f"{NOTEBOOK} is not a notebook that can be read"),
        ("hands_in_no_notebook", f"The course's own {NOTEBOOK} is used instead"),
        ("links_its_module", "gmmlearn/e_step.py is a symbolic link; hand in the file itself."),
        ("makes_a_folder_of_its_module", "gmmlearn/e_step.py is a folder; it should be a file."),
        ("hands_in_a_pipe", "gmmlearn/e_step.py is not an ordinary file."),
        ("links_to_a_secret", "data is a symbolic link; hand in the file itself."),
        ("writes_a_time_that_is_none", "timestamp.txt holds no time."),
    ],
)
def test_what_was_set_aside_is_said_in_a_sentence(course, way, said):
    assert any(line.startswith(f"{way}: ") and said in line for line in course.said.splitlines()), course.said
    if "gmmlearn/" in said:
        assert said in json.dumps(graded_cells(course.autograded(way, NOTEBOOK))["assign"])


def test_a_notebook_that_is_used_instead_says_so(course):
    for way in ("breaks_its_notebook", "hands_in_no_notebook"):
        assert "the course's own notebook" in course.autograded(way, NOTEBOOK).cells[0].source


def test_the_gradebook_is_out_of_reach(course):
    with Gradebook(f"sqlite:///{course.folder}/gradebook.db", "course101") as gradebook:
        grades = [grade.auto_score for student in gradebook.students for s in student.submissions
                  for notebook in s.notebooks for grade in notebook.grades]  # fmt: skip
    assert len(grades) == len(WAYS) * len(RIGHT)
    assert set(grades) <= {0.0, *RIGHT.values()}
    panel = graded_cells(course.autograded("reads_and_writes_the_gradebook", NOTEBOOK))["responsibilities"]
    assert "SystemExit" not in json.dumps(panel)


def test_no_code_of_a_notebook_is_run(course):
    assert not list(course.folder.parent.rglob(MARKER))


def test_no_link_is_followed(course):
    secret = (course.folder / ".secret").read_text().strip()
    for folder in ("autograded", "feedback"):
        for path in (course.folder / folder).rglob("*"):
            assert not path.is_symlink()
            assert path.is_dir() or secret not in path.read_text(errors="replace"), path


def test_no_hidden_test_is_left_with_what_is_graded(course):
    lines = {
        line.strip()
        for path in (ROOT / "tests" / "hidden").glob("*.py")
        for line in path.read_text().splitlines()
        if "def test_" in line or "expect(" in line
    }
    for folder in ("autograded", "feedback", "release"):
        for path in (course.folder / folder).rglob("*.*"):
            if path.suffix in (".ipynb", ".html", ".py"):
                assert not lines & {line.strip() for line in path.read_text().splitlines()}, path


class Seen(HTMLParser):
    """Collects what could run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "link", "base", "form"):
            self.found.append(tag)
        for name, value in attrs:
            outside = name in ("src", "srcset", "data", "poster") and not (value or "").startswith("data:")
            if name.startswith("on") or outside or (name == "href" and (value or "").strip().startswith("java")):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("way", ["plain", "carries_scripts", "writes_markup_in_its_functions"])
def test_a_page_of_feedback_runs_no_script_and_loads_nothing(course, way):
    page = (course.folder / "feedback" / way / "gmm" / "04_e_step.html").read_text()
    seen = Seen()
    seen.feed(page)
    assert seen.found == []
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'" in page
    assert "\u202e" not in page
    assert "<math" in page
    assert "$" not in page.partition("<body>")[2]


def test_what_the_formgrader_draws_holds_only_text_of_the_course(course):
    """The formgrader draws the autograded notebook with scripts of its own, so no foreign markup may be left in it."""
    texts = {cell.source for cell in course.autograded("plain", NOTEBOOK).cells}
    notebook = course.autograded("carries_scripts", NOTEBOOK)
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"nbgrader", "magics_language"}
        assert "attachments" not in cell
        assert cell.cell_type == "code" or cell.source in texts
