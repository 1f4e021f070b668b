"""Sockets of every family: some, like those of virtual machines, are in no network namespace."""

import socket


def attempt():
    made = []
    for family in range(1, 46):
        try:
            made.append(socket.socket(family, socket.SOCK_STREAM))
        except OSError:
            continue
    return bool(made)
