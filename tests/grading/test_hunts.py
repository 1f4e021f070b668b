"""The bug hunt in a class: a student's tests are tried in the sandbox, and what they catch gives extra points."""

import json
import re
import subprocess
import sys
import time
from pathlib import PurePosixPath
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell
from scipy import stats

from gmmlearn import hunting as practice
from gmmlearn import private
from gmmlearn.calls import Status
from gmmlearn.contract import exercise_of_test
from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom import making
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.classroom.grading import grade_each
from gmmlearn.grading.collecting import notebooks
from gmmlearn.grading.collecting.contents import File
from gmmlearn.grading.judge import hunting
from gmmlearn.grading.judge.sandbox import Limits
from gmmlearn.grading.judge.submission import Submission
from gmmlearn.grading.judge.verdict import ExerciseVerdict, HuntVerdict, Verdict
from gmmlearn.grading.nbgrader import hunts, scores
from gmmlearn.grading.nbgrader.plugin import say_by_hand
from gmmlearn.grading.reporting import exports, results
from gmmlearn.hunting import bugs

from .course_folder import Class, graded_cells
from .reporting.test_results import table

FAIR = """
import numpy as np
from scipy import stats


def test_assign(assign):
    shares = np.array([[0.2, 0.5, 0.3], [0.4, 0.2, 0.4], [0.34, 0.33, 0.33], [0.26, 0.24, 0.5]])
    before = shares.copy()
    assert list(assign(shares)) == [1, 0, 0, 2]
    assert (shares == before).all()


def _joint(X, weights, means, covariances):
    return np.stack([w * stats.multivariate_normal(m, c).pdf(X) for w, m, c in zip(weights, means, covariances)], 1)


def test_responsibilities_sum_to_one(responsibilities):
    X = np.array([[0.3, -1.0], [2.0, 2.5], [40.0, 90.0]])
    found = responsibilities(X, np.array([0.7, 0.3]), np.array([[0.0, 0.0], [2.0, 2.0]]), np.stack([np.eye(2)] * 2))
    np.testing.assert_allclose(found.sum(axis=1), 1)


def test_responsibilities_by_scipy(responsibilities):
    X = np.array([[0.3, -1.0], [2.0, 2.5]])
    given = np.array([0.7, 0.3]), np.array([[0.0, 0.0], [2.0, 2.0]]), np.array([[[2.0, 0.5], [0.5, 1.0]], np.eye(2)])
    joint = _joint(X, *given)
    np.testing.assert_allclose(responsibilities(X, *given), joint / joint.sum(axis=1, keepdims=True))
"""
TOO_STRICT = (
    FAIR
    + """

def test_assign_gives_a_list(assign):
    assert isinstance(assign(np.eye(2)), list)
"""
)
HOSTILE = {
    "reads": "import inspect\n    assert 'solutions' in inspect.getsource(assign)",
    "closes": "assert all('right' in str(cell.cell_contents) for cell in assign.__closure__)",
    "leaves": "n = COUNT.append(1) or len(COUNT)\n    assert n < 2",
    "files": (
        "from pathlib import Path\n    path = Path('/tmp/seen')\n"
        "    n = len(path.read_text()) if path.exists() else 0\n    path.write_text('x' * (n + 1))\n    assert n < 2"
    ),
    "counts": "import os\n    assert os.getpid() < 12",
    "remembers": (  # what the first function did, which is right, by the numbers of the processes that come after it
        "import os, threading, zlib\n"
        "    found = 1 + zlib.crc32(str(np.round(assign(TABLE), 3)).encode()) % 40\n"
        "    last, known = [0], os.getpid() // 200\n"
        "    while not known and last[-1] < 200 * found + 20:\n"
        "        one = threading.Thread(target=lambda: last.append(threading.get_native_id()))\n"
        "        one.start(), one.join()\n"
        "    assert not known or known == found"
    ),
    "exits": "import os\n    os._exit(0)",
    "exits-later": "import os\n    list(assign(np.eye(2))) == [0, 1] or os._exit(0)",
    "raises": "raise SystemExit(0)",
    "patches": "np.allclose = lambda *a: False\n    type(assign).__call__ = None\n    assign(np.eye(2))",
    "numbers": "assert list(assign(**{'place ': 0, 'responsibilities': np.eye(2)})) == [0, 1]",
    "writes": (
        "import os\n    for fd in range(3, 64):\n        if os.path.exists(f'/proc/self/fd/{fd}'):\n"
        "            os.write(fd, b'\\0\\0\\0\\1\\xff')"
    ),
    "searches": "import gc, sys\n    assert not any('bugs.json' in str(one) for one in list(sys.modules.values()))",
    "imports": "from gmmlearn.library import assign as right\n    assert assign(np.eye(2))[1] == right(np.eye(2))[1]",
}
"""Each is the body of a test of `assign`."""


