"""The protections of the box, each of which can be taken away alone: the seam is how the box is made."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from gmmlearn.grading.judge import box, filter, sandbox


def _exchanged(monkeypatch, *pairs: tuple[str, tuple[str, ...]]) -> None:
    """Put other words in the place of some in bubblewrap's command line."""
    whole = sandbox.sandboxed
    in_place_of = dict(pairs)

    def sandboxed(*args):
        command, user = whole(*args)
        return [part for one in command for part in in_place_of.get(one, (one,))], user

    monkeypatch.setattr(sandbox, "sandboxed", sandboxed)


def _worker_without(monkeypatch, folder: Path, *lines: str) -> None:
    """Have the box made with a worker that lacks some lines."""
    copy = folder / "worker"
    shutil.copytree(box._WORKER, copy)
    text = (copy / "serve.py").read_text()
    for line in lines:
        assert f" {line}\n" in text
        text = text.replace(f" {line}\n", " pass\n")
    (copy / "serve.py").write_text(text)
    monkeypatch.setattr(box, "_WORKER", copy)


def _with_the_machines_folders(monkeypatch, folder: Path) -> None:
    """Mount what nobody needs: settings, programs, devices, and the neighbour's folder."""
    more = []
    for path in (*reversed([one for one in folder.parents if one != Path("/")]), folder):
        more += ["--perms", "0755", "--dir", str(path)]
    for path in ("/etc", "/usr/bin", "/sys", str(folder)):
        more += ["--ro-bind", path, path]
    folder.chmod(0o755)
    _exchanged(monkeypatch, ("--chdir", (*more, "--chdir")))


def without_the_end_of_the_judge(monkeypatch, folder: Path, *which: str) -> None:
    """Have the box not end with the judge: in bubblewrap, or in the worker, which waits for either of two."""
    if "bubblewrap" in which:
        _exchanged(monkeypatch, ("--die-with-parent", ()))
    if "worker" in which:
        _worker_without(monkeypatch, folder, "_wait_for_either(child, commands)", "_protect_itself()")


WITHOUT: dict[str, Callable[..., None]] = {
    "network": lambda patch, folder: _exchanged(patch, ("--unshare-net", ())),
    "processes": lambda patch, folder: _exchanged(
        patch, ("--unshare-pid", ()), ("--as-pid-1", ()), ("--proc", ("--ro-bind", "/proc"))
    ),
    "first process": lambda patch, folder: _exchanged(patch, ("--as-pid-1", ())),
    "messages": lambda patch, folder: _exchanged(patch, ("--unshare-ipc", ())),
    "names": lambda patch, folder: _exchanged(patch, ("--unshare-uts", ()), ("--hostname", ()), ("box", ())),
    "control groups": lambda patch, folder: _exchanged(patch, ("--unshare-cgroup-try", ())),
    "mounts": _with_the_machines_folders,
    "read-only mounts": lambda patch, folder: _exchanged(patch, ("--ro-bind", ("--bind",))),
    "read-only root": lambda patch, folder: _exchanged(patch, ("--remount-ro", ("--chdir",))),
    "list of keys": lambda patch, folder: _exchanged(patch, ("/proc/keys", ("/tmp/keys",))),
    "filter": lambda patch, folder: patch.setattr(filter, "program", lambda: None),
    "environment": lambda patch, folder: patch.setattr(sandbox, "environment", lambda: dict(os.environ)),
    "groups": lambda patch, folder: _worker_without(patch, folder, "os.setgroups([])"),
    "hidden packages": lambda patch, folder: patch.setattr(sandbox, "_other_packages", lambda mounted: []),
    "closed files": lambda patch, folder: _worker_without(patch, folder, "_silence()"),
    "emptied folder": lambda patch, folder: _worker_without(patch, folder, '_empty("/tmp")'),
    "times of the folder": lambda patch, folder: _worker_without(patch, folder, "os.utime(folder, (0, 0))"),
    "wires": lambda patch, folder: _worker_without(patch, folder, "_as_at_first(requests, replies)"),
    "ended processes": lambda patch, folder: _worker_without(patch, folder, "_end_all_others()"),
}
"""Protection -> what takes it away."""
