"""Mutants of the reference are what they say: one change each, loadable, and known by an id that stays."""

import ast
import difflib
import importlib
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import benchmarks
from benchmarks.mutants import SOLUTIONS, load, main, mutants_of
from gmmlearn.contract import CHAPTERS, EXERCISES

EQUIVALENT = Path(benchmarks.__file__).with_name("equivalent.toml")
NAMED = {
    "responsibilities:12:axis-1-to-0": "ratios.sum(axis=0, keepdims=True)",
    "responsibilities:11:true-to-false": "keepdims=False",
    "gaussian_density:9:drop-usub": "np.exp((x - mean) ** 2",
    "gaussian_log_density:29:drop-T": "whitening @ (X - mean)\n",
    "fit_gaussian:15:len-to-n.size": "/ X.size",
    "update_covariances:24:in-place": "np.subtract(X, means[k], out=X)",
    "update_means:42:drop-maximum": "return responsibilities.sum(axis=0)\n",
    "log_joint:7:8192-to-8191": "BLOCK = 8191",
    "initialize:15:rng-to-fixed": "np.random.default_rng(0).integers(2**32)",
    "initialize:19:random-to-standard_exponential": "rng.standard_exponential((len(X), n_components))",
    "fit:29:lt-to-lte": "len(log_likelihoods) <= max_iter",
    "fit:33:lt-to-lte": "log_likelihoods[-2] <= tol",
    "fit:43:mean-to-sum": ".sum())",
    "fit:24:100-to-101": "max_iter=101",
    "fit_sklearn:9:drop-n_init": "init_params=init_params, random_state=random_state)",
    "n_parameters:21:swap-values-0": "'full': symmetric",
    "select_n_components:46:min-to-max": "max(candidates, key=criterion)",
}
"""Id of a mutant -> what stands in its text and not in the reference."""


@pytest.fixture(scope="module")
def every():
    """All mutants."""
    return [mutant for exercise in EXERCISES for mutant in mutants_of(exercise)]


@pytest.fixture(scope="module")
def mutants(every):
    """All mutants by their ids."""
    return {mutant.id: mutant for mutant in every}


def text_of(exercise):
    """Text of the module of the reference that holds an exercise."""
    return (SOLUTIONS / f"{EXERCISES[exercise].module}.py").read_text(encoding="utf-8")


def test_ids_are_unique(every):
    ids = Counter(mutant.id for mutant in every)
    assert [name for name, count in ids.items() if count > 1] == []


def test_ids_and_texts_are_the_same_in_another_process(every):
    command = "from benchmarks.mutants import mutants_of; print([repr(m) for m in mutants_of('fit')])"
    told = subprocess.run([sys.executable, "-c", command], cwd=SOLUTIONS.parent, capture_output=True, text=True)
    assert told.stdout.strip() == str([repr(mutant) for mutant in every if mutant.exercise == "fit"])


def test_every_exercise_has_several(mutants):
    counts = Counter(mutant.exercise for mutant in mutants.values())
    assert [exercise for exercise in EXERCISES if counts[exercise] < 5] == []


def test_every_mutant_changes_one_place_at_its_line(mutants):
    wrong = []
    for mutant in mutants.values():
        before, after = text_of(mutant.exercise).splitlines(), mutant.source.splitlines()
        changes = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
        lines = [number for kind, start, end, *_ in changes if kind != "equal" for number in (start + 1, end)]
        if not lines or max(lines) - min(lines) > 7 or mutant.line > max(lines):
            wrong.append(mutant.id)
    assert wrong == []


def test_no_mutant_is_the_reference_or_another_mutant_in_other_words(every):
    meanings = Counter((mutant.exercise, ast.unparse(ast.parse(mutant.source))) for mutant in every)
    meanings.update((exercise, ast.unparse(ast.parse(text_of(exercise)))) for exercise in EXERCISES)
    assert set(meanings.values()) == {1}


def test_every_mutant_loads_and_leaves_no_module_behind(mutants):
    for chapter in CHAPTERS:
        importlib.import_module(f"solutions.{chapter}")
    before = dict(sys.modules)
    wrong = [mutant.id for mutant in mutants.values() if load(mutant).__name__ != mutant.exercise]
    assert wrong == []
    assert dict(sys.modules) == before


@pytest.mark.parametrize("name", NAMED)
def test_a_mistake_that_people_make_is_among_them(mutants, name):
    assert NAMED[name] in mutants[name].source
    assert NAMED[name] not in text_of(mutants[name].exercise)


def test_a_mutant_is_wrong_where_its_change_says(mutants):
    X, means = np.array([[0.3, 1.0], [2.5, -0.7], [1.0, 3.0]]), np.array([[0.0, 0.5], [2.0, -1.0]])
    covariances = np.array([[[1.0, 0.0], [0.0, 1.0]], [[2.0, 0.5], [0.5, 1.0]]])
    by_column = load(mutants["responsibilities:12:axis-1-to-0"])(X, np.array([0.3, 0.7]), means, covariances)
    np.testing.assert_allclose(by_column.sum(axis=0), 1)
    assert not np.allclose(by_column.sum(axis=1), 1)


def test_a_mutant_meets_the_reference_in_other_chapters(mutants):
    from solutions import likelihood

    assert load(mutants["responsibilities:12:axis-1-to-0"]).__globals__["log_joint"] is likelihood.log_joint


def test_a_mutant_in_a_helper_reaches_the_function(mutants):
    shares = np.array([[1.0, 0.0], [1.0, 0.0]])
    with np.errstate(invalid="ignore"):
        means = load(mutants["update_means:42:drop-maximum"])(np.ones((2, 3)), shares)
    assert np.isnan(means[1]).all()


def test_an_exercise_that_is_called_stays_as_it_is(mutants):
    log_joint = text_of("log_joint").split("def log_joint")[1].split("def log_likelihood")[0]
    sources = {mutant.id: mutant.source for mutant in mutants.values() if mutant.exercise == "log_likelihood"}
    assert [name for name, source in sources.items() if log_joint not in source] == []


def test_every_equivalent_mutant_exists_and_has_a_reason(mutants):
    reasons = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    assert [name for name in reasons if name not in mutants] == []
    assert [name for name, reason in reasons.items() if not reason.endswith(".")] == []


def test_the_list_counts_by_exercise(capsys):
    main(["assign"])
    *lines, count, total = capsys.readouterr().out.splitlines()
    assert len(lines) == len(mutants_of("assign"))
    assert any("axis=1) -> np.argmax(responsibilities, axis=0)" in line for line in lines)
    assert [[str(len(lines)), "assign"], [str(len(lines)), "in", "all"]] == [count.split(), total.split()]
