"""The instructor's page: its commands run in the order in which they stand there, and do what it says."""

import csv
import grp
import os
import re
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from . import forked_command
from .course_folder import ROOT

PAGE = ROOT / "gmmlearn" / "grading" / "INSTRUCTORS.md"
NOT_RUN = {
    "git clone": "the network",
    "make setup": "makes the environment that the tests run in",
    "source ": "the same",
    "jupyter lab": "a server; the pages are tested in tests/grading/nbgrader",
    "gmmlearn class collect": "needs downloads, and has tests of its own",
    "gmmlearn class grade . --scheduler": "needs a scheduler, and has tests of its own",
}
SHORTER = {"--chapters 1-3": "--chapters 4", "--chapters 4-7": "--chapters 5"}
"""Chapters that are quickly judged; the second part hands out solutions of the first one, as on the page."""
RIGHT = (ROOT / "solutions" / "e_step.py").read_text()
STUB = (ROOT / "gmmlearn" / "e_step.py").read_text()
ATTEMPTS = [
    ("ada", "2026-01-14 10:00", STUB),
    ("ada", "2026-01-18 10:00", RIGHT),  # in time by her extension
    ("bob", "2026-01-14 10:00", RIGHT),
    ("bob", "2026-01-16 10:00", STUB),  # an accident
    ("eve", "2026-01-15 17:45", RIGHT),  # 45 minutes after 18:00 in Berlin
]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(), re.S | re.M)


def reason(command: str) -> str | None:
    """Why a command is not run here."""
    return next((why for begin, why in NOT_RUN.items() if command.startswith(begin)), None)


class Played:
    """The page, played through in a folder: what each command said, and the class that came of it."""

    def __init__(self, folder: Path) -> None:
        self.cwd, self.exchange, self.said = folder, folder / "exchange", {}
        self.group = grp.getgrgid(os.getgid()).gr_name
        own = {f"JUPYTER_{kind}_DIR": str(folder / "jupyter") for kind in ("CONFIG", "DATA")}
        self.environment = os.environ | own | {"PATH": "/usr/bin:/bin"}
        for command in "".join(blocks("sh")).splitlines():
            if command.startswith("cd "):
                self.cwd = self.cwd / command.removeprefix("cd ")
                self.write_lists()
            elif reason(command) is None:
                if command.startswith("nbgrader collect"):
                    self.hand_in(ATTEMPTS)
                self.said[command] = self.run(command)

    def run(self, command: str, code: int = 0) -> str:
        for name, here in {
            **SHORTER, "/srv/nbgrader/exchange": str(self.exchange), "ta-stats101": self.group
        }.items():  # fmt: skip
            command = command.replace(name, here)
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        assert words[0] in ("gmmlearn", "nbgrader")
        status, said = forked_command.run(*words, cwd=self.cwd, environment=self.environment)
        assert status == code, f"{command} ended with {status}:\n{said[-3000:]}"
        return said

    def write_lists(self) -> None:
        """The files that the page shows."""
        for text, name in zip(blocks("csv"), ("roster.csv", "extensions.csv"), strict=True):
            (self.cwd / name).write_text(text)
        (policy,) = [text for text in blocks("python") if "c.Lateness" in text]
        with open(self.cwd / "nbgrader_config.py", "a") as file:
            file.write(policy)

    def hand_in(self, attempts: list[tuple[str, str, str]]) -> None:
        """What `nbgrader submit` leaves in the exchange, as open as it leaves it."""
        for student, when, text in attempts:
            folder = self.exchange / "stats101" / "inbound" / f"{student}+part1+{when}:00.000000 UTC+x"
            shutil.copytree(self.cwd / "release" / "part1", folder)
            (folder / "gmmlearn" / "e_step.py").write_text(text)
            (folder / "timestamp.txt").write_text(f"{when}:00.000000 UTC")
            (folder / "submission_secret.txt").write_text(f"secret of {student}")
            folder.chmod(0o777)

    def output(self, begin: str) -> str:
        return next(text for command, text in self.said.items() if command.startswith(begin))


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Played:
    return Played(tmp_path_factory.mktemp("page"))


def test_each_command_was_run_or_has_a_reason(played):
    commands = "".join(blocks("sh")).splitlines()
    assert len(played.said) >= 14
    for begin, why in NOT_RUN.items():
        print(f"not run: {begin} ({why})")
        assert any(command.startswith(begin) for command in commands), begin


def test_every_link_to_a_section_leads_to_one():
    text = PAGE.read_text()
    titles = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^## (.+)$", text, re.M)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= titles


