"""The bench: runs a submission in a sandbox, judges its values and hands the verdict to nbgrader."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The clone of the repository, which holds the hidden tests and the solutions that are never installed."""

if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))
