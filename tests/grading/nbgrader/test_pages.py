"""What teachers and students see of a graded exercise: in the formgrader, in a real browser, and in the feedback."""

import os
import secrets
import socket
import subprocess
import sys
import time

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbgrader.api import Gradebook

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom.assignment import Assignment
from gmmlearn.grading.nbgrader import comments, hunts

from ...explore.lab import Watched, answers
from ..course_folder import Class, graded_cells

HOSTILE = """\
LOWEST = "</pre><script>window.hit = 1</script><img src=x onerror='window.hit = 2'>"

def _least(table):  # \u202e the helper
    return table.argmin(axis=1)

def assign(responsibilities):
    return _least(responsibilities) if LOWEST else None
"""
TESTS = """\
import numpy as np  # </pre><script>window.hit = 5</script>


def test_assign(assign):
    assert list(assign(np.array([[0.2, 0.5, 0.3], [0.4, 0.2, 0.4], [0.1, 0.2, 0.7]]))) == [1, 0, 2]
"""
ROSTER = 'id,name,email\nada,Ada O\'Brien,\nbob,"Müller, Bob",bob@uni.edu\nzoe,Zoë Öz,\n'
OWNED = """() => {
  document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.hit = 1">'
    + '<a id="link" href="javascript:window.hit = 2">x</a><iframe srcdoc="<script>parent.hit = 3</script>"></iframe>');
  document.getElementById('link').click();
  for (const change of [(one) => { one.textContent = 'window.hit = 4'; }, (one) => { one.src = '/files/x.js'; }]) {
    const script = document.createElement('script');
    change(script);
    document.body.append(script);
  }
}"""
WIDE = "() => [...document.querySelectorAll('.output_html')].some((one) => one.scrollWidth > one.clientWidth + 1)"
NARROW = """() => ({
  sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  out_of_bar: [...document.querySelectorAll('.mark')].filter((bar) => [...bar.children].some(
    (one) => one.getBoundingClientRect().bottom > bar.getBoundingClientRect().bottom)).length,
})"""
SET = """() => {
  const picture = document.querySelector("#notebook-container").appendChild(document.createElement("img"));
  const cells = [...document.querySelectorAll(".text_cell_render td")].map((cell) => getComputedStyle(cell));
  const close = cells.filter((cell) => cell.paddingRight === "0px").length;
  return {framed: getComputedStyle(picture).borderTopWidth !== "0px", cells: cells.length > 0, close};
}"""
OUTPUTS = {"include": [[".output_html"]]}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Class:
    """Chapter 4 with a bug hunt, graded: ada has all of it and a test, bob's `assign` is wrong; a comment is saved for
    what bob did."""
    course = Class(tmp_path_factory.mktemp("pages"), "4", "--hunts", "8")
    (course.folder / "roster.csv").write_text(ROSTER)
    (course.folder / "comments.toml").write_text(
        'assign-least-probable = "Which **end** is $k$ at?"\nassign = "Any mistake"\nresponsibilities = "None"\n'
    )
    (course.hand_in("ada", "e_step") / "gmmlearn" / "hunts.py").write_text(TESTS)
    module = course.hand_in("bob", "e_step") / "gmmlearn" / "e_step.py"
    module.write_text(module.read_text() + HOSTILE)
    course.run("gmmlearn", "class", "grade", ".")
    return course


def gradebook(course: Class) -> Gradebook:
    return Gradebook(f"sqlite:///{course.folder}/gradebook.db", "course101")


@pytest.fixture(scope="module")
def formgrader(course, tmp_path_factory):
    """The address of a formgrader on the class, and the headers that open it."""
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    dirs = {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}", "--allow-root"]
    log = folder / "server.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *options, f"--ServerApp.root_dir={course.folder}"],
            cwd=course.folder, env=os.environ | dirs, stdout=file, stderr=file,
        )  # fmt: skip
        try:
            answers(f"http://127.0.0.1:{port}/api/status?token={token}", server, log)
            yield f"http://127.0.0.1:{port}", {"Authorization": f"token {token}"}
        finally:
            server.terminate()
            server.wait(20)


