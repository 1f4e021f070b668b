"""A file system mounted, by the old way and by the new one."""

import ctypes


def attempt():
    libc = ctypes.CDLL(None)
    return libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0 or libc.syscall(430, b"tmpfs", 0) >= 0
