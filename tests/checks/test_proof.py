"""`gmmlearn dev check` finds what it is there to find."""

import json

import pytest

from gmmlearn.checks import hints
from gmmlearn.terminal import kit
from solutions import proof


def test_the_quick_claims_hold():
    quick = (proof.solved_stubs, proof.hintless, proof.textless, proof.misnamed, proof.stray)
    assert {claim.__name__: list(claim()) for claim in quick} == {claim.__name__: [] for claim in quick}


def test_the_stubs_for_reset_are_the_desks():
    assert kit.STUBS.read_text(encoding="utf-8") == kit.stubs_as_toml(), "run `gmmlearn dev answers`"
    for chapter, text in kit.stubs().items():
        assert text == (kit.PACKAGE / f"{chapter}.py").read_text(encoding="utf-8")


def test_a_solved_stub_is_found(monkeypatch):
    load = proof.desks.load
    monkeypatch.setattr(
        proof.desks, "load", lambda name, folder, **_: (lambda *a, **k: 1) if name == "assign" else load(name, folder)
    )
    assert list(proof.solved_stubs()) == ["gmmlearn/e_step.py: assign is solved"]


def test_a_mistake_without_a_name_is_found(monkeypatch):
    known = proof.mistakes_of("assign")
    monkeypatch.setattr(proof, "mistakes_of", lambda name: known[:3] if name == "assign" else ())
    monkeypatch.setattr(proof, "EXERCISES", {"assign": proof.EXERCISES["assign"]})
    monkeypatch.setattr(proof, "diagnose", lambda page, function: type("D", (), {"passed": False, "mistake": None}))
    assert list(proof.mistaken())[:2] == [
        "assign: 3 known mistakes, at least 4 are due",
        f"{known[0].id} is called None",
    ]


def test_missing_hints_are_found(monkeypatch):
    written = {**hints.all_hints(), "fit": ["?"], "dance": []}
    monkeypatch.setattr(proof.hints, "all_hints", lambda: written)
    assert sorted(proof.hintless()) == [
        "fit has 1 hints, 3 are due",
        "hints.toml has hints for dance, which is no exercise",
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda cells: cells.pop(0), "no heading with 4.2 and `assign`"),
        (lambda cells: cells.pop(1), "0 graded cells for assign"),
        (lambda cells: cells[1].update(source=["check('assign')"]), 'the graded cell of assign is not check("assign")'),
        (
            lambda cells: cells[1]["metadata"]["nbgrader"].update(points=4),
            "the graded cell of assign has other points, or is not locked",
        ),
    ],
)
def test_a_notebook_without_its_exercise_is_found(change, problem):
    graded = {"grade_id": "assign", "points": 3, "locked": True}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["### Exercise 4.2: `assign` (3 points)"]},
        {"cell_type": "code", "metadata": {"nbgrader": graded}, "source": ['check("assign")']},
    ]
    cells = json.loads(json.dumps(cells))
    assert list(proof._problems_of(proof.EXERCISES["assign"], cells)) == []
    change(cells)
    assert list(proof._problems_of(proof.EXERCISES["assign"], cells)) == [problem]


def test_a_stray_file_is_found(tmp_path, monkeypatch):
    for room in (*proof.BESIDE_THE_CHAPTERS, "course"):
        (tmp_path / room).mkdir(parents=True)
    (tmp_path / "solutions" / "scratch.py").touch()
    (tmp_path / "course" / "Untitled.ipynb").touch()
    monkeypatch.setattr(proof, "ROOT", tmp_path)
    assert list(proof.stray()) == [
        "solutions/scratch.py belongs to no chapter",
        "course/Untitled.ipynb belongs to no chapter",
    ]