def test_students_get_no_cell_for_a_comment_and_no_flag_is_up(course):
    marks = [cell.metadata.nbgrader for cell in nbformat.read(course.release / "04_e_step.ipynb", as_version=4).cells
             if "nbgrader" in cell.metadata]  # fmt: skip
    assert [mark.grade_id for mark in marks] == ["responsibilities", "assign"]
    with gradebook(course) as book:
        for student in ("ada", "bob"):
            submission = book.find_submission("gmm", student)
            assert (submission.max_score, submission.needs_manual_grade) == (100, False)


def caught(course: Class) -> float:
    """What ada's test is worth."""
    verdict = Assignment.find(course.folder).verdict("ada")
    return hunts.score(verdict, 8)


def test_a_saved_comment_is_on_the_mistake_that_it_is_about(course):
    with gradebook(course) as book:
        said = {
            (student, one.name): one.comment
            for student in ("ada", "bob")
            for notebook in ("04_e_step", "hunts")
            for one in book.find_submission_notebook(notebook, "gmm", student).comments
        }
    assert said == {
        ("ada", "comment-responsibilities"): None,
        ("ada", "comment-assign"): None,
        ("ada", "comment-hunts"): None,
        ("bob", "comment-responsibilities"): None,
        ("bob", "comment-assign"): "Which **end** is $k$ at?",
        ("bob", "comment-hunts"): None,
    }


def test_the_function_as_it_was_graded_is_above_its_verdict(course):
    cell = graded_cells(course.autograded("bob", "04_e_step.ipynb"))["assign"]
    shown, panel = (output.data["text/html"] for output in cell.outputs[:2])
    assert "_least" in shown
    assert "LOWEST" in shown
    assert "responsibilities(X" not in shown
    assert "not right yet" in panel
    assert "from gmmlearn.e_step import assign" in panel
    right = graded_cells(course.autograded("ada", "04_e_step.ipynb"))["assign"]
    assert "Example" not in right.outputs[1].data["text/html"]


def loaded(page) -> None:
    for _ in range(100):
        if page.evaluate("formgrader.loaded && formgrader.comments.loaded && formgrader.grades.loaded"):
            return
        time.sleep(0.1)


def put(page, where: str, text: str) -> None:
    """Type into a field of the formgrader, which saves it when the field is left."""
    with page.expect_response(lambda response: response.request.method == "PUT"):
        page.fill(where, text)
        page.keyboard.press("Tab")


def test_the_formgrader_lists_names_and_those_of_a_person_stay(course, formgrader, chromium):
    base, headers = formgrader
    context = chromium.new_context(extra_http_headers=headers)
    page = context.new_page()
    page.goto(f"{base}/formgrader/manage_submissions/gmm")
    page.wait_for_selector("text=O'Brien, Ada")
    assert page.locator("text=Müller, Bob").count() == 1
    assert page.locator("text=None, None").count() == 0
    context.close()
    with gradebook(course) as book:
        student = book.find_student("bob")
        assert (student.first_name, student.last_name, student.email) == ("Bob", "Müller", "bob@uni.edu")
        student.first_name = "Robert"
        book.db.commit()
    course.run("gmmlearn", "class", "grade", ".")
    with gradebook(course) as book:
        assert book.find_student("bob").first_name == "Robert"


def test_the_tests_of_a_bug_hunt_are_above_their_verdict_with_a_box_for_a_comment(course, formgrader, chromium):
    base, headers = formgrader
    with gradebook(course) as book:
        identity = book.find_submission_notebook("hunts", "gmm", "ada").id
    context = chromium.new_context(extra_http_headers=headers, viewport={"width": 1200, "height": 900})
    seen = Watched(context.new_page(), base)
    page = seen.page
    page.goto(f"{base}/formgrader/submissions/{identity}/")
    loaded(page)
    text = page.inner_text("body")
    assert "gmmlearn/hunts.py, as it was graded" in text
    assert text.index("def test_assign(assign):") < text.index("4.2 assign: ")
    assert page.evaluate("window.hit") is None
    assert Axe().run(page, context=OUTPUTS).response["violations"] == []
    put(page, "#comment-hunts-comment", "Try a **tie**.")
    assert (seen.errors, seen.strangers) == ([], [])
    context.close()
    course.run("gmmlearn", "class", "grade", ".")
    feedback = (course.folder / "feedback" / "ada" / "gmm" / "hunts.html").read_text()
    assert "Try a <strong>tie</strong>." in feedback
    assert "test_assign" in feedback
    context = chromium.new_context(viewport={"width": 420, "height": 900})
    page = context.new_page()
    page.goto((course.folder / "feedback" / "ada" / "gmm" / "hunts.html").as_uri())
    assert Axe().run(page).response["violations"] == []
    assert not page.evaluate(WIDE)
    context.close()


