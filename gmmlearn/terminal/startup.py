"""IPython runs this when a kernel of `gmmlearn lab` starts, since a new notebook imports nothing."""

import contextlib

with contextlib.suppress(NameError, ImportError):  # Python without IPython, and a folder without the course
    get_ipython().extension_manager.load_extension("gmmlearn.checks.magics")  # noqa: F821
del contextlib
