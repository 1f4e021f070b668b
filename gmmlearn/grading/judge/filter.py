"""The filter on system calls of every process in the box: a program for the kernel (seccomp(2), bpf(4)).

A solution computes. It needs files, memory, threads and clocks, and none of what is refused here: doors to the kernel
that the namespaces of the box do not close, memory that no process owns, and sockets. A refused call fails as if the
right to it were missing; one that is newer than this list, or of another binary interface, as if there were none.
"""

import errno
import platform
import struct

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""Machine -> its number in the kernel's audit(7), and the place of its numbers in the table."""

_REFUSED = {
    # Rings, programs and counters in the kernel.
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    # The keyrings of whoever started the judge, and keys that the next submission would find.
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # Namespaces and mounts.
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    # Other processes.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # How the worker is scheduled, and with it the next exercise; see also prlimit below.
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
    # Words that a folder carries.
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    # Memory that no process owns, and messages that wait for a later one.
    "shmget": (29, 194),
    "shmctl": (31, 195),
    "shmat": (30, 196),
    "shmdt": (67, 197),
    "semget": (64, 190),
    "semctl": (66, 191),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "msgget": (68, 186),
    "msgctl": (71, 187),
    "msgrcv": (70, 188),
    "msgsnd": (69, 189),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "mq_timedsend": (242, 182),
    "mq_timedreceive": (243, 183),
    "mq_notify": (244, 184),
    "mq_getsetattr": (245, 185),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # Sockets. Pairs too: what waits in their buffers is memory that no process owns, megabytes a socket.
    "socket": (41, 198),
    "socketpair": (53, 199),
    # The machine itself. All of these ask for rights that the box has not.
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
}
"""Call -> its number on x86_64 and on aarch64."""

_CLONE, _CLONE3, _MMAP, _PRLIMIT = (56, 220), (435, 435), (9, 222), (302, 261)
_LAST_KNOWN = 450
_NEW_NAMESPACES = 0x7E020000  # the CLONE_NEW flags of clone(2)
_SHARED_ANONYMOUS = 0x21  # MAP_SHARED | MAP_ANONYMOUS: its pages stay when they are dropped from every process

_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in the kernel's struct seccomp_data
_LOAD, _AND, _IF_EQUAL, _IF_GREATER, _IF_ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x25, 0x45, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000


def number_of(call: str, machine: str | None = None) -> int:
    """The number of a refused call on a machine, this one by default; newer architectures all have those of aarch64.

    >>> number_of("keyctl", "x86_64"), number_of("keyctl", "riscv64")
    (250, 219)
    """
    _, place = _ARCHITECTURES.get(machine or platform.machine(), (0, 1))
    return _REFUSED[call][place]


def program(machine: str | None = None) -> bytes | None:
    """The filter for a machine, this one by default; None where its numbers are not known.

    >>> len(program("x86_64")) % 8, program("riscv64")
    (0, None)
    """
    known = _ARCHITECTURES.get(machine or platform.machine())
    if known is None:
        return None
    architecture, place = known
    # Each line: what it does, its operand, where it goes if true and if not; "" is the line after it.
    lines = [
        (_LOAD, _ARCHITECTURE, "", ""),
        (_IF_EQUAL, architecture, "", "missing"),
        (_LOAD, _NUMBER, "", ""),
        (_IF_GREATER, _LAST_KNOWN, "missing", ""),
        *((_IF_EQUAL, numbers[place], "refused", "") for numbers in _REFUSED.values()),
        (_IF_EQUAL, _CLONE3[place], "missing", ""),  # its flags lie in memory; the C library then takes clone
        (_IF_EQUAL, _CLONE[place], "clone", ""),
        (_IF_EQUAL, _MMAP[place], "mmap", ""),
        (_IF_EQUAL, _PRLIMIT[place], "prlimit", "allowed"),
    ]
    places = {"clone": len(lines)}
    lines += [(_LOAD, _ARGUMENTS, "", ""), (_IF_ANY_BIT, _NEW_NAMESPACES, "refused", "allowed")]
    places["mmap"] = len(lines)
    lines += [(_LOAD, _ARGUMENTS + 3 * 8, "", ""), (_AND, _SHARED_ANONYMOUS, "", "")]
    lines += [(_IF_EQUAL, _SHARED_ANONYMOUS, "refused", "allowed")]
    places["prlimit"] = len(lines)
    lines += [(_LOAD, _ARGUMENTS, "", ""), (_IF_EQUAL, 0, "allowed", "refused")]  # 0 is the process itself
    ends = {"allowed": _ALLOW, "refused": _FAIL | errno.EPERM, "missing": _FAIL | errno.ENOSYS}
    for name, result in ends.items():
        places[name] = len(lines)
        lines.append((_RETURN, result, "", ""))
    steps = (
        struct.pack("=HBBI", code, *(places[goal] - here - 1 if goal else 0 for goal in goals), operand)
        for here, (code, operand, *goals) in enumerate(lines)
    )
    return b"".join(steps)
