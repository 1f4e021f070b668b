"""A check ends, whatever the function does: in a copy of the process, and in this process where there is no copy."""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from gmmlearn.calls import Call, Status, Stopped
from gmmlearn.checks import check, in_process, limits
from gmmlearn.performing import perform

CALL = Call({"x": np.ones(2)})


def loop(x):
    while True:
        x = x + 1


def sleep(x):
    time.sleep(60)


def deadlock(x):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def swallow(x):
    while True:
        with contextlib.suppress(BaseException):
            time.sleep(0.01)


def compiled(x):
    return 7 ** (10**9)  # one long call that never looks at a signal


def leaves(x):
    os._exit(3)


def crashes(x):
    ctypes.string_at(0)


def of(function):
    return lambda: lambda call: perform(function, call)


def stopped(run):
    begin = time.monotonic()
    with pytest.raises(Stopped) as info:
        run(CALL)
    assert time.monotonic() - begin < 5
    return info.value


copies = sys.platform == "linux" and hasattr(os, "fork")
needs_copy = pytest.mark.skipif(not copies, reason="only Linux can copy a running process safely")


@needs_copy
@pytest.mark.parametrize("function", [loop, sleep, deadlock, swallow, compiled])
def test_what_does_not_end_is_ended_and_the_line_is_named(function):
    with limits.limited(of(function), [[CALL]], 0.3, os.path.dirname(__file__)) as run:
        found = stopped(run)
    assert found.status is Status.TIMEOUT
    assert found.place.startswith("checks/test_limits.py, line ")
    assert found.place.endswith(f"in {function.__name__}")


@needs_copy
@pytest.mark.parametrize(("function", "how"), [(leaves, "exit code 3"), (crashes, "SIGSEGV")])
def test_a_function_that_ends_its_process_does_not_end_ours(function, how):
    with limits.limited(of(function), [[CALL]], 5) as run:
        found = stopped(run)
    assert found.status is Status.CRASHED
    assert how in str(found)


@needs_copy
def test_no_process_and_no_pipe_is_left_behind():
    import psutil  # cannot be loaded in the simulation of Windows

    before = len(os.listdir("/proc/self/fd")), psutil.Process().children()
    for function in (loop, leaves, np.sin):
        with limits.limited(of(function), [[CALL]], 0.2) as run:
            with contextlib.suppress(Stopped):
                run(CALL)
    assert (len(os.listdir("/proc/self/fd")), psutil.Process().children()) == before


@needs_copy
@pytest.mark.parametrize("function", [swallow, compiled])
def test_a_copy_ends_by_itself_where_nobody_is_left_to_end_it(monkeypatch, function):
    """A kernel that is shut down meanwhile would leave it to run for ever."""
    monkeypatch.setattr(limits, "_ALONE", 0.2)
    copy = limits.Forked(of(function), [[CALL]], 0.1, "")
    ended, status = 0, 0
    end = time.monotonic() + 10
    while not ended and time.monotonic() < end:
        time.sleep(0.01)
        ended, status = os.waitpid(copy._process, os.WNOHANG)
    if ended:
        copy._process = 0
    copy.end()
    assert ended
    assert os.WTERMSIG(status) == signal.SIGALRM


@needs_copy
def test_what_a_function_does_to_its_process_stays_there():
    def spoil(x):
        np.seterr(all="raise")
        np.random.seed(0)
        os.environ["SPOILT"] = "yes"
        return x

    before = np.geterr()
    with limits.limited(of(spoil), [[CALL]], 5) as run:
        assert run(CALL).value.tolist() == [1.0, 1.0]
    assert np.geterr() == before
    assert "SPOILT" not in os.environ


@pytest.mark.parametrize("function", [loop, sleep, deadlock])
def test_without_a_copy_python_code_sleeps_and_locks_end_too(function):
    if not hasattr(signal, "setitimer") and function is not loop:
        pytest.skip("without timers of the system a sleep cannot be ended")
    found = stopped(in_process.InProcess(of(function), 0.3, os.path.dirname(__file__)))
    assert found.status is Status.TIMEOUT
    assert found.place.endswith(f"in {function.__name__}")


def test_without_a_copy_and_beside_the_main_thread_python_code_ends_too():
    found = []
    thread = threading.Thread(target=lambda: found.append(stopped(in_process.InProcess(of(loop), 0.3, ""))))
    thread.start()
    thread.join(10)
    assert found[0].status is Status.TIMEOUT


def test_an_interrupt_by_hand_is_one_sentence():
    program = (
        "import signal, sys, time; from gmmlearn.checks import check\n"
        # A job in the background of a shell ignores SIGINT, and so would this program.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def assign(responsibilities):\n    print('begun', file=sys.stderr, flush=True); time.sleep(60)\n"
        "print(check('assign', function=assign))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert "You interrupted the check." in out
    assert "Traceback" not in out + err


def test_the_check_of_a_file_that_never_ends_says_the_line(student):
    student.change("e_step", "    return np.argmax", "    while True:\n        pass\n    return np.argmax")
    report = check("assign", folder=student.package, seconds=1.5)
    assert report.status is Status.TIMEOUT
    assert re.search(r"gmmlearn/e_step\.py, line 1\d, in assign", " ".join(str(report).split()))


def test_a_file_that_never_ends_while_it_is_read_is_stopped_too(student):
    student.change("e_step", "import numpy as np", "import numpy as np\nwhile True: pass")
    report = check("assign", folder=student.package, seconds=0.5)
    assert report.status is Status.TIMEOUT
    assert "line 4, in <module>" in " ".join(str(report).split())
