"""What every test run needs: the private half beside the package, and the stubs left alone."""

import sys
from pathlib import Path

from gmmlearn import private
from gmmlearn.contract import CHAPTERS

# `tests`, `benchmarks` and `solutions` are not installed with the package, because students get the package.
sys.path.insert(0, str(Path(__file__).parent))
private.package("solutions")

# The examples of a stub are true of the finished function; `tests/test_stubs.py` runs them on the reference.
collect_ignore = [f"gmmlearn/{chapter}.py" for chapter in CHAPTERS]
# Answers of students, which the tests of fairness load as such.
collect_ignore += ["tests/right_answers", "tests/wrong_answers"]
# Hostile modules, which are to run in the sandbox only.
collect_ignore += [f"tests/hostile/{kind}" for kind in ("library", "mixtures", "box")]
