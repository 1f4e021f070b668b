"""Which part may import what, read off the text of every file; and what importing costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import gmmlearn
from gmmlearn.contract import CHAPTERS

ROOT = Path(gmmlearn.__file__).parents[1]
STUBS = tuple(f"gmmlearn.{chapter}" for chapter in CHAPTERS)
SKLEARN = {"em": ("sklearn.cluster",), "with_sklearn": ("sklearn",)}
PICKLES = ("pickle", "_pickle", "cPickle", "cloudpickle", "dill", "joblib", "shelve", "marshal", "pandas")

PRIVATE = ("solutions", "gmmlearn.grading", "gmmlearn.dev", "gmmlearn.private")
CALLED = ("gmmlearn.checks.api", "gmmlearn.checks.checking")
NEVER = {
    "gmmlearn/contract.py": ("gmmlearn", "solutions"),
    **dict.fromkeys(("gmmlearn/loading.py", "gmmlearn/notebook.py"), PRIVATE),
    "gmmlearn/library.py": (*STUBS, *PRIVATE, "gmmlearn.checks", "gmmlearn.explore"),
    **dict.fromkeys(
        ("gmmlearn/calls.py", "gmmlearn/encoding.py", "gmmlearn/performing.py"),
        ("gmmlearn.checks", "gmmlearn.library", "gmmlearn.contract", *PRIVATE),
    ),
    "gmmlearn/checks": (*STUBS, *PRIVATE, "matplotlib", "ipywidgets"),
    "gmmlearn/checks/comparing": ("gmmlearn.checks.diagnosing", "gmmlearn.checks.reporting", *CALLED),
    "gmmlearn/checks/diagnosing": ("gmmlearn.checks.reporting", *CALLED),
    "gmmlearn/checks/reporting": CALLED,
    "gmmlearn/explore": (*STUBS, *PRIVATE),
    "gmmlearn/figures": (*STUBS, *PRIVATE),
    "gmmlearn/project": (*STUBS, *PRIVATE, "gmmlearn.figures"),
    "gmmlearn/glossary.py": (*STUBS, *PRIVATE),
    "gmmlearn/hunting": (*STUBS, *PRIVATE),
    "gmmlearn/terminal": (*STUBS, *PRIVATE),
    "gmmlearn/grading": (*STUBS, *PICKLES, "numpy.load", "solutions", "gmmlearn.dev"),
    "gmmlearn/grading/processes.py": ("gmmlearn", "solutions"),
    "gmmlearn/grading/judge": (
        *("gmmlearn.grading.nbgrader", "gmmlearn.grading.classroom"),
        *("gmmlearn.grading.reporting", "gmmlearn.grading.collecting"),
    ),
    "gmmlearn/grading/collecting": (
        *("gmmlearn.grading.judge", "gmmlearn.grading.nbgrader", "gmmlearn.grading.classroom"),
        *("gmmlearn.grading.reporting", "gmmlearn.grading.commands", "nbgrader", "nbformat"),
    ),
    "gmmlearn/grading/nbgrader": ("gmmlearn.grading.classroom", "gmmlearn.grading.reporting"),
    "gmmlearn/grading/classroom": ("gmmlearn.grading.reporting", "gmmlearn.grading.commands"),
    "gmmlearn/grading/reporting": ("gmmlearn.grading.commands",),
    "gmmlearn/estimators": (*STUBS, *PRIVATE, "gmmlearn.checks", "gmmlearn.explore", "matplotlib", "ipywidgets"),
    "gmmlearn/dev": (*STUBS, "solutions", "gmmlearn.explore", "gmmlearn.figures"),
}
"""File or folder -> what nothing in it imports."""

WORKER_MAY = (
    *("gmmlearn.Fit", "gmmlearn.calls", "gmmlearn.contract", "gmmlearn.encoding", "gmmlearn.library"),
    *("gmmlearn.loading", "gmmlearn.manifest", "gmmlearn.performing", "gmmlearn.grading.judge.worker"),
)
"""What of ours the worker imports: it is mounted in the sandbox, so a student's code can read it."""


