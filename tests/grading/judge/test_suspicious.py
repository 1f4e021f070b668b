"""The list for the instructor: every way of the hostile tests is on it, no ordinary answer is."""

from dataclasses import replace
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS
from gmmlearn.grading.judge.suspicious import MAX_BYTES, MAX_FOUND, Suspicion, suspicious
from gmmlearn.grading.judge.verdict import Verdict

TESTS = Path(__file__).parents[2]
WAYS = [path for kind in ("library", "mixtures") for path in sorted((TESTS / "hostile" / kind).glob("*.py"))]


@pytest.mark.parametrize("way", WAYS, ids=lambda path: path.stem)
def test_a_way_around_the_exercise_is_named(way):
    assert suspicious({way.stem: way.read_bytes()})


def test_ordinary_answers_are_not_on_the_list():
    answers = [path for path in TESTS.glob("right_answers/*/*.py") if path.stem in CHAPTERS]
    assert len(answers) > 50
    assert [found for path in answers for found in suspicious({path.stem: path.read_bytes()})] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("from sys import modules", "sys.modules"),
        ("from . import library", "gmmlearn.library"),
        ("f = getattr(g, '__glo' + 'bals__')", "getattr of a name that is put together"),
        ("getattr(g, '__globals__')", "'__globals__'"),
        ("import os\nos.system('ls')", "os.system"),
    ],
)
def test_what_is_named(text, what):
    assert what in [one.what for one in suspicious({"em": text.encode()})]


@pytest.mark.parametrize("text", [b"(" * 9000, b"def f(:", b"-" * 90_000 + b"1", b"\xff", b"'\\d'"])
def test_what_cannot_be_parsed_or_is_odd_is_no_fault(text):
    assert suspicious({"em": text}) == []


def test_the_list_and_the_work_for_it_are_bounded():
    assert len(suspicious({"em": b"exec('')\n" * 10_000})) == MAX_FOUND
    long = suspicious({"em": b"x = 1\n", "other": b"[]," * MAX_BYTES})
    assert long == [Suspicion("gmmlearn/other.py", 1, "too long to be looked at")]


def test_a_verdict_keeps_the_list_and_one_without_it_can_be_read():
    verdict = replace(Verdict({}, True, 1, "0"), suspicious=(Suspicion("gmmlearn/em.py", 3, "gc"),))
    assert Verdict.from_json(verdict.to_json()) == verdict
    old = verdict.to_json()
    del old["suspicious"]
    assert Verdict.from_json(old).suspicious == ()
