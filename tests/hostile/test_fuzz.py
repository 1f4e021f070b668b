"""Bytes that nobody thought of: each reader on the trusted side says no in its own words, at once, in little memory.

Hypothesis draws them; `--long` draws many more.
"""

import io
import tarfile
import tracemalloc
from contextlib import suppress
from pathlib import PurePosixPath

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gmmlearn.calls import Outcome
from gmmlearn.contract import EXERCISES
from gmmlearn.encoding import NotAValue, decode, decode_outcome, encode, encode_outcome
from gmmlearn.grading.collecting import notebooks
from gmmlearn.grading.collecting.archives import members_of
from gmmlearn.grading.collecting.contents import File, opened
from gmmlearn.grading.collecting.members import ArchiveError, Budget
from gmmlearn.grading.judge.worker import wire

from ..grading.archives import tarred, zipped
from .archives import WORK

N_SHORT, N_LONG = 60, 1000
MOST_BYTES = 96 * 2**20
"""A frame of 32 MB, what it is decoded to, and a copy: more is never allocated for inputs that are smaller."""
LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=8)
PLAIN = st.recursive(
    LEAVES | st.binary(max_size=16),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["array", "items", "model", "unusable", "seed", "value"]), inner, max_size=2)
        | st.tuples(st.sampled_from(["<f8", "<i8", "|b1", "|O", "<U9"]), st.lists(inner, max_size=4), inner).map(list)
    ),
    max_leaves=12,
)
FAILURE = st.none() | st.fixed_dictionaries(
    dict.fromkeys(("classes", "text", "file", "line", "function", "source", "loading"), PLAIN)
)
OUTCOME = st.fixed_dictionaries(
    dict.fromkeys(("value", "changed", "aliased", "seconds", "warnings", "printed"), PLAIN) | {"failure": FAILURE}
) | st.fixed_dictionaries(
    {"value": PLAIN, "failure": st.none(), "seconds": st.floats(), "printed": st.text(max_size=3)}
    | {name: st.lists(st.text(max_size=3), max_size=3) for name in ("changed", "aliased", "warnings")}
)


@pytest.fixture(autouse=True)
def _many(pytestconfig):
    """How many are drawn; each property reads it from the profile."""
    n = N_LONG if pytestconfig.getoption("--long") else N_SHORT
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile(
        "hostile", max_examples=n, deadline=5000, database=None, derandomize=True, suppress_health_check=checks
    )
    before = settings.default
    settings.load_profile("hostile")
    yield
    settings.register_profile("before", before)
    settings.load_profile("before")


def bounded(read, *errors):
    """Call it; it returns or raises one of its own errors, and never holds more than it may."""
    tracemalloc.start()
    try:
        with suppress(*errors):
            return read()
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < MOST_BYTES
    return None


def drawn(strategy):
    """`given`, with the profile of the moment at which the test runs."""

    def decorate(check):
        def test():
            settings(settings.default)(given(strategy)(check))()

        test.__doc__ = check.__doc__
        return test

    return decorate


def read_from(data: bytes):
    stream = io.BytesIO(data)
    return lambda: wire.receive(stream.read, "judge")


@drawn(st.binary(max_size=300) | st.binary(max_size=64).map(lambda body: len(body).to_bytes(4, "big") + body))
def _frames(data):
    bounded(read_from(data), wire.WireError, EOFError)


@drawn(st.binary(min_size=4, max_size=4))
def _claims(head):
    bounded(read_from(head + bytes(100)), wire.WireError, EOFError)


def read_outcome(data: bytes):
    """A reply as the judge reads it: the frame, the outcome in it, and the value in that."""
    reply = read_from(len(data).to_bytes(4, "big") + data)()
    if isinstance(reply, wire.Reply):
        decode_outcome(wire.plain(reply.outcome))


@drawn(OUTCOME)
def _outcomes(outcome):
    body = msgspec.msgpack.encode({"type": "reply", "nonce": 1, "outcome": outcome})
    bounded(lambda: read_outcome(body), wire.WireError, NotAValue)


@drawn(PLAIN)
def _values(value):
    bounded(lambda: decode(value), NotAValue)


@drawn(PLAIN)
def _returned(value):
    """Whatever a function returns is encoded to something that is decoded to itself."""
    first = decode(encode(value))
    again = decode(encode(first))
    assert type(first) is type(again)
    np.testing.assert_equal(again if isinstance(again, np.ndarray) else repr(again),
                            first if isinstance(first, np.ndarray) else repr(first))  # fmt: skip


def spoiled(data: bytes):
    """An archive with some of its bytes exchanged, cut, or doubled."""
    places = st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=8)

    def spoil(exchanged, end, twice):
        changed = bytearray(data)
        for place, byte in exchanged:
            changed[place] = byte
        return bytes(changed[: len(data) - end]) * (2 if twice else 1)

    return st.builds(spoil, places, st.integers(0, 40) | st.just(0), st.booleans())


