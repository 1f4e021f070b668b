"""Another process of the same user traced, and its memory read."""

import ctypes
import os
import time


def attempt():
    libc = ctypes.CDLL(None)
    child = os.fork()
    if child == 0:
        time.sleep(30)
        os._exit(0)
    seized = libc.ptrace(0x4206, child, 0, 0) == 0
    os.kill(child, 9)
    return seized
