"""What one exercise leaves for the next: called once to leave it and, in the next exercise, to find it."""

import builtins
import ctypes
import fcntl
import glob
import os
import resource
import signal
import stat
import sys
import threading
import time

import numpy as np
import scipy.special


def file(later):
    """A note in the private folder."""
    if later:
        return os.path.exists("/tmp/note")
    open("/tmp/note", "x").close()


def closed_folder(later):
    """A note in a folder without rights."""
    if later:
        return os.path.exists("/tmp/closed")
    os.makedirs("/tmp/closed/inner")
    os.chmod("/tmp/closed/inner", 0)
    os.chmod("/tmp/closed", 0)


def deep_folders(later):
    """Folders in folders, more than a path can name."""
    if later:
        return os.path.exists("/tmp/d")
    os.chdir("/tmp")
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    os.chdir("/tmp")


def link_to_itself(later):
    """A link in a circle, and one to where the worker may write nothing."""
    if later:
        return os.path.lexists("/tmp/circle") or os.path.lexists("/tmp/outside")
    os.symlink("/tmp/circle", "/tmp/circle")
    os.symlink("/box", "/tmp/outside")


def odd_names(later):
    """Names that are no text."""
    if later:
        return any(name[:1] in (b"\xff", b"-", b"\n") for name in os.listdir(b"/tmp"))
    for name in (b"\xff\xfe", b"-rf", b"\n"):
        open(b"/tmp/" + name, "x").close()


def pipe_and_socket(later):
    """Files that hold whoever opens them."""
    if later:
        return os.path.exists("/tmp/pipe")
    os.mkfifo("/tmp/pipe")


def full_folder(later):
    """No room for the next."""
    if later:
        return len(glob.glob("/tmp/room*")) > 0
    try:
        for number in range(6):
            with open(f"/tmp/room{number}", "wb") as file:
                file.write(bytes(2**23))
    except OSError:
        return False


def daemon(later):
    """A process of its own session, which nobody waits for."""
    if later:
        return any(path[6:] not in ("1", str(os.getpid())) for path in glob.glob("/proc/[0-9]*"))
    if os.fork() == 0:
        os.setsid()
        for number in range(1, 32):
            if number not in (signal.SIGKILL, signal.SIGSTOP):
                signal.signal(number, signal.SIG_IGN)
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)


def thread(later):
    """A thread that computes on."""
    if later:
        return threading.active_count() > 1
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()


def numpy_spoiled(later):
    """Another NumPy for whoever comes next."""
    if later:
        return np.exp is None
    np.exp = None


def scipy_spoiled(later):
    """Another SciPy."""
    if later:
        return scipy.special.softmax is None
    scipy.special.softmax = None


def builtins_spoiled(later):
    """Another `len`."""
    if later:
        return hasattr(builtins, "hostile")
    builtins.hostile = True


def worker_spoiled(later):
    """Another worker."""
    serve = sys.modules["worker.serve"]
    if later:
        return serve.answer is None
    serve.answer = None


def contract_spoiled(later):
    """Another contract, by which more may be called."""
    EXERCISES = sys.modules["worker.serve"].EXERCISES
    if later:
        return len(EXERCISES) < 25
    EXERCISES.pop("fit_sklearn")


def module_left(later):
    """A module that the next one imports."""
    if later:
        return "gmmlearn.hostile" in sys.modules
    sys.modules["gmmlearn.hostile"] = sys


def environment(later):
    """A word in the environment."""
    if later:
        return "HOSTILE" in os.environ
    os.environ["HOSTILE"] = "1"


def working_folder(later):
    """Another working folder."""
    if later:
        return os.getcwd() != "/tmp"
    os.makedirs("/tmp/elsewhere", exist_ok=True)
    os.chdir("/tmp/elsewhere")


def mask_of_rights(later):
    """Another umask."""
    if later:
        return os.umask(0o22) == 0o777
    os.umask(0o777)


def signals_blocked(later):
    """Signals that no longer come."""
    if later:
        return signal.SIGXCPU in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGXCPU])