FILES = WORK | {"04_e_step.ipynb": '{"cells": [{"cell_type": "code", "source": ["def assign(r): pass"]}]}'}
WHOLE = [zipped(FILES), tarred(FILES), tarred(FILES, "w:gz"), zipped({"a.zip": zipped(FILES)}), tarred(FILES, "w:xz")]


def read_archive(data: bytes):
    budget = Budget(n_bytes=2**22)
    files, _ = opened(members_of(data, budget), budget, lambda path: True)
    for path in [file.path for file in files]:
        assert path.parts
        assert ".." not in path.parts
        assert not path.is_absolute()


@drawn(st.one_of([spoiled(data) for data in WHOLE]) | st.binary(max_size=600))
def _archives(data):
    bounded(lambda: read_archive(data), ArchiveError)


@drawn(st.binary(max_size=512).map(lambda head: head.ljust(512, b"\0")))
def _tar_headers(head):
    """A header of any bytes with a right checksum, which the reader then believes."""
    changed = bytearray(head)
    changed[257:265] = b"ustar\x0000"
    changed[148:156] = b" " * 8
    changed[148:156] = b"%06o\0 " % sum(changed)
    data = bytes(changed) + bytes(1024)
    assert tarfile.is_tarfile(io.BytesIO(data)) in (True, False)
    budget = Budget(n_bytes=2**22)
    bounded(lambda: opened(members_of(data, budget), budget, lambda path: True), ArchiveError)


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown"]) | LEAVES,
        "source": st.text(max_size=40) | st.lists(st.text(max_size=20), max_size=3) | PLAIN,
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": PLAIN, "tags": PLAIN}),
    },
)
TEXTS = st.sampled_from(
    ["def assign(r):\n  return r", "(" * 300, "class assign: pass", "%time\n!ls", "def assign(\x00"]
)


def read_notebook(data: bytes):
    by_name, _ = notebooks.named([File(PurePosixPath("04_e_step.ipynb"), data), File(PurePosixPath("x.ipynb"), data)])
    notebooks.functions(by_name, list(EXERCISES.values()))


@drawn(
    st.binary(max_size=300)
    | st.builds(lambda cells: {"cells": cells}, st.lists(CELLS | PLAIN, max_size=4)).map(
        lambda book: msgspec.json.encode(book, enc_hook=str)
    )
    | st.builds(lambda texts: {"cells": [{"cell_type": "code", "source": one} for one in texts]}, st.lists(TEXTS)).map(
        msgspec.json.encode
    )
)
def _notebooks(data):
    bounded(lambda: read_notebook(data))


PROPERTIES = {
    "frames": _frames,
    "claims": _claims,
    "outcomes": _outcomes,
    "values": _values,
    "returned": _returned,
    "archives": _archives,
    "tar headers": _tar_headers,
    "notebooks": _notebooks,
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_what_reads_strangers_bytes_neither_crashes_nor_swells(name):
    PROPERTIES[name]()


def test_a_shape_of_millions_of_axes_is_not_decoded():
    """In the frame each of them is a byte, in a list of Python eight."""
    n_axes = 2**24
    shape = msgspec.Raw(b"\xdd" + n_axes.to_bytes(4, "big") + b"\x01" * n_axes)
    outcome = encode_outcome(Outcome()) | {"value": {"array": ["<f8", shape, b""]}}
    body = msgspec.msgpack.encode({"type": "reply", "nonce": 1, "outcome": outcome})
    del outcome, shape
    with pytest.raises(wire.WireError):
        bounded(lambda: read_outcome(body))


def _tolerant(read, *errors):
    """A reader for the fuzzer that is led by coverage: its own errors are answers."""

    def reader(data: bytes) -> None:
        with suppress(*errors):
            read(data)

    return reader


REPLY = msgspec.msgpack.encode({"type": "reply", "nonce": 1, "outcome": encode_outcome(Outcome(np.arange(3.0)))})
READERS = {
    "frames": _tolerant(lambda data: read_from(data)(), wire.WireError, EOFError),
    "outcomes": _tolerant(read_outcome, wire.WireError, NotAValue),
    "archives": _tolerant(read_archive, ArchiveError),
    "notebooks": _tolerant(read_notebook),
}
"""For `benchmarks/fuzz.py`."""
SEEDS = {
    "frames": [len(REPLY).to_bytes(4, "big") + REPLY],
    "outcomes": [REPLY],
    "archives": WHOLE,
    "notebooks": [FILES["04_e_step.ipynb"].encode()],
}


@pytest.mark.parametrize("name", READERS)
def test_the_inputs_from_which_a_fuzzer_sets_out_are_read(name):
    for data in SEEDS[name]:
        READERS[name](data)
