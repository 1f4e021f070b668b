"""A user namespace, in which one has all rights, by `unshare` and by `clone`."""

import ctypes
import os


def attempt():
    libc = ctypes.CDLL(None)
    if libc.unshare(0x10000000) == 0:
        return True
    child = libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    return child > 0
