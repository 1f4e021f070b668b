"""Grading a class: `gmmlearn class grade` against stock nbgrader, which runs the notebooks.

    python -m benchmarks.classroom [--students 30] [--stock 10] [--interrupted]

Ours grades classes of 10, 100, 1,000 and so on, up to as many as wanted: judges, fills the gradebook, makes feedback
and compares. Stock grades the same submissions of all seven chapters, in the same run on the same machine: `nbgrader
autograde` alone, with nbgrader's own settings, on notebooks whose graded cells assert that the public check passes.
There are two kinds of these notebooks: the course's, with its pictures, and short ones that hold the imports and the
graded cells alone. As a notebook takes stock seconds, it grades the first ten submissions only, in which each kind has
its share.

With `--interrupted` a copy of the largest class is graded as well, and killed when half of it is done. What the next
run has made of it is compared with the class that nothing interrupted: every score, what still runs, what was left.

Of fifty submissions, twenty are complete, ten have one mistake, ten are half done, five are the stubs, four do what
they should not, and one is mangled.
"""

import argparse
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil

from gmmlearn.contract import CHAPTERS
from gmmlearn.grading.classroom.making import create

ROOT = Path(__file__).parents[1]
HALF = ["mixtures", "sampling", "likelihood"]
MISTAKE = {"e_step": "def assign(responsibilities):\n    return responsibilities.argmin(axis=1)\n"}
HOSTILE = {
    "m_step": "def update_weights(responsibilities):\n    while True:\n        pass\n",
    "likelihood": "import os\nos._exit(0)\n",
    "em": "def initialize(X, n_components, rng, method):\n    return bytearray(10**11)\n",
}
MANGLED = {"mixtures": "def gaussian_density(x, mean, variance:\n", "e_step": "\0\0", "em": "\ufeffimport nothing\n"}
KINDS = {"complete": (list(CHAPTERS), {}), "mistake": (list(CHAPTERS), MISTAKE), "half": (HALF, {}), "stubs": ([], {}),
         "hostile": (["mixtures"], HOSTILE), "mangled": (list(CHAPTERS), MANGLED)}  # fmt: skip
