"""Nothing of one exercise is met by the next one of the same submission: one trace a function, in `left/traces.py`."""

import os
import shutil

import numpy as np
import pytest

from gmmlearn.calls import Call, Stopped
from gmmlearn.grading.judge.process import Worker
from gmmlearn.grading.judge.session import Session
from gmmlearn.grading.judge.submission import read_submission

from .attempts import HERE
from .protections import WITHOUT
from .test_box import ideas

TRACES = ideas(HERE / "left" / "traces.py")
WHAT_STAYS = {
    "emptied folder": {"file", "closed_folder", "odd_names", "full_folder", "link_to_itself", "pipe_and_socket"},
    "times of the folder": {"times_of_the_folder"},
    "wires": {"wires_that_do_not_wait", "wires_of_another_size"},
    "ended processes": {"daemon"},
    "filter": {"limits_of_the_worker", "priority_of_the_worker", "scheduling_of_the_worker"},
}
"""Protection -> traces that are there without it, among others."""
CALL = """
import numpy as np
from . import traces

def {exercise}(responsibilities):
    found = []
    for name in {names}:
        try:
            found.append(bool(getattr(traces, name)({later})))
        except OSError:
            found.append(False)
    return np.array(found)
"""


def found(folder) -> set[str]:
    package = folder / "submission" / "gmmlearn"
    shutil.copytree(HERE / "left", package)
    for module, exercise, later in (("e_step", "assign", False), ("m_step", "update_weights", True)):
        (package / f"{module}.py").write_text(CALL.format(exercise=exercise, names=TRACES, later=later))
    with Session(read_submission(package.parent)) as session:
        outcomes = []
        for exercise in ("assign", "update_weights"):
            session.begin(exercise, own=False)
            outcomes.append(session.call(Call({"responsibilities": np.ones((1, 1))})))
            session.finish()
    assert [outcome.failure for outcome in outcomes] == [None, None]
    return {name for name, there in zip(TRACES, outcomes[1].value, strict=True) if there}


def test_nothing_is_left_for_the_next_exercise(tmp_path):
    assert len(TRACES) == 33
    assert found(tmp_path) == set()


@pytest.mark.parametrize("protection", WHAT_STAYS)
def test_what_takes_it_away_is_needed(tmp_path, monkeypatch, protection):
    if protection == "times of the folder" and os.geteuid() == 0:
        pytest.skip("the folder of a box that root has made is root's")
    WITHOUT[protection](monkeypatch, tmp_path)
    assert found(tmp_path) >= WHAT_STAYS[protection]


def test_wires_have_to_be_drained(tmp_path, monkeypatch):
    monkeypatch.setattr(Worker, "_drain", lambda self: None)
    with pytest.raises(Stopped):
        found(tmp_path)
