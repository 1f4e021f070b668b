"""`getpid` by the numbers of x32, which a list of numbers alone lets through."""

import ctypes
import errno


def attempt():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall(0x40000000 | 39)
    return ctypes.get_errno() != errno.ENOSYS
