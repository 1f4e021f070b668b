"""A chapter holds stubs only, a stub says all that is needed to write it, and reference and library look the same."""

import ast
import doctest
import importlib
import inspect
import re

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.manifest import PACKAGE


@pytest.fixture(params=EXERCISES.values(), ids=lambda exercise: exercise.name)
def exercise(request):
    return request.param


@pytest.fixture
def stub(exercise):
    return getattr(importlib.import_module(f"gmmlearn.{exercise.module}"), exercise.name)


@pytest.fixture
def solution(exercise):
    return getattr(importlib.import_module(f"solutions.{exercise.module}"), exercise.name)


def public_functions(module):
    """Names of the functions that a module defines itself, in the order of its text."""
    return [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    ]


def first_line(function):
    return inspect.getdoc(function).splitlines()[0]


def sections(function):
    """Title of each numpydoc section of a docstring -> its text."""
    parts = re.split(r"^(\w+)\n(-+)$", inspect.getdoc(function), flags=re.MULTILINE)
    for title, underline in zip(parts[1::3], parts[2::3]):
        assert len(title) == len(underline)
    return dict(zip(parts[1::3], parts[3::3]))


def test_a_stub_raises_a_sentence_that_names_the_exercise_and_the_file(stub, exercise):
    expected = f"Exercise {exercise.number}: write {exercise.name} in gmmlearn/{exercise.module}.py"
    required = [p for p in inspect.signature(stub).parameters.values() if p.default is p.empty]
    with pytest.raises(NotImplementedError) as caught:
        stub(*(None for _ in required))
    assert expected == str(caught.value)


def test_the_body_of_a_stub_is_its_docstring_and_one_raise(exercise):
    tree = ast.parse((PACKAGE / f"{exercise.module}.py").read_text(encoding="utf-8"))
    [function] = [node for node in tree.body if getattr(node, "name", None) == exercise.name]
    assert [ast.Expr, ast.Raise] == [type(statement) for statement in function.body]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_holds_imports_and_functions_only(chapter):
    docstring, *rest = ast.parse((PACKAGE / f"{chapter}.py").read_text(encoding="utf-8")).body
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
def test_the_text_of_a_chapter_names_its_exercises_by_number(chapter):
    text = inspect.getdoc(importlib.import_module(f"gmmlearn.{chapter}"))
    named = re.findall(r"(\d\.\d) `(\w+)`", text)
    assert [(e.number, e.name) for e in EXERCISES.values() if e.module == chapter] == named


@pytest.mark.parametrize("place", ["solutions", "library"])
def test_the_example_of_a_stub_is_true_of_the_finished_function(stub, exercise, place):
    module = library if place == "library" else importlib.import_module(f"solutions.{exercise.module}")
    names = {"np": np, exercise.name: getattr(module, exercise.name)}
    [example] = doctest.DocTestFinder(recurse=False).find(stub, exercise.name, globs=names)
    report = []
    result = doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize("place", ["gmmlearn", "solutions"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_holds_its_exercises_in_order_and_nothing_else(place, chapter):
    expected = [exercise.name for exercise in EXERCISES.values() if exercise.module == chapter]
    assert expected == public_functions(importlib.import_module(f"{place}.{chapter}"))


def test_the_library_holds_every_exercise_in_order_and_nothing_else():
    assert list(EXERCISES) == public_functions(library)


def test_the_solution_has_the_signature_of_the_stub(stub, solution):
    assert inspect.signature(stub) == inspect.signature(solution)


def test_the_library_has_the_signature_of_the_stub(stub, exercise):
    assert inspect.signature(stub) == inspect.signature(getattr(library, exercise.name))


def test_the_solution_opens_with_the_words_of_the_stub(stub, solution):
    assert first_line(stub) == first_line(solution)


def test_the_stub_adds_the_number_of_the_exercise_to_the_words_of_the_library(stub, exercise):
    expected = first_line(getattr(library, exercise.name)).removesuffix(".")
    assert f"{expected} (exercise {exercise.number})." == first_line(stub)