def module_name(path):
    """Dotted name of a file, `gmmlearn.checks` for its `__init__.py`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(text, module, is_package=False):
    """Dotted names that a text imports, anywhere in it; `from a import b` gives both `a` and `a.b`.

    `import_module("a")` and `numpy.load(...)` count as well.
    """
    package = module if is_package else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in ("import_module", "importlib.import_module", "__import__") and node.args:
                found |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
            elif called in ("np.load", "numpy.load"):
                found.add("numpy.load")
    return found


def within(name, prefixes):
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def files_of(place):
    """The Python files of a file or folder of the repository."""
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports_of(path):
    return imports(path.read_text(encoding="utf-8"), module_name(path), path.name == "__init__.py")


@pytest.mark.parametrize(
    "text",
    [
        "import gmmlearn.grading",
        "import gmmlearn.grading.judge as judge",
        "from gmmlearn import grading",
        "from gmmlearn.grading import judge",
        "from ...grading import judge",
        "from ... import grading",
        "def late():\n    from ...grading.judge import grade",
        "import importlib\nimportlib.import_module('gmmlearn.grading')",
    ],
)
def test_an_import_is_found_however_it_is_written(text):
    assert any(within(name, ["gmmlearn.grading"]) for name in imports(text, "gmmlearn.checks.comparing.values"))


def test_a_relative_import_in_an_init_starts_at_the_package():
    assert {"gmmlearn.checks.comparing", "gmmlearn.checks.comparing.Close"} == imports(
        "from .comparing import Close", "gmmlearn.checks", is_package=True
    )


@pytest.mark.parametrize("place", NEVER)
def test_nothing_imports_what_it_must_not(place):
    assert files_of(place)
    offences = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files_of(place)
        for name in sorted(imports_of(path))
        if within(name, NEVER[place])
    ]
    assert offences == []


@pytest.mark.parametrize("folder", ["gmmlearn", "solutions"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_imports_earlier_chapters_and_numerical_libraries_only(folder, chapter):
    earlier = [f"{folder}.{name}" for name in list(CHAPTERS)[: list(CHAPTERS).index(chapter)]]
    allowed = ("numpy", "scipy", "gmmlearn.Fit", *earlier, *SKLEARN.get(chapter, ()))
    names = imports_of(ROOT / folder / f"{chapter}.py") - {"gmmlearn"}  # a half of `from gmmlearn import Fit`
    assert sorted(name for name in names if not within(name, allowed)) == []


def test_solutions_import_numerical_libraries_and_the_contract_only():
    allowed = ("numpy", "scipy", "sklearn", "solutions", "gmmlearn.Fit", "gmmlearn.contract", *sys.stdlib_module_names)
    offences = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files_of("solutions")
        for name in sorted(imports_of(path) - {"gmmlearn"})
        if not within(name, allowed)
    ]
    assert offences == []


def test_the_course_does_without_the_estimators():
    files = [path for path in files_of("gmmlearn") + files_of("solutions") if "estimators" not in path.parts]
    offences = [path.name for path in files if any(within(name, ["gmmlearn.estimators"]) for name in imports_of(path))]
    offences += [
        path.name for path in (ROOT / "course").glob("0[1-7]*.ipynb") if "estimators" in path.read_text("utf-8")
    ]
    assert offences == []


def test_the_worker_imports_only_what_it_needs():
    halves = {"gmmlearn", "gmmlearn.grading"}  # of `from gmmlearn import library`
    offences = [
        f"{path.name} imports {name}"
        for path in files_of("gmmlearn/grading/judge/worker")
        for name in sorted(imports_of(path) - halves)
        if within(name, ["gmmlearn", "solutions", "tests"]) and not within(name, WORKER_MAY)
    ]
    assert offences == []


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("gmmlearn", ("numpy", "scipy", "sklearn", "matplotlib", "ipywidgets")),
        ("gmmlearn.contract", ("numpy", "scipy", "sklearn", "matplotlib", "ipywidgets")),
        ("gmmlearn.library", ("scipy", "sklearn", "matplotlib", "ipywidgets")),
        ("gmmlearn.data", ("scipy", "sklearn", "matplotlib", "ipywidgets")),
    ],
)
def test_importing_stays_cheap(module, heavy):
    program = f"import sys, {module}; print(*sorted(set({heavy!r}) & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
