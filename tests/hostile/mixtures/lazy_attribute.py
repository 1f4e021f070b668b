"""The package's own `__getattr__`, which imports its parts when they are asked for."""

import importlib
import sys


def mixture_class():
    for name in [name for name in sys.modules if name.startswith("sklearn")]:
        del sys.modules[name]
    return importlib.import_module("sklearn.cluster") and sys.modules["sklearn"].mixture.GaussianMixture
