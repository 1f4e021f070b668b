"""The network, and what is seen of it."""

import socket

from gmmlearn.known import ABSTRACT, PORT


def loopback():
    """A service of this machine."""
    socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
    return True


def name_lookup():
    """A message to a name server, in a name."""
    return bool(socket.getaddrinfo("example.org", 80))


def any_family():
    """Sockets of every family: some, like those of virtual machines, are in no network namespace."""
    made = []
    for family in range(1, 46):
        try:
            made.append(socket.socket(family, socket.SOCK_STREAM))
        except OSError:
            continue
    return bool(made)


def raw():
    """Packets as they are."""
    return bool(socket.socket(socket.AF_PACKET, socket.SOCK_RAW))


def pair_of_another_family():
    """A pair of another family than the usual one."""
    return bool(socket.socketpair(socket.AF_INET))


def pair_that_sends_elsewhere():
    """One of a pair sends to a service that listens by an abstract name."""
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    return one.sendto(b"hostile", b"\0" + ABSTRACT.encode()) > 0


def interfaces():
    """Which interfaces the machine has."""
    with open("/proc/self/net/dev") as lines:
        return len(lines.readlines()) > 3


def connections():
    """Who listens and who is connected."""
    with open("/proc/self/net/tcp") as lines:
        return f":{PORT:04X} " in lines.read()


def services():
    """Which services listen by name."""
    with open("/proc/self/net/unix") as lines:
        return ABSTRACT in lines.read()
