"""The desks hold stubs and nothing but stubs, and a stub says all that one needs to write the function."""

import ast
import doctest
import importlib
import inspect
import re
from pathlib import Path

import numpy as np
import pytest

import gmmlearn
from gmmlearn import library
from gmmlearn.contract import CHAPTERS, EXERCISES

DESKS = Path(gmmlearn.__file__).parent


@pytest.fixture(params=EXERCISES.values(), ids=lambda exercise: exercise.name)
def exercise(request):
    return request.param


@pytest.fixture
def stub(exercise):
    return getattr(importlib.import_module(f"gmmlearn.{exercise.module}"), exercise.name)


def sections(function):
    """Title of each numpydoc section of a docstring -> its text."""
    parts = re.split(r"^(\w+)\n(-+)$", inspect.getdoc(function), flags=re.MULTILINE)
    for title, underline in zip(parts[1::3], parts[2::3]):
        assert len(title) == len(underline)
    return dict(zip(parts[1::3], parts[3::3]))


def test_a_stub_raises_a_sentence_that_names_the_exercise_and_the_file(stub, exercise):
    due = f"Exercise {exercise.number}: write {exercise.name} in gmmlearn/{exercise.module}.py"
    required = [p for p in inspect.signature(stub).parameters.values() if p.default is p.empty]
    with pytest.raises(NotImplementedError) as caught:
        stub(*(None for _ in required))
    assert due == str(caught.value)


def test_the_body_of_a_stub_is_its_docstring_and_one_raise(exercise):
    tree = ast.parse((DESKS / f"{exercise.module}.py").read_text(encoding="utf-8"))
    [function] = [node for node in tree.body if getattr(node, "name", None) == exercise.name]
    assert [ast.Expr, ast.Raise] == [type(statement) for statement in function.body]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_desk_holds_imports_and_functions_only(chapter):
    docstring, *rest = ast.parse((DESKS / f"{chapter}.py").read_text(encoding="utf-8")).body
    assert isinstance(docstring, ast.Expr)
    assert {ast.Import, ast.ImportFrom, ast.FunctionDef} >= {type(statement) for statement in rest}


def test_a_stub_describes_exactly_the_parameters_it_takes(stub):
    described = re.findall(r"^(\w+) : ", sections(stub)["Parameters"], flags=re.MULTILINE)
    assert list(inspect.signature(stub).parameters) == described


def test_a_stub_states_the_defaults_it_has(stub):
    described = dict(re.findall(r"^(\w+) : .*default (\S+)$", sections(stub)["Parameters"], flags=re.MULTILINE))
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(stub).parameters.items()
        if parameter.default is not parameter.empty
    }
    assert defaults == {name: ast.literal_eval(text) for name, text in described.items()}


def test_a_stub_gives_shapes_a_source_and_an_example(stub):
    assert {"Parameters", "Returns", "References", "Examples"} <= set(sections(stub))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_text_of_a_desk_names_its_exercises_by_number(chapter):
    text = inspect.getdoc(importlib.import_module(f"gmmlearn.{chapter}"))
    named = re.findall(r"(\d\.\d) `(\w+)`", text)
    assert [(e.number, e.name) for e in EXERCISES.values() if e.module == chapter] == named


@pytest.mark.parametrize("room", ["solutions", "library"])
def test_the_example_of_a_stub_is_true_of_the_finished_function(stub, exercise, room):
    module = library if room == "library" else importlib.import_module(f"solutions.{exercise.module}")
    names = {"np": np, exercise.name: getattr(module, exercise.name)}
    [example] = doctest.DocTestFinder(recurse=False).find(stub, exercise.name, globs=names)
    report = []
    result = doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(report)