def test_zones_are_said(played):
    assert "Dates without a time zone are in Europe/Berlin" in played.output("gmmlearn class create")
    assert "part1 is due 2026-01-15 18:00 CET (Europe/Berlin)." in played.output("gmmlearn class due")
    assert "ada has until 2026-01-20 23:59 CET (Europe/Berlin)" in played.output("gmmlearn class due")


def test_the_attempt_that_counts_is_graded_and_lateness_costs_what_the_policy_says(played):
    """18:00 in Berlin is 17:00 UTC in winter, so eve is 45 minutes late: one day that has begun, ten percent."""
    with open(played.cwd / "grades.csv") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    got = {name: (float(row["raw_score"]), float(row["late_submission_penalty"])) for name, row in rows.items()}
    assert got == {"ada": (100, 0), "eve": (100, 10)}, "bob is forgotten by now"
    collected = played.output("nbgrader collect")
    assert "bob handed in 2 times, also late: the one of 2026-01-14 11:00 CET (Europe/Berlin) counts" in collected
    assert "bob" in played.output("gmmlearn class table")
    assert re.search(r"bob\+part1\+2026-01-14.* says that it is in time, but was written on 20", collected)


def test_feedback_in_the_exchange_can_be_read_by_its_student(played):
    pages = sorted((played.exchange / "stats101" / "feedback").glob("*.html"))
    assert len(pages) == 3
    assert {stat.S_IMODE(page.stat().st_mode) for page in pages} == {0o644}


def test_an_added_part_warns_of_the_solutions_in_it_only_while_they_are_asked_for(played):
    """The deadline of part1 is long over; without one the warning comes, see test_making."""
    assert "holds the solutions" not in played.output("gmmlearn class add")
    config = (played.cwd / "nbgrader_config.py").read_text()
    assert "part2" not in config
    assert "e_step.py" not in config


def test_a_shared_class_is_open_to_the_group_and_to_nobody_else(played):
    """Also what was made after it was shared, by commands that ran with another umask."""
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [played.cwd, *played.cwd.rglob("*")]}
    assert modes.pop(played.cwd / ".secret") == 0o640
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o2770}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o660}


def test_a_forgotten_student_is_nowhere_in_the_class(played):
    said = played.output("gmmlearn class forget")
    for place in ("submitted/bob/", "autograded/bob/", "feedback/bob/", "verdicts/part1/bob.json", "roster.csv: 1 line",
                  "grades.csv: 1 line", "gradebook.db: the student, with part1"):  # fmt: skip
        assert place in said, place
    assert "bob+part1+2026-01-16" in said.partition("Not removed")[2], "the exchange is named"
    word = re.compile(rb"\bbob\b")
    found = [path for path in played.cwd.rglob("*") if path.is_file() and word.search(path.read_bytes())]
    assert [path for path in found if path.suffix != ".ipynb" and "gmmlearn" not in path.parts] == []
    with sqlite3.connect(played.cwd / "gradebook.db") as database:
        assert database.execute("select id from student order by id").fetchall() == [("ada",), ("eve",)]
    assert not list(played.cwd.rglob("*bob*"))


def test_the_doctor_finds_what_is_wrong_now(played):
    """eve hands in without being in the roster."""
    said = played.run("gmmlearn class doctor .", code=1)
    wrong = [line for line in said.splitlines() if line.startswith("✗")]
    assert wrong == ["✗ 1 in submitted/ are not in roster.csv: eve."]
    assert "✓ part1 is due 2026-01-15 18:00 CET (Europe/Berlin); extensions: 1." in said


def test_a_moved_deadline_reaches_the_gradebook_with_the_next_run(played):
    played.run("gmmlearn class due . 2026-01-16 --assignment part1")
    assert "2 graded now, 0 unchanged" in played.run("gmmlearn class grade . --assignment part1")
    with sqlite3.connect(played.cwd / "gradebook.db") as database:
        assert not any(
            penalty for (penalty,) in database.execute("select late_submission_penalty from submitted_notebook")
        )


def test_the_best_attempt_counts_where_the_instructor_says_so(played):
    """Each is judged when it is collected; the second one has no function."""
    played.hand_in([("zoe", "2026-01-12 10:00", RIGHT), ("zoe", "2026-01-13 10:00", STUB)])
    with open(played.cwd / "nbgrader_config.py", "a") as file:
        file.write('c.Collect.attempt = "best-before-deadline"\n')
    said = played.run("nbgrader collect part1 --student=zoe")
    collected = played.cwd / "submitted" / "zoe" / "part1"
    assert (collected / "gmmlearn" / "e_step.py").read_text() == RIGHT, said
    assert (collected / "timestamp.txt").read_text().startswith("2026-01-12")
