"""Submissions for the tests of grading."""

import shutil
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS
from gmmlearn.grading.classroom import executors, making
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.classroom.judging import judge_each

from .collecting_class import CollectingClass

ROOT = Path(__file__).parents[2]


@pytest.fixture
def handed_in(tmp_path):
    """A function that makes a submission: the solutions, with the given chapters in their place."""

    def make(name: str = "submission", *, solved: bool = True, **chapters: str | bytes) -> Path:
        package = tmp_path / name / "gmmlearn"
        package.mkdir(parents=True)
        for chapter in CHAPTERS:
            if solved:
                shutil.copy(ROOT / "solutions" / f"{chapter}.py", package)
        for chapter, text in chapters.items():
            (package / f"{chapter}.py").write_bytes(text if isinstance(text, bytes) else text.encode())
        return package.parent

    return make


@pytest.fixture
def small_class(tmp_path):
    """A class of chapter 4 with two who handed in, one right and one the stub."""
    folder = making.create(tmp_path / "class", chapters=range(4, 5))
    for student, package in (("ada", "solutions"), ("bob", "gmmlearn")):
        submitted = folder / "submitted" / student / "gmm" / "gmmlearn"
        submitted.mkdir(parents=True)
        shutil.copy(ROOT / package / "e_step.py", submitted)
    return folder


class AtOnce:
    """Judges in this process, one after the other."""

    n_slots = 1

    def submit(self, task, seconds):
        future = Future()
        try:
            future.set_result(executors.judged(task))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def judged():
    """A function that judges a class in this process: student -> what came of it."""
    return lambda course, *students: dict(judge_each(Assignment.find(course), AtOnce(), students=students))


@pytest.fixture
def new_class(tmp_path) -> CollectingClass:
    return CollectingClass(tmp_path)


@pytest.fixture(scope="module")
def class_of_module(tmp_path_factory) -> Callable[[], CollectingClass]:
    return lambda: CollectingClass(tmp_path_factory.mktemp("collecting"))
