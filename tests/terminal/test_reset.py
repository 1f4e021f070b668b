"""`gmmlearn reset`: one stub is put back, and all else in the file stays."""

import pytest

from gmmlearn.contract import EXERCISES
from gmmlearn.terminal import kit as kits

from ..conftest import ROOT


def test_reset_restores_one_stub_and_keeps_a_copy(run, folder):
    path = folder / "gmmlearn" / "e_step.py"
    before = path.read_text()
    status, out, _ = run("reset", "assign")
    copies = list((folder / ".gmmlearn").glob("e_step-*.py"))
    assert status == 0
    assert [copy.read_text() for copy in copies] == [before]
    assert str(copies[0].name) in out
    assert run("check", "assign")[1].startswith("○ 4.2 assign: not written yet")
    assert run("check", "responsibilities")[0] == 0


@pytest.mark.parametrize("name", EXERCISES)
def test_reset_of_any_exercise_gives_its_stub(name, folder):
    exercise = EXERCISES[name]
    kits.reset(exercise, kits.find(folder))
    text = (folder / exercise.file).read_text()
    assert f'raise NotImplementedError("Exercise {exercise.number}: write {name} in {exercise.file}")' in text
    assert text.count(f"def {name}(") == 1
    compile(text, exercise.file, "exec")


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\n\n\ndef assign(responsibilities):\n    return (1,\n\n\ndef other():\n    return 2\n",
        "@staticmethod\ndef assign(\n    responsibilities,\n):\n    return 1\n\n\ndef other():\n    return 2\n",
        "def assign(r): return 1\ndef other():\n    return 2\ndef assign(r):\n    return 3\n",
        "def other():\n    return 2\n",
        "def other():\n    return 2",
        "def other():\r\n    return 2\r\n\r\ndef assign(r):\r\n    return 1\r\n",
    ],
    ids=["broken", "decorated", "twice", "absent", "no newline", "windows"],
)
def test_reset_leaves_the_rest_of_the_file_as_it_is(text, folder):
    path = folder / "gmmlearn" / "e_step.py"
    path.write_bytes(text.encode())
    kits.reset(EXERCISES["assign"], kits.find(folder))
    after = path.read_text()
    compile(after, "e_step.py", "exec")
    assert after.count("def assign(") == 1
    assert "def other():\n    return 2" in after
    assert "staticmethod" not in after


def test_reset_brings_a_lost_file_back(run, folder):
    (folder / "gmmlearn" / "sampling.py").unlink()
    assert "all of it was restored" in run("reset", "sample_gaussian")[1]
    assert (folder / "gmmlearn" / "sampling.py").read_text() == (ROOT / "gmmlearn" / "sampling.py").read_text()
