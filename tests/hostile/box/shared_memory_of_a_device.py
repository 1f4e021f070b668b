"""The same by way of /dev/zero or /dev/shm."""

import os


def attempt():
    return os.path.exists("/dev/zero") or os.path.exists("/dev/shm")
