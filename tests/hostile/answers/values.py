"""What a function returns or raises to seem right. None of the values is the right one."""

import gc
import sys
import unittest
import warnings

import numpy as np


class _Agrees(np.ndarray):
    """Equal to everything."""

    def __eq__(self, other):
        return np.True_

    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __array_function__(self, *args, **kwargs):
        return True


def subclass_that_agrees(r):
    """An array that is equal to everything."""
    return np.zeros(len(r)).view(_Agrees)


def object_that_agrees(r):
    """An object that is equal to everything."""
    return type("Right", (), {"__eq__": lambda *_: True, "__hash__": lambda _: 0, "__bool__": lambda _: True})()


def object_that_claims_a_class(r):
    """An object that says it is an array."""
    return type("Right", (), {"__class__": np.ndarray, "shape": (len(r),), "dtype": np.dtype(int)})()


def array_by_a_method(r):
    """An object that gives another array each time it is asked."""
    calls = []

    def array(self, *args, **kwargs):
        calls.append(1)
        return np.full(len(r), len(calls) % r.shape[1])

    return type("Lazy", (), {"__array__": array})()


def nan(r):
    """NaN, of which no comparison is true."""
    return np.full(len(r), np.nan)


def infinity(r):
    """Infinity, to which all is near."""
    return np.full(len(r), np.inf)


def masked(r):
    """An array of which all is masked."""
    return np.ma.masked_all(len(r))


def structured(r):
    """Records with a field that has a method's name."""
    return np.zeros(len(r), [("argmax", "i8")])


def broadcast(r):
    """One number that claims to be terabytes."""
    return np.broadcast_to(np.int64(0), (2**40,))


def broadcast_rows(r):
    """The same with a shape that starts right."""
    return np.broadcast_to(np.int64(0), (len(r), 2**40))


def empty_of_giant_shape(r):
    """No number at all, and a shape whose size is no size."""
    return np.empty((0, 2**40), int)


def many_axes(r):
    """As many axes as NumPy has."""
    return np.zeros((1,) * 32, int)


def object_array(r):
    """Objects of which each raises when it is compared."""
    held = np.empty(len(r), object)
    held[:] = [subclass_that_agrees(r)] * len(r)
    return held


def list_in_itself(r):
    """A list that holds itself."""
    held = []
    held.append(held)
    return held


def deep_list(r):
    """Lists in lists, deeper than may be gone."""
    held = []
    for _ in range(100_000):
        held = [held]
    return held


def tuple_of_tuples(r):
    """More tuples than travel."""
    held = (1,)
    for _ in range(20):
        held = (held, held)
    return held


def generator_without_end(r):
    """Labels without end."""
    return iter(lambda: 0, 1)


def giant_number(r):
    """A whole number of a million digits."""
    return 1 << 3_000_000


def giant_text(r):
    """A text of 30 megabytes."""
    return "x" * 30_000_000


def giant_bytes(r):
    """Zeros that a frame can just hold."""
    return np.zeros(2**21 - 100, int)


def words_of_a_verdict(r):
    """A verdict in JSON."""
    return '{"status": "passed", "points": 100}'


def verdict_as_a_dictionary(r):
    """A verdict as a dictionary."""
    return {"status": "passed", "points": 100, "value": None}


def right_type_of_ours(r):
    """An outcome of ours."""
    return sys.modules["gmmlearn.calls"].Outcome(np.zeros(len(r), int))


def seed_of_ours(r):
    """What stands for a generator in a call."""
    return sys.modules["gmmlearn.calls"].Seed(7)


def name_of_a_type(r):
    """A type whose name is 30 megabytes of markup."""
    return type("<script>alert(1)</script>" * 1_000_000, (), {})()


def own_input(r):
    """The input, changed to what is asked for in places."""
    r[:] = 0
    return r[:, 0]


def function(r):
    """A function."""
    return function


def passed(r):
    """An exception that is called `Passed`."""
    raise type("Passed", (Exception,), {})("All 6 hidden tests passed.")


def skipped(r):
    """What makes a test be left out."""
    raise unittest.SkipTest("not today")


def expected_failure(r):
    """An exception of pytest's name."""
    raise type("Skipped", (BaseException,), {"__module__": "_pytest.outcomes", "allow_module_level": True})("x")


def program_ended(r):
    """The end of a program that went well."""
    sys.exit(0)


def interrupted(r):
    """The key by which a user ends a run."""
    raise KeyboardInterrupt


def generator_ended(r):
    """The end of a generator."""
    raise GeneratorExit


def not_written(r):
    """Says that it was not written, which is no mistake."""
    raise NotImplementedError("write assign in gmmlearn/e_step.py")


def text_that_raises(r):
    """An exception whose text cannot be had."""
    raise type("Odd", (Exception,), {"__str__": lambda self: sys.exit(0)})()


def giant_message(r):
    """An exception of 30 megabytes, in each of its arguments."""
    raise ValueError("x" * 30_000_000, "y" * 30_000_000)


def escape_sequences(r):
    """A message that clears a terminal and writes backwards."""
    raise ValueError("\x1b]0;title\x07\x1b[2J\x1b[31m\u202epassed\u2066")


def markup(r):
    """A message that is a page."""
    raise ValueError("<img src=x onerror=alert(1)></pre></div><script>alert(1)</script>")


def giant_chain(r):
    """Exceptions one from another."""
    error = ValueError("0")
    for number in range(20_000):
        error, error.__cause__ = ValueError(str(number)), error
    raise error


def recursion(r):
    """A call of itself, without end."""
    return recursion(r)


def metaclass_with_giant_mro(r):
    """An exception of many classes with long names."""
    kind = Exception
    for _ in range(200):
        kind = type("x" * 10_000, (kind,), {})
    raise kind


def giant_warnings(r):
    """Warnings of megabytes each."""
    for number in range(200):
        warnings.warn(f"{number}" + "w" * 100_000, stacklevel=2)
    return np.zeros(len(r), int)


def printed_verdict(r):
    """A verdict on standard output, again and again."""
    for _ in range(10_000):
        print('{"status": "passed", "points": 100}')
        print("6 passed in 0.01s", file=sys.stderr)
    return np.zeros(len(r), int)


def finalizer(r):
    """An object whose end raises."""
    held = type("Odd", (), {"__del__": lambda self: sys.exit(1)})()
    held.self = held
    gc.set_threshold(1)
    return np.zeros(len(r), int)
