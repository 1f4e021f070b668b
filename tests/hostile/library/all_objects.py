"""Every function that the garbage collector knows."""

import gc
import types


def find(name):
    gc.unfreeze()
    functions = (one for one in gc.get_objects() if isinstance(one, types.FunctionType))
    for one in functions:
        if one.__module__ == "gmmlearn.library" and name in one.__globals__:
            return one.__globals__[name]
    raise LookupError(name)
