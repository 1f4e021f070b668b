"""What every test run needs: the private half beside the package, and the stubs left alone."""

import sys
from pathlib import Path

from gmmlearn import private
from gmmlearn.contract import CHAPTERS

# `tests`, `benchmarks` and `solutions` are not installed with the package, because students get the package.
sys.path.insert(0, str(Path(__file__).parent))
private.package("solutions")

# The examples of a stub are true of the finished function; `tests/test_stubs.py` runs them on the reference.
collect_ignore = [f"gmmlearn/{chapter}.py" for chapter in CHAPTERS]
# Answers of students, which the tests of fairness load as such.
collect_ignore += ["tests/right_answers", "tests/wrong_answers"]
# Hostile modules, which are to run in the sandbox only.
collect_ignore += [f"tests/hostile/{kind}" for kind in ("library", "mixtures", "box", "left", "answers")]

FOR_STUDENTS = ("checks", "course", "explore", "hunting", "project", "terminal", "test_calls.py", "test_cli.py",
                "test_figures.py", "test_figures_geyser.py", "test_glossary.py", "test_library.py", "test_shapes.py",
                "test_stubs.py", "test_windows.py")  # fmt: skip
"""Tests of what a student uses; they need no sandbox and run on every system."""

NEEDS_LINUX = ("checks/diagnosing/test_answer_key.py", "course/run_notebook.py", "course/test_execute.py",
               "hunting/test_grading_bugs.py")  # fmt: skip
"""Those among them that grade, build or measure, and import what other systems do not have."""


def pytest_addoption(parser):
    """Called by pytest."""
    parser.addoption("--windows", action="store_true", help="run in a simulation of Windows, see tests/windows.py")
    parser.addoption("--long", action="store_true", help="try every hostile answer and many more seeds (`make trust`)")


def pytest_configure(config):
    """Called by pytest before it collects."""
    if config.getoption("--windows"):
        from tests import windows

        windows.begin()


def _is_linux():
    return sys.modules.get("resource", True) is not None and sys.platform == "linux"


def _for_students(path):
    """Whether a test, or a folder that holds some, is of what a student uses."""
    tests = Path(__file__).parent / "tests"
    if path in tests.parents or path in (tests, tests / "conftest.py"):
        return True
    return path.is_relative_to(tests) and path.relative_to(tests).parts[0] in FOR_STUDENTS


def pytest_report_header():
    """Called by pytest: says what is left out."""
    if _is_linux():
        return ""
    return f"left out, as this is not Linux: all but tests/{{{','.join(FOR_STUDENTS)}}}, and {', '.join(NEEDS_LINUX)}"


def pytest_ignore_collect(collection_path):
    """Called by pytest for every file and folder."""
    if _is_linux():
        return None
    needing = [Path(__file__).parent / "tests" / name for name in NEEDS_LINUX]
    return True if collection_path in needing or not _for_students(collection_path) else None


def pytest_collection_modifyitems(items):
    """Called by pytest: marks the tests of what a student uses."""
    for item in items:
        if _for_students(item.path):
            item.add_marker("student")
