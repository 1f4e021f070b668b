"""The attempts at harm: what stops each, what they are told of this machine, and how they are made in one box."""

import ctypes
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from gmmlearn.calls import Call
from gmmlearn.grading.judge.sandbox import Limits
from gmmlearn.grading.judge.session import Session
from gmmlearn.grading.judge.submission import read_submission

HERE = Path(__file__).parent
FILTER, MOUNTS, NETWORK, USER = "filter", "mounts", "network", "user"
STOPPED_BY = {
    "files": {
        **dict.fromkeys(("neighbour", "neighbour_by_a_link", "accounts", "installed_programs"), MOUNTS),
        **dict.fromkeys(("neighbour_by_the_root_of_the_first_process", "neighbour_above_an_open_folder"), MOUNTS),
        **dict.fromkeys(("installed_packages", "hidden_tests", "sockets_of_services", "control_groups"), MOUNTS),
        **dict.fromkeys(("disks", "terminals", "messages_of_the_kernel"), MOUNTS),
        **dict.fromkeys(("worker_is_written", "library_is_written", "packages_are_written"), "read-only mounts"),
        "new_folder": "read-only root",
        "settings_of_the_kernel": USER,
        "device_made": USER,
        "keys_in_proc": "list of keys",
        "packages_of_the_interpreter": "hidden packages",
        "file_for_errors": "closed files",
        **dict.fromkeys(("large_file", "many_files"), "limits"),
    },
    "identity": {
        "environment": "environment",
        "name_of_the_machine": "names",
        "place_in_the_control_groups": "control groups",
        "group_of_root": "groups",
        **dict.fromkeys(("capabilities", "rights_by_a_program", "root", "groups", "priority"), USER),
        **dict.fromkeys(("limits_raised", "core_file"), "limits"),
    },
    "kernel": {
        **dict.fromkeys(("io_uring", "bpf", "performance_counters", "userfaultfd", "key_added"), FILTER),
        "key_of_whoever_judges": FILTER,
        **dict.fromkeys(("keyring_joined", "namespace_by_unshare", "namespace_by_clone"), FILTER),
        **dict.fromkeys(("namespace_by_clone3", "namespace_of_another", "mounted", "mounted_the_new_way"), FILTER),
        **dict.fromkeys(("mount_copied", "unmounted", "root_changed", "handle_of_a_file"), FILTER),
        **dict.fromkeys(("all_files_watched", "other_binary_interface", "calls_of_32_bits", "clock"), FILTER),
        "call_of_the_future": FILTER,
        **dict.fromkeys(("name_changed", "module_loaded", "log_of_the_kernel"), FILTER),
    },
    "memory": {
        **dict.fromkeys(("address_space", "many_open_files"), "limits"),
        **dict.fromkeys(("file_in_memory", "secret_file_in_memory", "shared_pages", "system_v_memory"), FILTER),
        **dict.fromkeys(("system_v_semaphores", "system_v_queue", "posix_queue", "buffers_of_sockets"), FILTER),
        "shared_pages_of_a_device": MOUNTS,
        "segments_of_the_machine": "messages",
    },
    "network": {
        **dict.fromkeys(("loopback", "name_lookup", "any_family", "raw", "pair_of_another_family"), FILTER),
        "pair_that_sends_elsewhere": FILTER,
        **dict.fromkeys(("interfaces", "connections", "services"), NETWORK),
    },
    "processes": {
        **dict.fromkeys(("memory_of_the_worker", "environment_of_the_worker"), "first process"),
        **dict.fromkeys(("files_of_the_worker", "command_line_of_the_box"), "first process"),
        **dict.fromkeys(("processes_of_the_machine", "signal_to_the_judge"), "processes"),
        **dict.fromkeys(("files_of_the_judge_by_a_descriptor", "traced", "memory_read", "compared"), FILTER),
        "memory_advised": FILTER,
        **dict.fromkeys(("many_processes", "many_threads"), "limits"),
    },
}
"""Module -> attempt -> the protection that stops it; "user" is that the code has no rights on the machine."""
NAMES = [f"{module}.{name}" for module, table in STOPPED_BY.items() for name in table]
ASK = """
import importlib, os, signal
import numpy as np

def assign(responsibilities):
    return np.array([_succeeds(*name.split(".")) for name in {names!r}])

def _succeeds(module, name):
    child = os.fork()
    if child == 0:
        code = 0
        try:
            signal.alarm(8)
            code = int(getattr(importlib.import_module("gmmlearn." + module), name)())
        except (OSError, ImportError, MemoryError, AttributeError):
            pass
        finally:
            os._exit(code)
    return int(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1)
"""


@contextmanager
def known() -> Iterator[dict[str, object]]:
    """What an attacker may know of this machine, all of it true: services that listen, a process, a segment."""
    libc = ctypes.CDLL(None)
    name = f"gmmlearn-canary-{os.getpid()}"
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as service,
        subprocess.Popen([sys.executable, "-c", "input()", name], stdin=subprocess.PIPE) as process,
    ):
        service.bind(f"\0{name}")
        segment = libc.shmget(0, 4096, 0o1666)
        libc.syscall(250, 1, None)  # keyctl: a session keyring, which what is started from here inherits
        libc.syscall(248, b"user", name.encode(), b"1", 1, -3)
        try:
            port = server.getsockname()[1]
            yield {
                "PORT": port,
                "ABSTRACT": name,
                "JUDGE": os.getpid(),
                "SEGMENT": segment,
                "HOST": os.uname().nodename,
            }
        finally:
            libc.shmctl(segment, 0, None)
            process.kill()


def succeed(folder: Path, facts: dict[str, object], names: list[str], limits: Limits | None = None) -> set[str]:
    """The attempts that succeed, each made in a process of its own, all in one call of one submission."""
    package = folder / "submission" / "gmmlearn"
    shutil.copytree(HERE / "box", package)
    (package / "e_step.py").write_text(ASK.format(names=names))
    (package / "known.py").write_text("".join(f"{name} = {fact!r}\n" for name, fact in facts.items()))
    with Session(read_submission(package.parent), limits=limits) as session:
        session.begin("assign", own=False)
        outcome = session.call(Call({"responsibilities": np.ones((1, 1))}))
    assert outcome.failure is None, outcome.failure
    return {name for name, succeeded in zip(names, outcome.value, strict=True) if succeeded}
