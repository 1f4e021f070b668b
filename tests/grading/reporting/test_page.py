"""The page of a report, opened from disk in a real browser."""

import random
import resource
import time

import pytest
from click.testing import CliRunner

from gmmlearn.calls import Status
from gmmlearn.contract import EXERCISES
from gmmlearn.grading.commands import class_group
from gmmlearn.grading.reporting import writing

from ...explore.hands import violations
from ...explore.lab import Watched
from .synthetic import NOT_BEGUN, hand_in, new_class, passed

TAG = "<img src=x onerror=\"document.title='owned'\">"
SCRIPT = "<script>document.title='owned'<&#47;script>"
STRANGERS = (TAG, SCRIPT, "=cmd|'calc'!A0", "\u202eada", "x" * 200, "emoji 😀", 'o\'brien & "co"', "{{ 7*7 }}")
N_STUDENTS = 1000


def opened(chromium, path, **options):
    page = chromium.new_context(**options).new_page()
    watched = Watched(page, path.as_uri())
    page.goto(path.as_uri())
    return watched


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Every kind of student, with names that nobody should have; written by the command."""
    folder = tmp_path_factory.mktemp("small")
    assignment = new_class(folder / "class", chapters=range(4, 6))
    names = list(assignment.points)
    for number, student in enumerate(STRANGERS):
        wrong = (Status.WRONG, 1.0, f"unknown {TAG}" if number % 2 else None, f"`{SCRIPT}` and \x1b[31m")
        hand_in(assignment, student, dict.fromkeys(names, wrong))
    hand_in(assignment, "right", {name: passed(name) for name in names})
    hand_in(assignment, "stubs", dict.fromkeys(names, NOT_BEGUN))
    hand_in(assignment, "fault")
    (assignment.course / "roster.csv").write_text(f'id,name\nright,"{TAG.replace(chr(34), chr(34) * 2)}"\nabsent,A B\n')
    said = CliRunner().invoke(class_group, ["report", str(assignment.course), "--to", str(folder / "out")])
    assert said.exit_code == 0, said.output
    assert "2 in the roster: " in said.output
    return folder / "out" / "report.html"


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A class of a thousand with points by chance, and what it took to write."""
    folder = tmp_path_factory.mktemp("large")
    assignment = new_class(folder / "class", chapters=range(1, 8))
    rng = random.Random(1)
    for number in range(N_STUDENTS):
        exercises = {}
        for name in assignment.points:
            part = rng.choice([0.0, 0.5, 1.0, 1.0])
            status = Status.PASSED if part == 1 else Status.WRONG
            exercises[name] = status, part * EXERCISES[name].points, None, "Got shape (3, 1), expected (K,) = (3,)."
        hand_in(assignment, f"s{number:04}", exercises if number % 10 else None)
    began = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    writing.write(assignment, folder / "out")
    seconds, kilobytes = time.process_time() - began[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began[1]
    return folder / "out" / "report.html", seconds, kilobytes


def test_a_thousand_are_written_in_seconds_and_the_page_is_small(large):
    path, seconds, kilobytes = large
    assert seconds < 15  # of CPU time; about 3 on a quiet machine
    assert kilobytes < 300_000
    assert path.stat().st_size < 1_500_000


def test_a_thousand_rows_are_sorted_by_a_key_press(chromium, large):
    watched = opened(chromium, large[0], viewport={"width": 1280, "height": 800})
    page = watched.page
    totals = "[...document.querySelectorAll('.heat tbody .sum')].map((cell) => cell.textContent)"
    before = page.evaluate(totals)
    assert len(before) == N_STUDENTS
    assert before.count("") == N_STUDENTS / 10
    numbers = sorted((float(total) for total in before if total), reverse=True)
    button = page.get_by_role("button", name="Total")
    for order, expected in (("descending", numbers), ("ascending", numbers[::-1])):
        button.focus()
        began = page.evaluate("performance.now()")
        page.keyboard.press("Enter")
        milliseconds = page.evaluate("() => { document.body.offsetHeight; return performance.now() }") - began
        after = page.evaluate(totals)
        assert [float(total) for total in after if total] == expected
        assert set(after[-N_STUDENTS // 10 :]) == {""}
        assert page.locator("th[aria-sort]", has_text="Total").get_attribute("aria-sort") == order
        assert page.locator("#said").inner_text() == f"Sorted by Total, {order}."
        assert milliseconds < 3000  # about 150 on a quiet machine
    names = page.locator(".heat tbody th").all_inner_texts()
    page.get_by_role("button", name="Student").first.press("Enter")
    assert page.locator(".heat tbody th").all_inner_texts() == sorted(names)
    assert watched.errors == watched.strangers == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_passes_axe(chromium, small, scheme):
    watched = opened(chromium, small, color_scheme=scheme)
    assert violations(watched.page, "body") == []
    assert watched.errors == watched.strangers == []
    watched.page.context.close()


@pytest.mark.parametrize("width", [320, 640])
def test_the_page_fits_a_narrow_window_and_one_at_200_percent(chromium, small, width):
    page = opened(chromium, small, viewport={"width": width, "height": 500}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_what_students_wrote_is_text_and_stays_text(chromium, small):
    watched = opened(chromium, small)
    page = watched.page
    assert page.title() == "class, gmm: report"
    assert page.locator("img, iframe, main script").count() == 0
    text = page.locator("body").inner_text()
    assert TAG in text
    assert "<script>" in text
    assert "{{ 7*7 }}" in text
    assert "\\u202eada" in text
    assert "\u202e" not in text
    assert watched.errors == watched.strangers == []
    page.context.close()


def test_the_policy_lets_nothing_else_run_or_load(chromium, small):
    watched = opened(chromium, small)
    page = watched.page
    failures = []
    page.on("requestfailed", lambda request: failures.append((request.url, request.failure)))
    page.evaluate("""() => {
        const script = document.createElement('script'); script.textContent = 'window.owned = 1';
        const image = document.createElement('img'); image.src = 'http://192.0.2.1/x.png';
        document.body.append(script, image);
        document.body.insertAdjacentHTML('beforeend', '<p id="p" style="color: red" onclick="window.owned = 1">x</p>');
        document.getElementById('p').click();
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.owned") is None
    assert page.locator("#p").evaluate("(node) => getComputedStyle(node).color") != "rgb(255, 0, 0)"
    assert failures == [("http://192.0.2.1/x.png", "csp")]
    assert any("Content Security Policy" in error for error in watched.errors)
    page.context.close()


def test_printed_all_rows_are_on_paper(chromium, small):
    page = opened(chromium, small, color_scheme="dark").page
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator(".tall").evaluate("(node) => getComputedStyle(node).overflow") == "visible"
    assert page.locator("body").evaluate("(node) => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.context.close()


def test_a_class_without_anybody_has_a_page(chromium, tmp_path):
    assignment = new_class(tmp_path / "class")
    writing.write(assignment, tmp_path / "out")
    page = opened(chromium, tmp_path / "out" / "report.html").page
    for words in ("There are no students yet", "Nobody has a total yet", "no earlier run", "None so far"):
        assert page.get_by_text(words).count() == 1
    assert violations(page, "body") == []
    page.context.close()
