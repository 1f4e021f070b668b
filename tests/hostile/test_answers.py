"""Nobody gets points without the work: what a function returns, raises or does in place of an answer.

One idea a function, in `answers/`. Each is judged by the real judge as `assign`, whose right answer none of them gives,
beside a right `update_weights`, which keeps its points. `--long` judges all of them.
"""

import contextlib
import shutil

import msgspec
import numpy as np
import pytest

from benchmarks.tolerances import hidden_tests_of
from benchmarks.trust import refused
from gmmlearn import encoding
from gmmlearn.calls import Call, Outcome, Status
from gmmlearn.checks.diagnosing.answer_key import answers
from gmmlearn.contract import EXERCISES
from gmmlearn.encoding import NotAValue, decode_outcome, encode_outcome
from gmmlearn.grading.judge import hidden_tests, judging, runner
from gmmlearn.grading.judge.sandbox import Limits
from gmmlearn.grading.judge.session import Session
from gmmlearn.grading.judge.submission import read_submission
from gmmlearn.grading.judge.watch import Left
from gmmlearn.grading.judge.worker import wire
from gmmlearn.performing import perform
from gmmlearn.private import reference

from .attempts import HERE
from .test_box import ideas

SHORT = Limits(cpu_seconds=1, wall_seconds=8.0, idle_seconds=1.0)
ENDS = {
    **dict.fromkeys(("exit_code_of_success", "killed", "stopped", "aborted", "crashed", "half_a_frame"), "crashed"),
    **dict.fromkeys(("loop", "loop_that_ignores", "loop_in_c", "sleep", "read_of_the_wire"), "timeout"),
}
"""Idea -> its status; all others of `ends.py` and `values.py` may have any but passed."""
ASK = """
import importlib
import numpy as np

IDEAS = {ideas}
_chosen = []

def assign(responsibilities):
    if not _chosen:
        module, name = IDEAS[int(responsibilities[0, 0])].split(".")
        _chosen.append(getattr(importlib.import_module("gmmlearn." + module), name))
        return np.zeros(1)
    return _chosen[0](responsibilities)
"""
IDEAS = [f"{path.stem}.{name}" for path in sorted((HERE / "answers").glob("*.py")) for name in ideas(path)]


class Chosen(Session):
    """One worker for all ideas; the first call of each process, which no test sees, says which idea is meant."""

    def choose(self, idea: str) -> "Chosen":
        self._idea, self._left = idea, Left(self.limits.all_cpu_seconds, self.limits.all_wall_seconds)
        return self

    def begin(self, exercise: str, *, own: bool) -> None:
        super().begin(exercise, own=own)
        if exercise == "assign":
            self.call(Call({"responsibilities": np.full((1, 1), IDEAS.index(self._idea), dtype=float)}))

    def __enter__(self) -> "Chosen":
        return self

    def __exit__(self, *error: object) -> None:
        self.finish()


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    package = tmp_path_factory.mktemp("answers") / "gmmlearn"
    shutil.copytree(HERE / "answers", package)
    (package / "e_step.py").write_text(ASK.format(ideas=IDEAS))
    (package / "m_step.py").write_text(
        "def update_weights(responsibilities):\n    return responsibilities.mean(axis=0)\n"
    )
    chosen = Chosen(read_submission(package.parent), limits=SHORT)
    yield chosen
    chosen._end_worker()


def pytest_generate_tests(metafunc):
    """All ideas with `--long`; else a few of each file, as each takes one or two seconds to judge."""
    if "idea" in metafunc.fixturenames:
        metafunc.parametrize("idea", IDEAS if metafunc.config.getoption("--long") else IDEAS[::16])


def test_no_answer_but_the_right_one_earns_a_point(session, monkeypatch, idea):
    monkeypatch.setattr(judging, "Session", lambda submission, **_: session.choose(idea))
    verdict = judging.judge_submission(session.submission, ("assign", "update_weights"), seed=7)
    points = {name: one.points for name, one in verdict.exercises.items()}
    assert points == {"assign": 0, "update_weights": EXERCISES["update_weights"].points}
    status = verdict.exercises["assign"].status
    assert status is not Status.PASSED
    assert status.value == ENDS.get(idea.partition(".")[2], status.value)
    assert len(str(verdict.to_json())) < 20_000


def of_call(call: Call) -> bytes:
    """The arguments of a call, to find it in a table."""
    return msgspec.msgpack.encode([{name: encoding.encode(one) for name, one in part.items()}
                                   for part in (call.arguments, call.options)])  # fmt: skip


def test_a_table_of_the_public_answers_passes_no_main_comparison():
    """Such a function passes every check of a student's own, and knows nothing else."""
    passed = set()
    for main in hidden_tests_of(tuple(EXERCISES)):
        exercise, marker = runner.exercise_of(main), main.get_closest_marker("exercise")
        if not marker.kwargs.get("main"):
            continue
        public = {of_call(call) for case in answers(exercise).cases for call in case.calls}

        def by_table(call, public=public, exercise=exercise):
            return perform(reference(exercise), call) if of_call(call) in public else Outcome(np.zeros(3))

        try:
            main.function(expect=hidden_tests.Expect(exercise, main.name, by_table), rng=runner.drawn_from(3, main))
            passed.add(exercise)
        except hidden_tests.Unexpected:
            continue
    assert passed == set()


