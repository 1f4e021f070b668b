"""Nobody gets points without the work: ways to a right function that is not one's own.

One way a file, in `library/` and `mixtures/`; each answers one exercise of one submission. Without the protection
that it is about every one of them works, so that the list cannot go stale.
"""

import shutil
from pathlib import Path

import pytest

from gmmlearn.calls import Status
from gmmlearn.contract import CHAPTERS, exercises_of
from gmmlearn.grading.judge import box
from gmmlearn.grading.judge.judging import judge
from gmmlearn.grading.judge.runner import Runner
from gmmlearn.grading.judge.session import Session
from gmmlearn.grading.judge.submission import read_submission

HERE = Path(__file__).parent
LIBRARY = {
    "sample_categorical": "file_opened_and_executed",
    "sample_gaussian": "module_from_its_file",
    "sample_mixture": "refusal_taken_away",
    "fit_gaussian": "loader_on_the_meta_path",
    "log_joint": "all_objects",
    "log_likelihood": "frames_below",
    "responsibilities": "run_as_a_script",
    "assign": "second_interpreter",
    "update_weights": "own_memory",
    "update_means": "globals_of_an_earlier_function",
    "update_covariances": "another_finder",
    "expected_log_likelihood": "source_of_an_earlier_function",
    "initialize": "what_a_module_falls_back_on",
    "fit": "any_file_that_defines_it",
}
"""Exercise -> the way to the library's function that is tried in its place."""
MIXTURES = {
    "gaussian_log_density": "import_module",
    "log_joint": "lazy_attribute",
    "log_likelihood": "import_in_executed_text",
    "responsibilities": "any_file_of_that_name",
    "fit": "another_finder",
}
"""Exercise -> the way to scikit-learn's mixture that is tried in its place."""

BY_MIXTURE = """
import numpy as np

def _model(weights, means, covariances):
    model = mixture_class()(len(weights))
    model.weights_, model.means_, model.covariances_ = weights, means, covariances
    model.precisions_cholesky_ = np.array([np.linalg.inv(np.linalg.cholesky(one)).T for one in covariances])
    return model

def gaussian_log_density(X, mean, covariance):
    return _model(np.ones(1), mean[np.newaxis], covariance[np.newaxis]).score_samples(X)

def log_joint(X, *mixture):
    with np.errstate(divide="ignore"):
        return _model(*mixture)._estimate_weighted_log_prob(X)

def log_likelihood(X, *mixture):
    return float(_model(*mixture).score_samples(X).sum())

def responsibilities(X, *mixture):
    return _model(*mixture).predict_proba(X)

def fit(X, n_components, rng, **options):
    from gmmlearn import Fit
    model = mixture_class()(n_components, random_state=int(rng.integers(2**31)), **options).fit(X)
    return Fit(model.weights_, model.means_, model.covariances_, np.array(model.lower_bounds_), model.converged_)
"""


def submission(folder, kind, ways):
    """A submission that answers each exercise by its way, and nothing else."""
    package = folder / "gmmlearn"
    shutil.copytree(HERE / kind, package)
    for chapter in CHAPTERS:
        lines = []
        for name in (exercise.name for exercise in exercises_of(chapter) if exercise.name in ways):
            if kind == "library":
                lines += [f"def {name}(*args, **kwargs):", f"    from . import {ways[name]} as way"]
                lines += [f"    return way.find({name!r})(*args, **kwargs)", ""]
            else:
                lines += [f"from . import {ways[name]} as _way", "mixture_class = _way.mixture_class", BY_MIXTURE]
                lines += [f"__result__ = {name}", f"{name} = lambda *args, f=__result__, **kwargs: f(*args, **kwargs)"]
        if lines:
            (package / f"{chapter}.py").write_text("\n".join(lines))
    return folder


@pytest.mark.parametrize(("kind", "ways"), [("library", LIBRARY), ("mixtures", MIXTURES)])
def test_every_way_is_tried(kind, ways):
    assert sorted(ways.values()) == sorted(path.stem for path in (HERE / kind).glob("*.py"))


def test_no_way_to_the_library_earns_a_point(tmp_path):
    verdict = judge(submission(tmp_path, "library", LIBRARY), tuple(LIBRARY), seed=7)
    assert {name: one.points for name, one in verdict.exercises.items() if one.points} == {}
    assert {name: one.message for name, one in verdict.exercises.items() if one.status is not Status.ERROR} == {}


def found(folder, kind, ways):
    """The exercises that return something by their ways, each asked once with its first hidden input."""
    runner = Runner(None, tuple(ways), 7)
    runner.run()
    returned = set()
    with Session(read_submission(submission(folder, kind, ways))) as session:
        for name, runs in runner.runs.items():
            session.begin(name, own=False)
            if session.call(runs[0].expects[0].cases[0].calls[0]).failure is None:
                returned.add(name)
            session.finish()
    return returned


def test_no_way_to_the_mixtures_of_scikit_learn_returns_anything(tmp_path):
    assert found(tmp_path, "mixtures", MIXTURES) == set()


def test_without_its_protection_every_way_returns_something(tmp_path, monkeypatch):
    """All but one: what was read may or may not lie in memory still."""
    whole = (box.PACKAGE / "library.py").read_text()
    monkeypatch.setattr(box, "library_of", lambda names: whole)
    monkeypatch.setattr(box.Box, "hold", everything(box.Box.hold))
    assert found(tmp_path / "1", "library", LIBRARY) >= set(LIBRARY) - {"update_weights"}
    assert found(tmp_path / "2", "mixtures", MIXTURES) == set(MIXTURES)


def everything(hold):
    """`Box.hold` that puts scikit-learn's mixtures in for every exercise."""

    def held(self, exercise, *, own):
        hold(self, exercise, own=own)
        if not any(self.mixture.iterdir()):
            shutil.copytree(box._sklearn_mixture(), self.mixture, dirs_exist_ok=True)

    return held


CIRCULAR = {
    "mixtures": "def gaussian_log_density(X, mean, covariance):\n    from .likelihood import log_joint\n"
    "    return log_joint(X, [1.0], mean[None], covariance[None])[:, 0]\n",
    "likelihood": "import numpy as np\ndef log_joint(X, weights, means, covariances):\n"
    "    from .m_step import expected_log_likelihood\n"
    "    one = np.eye(len(weights))\n"
    "    return np.array([[expected_log_likelihood(x[None], k[None], weights, means, covariances) for k in one]"
    " for x in X])\n",
    "m_step": "import numpy as np\ndef expected_log_likelihood(X, responsibilities, weights, means, covariances):\n"
    "    from .mixtures import gaussian_log_density\n"
    "    joint = [gaussian_log_density(X, m, c) for m, c in zip(means, covariances)]\n"
    "    return float(np.sum(np.transpose(responsibilities) * (np.array(joint) + np.log(weights)[:, None])))\n",
}


def test_a_function_that_is_written_nowhere_earns_nothing_by_a_later_one(tmp_path):
    (tmp_path / "gmmlearn").mkdir()
    for chapter, text in CIRCULAR.items():
        (tmp_path / "gmmlearn" / f"{chapter}.py").write_text(text)
    verdict = judge(tmp_path, ["gaussian_log_density"], seed=7)
    assert verdict.points == 0
