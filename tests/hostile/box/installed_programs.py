"""Programs of the machine, and packages that nobody needs for an exercise."""

import glob
import importlib.util
import os


def attempt():
    programs = [path for path in ("/bin", "/usr/bin", "/usr/lib/git-core", "/usr/lib/gcc") if os.path.exists(path)]
    packages = [name for name in ("pytest", "nbgrader", "pip") if importlib.util.find_spec(name)]
    return bool(programs + packages + glob.glob("/packages/gmmlearn*"))
