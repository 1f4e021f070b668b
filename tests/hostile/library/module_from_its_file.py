"""The library once more under another name, by its file."""

import importlib.util

import gmmlearn


def find(name):
    spec = importlib.util.spec_from_file_location("gmmlearn.copy", gmmlearn.__path__[0] + "/library.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)
