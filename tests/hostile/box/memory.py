"""Memory beyond the limits, or that no process owns; messages for a later exercise."""

import ctypes
import mmap
import os
import socket

import numpy as np

_libc = ctypes.CDLL(None)


def address_space():
    """More than a process may have."""
    return np.empty(3 * 2**30, np.uint8).size > 0


def many_open_files():
    """More files than a process may have open."""
    return len([os.dup(0) for _ in range(300)]) == 300


def file_in_memory():
    """A file in memory without a name, outside the limit of the private /tmp."""
    return os.memfd_create("hostile") >= 0


def secret_file_in_memory():
    """The same, hidden from the kernel itself."""
    return _libc.syscall(447, 0) >= 0


def shared_pages():
    """Shared pages that stay when every process drops them: no process is seen to hold them."""
    return len(mmap.mmap(-1, 4096)) == 4096


def shared_pages_of_a_device():
    """The same by way of /dev/zero or /dev/shm."""
    return os.path.exists("/dev/zero") or os.path.exists("/dev/shm")


def system_v_memory():
    """Memory that no process owns and that stays until the box ends."""
    return _libc.shmget(0, 4096, 0o1600) >= 0


def system_v_semaphores():
    """The same with semaphores."""
    return _libc.semget(0, 1, 0o1600) >= 0


def system_v_queue():
    """The same with messages."""
    return _libc.msgget(0, 0o1600) >= 0


def posix_queue():
    """A message queue by name."""
    return _libc.mq_open(b"/hostile", os.O_CREAT | os.O_RDWR, 0o600, None) >= 0


def buffers_of_sockets():
    """What is sent and never read waits in the kernel, up to megabytes for each of hundreds of sockets."""
    one, _ = socket.socketpair()
    one.setblocking(False)
    return one.send(bytes(2**16)) > 0


def segments_of_the_machine():
    """Which shared memory others have."""
    from gmmlearn.known import SEGMENT

    with open("/proc/sysvipc/shm") as lines:
        return any(line.split()[1:2] == [str(SEGMENT)] for line in lines)
