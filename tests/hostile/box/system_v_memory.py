"""Memory of System V, which no process owns and which stays until the box ends."""

import ctypes


def attempt():
    libc = ctypes.CDLL(None)
    return libc.shmget(0, 4096, 0o1600) >= 0 or libc.semget(0, 1, 0o1600) >= 0 or libc.msgget(0, 0o1600) >= 0
