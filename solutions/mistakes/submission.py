"""A submission that is right but for one known mistake: what a student's folder looks like to the judge."""

import ast
import inspect
import sys
from pathlib import Path

from gmmlearn.contract import CHAPTERS, EXERCISES

from .registry import Mistake

SOLUTIONS = Path(__file__).parent.parent


def write_submission(mistake: Mistake, folder: Path) -> None:
    """Write `folder/gmmlearn/<chapter>.py` for all chapters: the solutions, with the mistake in its place.

    The mistake's function stands at the end of its chapter, under the exercise's name, with what its module
    defines and imports beside the mistakes themselves.
    """
    package = folder / "gmmlearn"
    package.mkdir(parents=True, exist_ok=True)
    for chapter in CHAPTERS:
        text = (SOLUTIONS / f"{chapter}.py").read_text(encoding="utf-8")
        if chapter == EXERCISES[mistake.exercise].module:
            text += "\n\n" + source_of(mistake)
        (package / f"{chapter}.py").write_text(text, encoding="utf-8")


def source_of(mistake: Mistake) -> str:
    """The mistake as text that can be appended to its chapter, without the sentence that gives it away."""
    module = sys.modules[mistake.function.__module__]
    own_chapter = EXERCISES[mistake.exercise].module
    kept = []
    for statement in ast.parse(inspect.getsource(module)).body[1:]:
        match statement:
            case ast.FunctionDef(name=mistake.function.__name__):
                statement.name, statement.decorator_list = mistake.exercise, []
                del statement.body[0]
            case ast.ImportFrom(module="registry") | ast.FunctionDef(decorator_list=[_, *_]):
                continue
            case ast.ImportFrom(level=2):
                if statement.module == own_chapter:
                    continue
                statement.level = 1
            case ast.Assign() if "mistake" in {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}:
                continue
        kept.append(statement)
    return "\n\n".join(ast.unparse(statement) for statement in kept) + "\n"
