"""Grading a class: `gmmlearn class grade` against stock nbgrader, which runs the notebooks.

    python -m benchmarks.classroom [--students 30] [--stock 10]

Both grade the same submissions of all seven chapters, in one run on one machine. Ours judges, fills the gradebook,
makes feedback and compares. Stock is `nbgrader autograde` alone, with nbgrader's own settings, on notebooks whose
graded cells assert that the public check passes. Stock grades two kinds of notebooks: the course's, with its pictures,
and short ones that hold the imports and the graded cells alone. As a notebook takes it seconds, it grades the first
ten submissions only, in which each kind has its share.

Of fifty submissions, twenty are complete, ten have one mistake, ten are half done, five are the stubs, four do what
they should not, and one is mangled.
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
    parser.add_argument("--stock", type=int, default=10, help="how many of them stock nbgrader grades")
    options = parser.parse_args()
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # for nbgrader's alembic
    with tempfile.TemporaryDirectory(prefix="gmmlearn-bench-") as folder:
        ours = create(Path(folder, "ours"))
        run(ours, "nbgrader", "generate_assignment", "gmm")
        hand_in(ours, options.students)
        total = run(ours, "gmmlearn", "class", "grade", ".")
        report("class grade, ours", total, options.students)
        report("again, nothing has changed", run(ours, "gmmlearn", "class", "grade", "."), options.students)
        for kind in ("short", "course's"):
            stock = stock_class(Path(folder, "stock-" + kind), short=kind == "short")
            hand_in(stock, options.stock)
            taken = run(stock, "nbgrader", "autograde", "gmm")
            report(f"stock, the {kind} notebooks", taken, options.stock)
            by = [(theirs / options.stock) / (mine / options.students) for theirs, mine in zip(taken[:2], total)]
            print(f"  stock takes {by[0]:.1f} times our time and {by[1]:.1f} times our CPU time a submission")


def run(course: Path, program: str, *arguments: str) -> tuple[float, float, float]:
    """Run a command line in a class; elapsed and CPU seconds of all its processes, and the most MB of all together.

    A sandbox is ended by force, and the system then counts nothing for what ran in it; so each process is looked at
    while it runs.
    """
    began, seconds, most = time.monotonic(), {}, 0
    with tempfile.TemporaryFile() as said:
        process = psutil.Popen([sys.executable, "-m", program, *arguments], cwd=course, stdout=said, stderr=said)
        while process.poll() is None:
            held = 0
            with contextlib.suppress(psutil.Error):
                for one in [process, *process.children(recursive=True)]:
                    with contextlib.suppress(psutil.Error):
                        used = one.cpu_times()
                        seconds[one.pid, one.create_time()] = used.user + used.system
                        held += one.memory_info().rss
            most = max(most, held)
            time.sleep(0.05)
        elapsed = time.monotonic() - began
        if process.returncode:
            said.seek(0)
            sys.exit(f"{program} {' '.join(arguments)} ended with {process.returncode}: {said.read()[-2000:].decode()}")
    return elapsed, sum(seconds.values()), most / 2**20


def report(name: str, taken: tuple[float, float, float], students: int) -> None:
    """One line of the result. Pages that processes share are counted for each."""
    wall, cpu, memory = taken
    print(f"{name:32}{students:3} submissions {wall:7.1f} s, {cpu:7.1f} s CPU, {memory:5.0f} MB at most; "
          f"a submission {wall / students:6.2f} s, {cpu / students:6.2f} s CPU", flush=True)  # fmt: skip


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
