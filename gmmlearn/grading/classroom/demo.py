"""The main job in one go: a class of three, from its creation to the feedback, through nbgrader's own commands."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
from nbformat.v4 import new_markdown_cell

from ... import private
from ...calls import Status
from ...contract import CHAPTERS
from ...data import old_faithful
from ...errors import GmmlearnError
from ..nbgrader import store
from . import making
from .assignment import Assignment
from .grading import grade_each

_ROOT = private.ROOT
_HALF = """
import numpy as np

def sample_categorical(weights, n_samples, rng):
    return np.searchsorted(weights, rng.random(n_samples))  # the cumulative sum is missing

def sample_gaussian(mean, covariance, n_samples, rng):
    return mean + rng.standard_normal((n_samples, len(mean))) @ np.linalg.cholesky(covariance).T

def sample_mixture(weights, means, covariances, n_samples, rng):
    labels = sample_categorical(weights, n_samples, rng)
    X = np.array([sample_gaussian(means[k], covariances[k], 1, rng)[0] for k in labels])
    return X, labels
"""
_HOSTILE = {
    "mixtures": "import os\nos._exit(0)\n",
    "sampling": "def sample_categorical(weights, n_samples, rng)\n    return 0\n",
    "likelihood": "import os\nfor fd in range(3, 99):\n    try: os.write(fd, b'\\xff' * 64)\n    except OSError: pass\n"
    "def fit_gaussian(X): raise SystemExit(0)\ndef log_joint(*a): return open('/etc/passwd').read()\n"
    "def log_likelihood(*a):\n    import socket\n    socket.create_connection(('127.0.0.1', 80))\n",
    "e_step": "from sklearn.mixture import GaussianMixture\n",
    "m_step": "import numpy as np\ndef update_weights(responsibilities):\n    return np.zeros(10**12)\n"
    "class Agrees(np.ndarray):\n    __array_ufunc__ = __eq__ = lambda *a, **k: True\n"
    "def update_means(X, responsibilities): return np.zeros((2, 2)).view(Agrees)\n",
}


def run(folder: Path, say: Callable[[str], None]) -> Path:
    """Play a class through in an empty folder.

    Parameters
    ----------
    folder : Path
        In which the class is made.
    say : callable
        Called with each line of progress.

    Returns
    -------
    Path
        Folder of the class.

    Raises
    ------
    GmmlearnError
        When one of nbgrader's commands fails.
    """
    course = folder / "course101"
    say("$ gmmlearn class create course101")
    making.create(course, exchange=str(folder / "exchange"))
    _nbgrader(course, say, "generate_assignment", "gmm")
    archive = course / "downloaded" / "gmm" / "archive"
    archive.mkdir(parents=True)
    for student, changes in (("complete", None), ("half", {"sampling": _HALF}), ("hostile", _HOSTILE)):
        _hand_in(course / "release" / "gmm", archive / f"{student}.zip", changes)
        say(f"  {student}.zip handed in")
    _nbgrader(course, say, "zip_collect", "gmm")
    say("$ gmmlearn class grade")
    for student, graded in grade_each(Assignment.find(course), jobs=os.cpu_count() or 1):
        if graded.fault:
            raise GmmlearnError(f"{student}: {graded.fault}")
        for note in graded.notes:
            say(f"  {student}: {note}")
    _nbgrader(course, say, "export", "--to", "grades.csv")
    return course


def _hand_in(release: Path, archive: Path, changes: dict[str, str] | None) -> None:
    """Zip a copy of the released folder: solved if `changes` is None, else chapter 1 solved and these texts."""
    work = archive.parent / archive.stem
    shutil.copytree(release, work)
    for module in CHAPTERS if changes is None else ["mixtures"]:
        shutil.copy(_ROOT / "solutions" / f"{module}.py", work / "gmmlearn")
    for module, text in (changes or {}).items():
        (work / "gmmlearn" / f"{module}.py").write_text(text)
    if archive.stem == "hostile":
        path = work / "01_mixtures.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(new_markdown_cell("<img src=x onerror=\"document.title='owned'\">"))
        nbformat.write(notebook, path)
        (work / "02_sampling.ipynb").write_text("{}")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted([*work.glob("*.ipynb"), *(work / "gmmlearn").glob("*.py")]):
            file.write(path, path.relative_to(work))
    shutil.rmtree(work)


def _nbgrader(course: Path, say: Callable[[str], None], *arguments: str) -> None:
    say(f"$ nbgrader {' '.join(arguments)}")
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise GmmlearnError(f"nbgrader {arguments[0]} ended with {done.returncode}: {done.stderr[-1500:]}")


def told(course: Path, student: str) -> dict[str, list[str]]:
    """Status and message of what was begun and not passed -> names of a student's exercises."""
    verdict = store.read(store.verdict_file(course, "gmm", student))
    if verdict is None:
        raise GmmlearnError(f"There is no verdict on {student}.")
    said: dict[str, list[str]] = {}
    for name, exercise in verdict.exercises.items():
        if exercise.status not in (Status.PASSED, Status.NOT_STARTED):
            said.setdefault(f"{exercise.status.value}. {exercise.message}", []).append(name)
    return said


def old_faithful_side_by_side() -> list[tuple[str, str, str]]:
    """Old Faithful fitted by the reference and by scikit-learn from the same start: rows of name and two values."""
    from sklearn.mixture import GaussianMixture

    names = "fit", "initialize", "update_covariances", "update_means", "update_weights"
    fit, initialize, update_covariances, update_means, update_weights = map(private.reference, names)

    X = old_faithful()
    ours = fit(X, 2, np.random.default_rng(0), tol=1e-10, max_iter=500)
    start = initialize(X, 2, np.random.default_rng(0))
    means = update_means(X, start)
    theirs = GaussianMixture(
        2,
        weights_init=update_weights(start),
        means_init=means,
        precisions_init=np.linalg.inv(update_covariances(X, start, means)),
        tol=1e-10,
        max_iter=500,
    ).fit(X)
    rows = [
        ("mean log-likelihood", f"{ours.log_likelihoods[-1]:.6f}", f"{theirs.score(X):.6f}"),
        ("iterations", str(len(ours.log_likelihoods)), str(theirs.n_iter_)),
    ]
    upper = np.triu_indices(2)
    for k in range(2):
        for name, take in (("weights", ()), ("means", ()), ("covariances", upper)):
            mine, other = getattr(ours, name)[k][take], getattr(theirs, f"{name}_")[k][take]
            rows.append((f"{name}[{k}]", _short(mine), _short(other)))
    names = ("weights", "means", "covariances")
    gap = max(np.abs(getattr(ours, name) - getattr(theirs, f"{name}_")).max() for name in names)
    return [*rows, ("largest difference", f"{gap:.1e}", "")]


def _short(value: np.ndarray) -> str:
    """Four digits a number; of a covariance the upper triangle."""
    return "  ".join(f"{number:.4f}" for number in np.atleast_1d(value))
