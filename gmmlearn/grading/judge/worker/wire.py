"""The wire between judge and worker: length-prefixed frames and a closed set of messages.

Both ends use this file. A frame is four bytes of length and that many bytes of MessagePack. Whatever comes from a
worker is untrusted: its length is looked at before it is read, and `gmmlearn.calls` checks the values in it.
"""

from collections.abc import Callable
from typing import Any

import msgspec

MAX_FRAME_BYTES = 32 * 2**20


class WireError(Exception):
    """The bytes are not a message of ours: a forged, broken or oversized frame."""


class Load(msgspec.Struct, tag="load"):
    """Judge to worker, first: the text of the student's modules and the limits of each exercise."""

    sources: dict[str, bytes]
    cpu_seconds: int
    memory_bytes: int
    file_bytes: int
    processes: int


class Begin(msgspec.Struct, tag="begin"):
    """Judge to worker: fork a process for this exercise."""

    exercise: str
    own: bool


class Ended(msgspec.Struct, tag="ended"):
    """Worker to judge, on the channel that no student's code holds: how the process of the exercise ended."""

    exit_code: int
    signal: int
    cpu_seconds: float


class Ready(msgspec.Struct, tag="ready"):
    """Worker to judge: it runs and has loaded nothing of the student's."""


class Request(msgspec.Struct, tag="request"):
    """Judge to the process of an exercise: make this call; arguments and options as `calls.encode` gives them."""

    nonce: int
    arguments: dict[str, Any]
    options: dict[str, Any]


class Finish(msgspec.Struct, tag="finish"):
    """Judge to the process of an exercise: no more calls."""


class Reply(msgspec.Struct, tag="reply"):
    """The process of an exercise to the judge: what came of a call, as `Outcome.to_plain` gives it."""

    nonce: int
    outcome: dict[str, Any]


ToWorker = Load | Begin | Request | Finish
FromWorker = Ready | Ended | Reply

_encoder = msgspec.msgpack.Encoder()
_decoders = {"worker": msgspec.msgpack.Decoder(ToWorker), "judge": msgspec.msgpack.Decoder(FromWorker)}


def send(write: Callable[[memoryview], int], message: ToWorker | FromWorker) -> None:
    """Write one frame; `write` takes what it can and says how much. `WireError` for one that is too large."""
    body = _encoder.encode(message)
    if len(body) > MAX_FRAME_BYTES:
        raise WireError(f"a message of {len(body)} bytes, more than {MAX_FRAME_BYTES}")
    frame = memoryview(len(body).to_bytes(4, "big") + body)
    while frame:
        frame = frame[write(frame) :]


def receive(read: Callable[[int], bytes], end: str) -> Any:
    """Read one frame that is meant for `end`, "worker" or "judge"; `read(n)` gives at most n bytes, none at the end.

    Raises
    ------
    EOFError
        When the other end is closed.
    WireError
        When the bytes are not a message for this end.
    """
    length = int.from_bytes(_exactly(read, 4), "big")
    if length > MAX_FRAME_BYTES:
        raise WireError(f"a frame that claims {length} bytes")
    try:
        return _decoders[end].decode(_exactly(read, length))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"a frame that cannot be decoded: {error}") from error


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    chunks = bytearray()
    while len(chunks) < count:
        chunk = read(min(count - len(chunks), 2**20))
        if not chunk:
            raise EOFError
        chunks += chunk
    return bytes(chunks)
