"""One graded class for all tests of grading: it is made once, and each file of tests works on a copy."""

import pytest

from ..course_folder import Class
from .graded_class import RIGHT


@pytest.fixture(scope="session")
def graded_once(tmp_path_factory) -> Class:
    """Chapters 3 and 4, graded: ada has all of it, bob nothing."""
    course = Class(tmp_path_factory.mktemp("graded"), "3-4")
    course.hand_in("ada", *RIGHT)
    course.hand_in("bob")
    said = course.run("gmmlearn", "class", "grade", ".", "--jobs", "2")
    assert "2 handed in: 2 graded now, 0 unchanged, 0 unread, 0 not graded." in said
    return course


@pytest.fixture(scope="module")
def course(graded_once, tmp_path_factory) -> Class:
    """A copy of that class."""
    return graded_once.copied(tmp_path_factory.mktemp("graded"))
