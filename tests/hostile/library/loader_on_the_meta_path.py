"""The loader, which stands on `sys.meta_path` and knows the functions that it puts in place."""

import sys


def find(name):
    loader = next(finder for finder in sys.meta_path if hasattr(finder, "twins"))
    return loader.twins["gaussian_log_density"].__globals__[name]
