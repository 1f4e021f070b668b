"""A key in the session's keyring, where the next submission would find it."""

import ctypes


def attempt():
    call = ctypes.CDLL(None).syscall
    return call(248, b"user", b"hostile", b"1", 1, -3) > 0 or call(250, 0, -3, 1) > 0
