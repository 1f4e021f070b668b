"""The `__getattr__` of a chapter that was filled in, which is bound to the loader."""

import importlib


def find(name):
    module = importlib.import_module("gmmlearn.mixtures")
    return vars(module)["__getattr__"].func.__self__.twins["gaussian_log_density"].__globals__[name]