def found(text, *exercises, **options):
    """What the tests in a module catch."""
    submission = Submission({"hunts": text.encode()})
    return hunting.hunts(submission, exercises or hunting.hunted(submission), seed=5, **options)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of chapter 4 with 8 extra points, graded once."""
    made = Class(tmp_path_factory.mktemp("class"), "4", "--hunts", "8")
    texts = {"ada": FAIR, "bob": TOO_STRICT, "eve": "def test_assign(assign):\n    while True: pass", "zoe": None}
    for student, text in texts.items():
        folder = made.hand_in(student, "e_step")
        if text is not None:
            (folder / "gmmlearn" / "hunts.py").write_text(text)
    list(grade_each(Assignment.find(made.folder), jobs=2))
    return made


def test_extra_points_are_the_share_caught_on_top_of_a_hundred(course):
    verdict = Assignment.find(course.folder).verdict("ada")
    shares = [one.caught / one.of for one in verdict.hunts.values()]
    assert set(verdict.hunts) == {"responsibilities", "assign"}
    assert all(0.3 < share <= 1 for share in shares)
    expected = round(8 * sum(shares) / 2, 2)
    assert scores.read(course.folder, "gmm")["ada"].cells["hunts"] == scores.Score(expected, False, 0.0)
    assert course.scores() == {"ada": 100 + expected, "bob": pytest.approx(100 + 4 * shares[0]), "eve": 100, "zoe": 100}


def test_a_test_that_refuses_a_right_function_earns_nothing_for_that_exercise_and_is_told_why(course):
    verdict = Assignment.find(course.folder).verdict("bob")
    assert verdict.hunts["assign"].caught == 0
    page = (course.folder / "feedback/bob/gmm/hunts.html").read_text("utf-8")
    assert "4.2 assign: nothing counts" in page
    assert "Your test refuses a function that is right" in page
    assert "isinstance(assign(np.eye(2)), list)" in page.replace("<code>", "").replace("</code>", "")
    caught = verdict.hunts["responsibilities"]
    assert f"4.1 responsibilities: {caught.caught} of {caught.of} wrong functions caught" in page


def test_the_page_asks_about_what_survives_and_shows_no_wrong_function(course):
    page = (course.folder / "feedback/ada/gmm/hunts.html").read_text("utf-8")
    verdict = Assignment.find(course.folder).verdict("ada")
    asked = [question for one in verdict.hunts.values() for question in one.questions]
    assert asked
    for question in asked:
        assert question.split("`")[0][:60] in page
    for name in verdict.hunts:
        assert not any(bug.sentence in page for bug in bugs.bugs_of(name, private.BUGS))
    assert "did not end" in (course.folder / "feedback/eve/gmm/hunts.html").read_text("utf-8")
    nothing = (course.folder / "feedback/zoe/gmm/hunts.html").read_text("utf-8")
    assert "is named after an exercise" in nothing
    assert "Bug hunt: 0 of 8 extra points" in nothing


def test_report_results_and_exports_have_a_row(course, tmp_path):
    course.run("gmmlearn", "class", "report", ".")
    rows = {(row["student"], row["exercise"]): row for row in table(course, "results.csv")}
    verdict = Assignment.find(course.folder).verdict("ada")
    assert rows["ada", "hunts"]["max_points"] == "8"
    assert float(rows["ada", "hunts"]["points"]) == hunts.score(verdict, 8)
    assert f"4.2 assign: {verdict.hunts['assign'].caught} of" in rows["ada", "hunts"]["note"]
    assert "4.2 assign: not counted" in rows["bob", "hunts"]["note"]
    assert rows["zoe", "hunts"]["points"] == "0"
    exports.write(results.collect(Assignment.find(course.folder)), tmp_path)
    tests = json.loads((tmp_path / "gradescope/ada/results.json").read_text())["tests"]
    assert tests[-1]["name"] == "hunts"
    objectives = {row["exercise"]: row for row in table(course, "objectives.csv")}
    assert objectives["hunts"]["graded"] == "4"
    assert "Bug hunt (extra points)" in (course.folder / "reports/gmm/report.html").read_text("utf-8")


def test_nothing_is_judged_again_until_tests_or_functions_change(course, monkeypatch):
    before = Assignment.find(course.folder).verdict("ada")
    for _, graded in grade_each(Assignment.find(course.folder), jobs=1, students=["ada"]):
        assert not graded.written
    path = course.folder / "submitted/zoe/gmm/gmmlearn/hunts.py"
    path.write_text("def test_assign(assign):\n    assert list(assign([[0.4, 0.6]])) == [1]\n")
    list(grade_each(Assignment.find(course.folder), jobs=1))
    assert Assignment.find(course.folder).verdict("ada") == before
    assert Assignment.find(course.folder).verdict("zoe").hunts["assign"].caught > 0


def test_nbgraders_own_command_gives_the_same_score(course):
    before = course.scores()
    course.run("nbgrader", "autograde", "gmm", "--student", "ada", "--force")
    assert course.scores() == before
    assert "hunts" in graded_cells(course.autograded("ada", "hunts.ipynb"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_test_gains_nothing(name):
    table = "TABLE = np.array([[0.4, 0.4, 0.2], [0, 0.1, 0.9], [0.2, 0.5, 0.3], [0.1, 0.45, 0.45], [0.3, 0.3, 0.4]])"
    text = f"import numpy as np\nCOUNT = []\n{table}\n\n\ndef test_assign(assign):\n    {HOSTILE[name]}\n"
    verdict = found(text, limits=Limits(cpu_seconds=2, wall_seconds=20.0))["assign"]
    assert verdict.caught == 0, verdict


def test_a_test_without_end_is_ended_and_costs_only_its_own_exercise():
    text = FAIR + "\n\ndef test_assign_for_ever(assign):\n    while True: pass\n"
    began = time.monotonic()
    verdict = found(text, limits=Limits(cpu_seconds=1))
    assert time.monotonic() - began < 100
    assert "did not end" in verdict["assign"].problem
    assert verdict["responsibilities"].caught > 0


def test_inputs_that_are_too_much_for_a_right_function_are_told():
    text = "def test_sample_categorical(f):\n    f([0.5, 0.5], 10**13, __import__('numpy').random.default_rng(0))\n"
    assert "refuses a function that is right" in found(text)["sample_categorical"].problem


def test_a_test_catches_in_the_box_what_it_catches_in_a_notebook(tmp_path, monkeypatch):
    """On the wrong functions of practice, which a notebook has."""
    monkeypatch.setattr(private, "BUGS", bugs.PATH)
    text = (
        FAIR
        + """

