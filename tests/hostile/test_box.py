"""Nobody's machine or neighbour is harmed: what the box keeps from every process in it.

One attempt a function, in `box/`; `attempts.py` says what stops each. With that protection taken away, some of its
attempts succeed.
"""

import functools
import importlib.util
import os
from pathlib import Path

import pytest

from gmmlearn.grading.judge import sandbox
from gmmlearn.grading.judge.sandbox import Limits

from .attempts import HERE, NAMES, STOPPED_BY, known, succeed
from .protections import WITHOUT

LARGE = Limits(memory_bytes=2**40, total_memory_bytes=2**40, processes=4000, file_bytes=2**28)
PROTECTIONS = {protection for table in STOPPED_BY.values() for protection in table.values()}
NEED_NO_ROOT = {"read-only mounts", "read-only root"}
"""Where root judges, the code runs as another user, who could write there neither."""


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("neighbour")
    (folder / "e_step.py").write_text("# the neighbour's\n")
    with known() as found:
        yield found | {"NEIGHBOUR": str(folder / "e_step.py")}


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("GMMLEARN_CANARY", "token")


def ideas(path: Path) -> list[str]:
    """The functions of a module that are attempts."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    text = path.read_text().splitlines()
    assert spec is not None
    return [line.split("(")[0].removeprefix("def ") for line in text if line.startswith("def ") and line[4] != "_"]


def test_every_attempt_is_in_the_table():
    there = {path.stem: ideas(path) for path in sorted((HERE / "box").glob("*.py"))}
    assert {module: sorted(table) for module, table in STOPPED_BY.items()} == {
        module: sorted(names) for module, names in there.items()
    }


def test_no_attempt_succeeds(tmp_path, facts):
    """Eighty processes, each with all of SciPy, would meet the limit on memory before the one on processes."""
    assert succeed(tmp_path, facts, NAMES, Limits(total_memory_bytes=2**40)) == set()


@pytest.mark.parametrize("protection", [name for name in WITHOUT if name in PROTECTIONS])
def test_each_protection_is_needed(tmp_path, facts, monkeypatch, request, protection):
    """What it stops succeeds without it, where this machine would allow it at all."""
    if protection in NEED_NO_ROOT and os.geteuid() == 0:
        pytest.skip("root's worker is another user, who cannot write there anyway")
    if protection == "groups":
        if os.geteuid():
            pytest.skip("only root can give groups away")
        request.addfinalizer(functools.partial(os.setgroups, os.getgroups()))
        os.setgroups([0])
    if protection == "hidden packages" and not sandbox._other_packages(sandbox._mounts()):
        pytest.skip("nothing is installed beside the standard library")
    stopped = [
        f"{module}.{name}" for module, table in STOPPED_BY.items() for name in table if table[name] == protection
    ]
    WITHOUT[protection](monkeypatch, Path(facts["NEIGHBOUR"]).parent if protection == "mounts" else tmp_path)
    succeeded = succeed(tmp_path, facts, stopped)
    assert succeeded
    if protection == "filter":
        needed = (
            "file_in_memory",
            "shared_pages",
            "system_v_memory",
            "system_v_semaphores",
            "system_v_queue",
            "buffers_of_sockets",
        )
        others = {"network.any_family", "processes.traced", "processes.files_of_the_judge_by_a_descriptor"}
        assert {f"memory.{name}" for name in needed} | others <= succeeded


def test_a_keyring_of_its_own_is_needed_where_there_is_no_filter(tmp_path, facts, monkeypatch):
    """Each of the two keeps the keys of whoever judges alone."""
    WITHOUT["filter"](monkeypatch, tmp_path)
    assert succeed(tmp_path / "one", facts, ["kernel.key_of_whoever_judges"]) == set()
    monkeypatch.setattr(sandbox, "with_keys_of_its_own", lambda command: command)
    assert succeed(tmp_path / "two", facts, ["kernel.key_of_whoever_judges"]) == {"kernel.key_of_whoever_judges"}


def test_the_limits_are_needed(tmp_path, facts):
    stopped = ["files.large_file", "files.many_files", "memory.address_space", "processes.many_processes"]
    assert succeed(tmp_path, facts, [*stopped, "processes.many_threads"], LARGE) == {
        *stopped,
        "processes.many_threads",
    }
