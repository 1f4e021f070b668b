"""The example of an exercise that failed: a call to paste that fails, at inputs that grade nobody."""

import io
from contextlib import redirect_stdout
from html import escape

import numpy as np
import pytest

from gmmlearn import private
from gmmlearn.calls import Call, Items, Seed, Status
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.contract import EXERCISES
from gmmlearn.grading.judge import runner as runners
from gmmlearn.grading.judge.call_in_python import as_python
from gmmlearn.grading.judge.judging import judge
from gmmlearn.grading.judge.sandbox import Limits
from gmmlearn.grading.judge.verdict import Verdict
from gmmlearn.grading.judge.verdict_report import panel

ARGMIN = "def assign(responsibilities):\n    return responsibilities.argmin(axis=1)\n"
RECORDS = """
import numpy as np
SEEN = []
def assign(responsibilities):
    SEEN.append(responsibilities.copy())
    return np.full(len(responsibilities), 1000 * len(SEEN) + 7)
"""


def called_with(lines: str, exercise: str) -> tuple[tuple, dict]:
    """The arguments with which pasted lines call a function."""
    calls = []
    own = lines.replace(f"from gmmlearn.{EXERCISES[exercise].module} import {exercise}\n", "")
    exec(own, {exercise: lambda *arguments, **options: calls.append((arguments, options))})
    return calls[0]


def same(got, expected) -> bool:
    if isinstance(expected, Seed):
        return got.bit_generator.state == np.random.default_rng(expected.value).bit_generator.state
    if isinstance(expected, np.ndarray):
        return (got.shape, got.dtype, got.tobytes()) == (expected.shape, expected.dtype, expected.tobytes())
    if isinstance(expected, Items):
        expected = expected.items
    return type(got) is type(expected) and repr(got) == repr(expected)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_pasted_lines_make_the_call_bit_by_bit(exercise):
    for case in answers(exercise).cases:
        call = case.calls[0]
        arguments, options = called_with(as_python(exercise, call), exercise)
        assert len(arguments) == len(call.arguments)
        assert list(options) == list(call.options)
        given = [*call.arguments.values(), *call.options.values()]
        assert all(same(got, one) for got, one in zip([*arguments, *options.values()], given))


@pytest.mark.parametrize(
    "value",
    [np.array([0.1, -0.0, np.nan, np.inf, -np.inf, 5e-324, 1e308]), np.array(1.5), np.empty((0, 3)), np.array([True]),
     np.array([[1, 2]]), np.linspace(0, 1, 7, dtype=np.float32), np.random.default_rng(0).normal(size=(900, 2)),
     float("-inf"), (3,), "it's \\ \"", None, True, np.float64(0.3).item()],
)  # fmt: skip
def test_pasted_lines_hold_any_value(value):
    (got,), _ = called_with(as_python("assign", Call({"responsibilities": value})), "assign")
    assert same(got, value)


def run(lines: str, source: str):
    """What pasted lines return in a fresh Python where gmmlearn has this function."""
    *before, last = lines.replace("from gmmlearn.e_step import assign\n", "").splitlines()
    names: dict = {}
    exec(source, names)
    with redirect_stdout(io.StringIO()):
        exec("\n".join(before), names)
    return eval(last, names), names["responsibilities"]


def test_the_example_fails_for_the_student_and_holds_for_a_right_function(handed_in):
    verdict = judge(handed_in(e_step=ARGMIN), ["assign"], seed=11)
    example = verdict.exercises["assign"].example
    got, inputs = run(example.lines, ARGMIN)
    expected = private.reference("assign")(inputs)
    assert (got != expected).any()
    rows = dict(example.rows)
    shown = [int(number.strip("*")) for number in rows["Expected"].split("\n")[0].split()]
    assert shown == expected[: len(shown)].tolist()
    assert [int(number.strip("*")) for number in rows["Got"].split("\n")[0].split()] == got[: len(shown)].tolist()
    again = judge(handed_in("again", e_step=ARGMIN), ["assign"], seed=11)
    assert again.exercises["assign"] == verdict.exercises["assign"]
    assert judge(handed_in("other", e_step=ARGMIN), ["assign"], seed=12).exercises["assign"].example != example


