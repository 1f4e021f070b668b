"""A file in memory without a name, outside the limit of the private /tmp."""

import os


def attempt():
    return os.memfd_create("hostile") >= 0
