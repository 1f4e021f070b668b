"""`gmmlearn class grade` when it, one of its processes, or nbgrader's own `autograde` is killed."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from types import SimpleNamespace

import psutil
import pytest
from traitlets.config import Config

from gmmlearn.errors import GmmlearnError
from gmmlearn.grading.classroom import executors
from gmmlearn.grading.classroom.lock import alone
from gmmlearn.grading.commands.group import class_group
from gmmlearn.grading.nbgrader import settings
from gmmlearn.grading.nbgrader.exporting import Export

from ..course_folder import Class
from .graded_class import assert_all_scores_are_right_after_the_next_run, total


def test_a_killed_autograde_of_nbgraders_own_is_made_good(course):
    """Its next run would skip the student for good: half a folder is there."""
    (course.folder / "autograded" / "ada" / "gmm" / "04_e_step.ipynb").unlink()
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = null where id in (select id from grade limit 3)")
    assert_all_scores_are_right_after_the_next_run(course)


def started(course: Class, **environment: str) -> psutil.Popen:
    """A run of the command in a process of its own."""
    return psutil.Popen(
        [sys.executable, "-m", "gmmlearn", "class", "grade", ".", "--jobs", "2"],
        cwd=course.folder,
        env=course.environment | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A shell's background job ignores the signal, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_until(true, process: psutil.Popen) -> None:
    end = time.monotonic() + 120
    while not true() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)


LASTING = {
    "a process judges": lambda course, process: len(process.children(recursive=True)) > 4,
    "the first verdict is there": lambda course, process: any((course / "verdicts" / "gmm").glob("*.json")),
}
"""Moments that last long enough to be waited for."""

CALLS = {
    "a verdict is half written": ("replace", ".draft", 1),
    "a folder is half written": ("write_bytes", ".grading/new/", 2),
    "the old folder is aside and the new one is not in its place": ("rename", ".grading/new", 1),
    "there are pages, and no mark": ("write_text", ".graded", 1),
    "the first mark is there": ("write_text", ".graded", 2),
}
"""Moments that pass at once: just before the n-th call of a method of a path with these words in it."""

DIES = """
import os, pathlib, signal, sys
from gmmlearn.cli import main

if __name__ == "__main__":  # the processes that judge import this file as well
    method, words, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
    original = getattr(pathlib.Path, method)

    def dies(self, *arguments, **options):
        global left
        left -= words in str(self)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(self, *arguments, **options)

    setattr(pathlib.Path, method, dies)
    sys.argv[1:] = ["class", "grade", ".", "--jobs", "2"]
    main()
"""


def forget_verdicts_and_scores(course: Class) -> None:
    for file in (course.folder / "verdicts" / "gmm").glob("*.*[dn]"):
        file.unlink()
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("update grade set auto_score = 0.25")


def assert_all_is_made_good(course: Class) -> None:
    assert_all_scores_are_right_after_the_next_run(course)
    assert [path.name for path in (course.folder / ".grading").iterdir()] == ["lock"]
    assert not settings.unfinished(course.folder)
    assert not list((course.folder / "verdicts" / "gmm").glob("*.draft"))


@pytest.mark.parametrize("moment", LASTING)
def test_killed_while_it_judges_the_next_run_ends_with_all_scores_right(course, moment, tmp_path):
    forget_verdicts_and_scores(course)
    process = started(course, TMPDIR=str(tmp_path))
    wait_until(lambda: LASTING[moment](course.folder, process), process)
    others = process.children(recursive=True)
    process.kill()
    process.wait()
    assert not psutil.wait_procs(others, timeout=20)[1], "something outlives the run"
    assert_all_is_made_good(course)
    assert not list(tmp_path.iterdir())


def test_of_what_a_killed_run_has_named_only_folders_of_pythons_are_removed(tmp_path):
    """A class may be shared, and a link may be anybody's."""
    (tmp_path / ".grading").mkdir()
    for name in ("pymp-abc", "thesis"):
        (tmp_path / name).mkdir()
        (tmp_path / ".grading" / name).symlink_to(tmp_path / name)
    with alone(tmp_path) as scratch:
        assert [path.name for path in scratch.iterdir()] == ["lock"]
    assert {path.name for path in tmp_path.iterdir()} == {".grading", "thesis"}


LOCKED = """
import multiprocessing, os, signal, sys
from pathlib import Path
from gmmlearn.grading.classroom import executors
with executors.local(1, Path(sys.argv[1])):
    lock = multiprocessing.get_context("forkserver").Lock()  # as those that it makes when it gets its first task
    os.killpg(0, signal.SIGKILL)
"""


