"""A module of one's own that is executed with Python's own builtins."""

import builtins
import sys


def mixture_class():
    for name in [name for name in sys.modules if name.startswith("sklearn")]:
        del sys.modules[name]
    space = {"__builtins__": builtins}
    exec("from sklearn.mixture import GaussianMixture", space)
    return space["GaussianMixture"]
