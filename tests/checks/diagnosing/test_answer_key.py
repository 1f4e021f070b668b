"""The answer key: up to date, small, numbers only; its sentences are text."""

import time
from dataclasses import replace

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.checks.diagnosing import answer_key
from gmmlearn.checks.diagnosing.answer_key import AnswerKeyUnreadable, answers
from gmmlearn.checks.diagnosing.engine import diagnose
from gmmlearn.contract import EXERCISES
from gmmlearn.dev import answers as builder
from gmmlearn.dev import proof
from gmmlearn.performing import perform


@pytest.fixture(scope="module")
def made():
    return builder.build()


def test_the_stored_key_is_what_the_sources_give(made):
    stale = {name: list(proof.differences(answers(name), one)) for name, one in made.items()}
    assert {name: found for name, found in stale.items() if found} == {}, "run `gmmlearn dev answers`"


def test_a_change_of_a_mistake_makes_the_key_stale(made):
    first, *others = made["assign"].cases
    wrong = dict(first.wrong) | {"assign-axis": {"value": np.array([0.0])}}
    changed = replace(made["assign"], cases=(replace(first, wrong=wrong), *others))
    assert list(proof.differences(answers("assign"), changed)) == [f"{first.key}: wrong"]


def test_writing_and_reading_give_the_same_answers(made, tmp_path):
    answer_key.write(made, tmp_path / "answers.npz")
    for name, one in made.items():
        assert list(proof.differences(answers(name, tmp_path / "answers.npz"), one)) == []


def test_the_key_is_small_and_holds_numbers_only():
    assert answer_key.PATH.stat().st_size < 1_000_000
    with np.load(answer_key.PATH, allow_pickle=False) as stored:
        assert {stored[name].dtype.name for name in stored.files} == {"float64", "uint8"}
        index = b"".join(stored[name].tobytes() for name in stored.files if name.endswith(".index")).decode()
    assert not [word for word in ("def ", "np.einsum", "lambda", "return ") if word in index]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", None])
def test_a_broken_key_is_our_fault_and_says_so(content, tmp_path):
    path = tmp_path / "answers.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AnswerKeyUnreadable, match="install gmmlearn anew") as info:
        answers("assign", path)
    assert info.value.exit_code == 3


@pytest.mark.parametrize("name", EXERCISES)
def test_cases_have_names_of_their_own_and_say_what_is_special(name):
    cases = answers(name).cases
    assert len({case.key for case in cases}) == len(cases) >= 3
    assert all(case.about for case in cases)


def test_a_check_adds_little_to_the_functions_own_time():
    added = []
    for name in EXERCISES:
        function = getattr(library, name)
        for _ in range(2):  # the first imports
            begin = time.perf_counter()
            diagnosis = diagnose(answers(name).cases, lambda call, f=function: perform(f, call))
            last = time.perf_counter() - begin - diagnosis.seconds
        added.append(last)
    print(f"median of what a check adds: {1e3 * np.median(added):.1f} ms")
    assert np.isfinite(added).all()