def test_semaphores_of_a_run_that_was_killed_with_all_its_processes_go_with_the_next(tmp_path):
    """Python's own process that would remove them is killed as well then."""
    command = [sys.executable, "-c", LOCKED, tmp_path]
    assert subprocess.run(command, start_new_session=True, check=False).returncode == -signal.SIGKILL
    left = set(executors.semaphores(tmp_path))
    assert left
    (tmp_path / "sockets").unlink()  # as `lock.alone` does when the next run begins
    (tmp_path / "other").mkdir()
    assert not list(executors.semaphores(tmp_path / "other")), "another class may be graded at the same time"
    with executors.local(1, tmp_path):
        assert not left & set(executors.semaphores(tmp_path))


@pytest.mark.parametrize("moment", CALLS)
def test_killed_while_it_writes_the_next_run_ends_with_all_scores_right(course, moment, tmp_path):
    forget_verdicts_and_scores(course)
    (tmp_path / "dies.py").write_text(DIES)
    command = [sys.executable, tmp_path / "dies.py", *map(str, CALLS[moment])]
    done = subprocess.run(command, cwd=course.folder, env=course.environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert settings.unfinished(course.folder)
    assert_all_is_made_good(course)


def test_a_killed_process_costs_a_second_try_and_nobody_else(course):
    for file in (course.folder / "verdicts" / "gmm").glob("*.json"):
        file.unlink()
    process = started(course)

    def judges() -> list[psutil.Process]:
        return [one for one in process.children(recursive=True) if one.name() == "bwrap"]

    wait_until(judges, process)
    judges()[0].parent().kill()
    assert process.wait(timeout=300) == 0
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)


def test_a_run_that_was_killed_is_said_where_scores_are_read(small_class, tmp_path, capsys, caplog):
    (small_class / settings.SCRATCH / "unfinished").touch()
    said = "is being graded, or a run has not come to its end"
    for command in ("table", "report"):
        class_group([command, str(small_class)], standalone_mode=False)
        assert said in capsys.readouterr().out
    export = Export(config=Config({"CourseDirectory": {"root": str(small_class)}}), to=str(tmp_path / "grades.csv"))
    with caplog.at_level("WARNING", logger=export.log.name):
        export.export(SimpleNamespace(assignments=[], students=[]))
    assert said in caplog.text


def test_a_killed_server_of_processes_is_said_in_a_sentence(tmp_path, monkeypatch):
    """Pebble cannot fork others then."""

    def schedule(*_, **__):
        raise BrokenProcessPool

    with executors.local(1, tmp_path) as executor:
        monkeypatch.setattr(executor.pool, "schedule", schedule)
        with pytest.raises(GmmlearnError, match=r"were killed.* Run the command again: what is graded stays\."):
            executor.submit(None, 1.0)


def test_ctrl_c_ends_it_at_once_with_its_own_status(course):
    for file in (course.folder / "verdicts" / "gmm").glob("*.json"):
        file.unlink()
    process = started(course)
    wait_until(lambda: len(process.children(recursive=True)) > 4, process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert settings.unfinished(course.folder)
    course.run("gmmlearn", "class", "grade", ".", "--student", "ada")
    assert settings.unfinished(course.folder), "that is not all of the class"
    assert_all_scores_are_right_after_the_next_run(course)


def test_the_workers_of_a_cluster_judge_and_one_of_them_may_die(course, tmp_path):
    for file in (course.folder / "verdicts" / "gmm").glob("*.json"):
        file.unlink()
    address = tmp_path / "scheduler.json"
    where = ["--scheduler-file", str(address)]
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": course.environment}
    here = ["--no-dashboard", "--host", "127.0.0.1"]
    begun = [psutil.Popen([*dask, "scheduler", *where, *here, "--port", "0"], **quiet)]
    try:
        wait_until(address.exists, begun[0])
        worker = [*dask, "worker", *where, *here, "--nthreads", "1", "--no-nanny"]
        begun += [psutil.Popen(worker, **quiet) for _ in range(2)]
        scheduler = json.loads(address.read_text())["address"]
        process = psutil.Popen(
            [sys.executable, "-m", "gmmlearn", "class", "grade", ".", "--scheduler", scheduler],
            cwd=course.folder, env=course.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        wait_until(lambda: begun[1].children(), process)
        begun[1].kill()
        said = process.communicate(timeout=300)[0]
    finally:
        for one in begun:
            one.kill()
    assert process.returncode == 0, said
    assert "2 handed in: 2 graded now" in said
    assert (total(course, "ada"), total(course, "bob")) == (100, 0)
