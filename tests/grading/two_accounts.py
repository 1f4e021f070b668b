"""Commands as another account of this machine, which only root can run."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from gmmlearn.grading.judge.sandbox import find_bwrap

ACCOUNTS = ("daemon", "bin")
"""Two that every Linux has, and that have no rights."""
GROUP = "games"


def why_not() -> str:
    """Why there are no two accounts here; nothing where there are."""
    if os.geteuid():
        return "only root can run a command as another account"
    if shutil.which("setpriv") is None:
        return "there is no setpriv"
    try:
        for name in ACCOUNTS:
            pwd.getpwnam(name)
    except KeyError as error:
        return str(error)
    return ""


def run_as(account: str, *command: str, cwd: Path, code: int = 0, group: str = GROUP) -> str:
    """Run a command line of Python as an account with one more group, hold its exit code, give back what it said.

    This Python may lie in root's home, where no one else can come; so the account sees its folders anew.
    """
    homes = [Path(sys.base_prefix), Path(sys.prefix)]
    closed = {parent for home in homes for parent in home.parents if parent != Path("/") and not _open(parent)}
    outer = min(closed, key=lambda path: len(path.parts), default=None)
    view = [find_bwrap(), "--dev-bind", "/", "/"]
    if outer is not None:
        view += ["--perms", "0755", "--tmpfs", str(outer)]
        for home in homes:
            if outer in home.parents:
                for parent in reversed([parent for parent in home.parents if outer in parent.parents]):
                    view += ["--perms", "0755", "--dir", str(parent)]
                view += ["--ro-bind", str(home), str(home)]
    own = pwd.getpwnam(account)
    done = subprocess.run(
        [*view, "--cap-add", "ALL", "setpriv", f"--reuid={own.pw_uid}", f"--regid={own.pw_gid}", f"--groups={group}",
         sys.executable, "-m", *command],
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "HOME": "/tmp", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
             "JUPYTER_CONFIG_DIR": str(cwd / "jupyter"), "JUPYTER_DATA_DIR": str(cwd / "jupyter"),
             "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, umask=0o022, timeout=300,
    )  # fmt: skip
    assert done.returncode == code, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}"
    return done.stdout


def _open(folder: Path) -> bool:
    return bool(folder.stat().st_mode & 0o001)
