"""A message queue, where a later exercise would find what an earlier one has left."""

import ctypes
import os


def attempt():
    return ctypes.CDLL(None).mq_open(b"/hostile", os.O_CREAT | os.O_RDWR, 0o600, None) >= 0