def test_what_a_teacher_sets_in_the_formgrader_is_said_in_the_feedback(course, formgrader, chromium):
    base, headers = formgrader
    with gradebook(course) as book:
        identity = {name: book.find_submission_notebook("04_e_step", "gmm", name).id for name in ("ada", "bob")}
    context = chromium.new_context(extra_http_headers=headers, viewport={"width": 1200, "height": 900})
    seen = Watched(context.new_page(), base)
    page = seen.page
    for student, score, extra, comment in (("bob", "2.5", "1", "By *hand*"), ("ada", "", "2", "")):
        page.goto(f"{base}/formgrader/submissions/{identity[student]}/")
        loaded(page)
        assert page.locator("textarea").count() == 2
        if student == "bob":
            assert page.get_attribute("#comment-assign-comment", "placeholder") == "Which **end** is $k$ at?"
            assert "Which" not in page.input_value("#comment-assign-comment")
        for where, text in (("#assign", score), ("#assign_extra_credit", extra), ("#comment-assign-comment", comment)):
            if text:
                put(page, where, text)
    page.click("span.glyphicon.name-hidden")
    assert page.is_visible("a.name-shown")
    assert page.evaluate(SET) == {"framed": False, "cells": True, "close": 0}
    assert (seen.errors, seen.strangers) == ([], [])
    assert page.evaluate("window.hit") is None
    assert Axe().run(page, context=OUTPUTS).response["violations"] == []
    page.evaluate(OWNED)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    context.close()

    course.run("nbgrader", "generate_feedback", "gmm", "--force")
    for scheme, student, sentence, comment in (
        ("light", "bob", "Judged 0 of 33.25; your teacher gave 2.5 and added 1, so the score is 3.5.", "By hand"),
        ("dark", "ada", "Judged 33.25 of 33.25; your teacher added 2, so the score is 35.25.", None),
    ):
        context = chromium.new_context(viewport={"width": 400, "height": 900}, color_scheme=scheme)
        seen = Watched(context.new_page(), "file:")
        seen.page.goto((course.folder / "feedback" / student / "gmm" / "04_e_step.html").as_uri())
        text = seen.page.inner_text("body")
        assert sentence in text
        assert ("Comment of your teacher" in text) is (comment is not None)
        assert comment is None or comment in text
        assert "Which" not in text.partition("Comment of your teacher")[2][:40]
        assert seen.page.evaluate("window.hit") is None
        assert seen.strangers == []
        assert Axe().run(seen.page).response["violations"] == []
        assert not seen.page.evaluate(WIDE)
        ground = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") is (scheme == "light")
        assert seen.page.evaluate(NARROW) == {"sideways": 0, "out_of_bar": 0}
        context.close()
    before = course.scores()
    assert before == {"ada": 102.0 + caught(course), "bob": 66.75 + 3.5}
    course.run("gmmlearn", "class", "grade", ".")
    assert course.scores() == before


@pytest.mark.parametrize("text", ["assign = 3", "assign = ", "[assign]\nx = 'y'"])
def test_a_file_of_comments_that_cannot_be_read_is_named(tmp_path, text):
    assert comments.saved(tmp_path) == {}
    (tmp_path / comments.FILE).write_text(text)
    with pytest.raises(UsageError, match=str(tmp_path / comments.FILE)):
        comments.saved(tmp_path)
