"""Doors to the kernel: calls that no namespace closes. Numbers are those of x86-64, `clone` and `mount` apart."""

import ctypes
import errno
import mmap
import os

_libc = ctypes.CDLL(None, use_errno=True)


def _looked_at(number, *args):
    """Whether the kernel did more than to refuse the call; none does harm with these arguments."""
    ctypes.set_errno(0)
    return _libc.syscall(number, *args) >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS)


def _zeros():
    return ctypes.create_string_buffer(256)


def io_uring():
    """A ring, by which calls go past a filter."""
    return _looked_at(425, 1, _zeros())


def bpf():
    """A program for the kernel."""
    return _looked_at(321, 0, _zeros(), 120)


def performance_counters():
    """Counters of the processor, which tell of other processes."""
    return _looked_at(298, _zeros(), 0, -1, -1, 0)


def userfaultfd():
    """Page faults that user code holds up."""
    return _looked_at(323, 1)


def key_added():
    """A key in the session's keyring, where the next submission would find it."""
    return _libc.syscall(248, b"user", b"hostile", b"1", 1, -3) > 0


def key_of_whoever_judges():
    """A key of the session in which the judge was started."""
    from gmmlearn.known import ABSTRACT

    return _libc.syscall(250, 10, -3, b"user", ABSTRACT.encode(), 0) > 0


def keyring_joined():
    """The keyring of whoever started the judge."""
    return _libc.syscall(250, 0, -3, 1) > 0


def namespace_by_unshare():
    """A user namespace, in which one has all rights."""
    return _libc.unshare(0x10000000) == 0


def namespace_by_clone():
    """The same with a new process."""
    child = _libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    return child > 0


def namespace_by_clone3():
    """The same by a call whose flags lie in memory, where no filter sees them."""
    arguments = (ctypes.c_uint64 * 11)(0x10000000, 0, 0, 0, 17)
    child = _libc.syscall(435, arguments, ctypes.sizeof(arguments))
    if child == 0:
        os._exit(0)
    return child > 0


def namespace_of_another():
    """The namespaces of another process."""
    return _libc.setns(os.open("/proc/self/ns/net", os.O_RDONLY), 0) == 0


def mounted():
    """A file system mounted."""
    return _libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0


def mounted_the_new_way():
    """The same by the newer calls."""
    return _libc.syscall(430, b"tmpfs", 0) >= 0


def mount_copied():
    """A mount taken out of the tree."""
    return _libc.syscall(428, -100, b"/tmp", 1) >= 0


def unmounted():
    """What hides something, taken away."""
    return _libc.umount2(b"/packages/sklearn/mixture", 2) == 0 or _libc.umount2(b"/proc/keys", 2) == 0


def root_changed():
    """Another root folder, out of which old tricks lead."""
    return _libc.chroot(b"/tmp") == 0


def handle_of_a_file():
    """A file by its number, which needs no path and asks for no rights on the way."""
    return _looked_at(303, -100, b"/tmp", _zeros(), ctypes.byref(ctypes.c_int()), 0)


def all_files_watched():
    """Every file that anybody opens."""
    return _libc.syscall(300, 0, 0) >= 0


def other_binary_interface():
    """`getpid` by the numbers of x32, which a list of numbers alone lets through."""
    ctypes.set_errno(0)
    _libc.syscall(0x40000000 | 39)
    return ctypes.get_errno() != errno.ENOSYS


def calls_of_32_bits():
    """`getpid` as a program of 32 bits calls it, whose numbers mean something else."""
    if os.uname().machine != "x86_64":
        return False
    code = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(bytes.fromhex("53 b8 14 00 00 00 cd 80 5b c3"))  # push rbx; mov eax, 20; int 0x80; pop rbx; ret
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))() > 0


def call_of_the_future():
    """A call that is newer than the filter."""
    return _looked_at(462, 0, 0, 0)


def clock():
    """Another time for the whole machine."""
    return _looked_at(227, 0, (ctypes.c_long * 2)(0, -1))  # no time at all, so that nothing can come of it


def name_changed():
    """Another name for the machine."""
    return _libc.sethostname(b"x", 1) == 0


def module_loaded():
    """A module for the kernel."""
    return _looked_at(313, -1, b"", 0)


def log_of_the_kernel():
    """What the kernel has said, by its call."""
    return _libc.syscall(103, 3, _zeros(), 256) >= 0