def segment(later):
    """Memory that stays when its process ends."""
    if later:
        return ctypes.CDLL(None).shmget(4711, 4096, 0o600) >= 0
    ctypes.CDLL(None).shmget(4711, 4096, 0o1600)


def key(later):
    """A key in the session's keyring."""
    call = ctypes.CDLL(None).syscall
    if later:
        return call(249, b"user", b"left", None, -3) > 0
    call(248, b"user", b"left", b"1", 1, -3)


def _wires():
    """The descriptors by which this process talks with the judge; the worker holds them too."""
    return [fd for fd in range(3, 64) if os.path.exists(f"/proc/self/fd/{fd}") and stat.S_ISFIFO(os.fstat(fd).st_mode)]


def wires_that_do_not_wait(later):
    """A read of the wire that fails where nothing has come yet."""
    if later:
        return not all(map(os.get_blocking, _wires()))
    for fd in _wires():
        os.set_blocking(fd, False)


def wires_that_send_signals(later):
    """A signal to the worker whenever something comes."""
    if later:
        return any(fcntl.fcntl(fd, fcntl.F_GETOWN) or fcntl.fcntl(fd, fcntl.F_GETSIG) for fd in _wires())
    for fd in _wires():
        fcntl.fcntl(fd, fcntl.F_SETOWN, 1)
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_ASYNC)


def wires_of_another_size(later):
    """Wires that hold a page only."""
    if later:
        return any(fcntl.fcntl(fd, fcntl.F_GETPIPE_SZ) != 2**16 for fd in _wires())
    for fd in _wires():
        fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, 2**12)


def _of_the_worker(number, limit=None):
    limits = (ctypes.c_ulong * 2)(*limit or (0, 0))
    before = (ctypes.c_ulong * 2)()
    call = ctypes.CDLL(None, use_errno=True).prlimit
    if call(1, number, limits if limit else None, before):
        raise OSError(ctypes.get_errno(), "prlimit")
    return tuple(before)


def limits_of_the_worker(later):
    """A limit below which nothing runs, which all later processes get from the worker."""
    if later:
        return resource.getrlimit(resource.RLIMIT_STACK)[0] == 2**20
    _of_the_worker(resource.RLIMIT_STACK, (2**20, 2**20))


def priority_of_the_worker(later):
    """The least part of the processor."""
    if later:
        return os.getpriority(os.PRIO_PROCESS, 0) == 19
    os.setpriority(os.PRIO_PROCESS, 1, 19)


def scheduling_of_the_worker(later):
    """A processor only when nobody else wants it."""
    if later:
        return os.sched_getscheduler(0) == os.SCHED_IDLE
    os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))


def processors_of_the_worker(later):
    """One processor."""
    if later:
        return len(os.sched_getaffinity(0)) == 1 < os.cpu_count()
    os.sched_setaffinity(1, {min(os.sched_getaffinity(0))})


def disk_of_the_worker(later):
    """The last place in the queue of a disk, by ioprio_get and ioprio_set of x86-64."""
    call = ctypes.CDLL(None).syscall
    if later:
        return call(252, 1, 0) == 3 << 13
    call(251, 1, 1, 3 << 13)


def rights_of_the_folder(later):
    """A private folder in which nothing may be written."""
    if later:
        return not os.access("/tmp", os.W_OK)
    os.chmod("/tmp", 0o555)


def times_of_the_folder(later):
    """A number as the time at which the private folder was read, which is to come."""
    if later:
        return os.stat("/tmp").st_atime == 2**32
    os.utime("/tmp", (2**32, 0))


def attribute_of_the_folder(later):
    """A word that the private folder carries."""
    if later:
        return "user.left" in os.listxattr("/tmp")
    os.setxattr("/tmp", "user.left", b"1")


def second_reply(later):
    """An answer that is there before the next exercise asks, which makes that one malformed."""
    wire = sys.modules["worker.wire"]
    if not later:
        send = wire.send
        wire.send = lambda write, message: (send(write, message), send(write, message))
