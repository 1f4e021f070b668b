"""The time of the last commit of a repository, read without its settings, which may name programs to run."""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path


def last_commit(repository: Path) -> datetime | None:
    """When the commit that is checked out was made, by the student's clock; None if that cannot be read.

    Parameters
    ----------
    repository : Path
        A folder with a folder `.git`.

    Returns
    -------
    datetime or None
    """
    program = shutil.which("git")
    commit = _checked_out(repository / ".git")
    if program is None or commit is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ.get("PATH", ""), "GIT_CONFIG_NOSYSTEM": "1", "HOME": folder}
        subprocess.run([program, "init", "--quiet", "--bare", folder], env=environment, check=True, timeout=30)
        environment["GIT_OBJECT_DIRECTORY"] = str((repository / ".git" / "objects").resolve())
        said = subprocess.run(
            [program, "--git-dir", folder, "cat-file", "commit", commit],
            env=environment, capture_output=True, check=False, timeout=30,
        )  # fmt: skip
    found = re.search(rb"^committer .*> (\d+) [+-]\d+$", said.stdout, re.M)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _checked_out(folder: Path) -> str | None:
    """The commit that HEAD names."""
    try:
        head = (folder / "HEAD").read_text().strip()
        name = head.removeprefix("ref: ")
        if name != head and (folder / name).is_file():
            head = (folder / name).read_text().strip()
        elif name != head:
            packed = (folder / "packed-refs").read_text()
            found = re.search(rf"^([0-9a-f]{{40,64}}) {re.escape(name)}$", packed, re.M)
            head = found[1] if found else ""
    except (OSError, ValueError):
        return None
    return head if re.fullmatch("[0-9a-f]{40,64}", head) else None
