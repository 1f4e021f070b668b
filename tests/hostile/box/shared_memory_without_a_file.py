"""Shared pages that stay when every process drops them: no process is seen to hold them."""

import mmap


def attempt():
    return len(mmap.mmap(-1, 4096)) == 4096
