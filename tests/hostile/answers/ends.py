"""What a function does to the process and to the wire, so that no answer or another one comes out of the box."""

import atexit
import ctypes
import gc
import os
import resource
import signal
import sys
import threading
import time

import numpy as np


def _every_descriptor(message):
    for fd in range(3, 64):
        try:
            os.write(fd, message)
        except OSError:
            continue


def _frame(body):
    return len(body).to_bytes(4, "big") + body


def _forge(**forged):
    """Have the worker's own code send something else."""
    wire = sys.modules["worker.wire"]
    true = wire.send

    def send(write, message):
        if isinstance(message, wire.Reply):
            message = wire.Reply(message.nonce, dict(message.outcome, **forged))
        return true(write, message)

    wire.send = send
    return np.zeros(1)


def exit_code_of_success(r):
    """The end of the process, as if all were well."""
    os._exit(0)


def killed(r):
    """The signal that nothing survives."""
    os.kill(os.getpid(), signal.SIGKILL)


def stopped(r):
    """A process that is there and does nothing."""
    os.kill(os.getpid(), signal.SIGSTOP)


def aborted(r):
    """The end with a core file."""
    os.abort()


def crashed(r):
    """A read of what is not there."""
    ctypes.string_at(0)


def everybody_killed(r):
    """All processes that can be reached."""
    os.kill(-1, signal.SIGKILL)
    os.kill(1, signal.SIGKILL)
    return np.zeros(len(r), int)


def parent_stopped(r):
    """The worker, made to wait."""
    for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        os.kill(os.getppid(), number)
    return np.zeros(len(r), int)


def loop(r):
    """A loop without end."""
    while True:
        pass


def loop_that_ignores(r):
    """The same, deaf to the signal that would end it."""
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


def loop_in_c(r):
    """The same in compiled code, which no Python handler interrupts."""
    return pow(3, 1 << 40_000_000, 7) + sum(range(1 << 60))


def sleep(r):
    """A sleep."""
    time.sleep(1000)


def read_of_the_wire(r):
    """A wait for a request that belongs to the worker."""
    for fd in range(3, 64):
        try:
            os.read(fd, 1)
        except OSError:
            continue


def processes_without_end(r):
    """Processes that make processes."""
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(0.01)


def memory_without_end(r):
    """Memory, as much as there is."""
    held = []
    while True:
        held.append(bytearray(10**8))


def thread_that_writes(r):
    """A thread that goes on while the answer is read."""
    threading.Thread(target=lambda: [_every_descriptor(b"x") for _ in iter(int, 1)], daemon=True).start()
    return np.zeros(len(r), int)


def second_process_that_answers(r):
    """Two processes that both return."""
    os.fork()
    return np.zeros(len(r), int)


def end_that_waits(r):
    """A process that does not end when it is told to."""
    atexit.register(time.sleep, 1000)
    threading.Thread(target=time.sleep, args=(1000,)).start()
    return np.zeros(len(r), int)


def all_closed(r):
    """The wire closed."""
    os.closerange(0, 256)
    return np.zeros(len(r), int)


def wire_to_itself(r):
    """The wire led back to where it came from."""
    for fd in range(3, 64):
        try:
            os.dup2(os.pipe()[1], fd)
        except OSError:
            break
    return np.zeros(len(r), int)


def giant_claim(r):
    """A frame that claims four gigabytes."""
    _every_descriptor(b"\xff\xff\xff\xff")
    time.sleep(1)


def half_a_frame(r):
    """Half a frame, and the end."""
    _every_descriptor(b"\0\0\1\0x")
    os._exit(0)


def trickle(r):
    """A frame by single bytes, each of which is a sign of life."""
    _every_descriptor(b"\0\0\xff\xff")
    while True:
        _every_descriptor(b"x")
        time.sleep(0.5)


def junk(r):
    """A frame of junk."""
    _every_descriptor(_frame(b"junk"))


def report_of_the_worker(r):
    """What the worker says when an exercise has ended."""
    _every_descriptor(_frame(b"\x84\xa4type\xa5ended\xa9exit_code\0\xa6signal\0\xabcpu_seconds\0"))


def two_replies(r):
    """This reply and the next ones, whose numbers are guessed."""
    for nonce in range(40):
        _every_descriptor(_frame(b"\x83\xa4type\xa5reply\xa5nonce" + bytes([nonce]) + b"\xa7outcome\x80"))


def deep_message(r):
    """A message of a hundred thousand lists in lists."""
    _every_descriptor(_frame(b"\x91" * 100_000))


def forged_failure(r):
    """An exception with a text of megabytes."""
    long = "x" * 2**21
    failure = {"classes": [long], "text": long, "file": long, "line": 1, "function": long, "source": long}
    return _forge(failure=failure | {"loading": False})


def forged_shape(r):
    """An array without a byte whose shape is no size."""
    return _forge(value={"array": ["<f8", [0, 2**62], b""]})


def forged_objects(r):
    """An array of pointers."""
    return _forge(value={"array": ["|O", [1], b"12345678"]})


def forged_size(r):
    """An array that is larger than its bytes."""
    return _forge(value={"array": ["<i8", [2**20], b"12345678"]})


def forged_depth(r):
    """A value nested deeper than values are."""
    value = 0
    for _ in range(50):
        value = {"items": ["tuple", [value]]}
    return _forge(value=value)


def forged_seconds(r):
    """A time that is no time."""
    return _forge(seconds=float("nan"), value={"seed": 2**200})


def spoiled_comparison(r):
    """NumPy and the encoding replaced, in this process."""
    np.allclose = np.array_equal = lambda *args, **kwargs: True
    for name in ("gmmlearn.encoding", "gmmlearn.performing"):
        sys.modules[name].encode = lambda *args, **kwargs: True
    return np.zeros(len(r), int)


def spoiled_contract(r):
    """The points of the exercise raised, in this process."""
    for one in sys.modules["worker.serve"].EXERCISES.values():
        object.__setattr__(one, "points", 1000)
    return np.zeros(len(r), int)


def what_was_expected(r):
    """Whatever array of the process has the right shape."""
    for held in gc.get_objects():
        if isinstance(held, np.ndarray) and held.shape == (len(r),) and held.dtype.kind == "i":
            return held
    return np.zeros(len(r), int)


def frames_above(r):
    """What those who call know."""
    frame = sys._getframe()
    while frame is not None:
        for name, held in frame.f_locals.items():
            if name in ("expected", "case", "seed", "secret"):
                return held
        frame = frame.f_back
    return np.zeros(len(r), int)


def limits_lowered(r):
    """No file and no memory for what comes after the call."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return np.zeros(len(r), int)
