"""Files that are as they were or whole at any moment: written under another name and then renamed."""

import os
import time
from pathlib import Path


def draft_of(path: Path) -> Path:
    """The name of a file until its content is all there."""
    return path.with_name(f".{path.name}.draft")


def write(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file; where the system refuses, what was there before stays.

    Parameters
    ----------
    path : Path
        In a folder that is there.
    content : bytes
    mode : int, optional
        Who may read and write it; by default as for any new file.
    """
    draft = draft_of(path)
    draft.write_bytes(content)
    if mode is not None:
        draft.chmod(mode)
    replace(draft, path)


def replace(draft: str | Path, path: Path) -> None:
    """`os.replace`, tried again where Windows refuses for the moment in which a virus scanner reads the old file."""
    for pause in (0.02, 0.1, 0.3):
        try:
            return os.replace(draft, path)
        except PermissionError:
            time.sleep(pause)
    return os.replace(draft, path)
