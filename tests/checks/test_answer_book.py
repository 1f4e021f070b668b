"""The answer book: fresh, small, all numbers, and able to tell every known mistake from every other."""

import time
from dataclasses import replace

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.checks import book
from gmmlearn.checks.diagnose import diagnose
from gmmlearn.contract import EXERCISES
from gmmlearn.errors import GmmlearnError
from solutions import answer_book, proof
from solutions.mistakes import mistakes_of


@pytest.fixture(scope="module")
def made():
    return answer_book.pages()


def test_the_stored_book_is_what_the_sources_give(made):
    stale = {name: list(proof.differences(book.page(name), page)) for name, page in made.items()}
    assert {name: found for name, found in stale.items() if found} == {}, "run `gmmlearn dev answers`"


def test_a_change_of_a_mistake_makes_the_book_stale(made):
    page = made["assign"]
    first = page.cases[0]
    wrong = first.wrong | {"assign-axis": {"value": np.array([0.0])}}
    changed = replace(page, cases=(replace(first, wrong=wrong), *page.cases[1:]))
    assert list(proof.differences(book.page("assign"), changed)) == ["skewed: wrong"]


def test_writing_and_reading_give_the_same_pages(made, tmp_path):
    book.write(made, tmp_path / "book.npz")
    for name, page in made.items():
        assert list(proof.differences(book.page(name, tmp_path / "book.npz"), page)) == []


def test_the_book_is_small_and_holds_numbers_only():
    assert book.PATH.stat().st_size < 2_000_000
    with np.load(book.PATH, allow_pickle=False) as stored:
        assert {stored[name].dtype.name for name in stored.files} == {"float64", "uint8"}
        index = b"".join(stored[name].tobytes() for name in stored.files if name.endswith(".index")).decode()
    assert not [word for word in ("def ", "np.einsum", "lambda", "return ") if word in index]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", None])
def test_a_broken_book_is_our_fault_and_says_so(content, tmp_path):
    path = tmp_path / "answers.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(book.BookUnreadable, match="install gmmlearn anew") as info:
        book.page("assign", path)
    assert isinstance(info.value, GmmlearnError)
    assert info.value.exit_code == 3


@pytest.mark.parametrize("name", EXERCISES)
def test_every_mistake_is_refused_and_called_by_its_name(name):
    """Prints the matrix of mistakes by cases; `pytest -s` shows it."""
    page = book.page(name)
    known = mistakes_of(name)
    found = {mistake.id: diagnose(page, mistake.function) for mistake in known}
    print(f"\n{name}: mistakes by cases (x refused, . passed)")
    print(f"    {'':44} {' '.join(f'{case.key[:12]:>12}' for case in page.cases)}")
    for mistake_id, diagnosis in found.items():
        refused = {trial.case.key for trial in diagnosis.failed}
        marks = " ".join(f"{'x' if case.key in refused else '.':>12}" for case in page.cases)
        print(f"    {mistake_id.removeprefix(name + '-'):44} {marks}")
    assert len(known) >= 4
    assert {mistake_id: one.mistake for mistake_id, one in found.items()} == {one.id: one.id for one in known}


@pytest.mark.parametrize("shift", [77, 78])
@pytest.mark.parametrize("name", ["sample_categorical", "sample_gaussian", "sample_mixture"])
def test_mistakes_of_samplers_are_known_by_their_law_whatever_the_seed(name, shift):
    page = book.page(name)
    other = replace(page, cases=tuple(answer_book.reseeded(case, shift) for case in page.cases))
    assert diagnose(other, getattr(library, name)).passed
    known = mistakes_of(name)
    named = {mistake.id: diagnose(other, mistake.function).mistake for mistake in known}
    assert named == {mistake.id: mistake.id for mistake in known}


@pytest.mark.parametrize("name", EXERCISES)
def test_the_library_passes_which_knows_nothing_of_the_reference(name):
    assert [trial.mismatch.text for trial in diagnose(book.page(name), getattr(library, name)).failed] == []


@pytest.mark.parametrize("name", EXERCISES)
def test_inputs_are_never_equal_round_or_diagonal_alone(name):
    """At least one case has n, K and d all different, and none of its matrices is diagonal."""
    keys = [case.key for case in book.page(name).cases]
    assert len(keys) == len(set(keys)) >= 3


def test_a_check_adds_less_than_a_tenth_of_a_second_to_the_functions_own_time():
    added = []
    for name in EXERCISES:
        function = getattr(library, name)
        diagnose(book.page(name), function)  # imports
        begin = time.perf_counter()
        diagnosis = diagnose(book.page(name), function)
        added.append(time.perf_counter() - begin - diagnosis.seconds)
    assert np.median(added) < 0.1
