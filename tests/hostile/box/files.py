"""Files: the machine's, the neighbour's and the judge's own, read or written."""

import glob
import importlib.util
import os
import stat
import sys

from gmmlearn.known import NEIGHBOUR


def _readable(*paths):
    for path in paths:
        try:
            with open(path, "rb") as file:
                file.read(1)
        except OSError:
            continue
        return True
    return False


def _writable(*paths):
    """Opened for writing, never written: what succeeds here would harm this machine."""
    for path in paths:
        try:
            os.close(os.open(path, os.O_RDWR))
        except OSError:
            continue
        return True
    return False


def neighbour():
    """The submission of somebody else, whose path is known."""
    return _readable(NEIGHBOUR)


def neighbour_by_a_link():
    """The same by a symbolic link."""
    os.symlink(NEIGHBOUR, "/tmp/neighbour")
    return _readable("/tmp/neighbour")


def neighbour_by_the_root_of_the_first_process():
    """The same by the root folder that another process has."""
    return _readable(f"/proc/1/root{NEIGHBOUR}", f"/proc/1/cwd/../../../../../..{NEIGHBOUR}")


def neighbour_above_an_open_folder():
    """The same from each folder that is open, upwards."""
    for fd in range(64):
        try:
            os.close(os.open("../" * 20 + NEIGHBOUR[1:], os.O_RDONLY, dir_fd=fd))
        except OSError:
            continue
        return True
    return False


def accounts():
    """Who has an account on the machine."""
    return _readable("/etc/passwd", "/etc/group", "/etc/shadow")


def installed_programs():
    """Programs of the machine."""
    return any(map(os.path.exists, ("/bin", "/usr/bin", "/usr/sbin", "/usr/lib/git-core", "/usr/lib/gcc")))


def installed_packages():
    """Packages that nobody needs for an exercise, among them the judge."""
    names = ("pytest", "nbgrader", "pip", "hypothesis")
    return any(map(importlib.util.find_spec, names)) or bool(glob.glob("/packages/gmmlearn*"))


def packages_of_the_interpreter():
    """What is installed where the standard library is."""
    library = os.path.dirname(os.__file__)
    patterns = (f"{library}/{name}-packages/*" for name in ("site", "dist"))
    return any(map(glob.glob, (*patterns, f"{os.path.dirname(library)}/python3/dist-packages/*")))


def file_for_errors():
    """A file of the judge's, on the machine's own disk."""
    return any(stat.S_ISREG(os.fstat(fd).st_mode) for fd in range(3))


def hidden_tests():
    """The tests that grade, the solutions, and a gradebook."""
    for folder in ("/box", "/packages", "/tmp", *sys.path):
        for root, folders, files in os.walk(folder):
            ours = {"solutions", "hidden", "grading", "mistakes"} & {*folders}
            if (ours and "gmmlearn" in root) or "gradebook.db" in files or ".secret" in files:
                return True
    return False


def sockets_of_services():
    """Doors to what runs on the machine."""
    return any(map(os.path.exists, ("/run", "/var/run", "/var/lib/docker")))


def control_groups():
    """Limits of the machine's other processes."""
    return os.path.exists("/sys")


def disks():
    """The machine's disks and memory as files."""
    return bool(glob.glob("/dev/[sv]d*") + glob.glob("/dev/*mem") + glob.glob("/dev/kvm") + glob.glob("/dev/loop*"))


def terminals():
    """The terminal at which the judge was started."""
    return bool(glob.glob("/dev/tty*") + glob.glob("/dev/pts/*") + glob.glob("/dev/console"))


def messages_of_the_kernel():
    """What the kernel has said."""
    return _readable("/dev/kmsg")


def settings_of_the_kernel():
    """Programs that the kernel starts, and what it does with keys at the keyboard."""
    return _writable("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger")


def keys_in_proc():
    """The list of keys of whoever started the judge."""
    try:
        with open("/proc/keys") as keys:
            return bool(keys.read())
    except OSError:
        return False


def worker_is_written():
    """The program that calls this function."""
    return _writable("/box/worker/serve.py", "/box/worker/wire.py", "/box/gmmlearn/calls.py")


def library_is_written():
    """The right functions, which the next exercise is given."""
    return _writable("/box/gmmlearn/library.py")


def packages_are_written():
    """NumPy, with which all others are judged too."""
    return _writable(*(module.__file__ for name, module in sys.modules.items() if name in ("numpy", "scipy")))


def new_folder():
    """A file beside the judge's own."""
    for path in ("/new", "/box/new", "/packages/new", "/box/gmmlearn/new.py", "/dev/new", "/dev/shm/new"):
        try:
            open(path, "x").close()
        except OSError:
            continue
        return True
    return False


def device_made():
    """A device made where one may write."""
    for kind, number in ((stat.S_IFCHR, os.makedev(1, 1)), (stat.S_IFBLK, os.makedev(8, 0))):
        try:
            os.mknod("/tmp/device", kind | 0o666, number)
        except OSError:
            continue
        return _readable("/tmp/device")
    return False


def large_file():
    """A file beyond the limit of one."""
    with open("/tmp/large", "wb") as file:
        for _ in range(17):
            file.write(bytes(2**20))
    return True


def many_files():
    """Files that together are beyond the limit of all."""
    written = 0
    for number in range(12):
        with open(f"/tmp/many{number}", "wb") as file:
            written += file.write(bytes(2**23))
    return written > 80 * 2**20
