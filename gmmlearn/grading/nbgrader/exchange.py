"""Who of those who teach can work in nbgrader's exchange: those who can in the class.

nbgrader gives the folders of a class in the exchange to the account that releases first, and to the group of that.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from . import access, settings

_SHARED = {".": 0o2775, "outbound": 0o2775, "inbound": 0o2773, "feedback": 0o2771}
_PRIVATE = {".": 0o755, "outbound": 0o755, "inbound": 0o2733, "feedback": 0o711}
"""Folder of a class in the exchange -> the mode that nbgrader wants. Students hand in to one and read the others."""


def follow(course: Path) -> list[str]:
    """Open the folders of a class in the exchange to its group, or close them; what stands in the way, a sentence each.

    In a shared class those that nbgrader would make later are made, since it would give them another group.
    """
    config, group = settings.load(course), course.stat().st_gid
    root = Path(config.Exchange.get("root", ""))
    folder = root / config.CourseDirectory.get("course_id", "")
    if folder == root or not root.is_dir():
        return []
    is_shared = access.modes(course) is access.SHARED
    others: set[str] = set()
    for path, mode in _wanted(folder, is_shared=is_shared):
        try:
            if is_shared and not path.exists():
                path.mkdir()
            status = path.stat()
            if stat.S_IMODE(status.st_mode) == mode and (not is_shared or status.st_gid == group):
                continue
            if is_shared:
                os.chown(path, -1, group)  # before the mode: it takes the setgid bit away
            path.chmod(mode)
        except PermissionError:
            others.add(access.owner_of(path if path.exists() else path.parent))
        except FileNotFoundError:  # not made yet, and nothing to close
            continue
    if is_shared:
        to_do = f"ask {{}} to run `gmmlearn class share {course} {access.group(group)}`"
    else:
        to_do = "{} can still change them: `nbgrader release_assignment --force` makes them yours"
    return [f"{folder} holds folders of {one}; {to_do.format(one)}." for one in sorted(others)]


def _wanted(folder: Path, *, is_shared: bool) -> Iterator[tuple[Path, int]]:
    """What others than students write in the exchange, with its mode; of hand-ins nothing, since they are students'."""
    for name, mode in (_SHARED if is_shared else _PRIVATE).items():
        yield folder / name, mode
        for path in (folder / name).rglob("*") if name == "outbound" else ():
            if not path.is_symlink():
                yield path, mode if path.is_dir() else 0o664 if is_shared else 0o644
