"""Grading a class: ours against stock nbgrader, which runs the notebooks. Prints seconds a submission and the ratio.

    python -m benchmarks.classroom [--students 30] [--stock 3]

Both grade the same submissions of all seven chapters with nbgrader's `autograde`, in one run on one machine. Ours is
`gmmlearn class judge` and then `autograde` with the settings of a class; stock is `autograde` with nbgrader's own
settings on notebooks whose graded cells assert that the public check passes. Stock grades two kinds of notebooks:
the course's, with its pictures, and short ones that hold the imports and the graded cells alone. As a notebook
takes it seconds, it grades the first few submissions only.
"""

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil

from gmmlearn.contract import CHAPTERS
from gmmlearn.grading.classroom.making import create

ROOT = Path(__file__).parents[1]
KINDS = (
    ("complete", list(CHAPTERS), {}),
    ("half", ["mixtures", "sampling", "likelihood"], {}),
    (
        "mistakes",
        list(CHAPTERS),
        {"e_step": "def assign(responsibilities):\n    return responsibilities.argmin(axis=1)\n"},
    ),
    ("broken", ["mixtures", "sampling"], {"likelihood": "def fit_gaussian(X:\n"}),
)
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.Autograde.exclude_overwriting = {{"gmm": {modules!r}}}
"""


def main() -> None:
    """Make the classes, grade them, and print what it took."""
    parser = argparse.ArgumentParser(description="Grading a class against stock nbgrader.")
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--stock", type=int, default=3, help="how many of them stock nbgrader grades")
    options = parser.parse_args()
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # for nbgrader's alembic
    with tempfile.TemporaryDirectory(prefix="gmmlearn-bench-") as folder:
        ours = create(Path(folder, "ours"))
        run(ours, "nbgrader", "generate_assignment", "gmm")
        hand_in(ours, options.students)
        judged = run(ours, "gmmlearn", "class", "judge", ".")
        graded = run(ours, "nbgrader", "autograde", "gmm")
        report("judge, ours", judged, options.students)
        report("autograde, ours", graded, options.students)
        total = tuple(sum(pair) for pair in zip(judged, graded))
        report("together, ours", total, options.students)
        for kind in ("short", "course's"):
            stock = stock_class(Path(folder, "stock-" + kind), short=kind == "short")
            hand_in(stock, options.stock)
            taken = run(stock, "nbgrader", "autograde", "gmm")
            report(f"stock, the {kind} notebooks", taken, options.stock)
            by = [(theirs / options.stock) / (mine / options.students) for theirs, mine in zip(taken, total)]
            print(f"  stock takes {by[0]:.1f} times our time and {by[1]:.1f} times our CPU time a submission")


def run(course: Path, program: str, *arguments: str) -> tuple[float, float]:
    """Run a command line in a class; elapsed and CPU seconds of all its processes.

    A sandbox is ended by force, and the system then counts nothing for what ran in it; so each process is looked at
    while it runs.
    """
    began, seconds = time.monotonic(), {}
    with tempfile.TemporaryFile() as said:
        process = psutil.Popen([sys.executable, "-m", program, *arguments], cwd=course, stdout=said, stderr=said)
        while process.poll() is None:
            with contextlib.suppress(psutil.Error):
                for one in [process, *process.children(recursive=True)]:
                    with contextlib.suppress(psutil.Error):
                        used = one.cpu_times()
                        seconds[one.pid, one.create_time()] = used.user + used.system
            time.sleep(0.05)
        elapsed = time.monotonic() - began
        if process.returncode:
            said.seek(0)
            sys.exit(f"{program} {' '.join(arguments)} ended with {process.returncode}: {said.read()[-2000:].decode()}")
    return elapsed, sum(seconds.values())


def report(name: str, taken: tuple[float, float], students: int) -> None:
    """One line of the result."""
    print(f"{name:32}{students:3} submissions {taken[0]:7.1f} s, {taken[1]:7.1f} s CPU; a submission "
          f"{taken[0] / students:6.2f} s, {taken[1] / students:6.2f} s CPU", flush=True)  # fmt: skip


def hand_in(course: Path, students: int) -> None:
    """Copies of the released folder, of the four kinds in turn."""
    for number in range(students):
        name, solved, changed = KINDS[number % len(KINDS)]
        folder = course / "submitted" / f"{name}{number}" / "gmm"
        shutil.copytree(course / "release" / "gmm", folder)
        for chapter in solved:
            shutil.copy(ROOT / "solutions" / f"{chapter}.py", folder / "gmmlearn")
        for chapter, text in changed.items():
            (folder / "gmmlearn" / f"{chapter}.py").write_text(text)


def stock_class(folder: Path, *, short: bool) -> Path:
    """A class with nbgrader's own settings, whose graded cells assert."""
    shutil.copytree(create(folder.with_name("made-" + folder.name)) / "source", folder / "source")
    modules = [f"gmmlearn/{chapter}.py" for chapter in CHAPTERS]
    (folder / "nbgrader_config.py").write_text(STOCK.format(modules=modules))
    for path in (folder / "source" / "gmm").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
        for cell in marked:
            cell.source = f"assert {cell.source}.passed"
        if short:
            imports = nbformat.v4.new_code_cell("from gmmlearn.checks import check")
            notebook.cells = [imports, *marked]
        nbformat.write(notebook, path)
    run(folder, "nbgrader", "generate_assignment", "gmm")
    return folder


if __name__ == "__main__":
    main()
