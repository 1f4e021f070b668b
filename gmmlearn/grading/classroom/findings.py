"""What looking over a class finds, in one line each."""

from dataclasses import dataclass
from pathlib import Path

RIGHT, WRONG, UNUSED = "✓", "✗", "–"
_SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """One line: whether something is as it should be, and what to do if not."""

    mark: str
    text: str
    to_do: str = ""


def some(paths: list[Path], folder: Path) -> str:
    """The first paths as they are in a folder, and how many more there are."""
    return few([str(path.relative_to(folder)) for path in paths])


def few(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
