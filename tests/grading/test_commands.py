"""How the commands of those who grade start: with what they need, as an instructor waits for each of them."""

import subprocess
import sys

HEAVY = ("nbgrader", "pytest", "scipy", "sklearn")
"""Each takes a second or so to be imported."""
PROGRAM = f"""
import sys
from gmmlearn.cli import main
try:
    main()
finally:
    print("loaded:", *sorted({{*{HEAVY!r}}} & {{*sys.modules}}), sys.modules.get("rfc3987_syntax"), file=sys.stderr)
"""


def test_a_command_that_judges_nothing_loads_nothing_that_judges(small_class):
    """Nor the parser of addresses that jsonschema asks for, which takes two seconds and which no notebook needs."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, "class", "table"], capture_output=True, text=True, cwd=small_class
    )
    assert run.stderr.splitlines()[-1] == "loaded: None", run.stderr