OF_TEN = ("complete", "mistake", "complete", "half", "complete", "mistake", "complete", "half", "stubs", "hostile")
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.Autograde.exclude_overwriting = {{"gmm": {modules!r}}}
"""


def main() -> None:
    """Make the classes, grade them, and print what it took."""
    parser = argparse.ArgumentParser(description="Grading a class against stock nbgrader.")
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--stock", type=int, default=10, help="how many of them stock nbgrader grades; 0 for none")
    parser.add_argument("--interrupted", action="store_true", help="also kill a run half way, and let the next go on")
    options = parser.parse_args()
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # for nbgrader's alembic
    with tempfile.TemporaryDirectory(prefix="gmmlearn-bench-") as folder:
        sizes = [10**power for power in range(1, 9) if 10**power < options.students]
        for students in [*sizes, options.students]:
            ours = class_of(Path(folder, f"ours-{students}"), students)
            if options.interrupted and students == options.students:
                shutil.copytree(ours, Path(folder, "interrupted"))
            total = run(ours, "gmmlearn", "class", "grade", ".")
            report("class grade, ours", total, students)
            report("again, nothing has changed", run(ours, "gmmlearn", "class", "grade", "."), students)
        if options.interrupted:
            interrupt(Path(folder, "interrupted"), ours, students)
        for kind in ("short", "course's") if options.stock else ():
            stock = stock_class(Path(folder, "stock-" + kind), short=kind == "short")
            hand_in(stock, options.stock)
            taken = run(stock, "nbgrader", "autograde", "gmm")
            report(f"stock, the {kind} notebooks", taken, options.stock)
            by = [(theirs / options.stock) / (mine / students) for theirs, mine in zip(taken[:2], total)]
            print(f"  stock takes {by[0]:.1f} times our time and {by[1]:.1f} times our CPU time a submission")


def class_of(folder: Path, students: int) -> Path:
    """A class that is ready to be graded."""
    course = create(folder)
    run(course, "nbgrader", "generate_assignment", "gmm")
    hand_in(course, students)
    return course


def interrupt(course: Path, whole: Path, students: int) -> None:
    """Kill a run when half of the class is graded, let the next one go on, and compare with a class graded at once."""
    began = time.monotonic()
    process = psutil.Popen(
        [sys.executable, "-m", "gmmlearn", "class", "grade", "."], cwd=course, stdout=subprocess.DEVNULL
    )
    while process.poll() is None and len(list(course.glob("verdicts/gmm/*.graded"))) < students / 2:
        time.sleep(0.02)
    others = process.children(recursive=True)
    process.kill()
    process.wait()
    _, orphans = psutil.wait_procs(others, timeout=20)
    n_done = len(list(course.glob("verdicts/gmm/*.graded")))
    print(f"killed after {time.monotonic() - began:.1f} s, with {n_done} of {students} graded")
    report("the next run", run(course, "gmmlearn", "class", "grade", "."), students)
    found, expected = scores(course), scores(whole)
    same = sum(one == other for one, other in zip(found, expected, strict=True))
    left = [path for path in (*course.glob(".grading/*"), *course.glob("verdicts/gmm/*.draft")) if path.name != "lock"]
    print(f"  {same} of {len(expected)} scores as without a kill; {len(orphans)} processes and {len(left)} files left")


def scores(course: Path) -> list[tuple]:
    """All scores of a gradebook: student, cell, what was judged and what was set by hand."""
    with sqlite3.connect(course / "gradebook.db") as database:
        return database.execute(
            "select submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,"
            " grade.extra_credit, grade.needs_manual_grade from grade"
            " join base_cell on grade.cell_id = base_cell.id"
            " join submitted_notebook on grade.notebook_id = submitted_notebook.id"
            " join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id order by 1, 2"
        ).fetchall()


def run(course: Path, program: str, *arguments: str) -> tuple[float, float, float, float]:
    """Run a command line in a class; elapsed and CPU seconds of all its processes, the most MB of all together, and
    of the command's own process.

    A sandbox is ended by force, and the system then counts nothing for what ran in it; so each process is looked at
    while it runs.
    """
    began, seconds, most, most_own = time.monotonic(), {}, 0, 0
    with tempfile.TemporaryFile() as said:
        process = psutil.Popen([sys.executable, "-m", program, *arguments], cwd=course, stdout=said, stderr=said)
        while process.poll() is None:
            held = own = 0
            with contextlib.suppress(psutil.Error):
                for one in [process, *process.children(recursive=True)]:
                    with contextlib.suppress(psutil.Error):
                        used = one.cpu_times()
                        seconds[one.pid, one.create_time()] = used.user + used.system
                        held += one.memory_info().rss
                        own = own or held  # the first is the command's own
            most, most_own = max(most, held), max(most_own, own)
            time.sleep(0.05)
        elapsed = time.monotonic() - began
        if process.returncode:
            said.seek(0)
            sys.exit(f"{program} {' '.join(arguments)} ended with {process.returncode}: {said.read()[-2000:].decode()}")
    return elapsed, sum(seconds.values()), most / 2**20, most_own / 2**20


def report(name: str, taken: tuple[float, float, float, float], students: int) -> None:
    """One line of the result. Pages that processes share are counted for each."""
    wall, cpu, memory, own = taken
    print(f"{name:32}{students:5} submissions {wall:7.1f} s, {cpu:7.1f} s CPU, {memory:5.0f} MB at most, "
          f"{own:4.0f} MB the command's own; a submission {wall / students:6.2f} s, {cpu / students:6.2f} s CPU",
          flush=True)  # fmt: skip


def hand_in(course: Path, students: int) -> None:
    """What a class may hand in: the notebooks and the modules, as `gmmlearn submit` sends them."""
    released = course / "release" / "gmm"
    for number in range(students):
        kind = "mangled" if number % 50 == 49 else OF_TEN[number % 10]
        solved, changed = KINDS[kind]
        folder = course / "submitted" / f"{kind}{number}" / "gmm"
        (folder / "gmmlearn").mkdir(parents=True)
        for path in (*released.glob("*.ipynb"), *(released / "gmmlearn" / f"{chapter}.py" for chapter in CHAPTERS)):
            shutil.copy(path, folder / path.relative_to(released))
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
