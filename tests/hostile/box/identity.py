"""Who judges, and where; and rights that the code was not given."""

import os
import resource

from gmmlearn.known import HOST


def environment():
    """What is set in the environment of whoever judges, tokens among it."""
    return "GMMLEARN_CANARY" in os.environ or b"GMMLEARN_CANARY" in open("/proc/self/environ", "rb").read()


def name_of_the_machine():
    """The name of the machine."""
    return os.uname().nodename == HOST


def place_in_the_control_groups():
    """The name of the session or of the container in which the judge runs."""
    with open("/proc/self/cgroup") as groups:
        return any(line.rstrip().rpartition(":")[2] != "/" for line in groups)


def capabilities():
    """Rights of the kernel's list."""
    with open("/proc/self/status") as lines:
        return any(line.startswith(("CapEff", "CapPrm", "CapAmb")) and int(line.split()[1], 16) for line in lines)


def rights_by_a_program():
    """More rights by a program with the mark for it."""
    with open("/proc/self/status") as lines:
        return "NoNewPrivs:\t1" not in lines.read()


def root():
    """Another user."""
    for change in (os.setuid, os.seteuid, os.setgid):
        try:
            change(0 if os.getuid() else 1)
        except OSError:
            continue
        return True
    return False


def groups():
    """The groups of whoever judges."""
    os.setgroups([0])
    return True


def group_of_root():
    """Root's group, which is that of many files."""
    return 0 in os.getgroups()


def limits_raised():
    """Limits that are lifted again."""
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE):
        try:
            resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (OSError, ValueError):
            continue
        return True
    return False


def priority():
    """More of the processor than others get."""
    try:
        os.nice(-5)
    except OSError:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    return True


def core_file():
    """A crash that writes memory to a disk."""
    return resource.getrlimit(resource.RLIMIT_CORE)[0] != 0
