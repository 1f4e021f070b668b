"""Nobody's machine or neighbour is harmed: what the box keeps from every process in it.

One attempt a file, in `box/`; the table says what stops it. All are made in one call of one submission. With that
protection taken away, the attempt succeeds, where this machine would allow it at all.
"""

import shutil
from pathlib import Path

import numpy as np
import pytest

from gmmlearn.calls import Call
from gmmlearn.grading.judge import filter, sandbox
from gmmlearn.grading.judge.session import Session
from gmmlearn.grading.judge.submission import read_submission

HERE = Path(__file__).parent
STOPPED_BY = {
    "file_systems": "capabilities",
    "first_process": "first process",
    "installed_programs": "mounts",
    "keyrings": "filter",
    "keys_in_proc": "mounts",
    "memory_file": "filter",
    "namespace_of_its_own": "filter",
    "other_binary_interface": "filter",
    "posix_queue": "filter",
    "rings_and_programs_in_the_kernel": "filter",
    "shared_memory_of_a_device": "mounts",
    "shared_memory_without_a_file": "filter",
    "sockets": "filter",
    "system_v_memory": "filter",
    "tracing": "the worker, and so what it forks, cannot be dumped",
}
"""Attempt -> the protection that stops it."""
ASK = """
import numpy as np

def assign(responsibilities):
    import importlib
    succeeded = []
    for name in {names!r}:
        try:
            succeeded.append(int(importlib.import_module("gmmlearn." + name).attempt()))
        except (OSError, ImportError):
            succeeded.append(0)
    return np.array(succeeded)
"""


def attempts(folder):
    """The names of those that succeed."""
    package = folder / "gmmlearn"
    shutil.copytree(HERE / "box", package)
    names = sorted(STOPPED_BY)
    (package / "e_step.py").write_text(ASK.format(names=names))
    with Session(read_submission(folder)) as session:
        session.begin("assign", own=False)
        outcome = session.call(Call({"responsibilities": np.ones((1, 1))}))
    assert outcome.failure is None, outcome.failure
    return {name for name, succeeded in zip(names, outcome.value, strict=True) if succeeded}


def test_every_attempt_is_in_the_table():
    assert sorted(STOPPED_BY) == sorted(path.stem for path in (HERE / "box").glob("*.py"))


def test_no_attempt_succeeds(tmp_path):
    assert attempts(tmp_path) == set()


def test_the_filter_is_needed(tmp_path, monkeypatch):
    """All but what this kernel lacks or keeps from ordinary users anyway."""
    monkeypatch.setattr(filter, "program", lambda: None)
    succeeded = attempts(tmp_path)
    assert {"memory_file", "shared_memory_without_a_file", "sockets", "system_v_memory"} <= succeeded
    assert {STOPPED_BY[name] for name in succeeded} == {"filter"}


@pytest.mark.parametrize(
    ("option", "in_its_place", "attempt"),
    [
        ("--as-pid-1", (), "first_process"),
        ("/proc/keys", ("/tmp/keys",), "keys_in_proc"),
    ],
)
def test_each_other_protection_is_needed(tmp_path, monkeypatch, option, in_its_place, attempt):
    whole = sandbox.sandboxed

    def without(*args):
        command, user = whole(*args)
        return [part for one in command for part in ((one,) if one != option else in_its_place)], user

    monkeypatch.setattr(sandbox, "sandboxed", without)
    assert attempt in attempts(tmp_path)
