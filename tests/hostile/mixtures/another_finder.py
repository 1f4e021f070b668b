"""Python's own finder on the folder of the package."""

import importlib.util
import sys
from importlib.machinery import PathFinder


def mixture_class():
    for name in [name for name in sys.modules if name.startswith("sklearn")]:
        del sys.modules[name]
    package = PathFinder.find_spec("sklearn", sys.path).submodule_search_locations
    spec = PathFinder.find_spec("sklearn.mixture", package)
    sys.modules["sklearn.mixture"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.GaussianMixture