def test_results_are_bounded_over_all_calls_of_an_exercise(tmp_path):
    """Each is as large as one may be, and a hidden test makes dozens of calls and compares afterwards."""
    package = tmp_path / "gmmlearn"
    package.mkdir()
    giant = "import numpy as np\ndef sample_categorical(weights, n_samples, rng):\n    return np.zeros(2**20, int)\n"
    right = "def sample_gaussian(mean, covariance, n_samples, rng):\n"
    right += "    return rng.multivariate_normal(mean, covariance, n_samples)\n"
    (package / "sampling.py").write_text(giant + right)
    verdict = judging.judge(tmp_path, ("sample_categorical", "sample_gaussian"), seed=7)
    assert verdict.exercises["sample_categorical"].status is Status.OUT_OF_MEMORY
    assert "more than 20 MB in all its calls" in verdict.exercises["sample_categorical"].message
    assert verdict.exercises["sample_gaussian"].status is Status.PASSED


@pytest.mark.parametrize("cut", [True, False])
def test_texts_are_cut_by_the_judge_and_have_to_be(monkeypatch, cut):
    """The worker cuts them as well, but a process that writes its own messages does not."""
    if not cut:
        monkeypatch.setattr(encoding, "MAX_TEXT", 2**40)
    long = "x" * 2**21
    failure = {"classes": [long], "text": long, "file": long, "line": 1, "function": long, "source": long}
    failure = forged(None, failure=failure | {"loading": False}).failure
    told = hidden_tests.unexpected_failure("assign", failure)
    assert told.status is Status.ERROR
    assert (len(str(told)) < 4000) is cut
    assert (len(str(failure)) < 4000) is cut


ODD = {
    "ragged": [[1.0], [2.0, 3.0]],
    "deeper and ragged": [[[1.0]], [[1.0], [2.0]]],
    "ragged arrays": np.array([np.zeros(2), np.zeros(3)], dtype=object),
    "no number at all in a giant shape": np.empty((0, 2**62 // 8, 1)),
    "missing": None,
    "a text": "means",
    "complex": np.zeros((2, 2), complex),
    "masked": np.ma.masked_all((2, 2)),
    "a dictionary": {"means_": 1},
    "a generator": iter(()),
    "a claim of terabytes": np.broadcast_to(np.float64(0), (2**40, 2)),
    "another model": reference("fit_sklearn"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_attribute_of_a_fitted_model_is_the_students_fault(name):
    """Whatever `means_` and its like are, a hidden test says no; a test that stumbles would be ours to fix."""
    [main, *_] = hidden_tests_of(("fit_sklearn",))
    for attribute in ("weights_", "means_", "covariances_", "precisions_cholesky_", "n_components"):

        def fit_sklearn(*args, **options):
            model = reference("fit_sklearn")(*args, **options)
            setattr(model, attribute, ODD[name])  # noqa: B023 (called within the loop)
            return model

        assert refused(fit_sklearn, [main], seed=3), attribute


FORMS = {
    "tuples": lambda part: tuple(map(tuple, part)) if np.ndim(part) > 1 else tuple(part) if np.ndim(part) else part,
    "a tuple": lambda part: tuple(part) if np.ndim(part) else part,
}
"""Of a right part of a result; it stays right."""
ODD_PARTS = {
    "no rows": lambda part: np.asarray(part)[:0] if np.ndim(part) else np.empty((0, 2)),
    "an empty tuple": lambda part: (),
    "texts": lambda part: ("x",) * max(np.size(part), 1),
    "ragged": lambda part: (np.zeros(2), np.zeros(3)),
    "nothing": lambda part: None,
}


@pytest.mark.parametrize("exercise", ["sample_categorical", "sample_gaussian", "sample_mixture", "initialize", "fit"])
def test_whatever_a_part_of_a_result_is_the_judge_does_not_stumble(exercise):
    """These have comparators of their own, beyond the one for arrays."""
    main = next(item for item in hidden_tests_of((exercise,)) if item.get_closest_marker("exercise").kwargs.get("main"))
    n_parts = len(EXERCISES[exercise].returns)
    for number, (name, form) in enumerate((FORMS | ODD_PARTS).items()):
        for place in range(n_parts) if name in FORMS else (number % n_parts,):

            def odd(*args, form=form, place=place, **options):
                result = reference(exercise)(*args, **options)
                if n_parts == 1:
                    return form(result)
                return (*result[:place], form(result[place]), *result[place + 1 :])

            expect = hidden_tests.Expect(exercise, main.name, lambda call, odd=odd: perform(odd, call))
            with contextlib.suppress(hidden_tests.Unexpected):
                main.function(expect=expect, rng=runner.drawn_from(3, main))
            found = [(trial.mismatch, trial.effect, trial.signature) for trial in expect.trials]
            assert any(mismatch for mismatch, _, _ in found) is (name in ODD_PARTS), (name, place)


def forged(value, **parts):
    """The outcome as it comes out of a process that writes its own messages."""
    plain = encode_outcome(Outcome()) | {"value": value} | parts
    return decode_outcome(wire.plain(msgspec.Raw(msgspec.msgpack.encode(plain))))


@pytest.mark.parametrize("shape", [[0, 2**62], [2**62, 0], [0, -1], [2**32, 2**32, 0], [0, 2**63], [0] * 5])
def test_a_forged_shape_without_a_number_is_no_value(shape):
    with pytest.raises((NotAValue, wire.WireError)):
        forged({"array": ["<f8", shape, b""]})


def test_a_forged_value_is_not_followed_down():
    """Each level is a look at all that is below it, and a frame has room for millions."""
    value = 0
    for _ in range(10):
        value = {"items": ["tuple", [value]]}
    with pytest.raises(wire.WireError, match="too deep"):
        forged(value)
