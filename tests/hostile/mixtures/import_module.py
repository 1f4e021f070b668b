"""An import that no guard of `__import__` sees."""

import importlib
import sys


def mixture_class():
    for name in [name for name in sys.modules if name.startswith("sklearn")]:
        del sys.modules[name]
    return importlib.import_module("sklearn.mixture").GaussianMixture
