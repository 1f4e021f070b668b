"""`gmmlearn class collect`: the sum, the attempt that counts, times, and that a hand-in is there as a whole."""

import fcntl
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gmmlearn.grading.classroom import submitted
from gmmlearn.grading.classroom.assignment import Assignment

from ..archives import tarred, zipped
from ..collecting_class import CollectingClass

RIGHT = "def assign(responsibilities):\n    return responsibilities.argmax(axis=1)\n"
WRONG = "def assign(responsibilities):\n    return responsibilities.argmin(axis=1)\n"


def hand_in(text: str, **options: object) -> bytes:
    return zipped({"gmmlearn/e_step.py": text}, **options)


def attempts(**texts: str) -> bytes:
    """Attempts of ada on Blackboard, by day and hour of November 2024."""
    return zipped(
        {f"gmm_ada_attempt_2024-11-{time[1:3]}-{time[3:5]}-00-00_x.zip": hand_in(text) for time, text in texts.items()}
    )


def snapshot(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_the_sum_adds_up_with_a_line_for_each_that_is_not_collected(new_class):
    new_class.roster("ada", "bob", "cy", "dan,Dan Doe,9")
    new_class.download("ada.zip", hand_in(RIGHT))
    new_class.download("dan_doe.zip", hand_in(RIGHT))
    new_class.download("bob.zip", b"no zip")
    new_class.download("mallory.zip", hand_in(RIGHT))
    new_class.collect()
    assert new_class.students() == {"ada", "dan"}
    assert "4 in the roster: 2 collected, 1 missing, 1 unread." in new_class.said
    assert "bob: unread: downloads: bob.zip: It cannot be opened" in new_class.said
    assert "cy: missing: Nothing was handed in." in new_class.said
    assert "downloads: mallory.zip: not in the roster: Nobody there has this name or id." in new_class.said
    assert "Not collected: 1 missing, 1 unread, 1 not in the roster" in new_class.said
    assert new_class.status == 3


def test_all_collected_is_status_0(new_class):
    new_class.download("ada.zip", hand_in(RIGHT))
    assert new_class.collect().status == 0


def test_modules_that_will_not_be_read_are_said_when_they_come_in(new_class):
    helpers = {f"gmmlearn/helper_{number:02}.py": "x = 1" for number in range(50)}
    new_class.download("ada.zip", zipped({"gmmlearn/e_step.py": RIGHT, **helpers}))
    new_class.download("bob.zip", hand_in(RIGHT))
    new_class.collect()
    named = "Left out: gmmlearn/helper_47.py, gmmlearn/helper_48.py, gmmlearn/helper_49.py."
    assert f"ada: Only 48 modules are read, chapters first. {named}" in new_class.said
    assert "bob: Only" not in new_class.said
    assert new_class.status == 0


def test_another_file_can_be_the_roster(new_class):
    new_class.download("Ada Lovelace.zip", hand_in(RIGHT))
    (new_class.folder / "people.csv").write_text("id,name\na1,Ada Lovelace\n")
    assert new_class.collect("--roster", str(new_class.folder / "people.csv")).students() == {"a1"}


def test_who_was_collected_before_is_not_missing(new_class):
    new_class.roster("ada")
    path = new_class.download("ada.zip", hand_in(RIGHT))
    new_class.collect()
    path.unlink()
    assert "1 in the roster: 1 collected, 0 missing, 0 unread." in new_class.collect().said


def test_the_same_downloads_change_nothing_and_this_is_said(new_class):
    new_class.download("ada.zip", hand_in(RIGHT))
    new_class.download("bob.zip", hand_in(WRONG))
    assert "2 of them new or changed." in new_class.collect().said
    before = snapshot(new_class.folder / "submitted")
    (new_class.submitted("ada") / "04_e_step.ipynb").write_text("as grading puts it in")
    new_class.collect()
    assert "2 found: 2 collected, 0 unread.\nNothing has changed.\n" in new_class.said
    after = snapshot(new_class.folder / "submitted")
    assert {path: after[path] for path in before if path.is_file()} == {
        path: state for path, state in before.items() if path.is_file()
    }


def test_a_newer_hand_in_replaces_the_one_before_and_an_older_one_does_not(new_class):
    for day, text, expected in ((2, WRONG, WRONG), (3, RIGHT, RIGHT), (1, "x = 1", RIGHT)):
        new_class.download("ada.zip", hand_in(text, time=(2024, 11, day, 12, 0, 0)))
        new_class.collect()
        assert new_class.files("ada")["gmmlearn/e_step.py"].decode() == expected
    assert new_class.files("ada")["timestamp.txt"] == b"2024-11-03 12:00:00.000000 UTC"


def test_a_module_that_is_no_longer_handed_in_goes(new_class):
    new_class.download("ada.zip", zipped({"gmmlearn/e_step.py": RIGHT, "gmmlearn/m_step.py": "x = 1"}))
    new_class.collect()
    new_class.download("ada.zip", hand_in(RIGHT))
    assert "gmmlearn/m_step.py" not in new_class.collect().files("ada")


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [("first", "1"), ("last", "4"), ("last-before-deadline", "3")],
)
def test_which_attempt_counts_can_be_chosen(new_class, attempt, expected):
    path = new_class.download("x.zip", attempts(d0110="# 1", d0210="# 2", d0310="# 3", d0510="# 4"))
    new_class.collect(path, "--attempt", attempt, "--deadline", "2024-11-03 10:00")
    assert new_class.files("ada")["gmmlearn/e_step.py"].decode() == f"# {expected}"
    assert f"Of 4 hand-ins, x.zip: gmm_ada_attempt_2024-11-0{'5' if expected == '4' else expected}" in new_class.said


