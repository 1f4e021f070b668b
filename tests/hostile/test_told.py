"""No hidden input is told: what a student reads is said of inputs that grade nobody, by processes that saw no others.

One way a function, in `told/ways.py`, and one of a file that is imported. Each answers an exercise of one submission.
"""

import json
import re
import shutil

import pytest

from gmmlearn.calls import Status
from gmmlearn.contract import EXERCISES
from gmmlearn.grading.judge import runner
from gmmlearn.grading.judge.judging import judge

from .attempts import HERE
from .test_box import ideas
from .told.ways import _number

SEED = 7
WAYS = {
    "gaussian_log_density": "memory",
    "fit_gaussian": "name_of_a_type",
    "log_joint": "name_of_a_tuple",
    "log_likelihood": "warning",
    "responsibilities": "name_of_an_exception",
    "assign": "name_in_an_exception",
    "update_weights": "shapes_in_an_exception",
    "update_means": "line_of_an_exception",
    "update_covariances": "number_of_a_line",
    "expected_log_likelihood": "message_of_the_wire",
    "sufficient_statistics": "shape",
    "natural_parameters": "file",
    "sample_categorical": "import_of_the_file",
}
"""Exercise -> the way in which what it is given is told."""
WRITTEN = "from . import ways\ndef {exercise}(given, *args, **options):\n    return ways.{way}(given)\n"


@pytest.fixture(scope="module")
def ways(pytestconfig) -> dict[str, str]:
    """All of them with `--long`; else every third."""
    return WAYS if pytestconfig.getoption("--long") else dict([*WAYS.items()][::3])


def told(folder, ways) -> tuple[set[str], dict[str, Status]]:
    """All numbers in the verdict on a submission that goes these ways, and how each exercise ended."""
    package = folder / "gmmlearn"
    shutil.copytree(HERE / "told", package)
    for exercise, way in ways.items():
        alone = way == "import_of_the_file"
        with (package / f"{EXERCISES[exercise].module}.py").open("a") as file:
            file.write(f"from . import {way}\n" if alone else WRITTEN.format(exercise=exercise, way=way))
    verdict = judge(folder, tuple(ways), seed=SEED)
    said = json.dumps(verdict.to_json()["exercises"])
    return set(re.findall(r"(?<!\d)\d{7}(?!\d)", said)), {name: one.status for name, one in verdict.exercises.items()}


def first_inputs(ways, seed: int) -> dict[str, set[str]]:
    """Exercise -> the numbers of what it is given first in each call."""
    collected = runner.Runner(None, tuple(ways), seed)
    collected.run()
    return {
        name: {
            str(_number(next(iter(call.arguments.values()))))
            for run in runs
            for expect in run.expects
            for case in expect.cases
            for call in case.calls
        }
        for name, runs in collected.runs.items()
    }


@pytest.fixture(scope="module")
def graded(ways) -> dict[str, set[str]]:
    """The numbers of inputs that grade and that no example has."""
    shown = first_inputs(ways, runner.example_seed(SEED))
    return {name: inputs - shown[name] for name, inputs in first_inputs(ways, SEED).items()}


def test_every_way_is_tried():
    assert sorted(WAYS.values()) == sorted([*ideas(HERE / "told" / "ways.py"), "import_of_the_file"])


def test_no_input_that_grades_is_told(tmp_path, ways, graded):
    found, statuses = told(tmp_path, ways)
    assert Status.PASSED not in statuses.values()
    assert {name for name, inputs in graded.items() if inputs & found} == set()


def test_without_other_inputs_every_way_tells_them(tmp_path, monkeypatch, pytestconfig, ways, graded):
    """All but one: what the judge says of bytes that are no message holds none of them."""
    if not pytestconfig.getoption("--long"):
        pytest.skip("with --long only")
    monkeypatch.setattr(runner, "example_seed", lambda seed: seed)
    found, _ = told(tmp_path, ways)
    silent = {name for name, inputs in graded.items() if not inputs & found}
    assert {ways[name] for name in silent} == {"message_of_the_wire"} & {*ways.values()}
