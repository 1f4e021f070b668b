"""Python's own finder, asked without the one that stands before it."""

import importlib.util
from importlib.machinery import PathFinder

import gmmlearn


def find(name):
    spec = PathFinder.find_spec("gmmlearn.library", list(gmmlearn.__path__))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)
