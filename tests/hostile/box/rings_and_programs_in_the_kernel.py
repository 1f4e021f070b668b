"""io_uring, bpf, perf and userfaultfd, by number: doors to the kernel that no namespace closes."""

import ctypes

NUMBERS = {"io_uring_setup": 425, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323}


def attempt():
    call = ctypes.CDLL(None, use_errno=True).syscall
    got = []
    for number in NUMBERS.values():
        ctypes.set_errno(0)
        call(number, 1, ctypes.create_string_buffer(256), 0, -1, -1, 0)
        got.append(ctypes.get_errno() != 1)  # anything but EPERM was looked at by the kernel
    return all(got[:1])