def test_the_inputs_of_the_example_are_none_of_those_that_grade(handed_in):
    """The function numbers its calls: the example is the first of a process that has seen no other input."""
    verdict = judge(handed_in(e_step=RECORDS), ["assign"], seed=11).exercises["assign"]
    assert verdict.points == 0
    assert "1007" in dict(verdict.example.rows)["Got"]
    _, example = run(verdict.example.lines, ARGMIN)
    runner = runners.Runner(None, ["assign"], 11)
    runner.run()
    calls = [call.arguments["responsibilities"] for one in runner.runs["assign"][0].expects for case in one.cases
             for call in case.calls]  # fmt: skip
    assert calls
    assert not any(one.shape == example.shape and (one == example).all() for one in calls)


def test_a_function_that_ends_the_process_of_the_example_has_the_points_that_it_had(handed_in):
    plain = judge(handed_in(e_step=ARGMIN), ["assign"], seed=3).exercises["assign"]
    _, example = run(plain.example.lines, ARGMIN)
    ends = f"    if responsibilities.tobytes().hex() == {example.tobytes().hex()!r}:\n        import os; os._exit(3)\n"
    source = ARGMIN.replace("    return", f"{ends}    return")
    found = judge(handed_in("ends", e_step=source), ["assign"], seed=3).exercises["assign"]
    assert (found.points, found.status) == (plain.points, plain.status)
    assert [test.passed for test in found.tests] == [test.passed for test in plain.tests]
    assert {test.message for test in found.tests} == {None, runners.NOT_ALIKE}
    assert found.example is None


@pytest.mark.parametrize("end", ["while True: pass", "import os; os._exit(3)"])
def test_a_function_that_does_not_end_has_a_call_to_paste_that_grades_nobody(handed_in, end):
    source = ARGMIN.replace("argmin", "argmax").replace(
        "    return", f"    if len(responsibilities) > 3:\n        {end}\n    return"
    )
    limits = Limits(cpu_seconds=1, wall_seconds=20.0)
    verdict = judge(handed_in(e_step=source), ["assign"], seed=11, limits=limits).exercises["assign"]
    assert verdict.status in (Status.TIMEOUT, Status.CRASHED)
    (given,), _ = called_with(verdict.example.lines, "assign")
    assert len(given) > 3, "these lines do not end for the student either"
    runner = runners.Runner(None, ["assign"], 11)
    runner.run()
    graded = [one for run in runner.runs["assign"] for expect in run.expects for one in expect.cases]
    assert not any(np.array_equal(given, call.arguments["responsibilities"]) for one in graded for call in one.calls)
    page = panel("assign", verdict, 0, 1)
    assert "Example" in page
    assert page.count(escape(verdict.message)) == 1


@pytest.mark.parametrize("most", ["np.zeros((10**6, 10**6))", "bytearray(10**12)"])
def test_a_function_that_asks_for_too_much_memory_has_a_call_to_paste_that_grades_nobody(handed_in, most):
    source = ARGMIN.replace("    return", f"    if len(responsibilities) > 3:\n        {most}\n    return")
    verdict = judge(handed_in(e_step="import numpy as np\n" + source), ["assign"], seed=11).exercises["assign"]
    assert verdict.status is Status.OUT_OF_MEMORY
    (given,), _ = called_with(verdict.example.lines, "assign")
    assert len(given) > 3, "these lines do not ask for it either"
    page = panel("assign", verdict, 0, 1)
    assert "Example" in page
    assert page.count("more memory") == 1


def test_a_verdict_from_before_has_no_example(handed_in):
    plain = judge(handed_in(e_step=ARGMIN), ["assign"], seed=3).to_json()
    assert Verdict.from_json(plain).to_json() == plain
    del plain["exercises"]["assign"]["example"]
    assert Verdict.from_json(plain).exercises["assign"].example is None