def test_fit_sklearn(fit_sklearn):
    from sklearn.mixture import GaussianMixture

    X = np.random.default_rng(3).random((200, 2))
    model, expected = fit_sklearn(X, 3, random_state=1), GaussianMixture(3, random_state=1).fit(X)
    np.testing.assert_allclose(model.score_samples(X), expected.score_samples(X))


def test_sample_mixture(sample_mixture):
    means, covariances = np.array([[0.0, 0.0], [9.0, 9.0]]), np.stack([np.eye(2)] * 2)
    rng = np.random.default_rng(1)
    X, labels = sample_mixture(np.array([0.5, 0.5]), means, covariances, 2000, rng)
    assert abs((labels[1:] == labels[:-1]).mean() - 0.5) < 0.06
    assert (sample_mixture(np.array([0.5, 0.5]), means, covariances, 2000, rng)[0] != X).any()


def test_initialize(initialize):
    try:
        initialize(np.eye(4), 2, np.random.default_rng(0), init_params="middle")
    except ValueError as error:
        assert "kmeans" in str(error)
    else:
        raise AssertionError("no error")


def test_fit(fit):
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.normal(size=(50, 2)), rng.normal(size=(30, 2)) + 5])
    found = fit(X, 2, np.random.default_rng(0), tol=1e-6)
    assert abs(found.weights.sum() - 1) < 1e-9
    assert found.converged
    assert (np.diff(found.log_likelihoods) > -1e-9).all()
