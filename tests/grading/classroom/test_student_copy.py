"""What a student gets: everything that the course needs, and nothing of what grades it."""

import ast
import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gmmlearn.contract import BONUS, CHAPTERS, EXERCISES, PROJECT_NOTEBOOK, notebook_of
from gmmlearn.grading.classroom.making import create
from gmmlearn.manifest import FOR_STUDENTS, PACKAGE
from gmmlearn.terminal import hand_in
from gmmlearn.terminal.kit import Kit

from ..course_folder import ROOT


@pytest.fixture(scope="module")
def kit(tmp_path_factory) -> Path:
    """The source of the assignment, which nbgrader releases as it is but for the notebooks' checksums."""
    return create(tmp_path_factory.mktemp("kit") / "course") / "source" / "gmm"


def test_the_kit_holds_the_notebooks_the_package_and_how_to_set_up(kit):
    notebooks = {path.name for path in (ROOT / "course").glob("*.ipynb")} - {PROJECT_NOTEBOOK, *map(notebook_of, BONUS)}
    assert len([name for name in notebooks if re.match(r"0[1-7]_", name)]) == 7
    set_up = {"environment.yml", "requirements.txt", "README.md"}
    assert {path.name for path in kit.iterdir()} == notebooks | {"gmmlearn"} | set_up
    assert len((kit / "README.md").read_text().splitlines()) <= 60, "a README of one page"


def test_the_kit_is_what_the_manifest_gives(kit):
    def files(package: Path) -> set[str]:
        names = {str(path.relative_to(package)) for path in package.rglob("*") if path.is_file()}
        return {name for name in names if "__pycache__" not in name}

    given = {name for name in files(PACKAGE) if Path(Path(name).parts[0]).stem in FOR_STUDENTS | set(CHAPTERS)}
    assert files(kit / "gmmlearn") == given | {"terminal/stubs.json", "terminal/handed_out.json"}


def test_what_is_handed_in_of_a_part_of_the_course_is_compared_with_that_part(tmp_path):
    """Students of chapters 4 and 8 were told that five other notebooks and nineteen exercises were missing."""
    source = create(tmp_path / "course", chapters=(4, 8), hunts=5) / "source" / "gmm"
    copy = Kit(source, source / "gmmlearn")
    assert {report.name for report in hand_in.unfinished(copy)} == hand_in.asked(copy) == {"responsibilities", "assign"}
    assert hand_in.make(copy, "ada").missing == ()
    asked = ("04_e_step.ipynb", PROJECT_NOTEBOOK, "hunts.ipynb")
    for name in (*asked, "explorations.ipynb"):
        (source / name).unlink()
    assert hand_in.make(copy, "ada").missing == asked
    begun = source / "gmmlearn" / "mixtures.py"
    begun.write_text(begun.read_text().replace("return", "return 2 *"))
    assert {EXERCISES[report.name].module for report in hand_in.unfinished(copy)} == {"mixtures", "e_step"}


def bodies(path: Path) -> dict[str, list[str]]:
    """Function -> its statements as Python reads them, without docstring, for the functions of a module."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            docstring = ast.get_docstring(node) is not None
            found[node.name] = [ast.unparse(statement) for statement in node.body[docstring:]]
    return found


def texts_of(path: Path) -> list[str]:
    """What a curious student reads in a file; of the wrong functions of the bug hunt each by itself."""
    if path.suffix == ".gzip":
        found = json.loads(gzip.decompress(path.read_bytes()))
        return [bug["source"] for bugs in found.values() for bug in bugs]
    return [path.read_text()]


def test_no_file_of_the_kit_holds_the_body_of_a_solution(kit):
    """`library.py` does the same by other people's functions; one line may be the only way to say it."""
    solved = {tuple(body) for path in (ROOT / "solutions").glob("*.py") for body in bodies(path).values()}
    solved = {body for body in solved if len(body) > 1}
    assert len(solved) > len(CHAPTERS)
    for path in kit.rglob("*.py"):
        assert not solved & {tuple(body) for body in bodies(path).values()}, path
    for path in kit.rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".npz", ".png"):
            for text in map(squashed, texts_of(path)):
                assert not [body for body in solved if all(squashed(statement) in text for statement in body)], path


def squashed(text: str) -> str:
    """Code without what an editor, a notebook's JSON or `ast.unparse` may change."""
    return re.sub(r"\s|\\n|\\|\"|'|,", "", text)


