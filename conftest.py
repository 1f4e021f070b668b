"""What every test run needs: the reference on the path, and the desks left alone."""

import sys
from pathlib import Path

from gmmlearn.contract import CHAPTERS

_ROOT = Path(__file__).parent

# `solutions` is not installed with the package, because students get the package.
sys.path.insert(0, str(_ROOT))

# The examples of a stub are true of the finished function; `tests/test_stubs.py` runs them on the reference.
collect_ignore = [f"gmmlearn/{chapter}.py" for chapter in CHAPTERS]
