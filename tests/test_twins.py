"""A function of the contract looks the same wherever it stands: stub, reference and library."""

import importlib
import inspect

import pytest

from gmmlearn import library
from gmmlearn.contract import CHAPTERS, EXERCISES


def public_functions(module):
    """Names of the functions that a module defines itself, in the order of its text."""
    return [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    ]


def first_line(function):
    return inspect.getdoc(function).splitlines()[0]


@pytest.fixture(params=EXERCISES.values(), ids=lambda exercise: exercise.name)
def exercise(request):
    return request.param


@pytest.fixture
def stub(exercise):
    return getattr(importlib.import_module(f"gmmlearn.{exercise.module}"), exercise.name)


@pytest.fixture
def solution(exercise):
    return getattr(importlib.import_module(f"solutions.{exercise.module}"), exercise.name)


@pytest.mark.parametrize("room", ["gmmlearn", "solutions"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_holds_its_exercises_in_order_and_nothing_else(room, chapter):
    due = [exercise.name for exercise in EXERCISES.values() if exercise.module == chapter]
    assert due == public_functions(importlib.import_module(f"{room}.{chapter}"))


def test_the_library_holds_every_exercise_in_order_and_nothing_else():
    assert list(EXERCISES) == public_functions(library)


def test_the_solution_has_the_signature_of_the_stub(stub, solution):
    assert inspect.signature(stub) == inspect.signature(solution)


def test_the_library_has_the_signature_of_the_stub(stub, exercise):
    assert inspect.signature(stub) == inspect.signature(getattr(library, exercise.name))


def test_the_solution_opens_with_the_words_of_the_stub(stub, solution):
    assert first_line(stub) == first_line(solution)


def test_the_stub_adds_the_number_of_the_exercise_to_the_words_of_the_library(stub, exercise):
    due = first_line(getattr(library, exercise.name)).removesuffix(".")
    assert f"{due} (exercise {exercise.number})." == first_line(stub)
