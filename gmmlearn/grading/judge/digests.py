"""What a verdict rests on besides the submission, as short digests: a comment or an empty line changes none."""

import ast
import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ... import __version__, private
from ...checks.dependencies import parsed
from ...contract import EXERCISES
from ...manifest import IN_SANDBOX, PACKAGE


@cache
def libraries() -> dict[str, str]:
    """Versions of Python, gmmlearn, NumPy, SciPy and scikit-learn."""
    found = {name: version(name) for name in ("numpy", "scipy", "scikit-learn")}
    return {"python": platform.python_version(), "gmmlearn": __version__, **found}


@cache
def of_tests(exercise: str) -> str:
    """Digest of the hidden tests of an exercise, with its known mistakes and all that runs them.

    Parameters
    ----------
    exercise : str

    Returns
    -------
    str
        The same as long as no code of these has changed.
    """
    module = EXERCISES[exercise].module
    state = hashlib.sha256(_of_all().encode())
    state.update(_code(private.FOLDERS["solutions"] / "mistakes" / f"{exercise}.py").encode())
    for statement in parsed((private.FOLDERS["hidden"] / f"test_{module}.py").read_bytes()).body:
        if _tested(statement) in (None, exercise):
            state.update(ast.dump(statement).encode())
    return state.hexdigest()[:16]


@cache
def of_hunts(exercises: tuple[str, ...]) -> str:
    """Digest of what a bug hunt in these exercises rests on; empty where there are none."""
    if not exercises:
        return ""
    state = hashlib.sha256(repr((exercises, _of_all())).encode())
    state.update(private.BUGS.read_bytes())
    for path in sorted((PACKAGE / "hunting").glob("*.py")):
        state.update(_code(path).encode())
    return state.hexdigest()[:16]


@cache
def _of_all() -> str:
    """Of what every exercise rests on: reference, engine, judge, sandbox, and what the hidden tests share."""
    state = hashlib.sha256()
    solutions, hidden = private.FOLDERS["solutions"], private.FOLDERS["hidden"]
    paths = [*solutions.glob("*.py"), solutions / "mistakes" / "registry.py", hidden / "inputs.py"]
    paths += [hidden / "conftest.py", *(PACKAGE / name for name in (*IN_SANDBOX, "library.py"))]
    for folder in ("checks", "grading/judge"):
        paths += (PACKAGE / folder).rglob("*.py")
    for path in sorted(paths):
        state.update(_code(path).encode())
    return state.hexdigest()


def _code(path: Path) -> str:
    return ast.dump(parsed(path.read_bytes()))


def _tested(statement: ast.stmt) -> str | None:
    """The exercise that a hidden test is marked with; None for what is no test.

    >>> _tested(ast.parse("@pytest.mark.exercise('assign', main=True)\\ndef test_ties(expect, rng): pass").body[0])
    'assign'
    """
    for decorator in getattr(statement, "decorator_list", ()):
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") == "exercise":
            return decorator.args[0].value
    return None