def test_the_best_before_the_deadline_is_found_by_judging(tmp_path):
    course = CollectingClass(tmp_path, chapters=range(4, 5))
    path = course.download("x.zip", attempts(d0110=RIGHT, d0210=WRONG, d0510=f"{RIGHT}# late"))
    course.collect(path, "--attempt", "best-before-deadline", "--deadline", "2024-11-04 00:00")
    assert course.files("ada")["gmmlearn/e_step.py"].decode() == RIGHT
    worth = Assignment.find(course.folder).points["assign"]
    assert f"The hand-ins before the deadline have {worth:g}, 0 points." in course.line("ada")


def test_the_same_again_after_the_deadline_is_not_late(new_class):
    path = new_class.download("x.zip", attempts(d0110=WRONG, d0210=RIGHT, d0510=RIGHT))
    assert new_class.collect(path).files("ada")["timestamp.txt"] == b"2024-11-02 10:00:00.000000 UTC"
    path = new_class.download("x.zip", attempts(d0110=RIGHT, d0210=WRONG, d0510=RIGHT))
    assert new_class.collect(path).files("ada")["timestamp.txt"] == b"2024-11-05 10:00:00.000000 UTC"


def test_the_last_attempt_counts_even_if_it_cannot_be_read(new_class):
    files = {
        "gmm_ada_attempt_2024-11-01-10-00-00_x.zip": hand_in(RIGHT),
        "gmm_ada_attempt_2024-11-02-10-00-00_x.zip": "",
    }
    new_class.download("x.zip", zipped(files))
    new_class.collect()
    assert "ada: unread: x.zip: gmm_ada_attempt_2024-11-02-10-00-00_x.zip: It is a file of 0 bytes." in new_class.said
    assert new_class.students() == set()


def test_two_archives_of_a_student_are_told_apart_by_their_times(new_class):
    new_class.download("ada.zip", hand_in(RIGHT, time=(2024, 11, 2, 10, 0, 0)))
    new_class.download("ada.tar.gz", tarred({"gmmlearn/e_step.py": WRONG}, "w:gz", mtime=1730455200))  # a day before
    assert new_class.collect().files("ada")["gmmlearn/e_step.py"].decode() == RIGHT


def test_two_hand_ins_without_times_are_not_guessed(new_class):
    for name, text in (("ada", RIGHT), ("Ada Lovelace", WRONG)):
        new_class.download(f"{name}/gmmlearn/e_step.py", text.encode())
    new_class.roster("ada,Ada Lovelace")
    new_class.collect()
    assert "downloads: Ada Lovelace and downloads: ada differ, and nothing says which is newer." in new_class.line(
        "ada"
    )
    assert new_class.status == 3


def test_a_class_that_was_downloaded_twice_counts_as_it_was_last(new_class):
    for day, text in ((1, WRONG), (2, RIGHT)):
        files = {"Ada Lovelace_1_assignsubmission_file_/e_step.py": text}
        new_class.download(f"gmm ({day}).zip", zipped(files, time=(2024, 11, day, 10, 0, 0)))
    new_class.collect()
    assert new_class.files("Ada Lovelace") == {"gmmlearn/e_step.py": RIGHT.encode()}


def test_times_and_deadlines_are_read_in_the_zone_of_the_class(new_class):
    with open(new_class.folder / "nbgrader_config.py", "a") as settings:
        settings.write('c.NbGraderAPI.timezone = "Europe/Berlin"\n')
    new_class.download("x.zip", attempts(d0110=WRONG, d0210=RIGHT))
    new_class.collect("--deadline", "2024-11-02 09:59")
    assert new_class.files("ada")["timestamp.txt"] == b"2024-11-01 09:00:00.000000 UTC"
    new_class.collect("--deadline", "2024-11-02 09:59 UTC")
    assert new_class.files("ada")["timestamp.txt"] == b"2024-11-02 09:00:00.000000 UTC"


