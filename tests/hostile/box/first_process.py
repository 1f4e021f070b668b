"""The first process of the box: its memory, its open files, its command line with the machine's paths."""

import os


def attempt():
    for path in ("/proc/1/mem", "/proc/1/fd", "/proc/1/environ"):
        try:
            os.listdir(path) if path.endswith("fd") else open(path, "rb").close()
        except OSError:
            continue
        return True
    return b"bwrap" in open("/proc/1/cmdline", "rb").read()
