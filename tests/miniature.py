"""A miniature course of two exercises, complete and quick: what tests of the machinery break on purpose.

It is a clone in a folder of its own, with the real machinery and small chapters; commands run in it as in the real one.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = ("explore", "figures", "quizzes", "datasets", "__pycache__", "answers.npz", "sentences.toml", "library.py")
CHAPTERS = 'CHAPTERS = {"centre": "The centre", "spread": "The spread"}\n'
TABLE = '''def _table() -> Iterator[tuple]:
    """Two exercises."""
    yield "centre", "centre", 40, {"X": "n, d"}, _value("d")
    yield "spread", "spread", 60, {"X": "n, d"}, _value("d")


'''
SOLUTIONS = {
    "centre": 'def centre(X):\n    """Mean of every feature (exercise 1.1)."""\n    return X.mean(axis=0)\n',
    "spread": 'def spread(X):\n    """Variances (exercise 2.1)."""\n    return ((X - centre(X)) ** 2).mean(axis=0)\n',
}
MISTAKES = {
    "centre": {
        "median": ("These are the medians.", "np.median(X, axis=0)"),
        "sum": ("These are the sums.", "X.sum(axis=0)"),
        "axis": ("These are the means of the samples.", "X.mean(axis=1)"),
        "largest": ("These are the largest values.", "X.max(axis=0)"),
    },
    "spread": {
        "unbiased": ("These sums are divided by n - 1.", "((X - X.mean(axis=0)) ** 2).sum(axis=0) / (len(X) - 1)"),
        "root": ("These are standard deviations.", "X.std(axis=0)"),
        "uncentred": ("These are second moments about 0.", "(X**2).mean(axis=0)"),
        "sum": ("These are the sums of squares.", "((X - X.mean(axis=0)) ** 2).sum(axis=0)"),
    },
}
TEST = '''"""Hidden tests of a chapter of the miniature course."""

import pytest

from gmmlearn.checks.diagnosing.cases import untouched, values


@pytest.mark.exercise("{name}", weight=3, main=True)
def test_values(expect, rng):
    expect(values(rng.normal(2, 3, size=(7, 3)).round(2), about="seven samples of three features"))


@pytest.mark.exercise("{name}")
def test_input_stays_as_it_is(expect, rng):
    expect(untouched(rng.normal(size=(4, 2))))
'''


def make(folder: Path) -> Path:
    """Write the course, and build its answer key."""
    shutil.copytree(ROOT / "gmmlearn", folder / "gmmlearn", ignore=shutil.ignore_patterns(*LEFT_OUT))
    package = folder / "gmmlearn"
    real = (package / "contract.py").read_text()
    for chapter in re.findall(r'^    "(\w+)": "', real.partition("}")[0], re.M):
        (package / f"{chapter}.py").unlink()
    small = re.sub(r"CHAPTERS = \{.*?\n\}\n", CHAPTERS, real, count=1, flags=re.S)
    small = re.sub(r"def _table\(\).*?(?=def _numbered)", lambda _: TABLE, small, flags=re.S)
    (package / "contract.py").write_text(small)
    private, hidden, course = folder / "solutions", folder / "tests" / "hidden", folder / "course"
    for made in (private / "mistakes", hidden, course):
        made.mkdir(parents=True)
    for name in ("__init__.py", "mistakes/__init__.py", "mistakes/registry.py", "mistakes/submission.py"):
        shutil.copy(ROOT / "solutions" / name, private / name)
    for name in ("__init__.py", "conftest.py", "inputs.py"):
        shutil.copy(ROOT / "tests" / "hidden" / name, hidden)
    library = '"""The functions of the miniature course."""\n\nimport numpy as np\n'
    hints = ""
    for place, (name, solution) in enumerate(SOLUTIONS.items(), start=1):
        first = "from .centre import centre\n\n\n" if name == "spread" else "\n"
        message = f"Exercise {place}.1: write {name} in gmmlearn/{name}.py"
        stub = solution.partition("    return")[0] + f'    raise NotImplementedError("{message}")\n'
        (package / f"{name}.py").write_text(f'"""Chapter {place}."""\n\n{first}{stub}')
        (private / f"{name}.py").write_text(f'"""Chapter {place}: the reference."""\n\n{first}{solution}')
        known = "".join(
            f'\n\n@mistake("{name}")\ndef {name}_{word}(X):\n    """{sentence}"""\n    return {body}\n'
            for word, (sentence, body) in MISTAKES[name].items()
        )
        text = f'"""Known mistakes."""\n\nimport numpy as np\n\nfrom .registry import mistake\n{known}'
        (private / "mistakes" / f"{name}.py").write_text(text)
        (hidden / f"test_{name}.py").write_text(TEST.format(name=name))
        library += f"\n\n{solution}"
        hints += f"[{name}]\nhints = ['a question?', 'an idea', 'return ...']\n"
        cells = [
            {"cell_type": "markdown", "id": "text", "metadata": {}, "source": [f"### Exercise {place}.1: `{name}`"]},
            {
                "cell_type": "code",
                "id": "check",
                "source": [f'check("{name}")'],
                "metadata": {
                    "nbgrader": {"grade_id": name, "points": {"centre": 40, "spread": 60}[name], "locked": True}
                },
            },
        ]
        (course / f"{place:02}_{name}.ipynb").write_text(json.dumps({"cells": cells}))
    (package / "library.py").write_text(library)
    (package / "checks" / "hints.toml").write_text(hints)
    term = '["median"]\nmeaning = "The middle one."\ntaught = ["centre", "title"]\n'
    (package / "glossary.toml").write_text(term)
    run(folder, "dev", "glossary")
    done = run(folder, "dev", "answers")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the course in a folder, away from this one."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "gmmlearn", *command],
        cwd=folder / "course",
        env={"PYTHONPATH": str(folder), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