def test_an_extension_is_a_deadline_of_ones_own(new_class):
    (new_class.folder / "extensions.csv").write_text("id,date,reason\nada,2024-11-04,ill\n")
    new_class.download("x.zip", attempts(d0110=WRONG, d0310=RIGHT))
    new_class.collect("--deadline", "2024-11-02")
    assert new_class.files("ada")["gmmlearn/e_step.py"].decode() == RIGHT


def test_what_canvas_marks_as_late_is_late(new_class):
    new_class.download("x.zip", zipped({"doejane_LATE_1_2_x.zip": hand_in(RIGHT, time=(2024, 11, 1, 10, 0, 0))}))
    new_class.collect("--deadline", "2024-11-01 12:00")
    assert new_class.files("doejane")["timestamp.txt"] == b"2024-11-01 12:00:01.000000 UTC"
    assert "doejane: It is marked as late." in new_class.said


def test_a_clock_that_is_ahead_gives_no_time(new_class):
    new_class.download("ada.zip", hand_in(RIGHT, time=(2099, 1, 1, 0, 0, 0)))
    assert "timestamp.txt" not in new_class.collect().files("ada")


def test_what_was_collected_is_the_instructors_alone(new_class):
    new_class.download("ada.zip", hand_in(RIGHT))
    new_class.download("eve.zip", zipped({"gmmlearn/e_step.py": RIGHT}, stat.S_IFREG | 0o777))
    open_to_all = new_class.submitted("bob") / "gmmlearn"
    open_to_all.mkdir(parents=True)
    for path in (open_to_all, open_to_all.parent):
        path.chmod(0o777)
    umask = os.umask(0)
    try:
        new_class.collect()
    finally:
        os.umask(umask)
    folder = new_class.folder / "submitted"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_two_runs_at_once_do_not_mix(new_class):
    new_class.download("ada.zip", hand_in(RIGHT))
    with open(new_class.folder / ".collecting", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        new_class.collect()
    assert "is being collected by another process" in new_class.said
    assert new_class.status == 2


def test_a_hand_in_that_cannot_be_written_is_said_and_the_others_come_in(new_class):
    new_class.download("ada.zip", hand_in(RIGHT))
    new_class.download("bob.zip", hand_in(RIGHT))
    (new_class.folder / "submitted").mkdir()
    (new_class.folder / "submitted" / "ada").write_text("a file in the way")
    new_class.collect()
    assert "ada: unread: " in new_class.said
    assert "ada/gmm cannot be written: File exists." in new_class.said
    assert "2 found: 1 collected, 1 unread." in new_class.said


WRITER = """
import sys
from pathlib import Path
from gmmlearn.grading.classroom import submitted
folder, number = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    number += 1
    files = {f"gmmlearn/m{part}.py": b"%d" % number for part in range(50)}
    submitted.write(folder, files, None, "test", keep_newer=False)
"""


def test_a_kill_at_any_moment_leaves_one_hand_in_whole(tmp_path):
    folder = tmp_path / "submitted" / "ada" / "gmm"
    submitted.write(folder, {f"gmmlearn/m{part}.py": b"0" for part in range(50)}, None, "test", keep_newer=False)
    draw, texts = random.Random(0), set()
    for _ in range(12):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(draw.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
        files = sorted((folder / "gmmlearn").iterdir())
        assert len(files) == 50
        assert len({file.read_bytes() for file in files}) == 1
        texts.add(files[0].read_bytes())
    assert len(texts) > 1, "some were killed after they had written"
    assert submitted.write(folder, {"gmmlearn/em.py": b"1"}, None, "test", keep_newer=False)
    assert [path.name for path in folder.parent.iterdir()] == ["gmm"]


def test_what_a_killed_run_has_left_is_gone_after_the_next(new_class):
    """A draft that was exchanged and not removed, a hand-in that was put aside, and temporary files."""
    new_class.download("ada.zip", zipped({"gmm/gmmlearn/e_step.py": "x = 1\n"}))
    new_class.download("bob.zip", zipped({"gmm/gmmlearn/e_step.py": "x = 2\n"}))
    assert new_class.collect().status == 0
    before = new_class.files("ada")
    (new_class.submitted("ada").with_name(".gmm.collecting") / "gmmlearn").mkdir(parents=True)
    new_class.submitted("bob").rename(new_class.submitted("bob").with_name(".gmm.collecting.before"))
    (new_class.folder / ".collecting-files" / "tmp1").mkdir(parents=True)
    (new_class.downloads / "bob.zip").unlink()
    assert new_class.collect().status == 0
    assert new_class.files("ada") == before
    assert new_class.files("bob") == {"gmmlearn/e_step.py": b"x = 2\n"} | {
        name: data for name, data in new_class.files("bob").items() if name != "gmmlearn/e_step.py"
    }
    left = [path for path in new_class.folder.rglob(".*") if path.name.startswith((".gmm.", ".collecting-"))]
    assert left == []
