"""What the box holds of ours: the worker, a few public files, and what the exercise that is judged may call.

Whatever is in the box can be found by a student's code, so the right functions that stand in for earlier ones come
into it exercise by exercise, and scikit-learn's mixtures with the first exercise that may use them. Nothing that came
in goes out again: a box only moves forward through the contract, see `Box.may_hold`.
"""

import ast
import importlib.util
import shutil
from functools import cache
from pathlib import Path

from ...checks.dependencies import parsed
from ...contract import EXERCISES, earlier_than
from ...manifest import IN_SANDBOX, PACKAGE

_WORKER = Path(__file__).parent / "worker"


class Box:
    """The two folders of one box: what is mounted as `/box`, and what is mounted in place of `sklearn.mixture`.

    Parameters
    ----------
    folder : Path
        An empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self.ours, self.mixture = folder / "box", folder / "mixture"
        self._furthest = 0
        shutil.copytree(_WORKER, self.ours / "worker", ignore=shutil.ignore_patterns("__pycache__"))
        (self.ours / "gmmlearn").mkdir()
        for name in IN_SANDBOX:
            shutil.copy(PACKAGE / name, self.ours / "gmmlearn")
        # There from the start: Python remembers which files a folder has.
        self._library = self.ours / "gmmlearn" / "library.py"
        self._library.touch()
        self.mixture.mkdir()
        # Where root starts the worker, another user is to read the box, whatever the umask is.
        for path in (folder, self.ours, *self.ours.rglob("*"), self.mixture):
            path.chmod(0o755 if path.is_dir() else 0o644)

    def may_hold(self, exercise: str) -> bool:
        """Whether nothing has come into the box yet that is more than this exercise may call."""
        return self._furthest <= _place(exercise)

    def hold(self, exercise: str, *, own: bool) -> None:
        """Put in what this exercise may call: the library's functions before it, unless all are the student's own."""
        self._furthest = _place(exercise)
        self._library.write_text("" if own else library_of(frozenset(earlier_than(exercise))), encoding="utf-8")
        if "sklearn" in EXERCISES[exercise].sklearn and not any(self.mixture.iterdir()):
            shutil.copytree(_sklearn_mixture(), self.mixture, dirs_exist_ok=True)


def _place(exercise: str) -> int:
    return list(EXERCISES).index(exercise)


def _sklearn_mixture() -> Path:
    spec = importlib.util.find_spec("sklearn")
    return Path(spec.origin).parent / "mixture"


@cache
def library_of(names: frozenset[str]) -> str:
    """The text of `gmmlearn.library` with these functions only, and without what is written about them."""
    kept = [node for node in _library() if not isinstance(node, ast.FunctionDef) or node.name in names]
    return ast.unparse(ast.Module(kept, []))


@cache
def _library() -> list[ast.stmt]:
    return [node for node in parsed((PACKAGE / "library.py").read_bytes()).body if not isinstance(node, ast.Expr)]