def test_a_body_in_a_notebook_would_be_found(kit):
    body = next(body for body in bodies(ROOT / "solutions" / "em.py").values() if len(body) > 1)
    source = (ROOT / "solutions" / "em.py").read_text()
    as_json = json.dumps(source.splitlines(keepends=True), indent=1)
    assert all(squashed(statement) in squashed(as_json) for statement in body)


def test_no_file_of_the_kit_holds_a_hidden_test(kit):
    hidden = [path.read_text() for path in (ROOT / "tests" / "hidden").glob("test_*.py")]
    names = {name for text in hidden for name in re.findall(r"def (test_\w+)", text)}
    calls = {line.strip() for text in hidden for line in text.splitlines() if "expect(" in line}
    assert len(names) > 40
    for path in kit.rglob("*"):
        if path.is_file() and path.suffix not in (".npz", ".png"):
            text = "\n".join(texts_of(path))
            assert not names & set(re.findall(r"\btest_\w+", text)), path
            assert "expect(" not in text or not [call for call in calls if len(call) > 10 and call in text], path


def test_no_file_of_the_kit_imports_what_is_not_in_it(kit):
    for path in kit.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in names:
                assert not re.match(r"(solutions|tests|hidden|gmmlearn\.grading)\b", name), (path, name)


def in_kit(kit: Path, code: str) -> str:
    """Run code as a student's kernel would: cwd the kit, which the installed clone must not replace."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=kit, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


ALONE = f"""
import sys
import importlib.abc
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder).lower()]
sys.path[:] = [path for path in sys.path if path != {str(ROOT)!r}]
"""


def test_the_kit_works_alone(kit):
    said = in_kit(
        kit,
        ALONE + "import gmmlearn\nfrom gmmlearn.checks import check, hint, progress, compare\nimport gmmlearn.explore\n"
        "print(gmmlearn.__file__)\nprint(check('assign').headline)\nprint(hint('assign'))\nprint(progress())\n"
        "print([name for name in sys.modules if name.startswith(('solutions', 'gmmlearn.grading', 'tests'))])\n"
        f"print([name for name, module in sys.modules.items() "
        f"if str(getattr(module, '__file__', '')).startswith({str(ROOT / 'gmmlearn')!r})])",
    )
    lines = said.splitlines()
    assert lines[0] == str(kit / "gmmlearn" / "__init__.py")
    assert lines[1] == "not written yet"
    assert lines[-2:] == ["[]", "[]"]


def test_the_command_line_of_the_kit_works_and_knows_that_it_does_not_grade(kit):
    main = "from gmmlearn.cli import main\nsys.argv[1:] = {}\ntry: main()\nexcept SystemExit as end: print(end.code)"
    assert "4.2 assign: not written yet" in in_kit(kit, ALONE + main.format(["check", "assign"]))
    assert in_kit(kit, ALONE + main.format(["judge", "."])).strip() == "2"


def test_reset_in_the_kit_gives_back_what_was_handed_out(kit):
    """Without git: the copy holds the stubs itself."""
    file = kit / "gmmlearn" / "e_step.py"
    before = file.read_text()
    file.write_text("spoilt = True\n")
    main = "from gmmlearn.cli import main\nsys.argv[1:] = {}\ntry: main()\nexcept SystemExit as end: print(end.code)"
    said = in_kit(kit, ALONE + main.format(["reset", "assign"]) + f"\nimport os\nos.unlink({str(file)!r})")
    assert "is a stub again" in said
    in_kit(kit, ALONE + main.format(["reset", "assign"]))
    assert file.read_text() == before


@pytest.mark.parametrize("notebook", ["04_e_step.ipynb"])
def test_a_notebook_runs_from_the_kit_alone(kit, notebook):
    """Before anything is written; a cell that calls what is not there yet is marked so."""
    code = ALONE.replace("\n", "\\n")
    said = in_kit(
        kit,
        "import nbformat, sys\nfrom nbclient import NotebookClient\n"
        f"notebook = nbformat.read({notebook!r}, as_version=4)\n"
        f"first = nbformat.v4.new_code_cell({code!r}.replace('\\\\n', chr(10)) + 'import gmmlearn')\n"
        "last = nbformat.v4.new_code_cell('print(gmmlearn.__file__)')\n"
        "notebook.cells = [first, *notebook.cells, last]\n"
        "NotebookClient(notebook, timeout=120, kernel_name='python3').execute()\n"
        "print(notebook.cells[-1].outputs[0].text)",
    )
    assert said.strip() == str(kit / "gmmlearn" / "__init__.py")