"""
    )
    boxed = found(text)
    path = tmp_path / "mine.py"
    path.write_text(text)
    kept = practice.tests_in(path)
    assert set(boxed) == {"responsibilities", "assign", "fit_sklearn", "sample_mixture", "initialize", "fit"}
    for name, verdict in boxed.items():
        here = practice.hunt(name, *[one for one in kept if exercise_of_test(one.__name__) == name], where=tmp_path)
        assert (verdict.problem, verdict.caught) == (here.problem, len(here.caught)), name
        assert set(verdict.questions) == set(here.questions)


def test_the_order_of_functions_is_drawn_from_the_seed():
    submission = Submission({"hunts": FAIR.encode()})
    orders = [hunting._rng(seed, "assign", submission).permutation(17).tolist() for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


def test_a_wrong_function_that_draws_lots_draws_the_same_at_every_regrade():
    """Else what a student's tests catch, and so the points, would hang on luck."""
    text = hunting._functions(["assign"]).sources["e_step"].decode()
    tried = "[_tried('assign', place, np.full((40, 3), 1 / 3))[0].tolist() for place in range(len(SOURCES['assign']))]"
    program = f"{text}\nimport numpy as np\nprint({tried})"
    one, other = (subprocess.check_output([sys.executable, "-c", program]) for _ in range(2))
    assert one == other


def test_without_the_switch_there_is_no_hunt(tmp_path):
    folder = making.create(tmp_path / "class", chapters=range(4, 5))
    assert not (folder / "source/gmm/hunts.ipynb").exists()
    assert Assignment.find(folder).hunted == ()
    making.add(folder, assignment="part2", chapters=range(5, 6), hunts=3)
    assert Assignment.find(folder, "part2").extra_points == 3
    with pytest.raises(UsageError, match="leave --hunts out"):
        making.add(folder, assignment="part3", chapters=range(8, 9), hunts=3)


def test_expected_values_of_the_fair_tests_are_right():
    """So that what they catch means something."""
    X, mean = np.array([[0.3, -1.0]]), np.zeros(2)
    assert stats.multivariate_normal(mean, np.eye(2)).pdf(X) == pytest.approx(np.exp(-1.09 / 2) / (2 * np.pi))


@pytest.mark.parametrize("name", ["hunts.ipynb", "Hunts (1).ipynb", "mine.ipynb"])
def test_the_notebook_of_the_hunt_is_collected(name, tmp_path):
    """Without it every hand-in from an archive was said to lack a notebook."""
    hunts.write(made := making.create(tmp_path / "class", chapters=[4]) / "source" / "gmm", ["assign"], 5)
    file = File(PurePosixPath(name), (made / "hunts.ipynb").read_bytes())
    assert notebooks.named([file])[0] == {"hunts.ipynb": file}


def test_the_panel_of_a_hunt_is_a_section_of_its_notebook():
    """Its notebook has a title and no other heading; a reader of headings must not find a level left out."""
    cell = new_code_cell(metadata={"gmmlearn": {"extra_points": 5}})
    exercises = {"assign": ExerciseVerdict(Status.PASSED, 2, 2, "")}
    hunts.fill(cell, Verdict(exercises, True, 1, "", hunts={"assign": HuntVerdict(6, 12)}), Submission({}))
    html = cell.outputs[0].data["text/html"]
    assert re.findall(r"<(/?h\d)", html) == ["h2", "/h2"]
    assert "2.5 of 5 extra points" in html


def test_what_a_teacher_adds_to_a_hunt_is_said_beside_what_it_is_worth(tmp_path):
    """nbgrader itself knows 0 as the most points of the cell."""
    folder = making.create(tmp_path / "class", chapters=[4], hunts=8) / "source" / "gmm"
    cell = graded_cells(nbformat.read(folder / "hunts.ipynb", as_version=4))["hunts"]
    cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": "panel"})]
    say_by_hand(cell, SimpleNamespace(auto_score=2.5, max_score=0.0, manual_score=None, extra_credit=1.5))
    assert "Judged 2.5 of 8; your teacher added 1.5, so the score is 4." in cell.outputs[0].data["text/html"]
