"""Command lines in a fork of this process: they run as from a terminal, but load nbgrader once and not each time."""

import os
import runpy
import sys
import tempfile
import traceback
from collections.abc import Mapping
from multiprocessing import forkserver, resource_tracker
from pathlib import Path

import nbgrader.apps  # noqa: F401 (what takes long to load)


def run(*command: str, cwd: Path, environment: Mapping[str, str], umask: int = 0o022) -> tuple[int, str]:
    """Exit status and all that was said of `python -m command`."""
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if child == 0:
            _become(said.fileno(), cwd, environment, umask)
            os._exit(_run(command))
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return os.waitstatus_to_exitcode(status), said.read()


def _become(fd: int, cwd: Path, environment: Mapping[str, str], umask: int) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(fd, 1)
    os.dup2(fd, 2)
    sys.stdin = open(0)  # noqa: SIM115 (the process ends with them open)
    sys.stdout, sys.stderr = (open(fd, "w", buffering=1) for fd in (1, 2))  # noqa: SIM115
    # Servers of this kind that the tests started are no children of the command.
    forkserver._forkserver.__init__()  # type: ignore[misc]
    resource_tracker._resource_tracker.__init__()  # type: ignore[misc]
    os.chdir(cwd)
    os.umask(umask)
    os.environ.clear()
    os.environ.update(environment)


def _run(command: tuple[str, ...]) -> int:
    program, *arguments = command
    sys.argv = [program, *arguments]
    try:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
