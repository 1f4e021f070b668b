"""Other processes: those of the machine, the worker, and too many of one's own."""

import ctypes
import glob
import os
import signal
import threading
import time

from gmmlearn.known import JUDGE

_libc = ctypes.CDLL(None)


def _opened(path):
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def _sleeping():
    child = os.fork()
    if child == 0:
        _libc.prctl(4, 1, 0, 0, 0)  # open to others, which the worker is not, and no process that it forks
        time.sleep(30)
        os._exit(0)
    return child


def _open_child():
    child = _sleeping()
    time.sleep(0.1)  # until it is
    return child


def memory_of_the_worker():
    """The memory of the process that started this one."""
    return _opened("/proc/1/mem")


def files_of_the_worker():
    """Its open files, a pipe to the judge among them."""
    try:
        return bool(os.listdir("/proc/1/fd"))
    except OSError:
        return False


def environment_of_the_worker():
    """Its environment."""
    return _opened("/proc/1/environ")


def command_line_of_the_box():
    """The paths of the machine from which the box was made."""
    with open("/proc/1/cmdline", "rb") as line:
        return b"bwrap" in line.read()


def processes_of_the_machine():
    """What else runs, with its arguments."""
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as line:
                if b"gmmlearn-canary" in line.read():
                    return True
        except OSError:
            continue
    return False


def signal_to_the_judge():
    """A signal to the judge (0, which harms nobody)."""
    try:
        os.kill(JUDGE, 0)
    except ProcessLookupError:
        return False
    return True  # also where it is refused: the process is there to be seen


def files_of_the_judge_by_a_descriptor():
    """A file that another process holds open."""
    child = _open_child()
    held = _libc.syscall(438, os.pidfd_open(child), 0, 0)
    os.kill(child, signal.SIGKILL)
    return held >= 0


def traced():
    """Another process of the same user traced."""
    child = _open_child()
    seized = _libc.ptrace(0x4206, child, 0, 0) == 0
    os.kill(child, signal.SIGKILL)
    return seized


def memory_read():
    """The memory of another process read by its call."""
    child, held = _open_child(), ctypes.create_string_buffer(8)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(held), 8)
    got = _libc.process_vm_readv(child, vector, 1, vector, 1, 0)
    os.kill(child, signal.SIGKILL)
    return got > 0


def compared():
    """Whether two processes hold the same file, which tells addresses in the kernel."""
    return _libc.syscall(312, os.getpid(), os.getpid(), 0, 0, 0) >= 0


def memory_advised():
    """The memory of another process taken from it, when there is little."""
    child, held = _open_child(), ctypes.create_string_buffer(2**14)
    page = (ctypes.addressof(held) + 4095) // 4096 * 4096
    taken = _libc.syscall(440, os.pidfd_open(child), (ctypes.c_void_p * 2)(page, 4096), 1, 21, 0)
    os.kill(child, signal.SIGKILL)
    return taken > 0


def many_processes():
    """More processes than there may be."""
    children = []
    try:
        for _ in range(80):
            children.append(_sleeping())
    except OSError:
        return False
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return True


def many_threads():
    """The same with threads."""
    stop = threading.Event()
    threads = [threading.Thread(target=stop.wait, daemon=True) for _ in range(80)]
    try:
        for thread in threads:
            thread.start()
    except RuntimeError:
        return False
    finally:
        stop.set()
    return True
