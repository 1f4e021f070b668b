"""The stubs as they were handed out, for `gmmlearn reset`.

In a clone git keeps them. A student's copy has no git, so they are written into it when it is made.
"""

import json
import subprocess
from functools import cache
from pathlib import Path

from ..contract import CHAPTERS
from ..errors import UsageError
from ..manifest import PACKAGE

FILE = Path("terminal") / "stubs.json"


def write(copy: Path) -> None:
    """Keep the chapters of a new copy of the package in it, as they are now."""
    texts = {chapter: (copy / f"{chapter}.py").read_text(encoding="utf-8") for chapter in CHAPTERS}
    (copy / FILE).write_text(json.dumps(texts, indent=1), encoding="utf-8")


@cache
def stubs(package: Path = PACKAGE) -> dict[str, str]:
    """Text of the chapters' modules as they were handed out.

    Raises
    ------
    UsageError
        When neither git nor the copy has kept them.
    """
    if (package / FILE).exists():
        return json.loads((package / FILE).read_text(encoding="utf-8"))
    try:
        return {chapter: _in_git(package, chapter) for chapter in CHAPTERS}
    except (OSError, subprocess.CalledProcessError) as error:
        raise UsageError(
            "There is no copy of the stubs here, and git has none either: copy the file from the course as you got it."
        ) from error


def _in_git(package: Path, chapter: str) -> str:
    command = ["git", "-c", f"safe.directory={package.parent}", "show", f"HEAD:./{chapter}.py"]
    return subprocess.run(command, cwd=package, check=True, capture_output=True, encoding="utf-8").stdout
