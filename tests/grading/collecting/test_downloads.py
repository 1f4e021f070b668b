"""Downloads as learning management systems name them: whose each hand-in is, and when it came."""

import subprocess

import pytest

from ..archives import zipped

WORK = {"gmmlearn/e_step.py": "x = 1\n"}
HAND_IN = zipped(WORK)
ROSTER = (
    "ada,Ada Lovelace,12345",
    'cb,"Babbage, Charles",',
    "jm,Jürgen Müller,777",
    "bob,Bob O'Brien,",
    "eve,Eve Smith-Jones,55509",
)


def whose(text: str) -> str:
    """Who is written in the module that was handed in."""
    return text.removeprefix("# ").strip()


def by(student: str) -> dict[str, str]:
    return {"gmmlearn/e_step.py": f"# {student}\n"}


MOODLE = {
    "Ada Lovelace_55501_assignsubmission_file_/ada.zip": zipped(by("ada")),
    "Charles Babbage_55502_assignsubmission_file/GMMlearn/e_step.py": "# cb",
    "Mu\u0308ller Ju\u0308rgen_55503_assignsubmission_file_gmm.zip": zipped(by("jm")),
    "Lab 2-Bob O'Brien_55504_assignsubmission_file_/work/gmmlearn/e_step.py": "# bob",
    "Participant_55509_assignsubmission_file_/e_step.py": "# eve",
    "Ada Lovelace_55501_assignsubmission_onlinetext_/onlinetext.html": "<p>done</p>",
}
CANVAS = {
    "lovelaceada_LATE_12345_678901_gmm-1.zip": zipped(by("ada")),
    "babbagecharles_12346_678902_e_step-2.py": "# cb",
    "babbagecharles_12346_678903_m_step.py": "# cb",
    "müllerjürgen_777_678904_my_home_work.zip": zipped(by("jm")),
    "obrienbob_12348_678905_gmm.zip": zipped(by("bob")),
    "smithjoneseve_12349_678906_gmm.zip": zipped(by("eve")),
    "smithjoneseve_12349_text.html": "<p>done</p>",
}
BLACKBOARD = {
    "my_gmm_ada_attempt_2024-11-02-13-05-11_x.zip": zipped(by("nobody yet")),
    "my_gmm_ada_attempt_2024-11-02-13-05-11.txt": "Name: Ada Lovelace (ada)\r\nAssignment: my_gmm\r\n",
    "my_gmm_ada_attempt_2024-11-03-00-30-00_x.zip": zipped(by("ada")),
    "my_gmm_u1_9_attempt_2024-11-02-13-05-11_e_step.py": "# cb",
    "my_gmm_u1_9_attempt_2024-11-02-13-05-11.txt": "Name: Charles Babbage (u1_9)\nAssignment: my_gmm\n",
    "my_gmm_jm_attempt_2024-11-02-13-05-11_gmmlearn.zip": zipped(by("jm")),
    "my_gmm_bob_attempt_2024-11-02-13-05-11_gmmlearn.zip": zipped(by("bob")),
    "my_gmm_eve_attempt_2024-11-02-13-05-11_gmmlearn.zip": zipped(by("eve")),
}
PEOPLE = {
    "Ada Lovelace.zip": zipped(by("ada")),
    "babbage_charles/gmm/gmmlearn/e_step.py": "# cb",
    "gmm_777.zip": zipped(by("jm")),
    "O’Brien, Bob/gmm.zip": zipped(by("bob")),
    "hand-in EVE (1).zip": zipped(by("eve")),
}
WITH_TOP = {f"week 4/{name}": data for name, data in PEOPLE.items()}


@pytest.mark.parametrize("files", [MOODLE, CANVAS, BLACKBOARD, PEOPLE, WITH_TOP], ids="mcbpw")
@pytest.mark.parametrize("how", ["archive", "in a folder", "unpacked"])
def test_each_hand_in_goes_to_its_student(new_class, files, how):
    if how == "unpacked":
        for name, data in files.items():
            new_class.download(name, data if isinstance(data, bytes) else data.encode())
        if files is WITH_TOP:
            new_class.downloads /= "week 4"
    new_class.roster(*ROSTER)
    path = new_class.downloads
    if how != "unpacked":
        path = new_class.download("STATS101-gmm-12345.zip", zipped(files))
    new_class.collect(path if how == "archive" else new_class.downloads)
    assert "5 in the roster: 5 collected, 0 missing, 0 unread." in new_class.said
    assert new_class.status == 0
    for student in ("ada", "cb", "jm", "bob", "eve"):
        assert whose(new_class.files(student)["gmmlearn/e_step.py"].decode()) == student


def test_all_files_of_one_student_on_canvas_are_one_hand_in(new_class):
    new_class.download("x.zip", zipped(CANVAS))
    assert new_class.collect().files("babbagecharles").keys() == {"gmmlearn/e_step.py", "gmmlearn/m_step.py"}


def test_without_a_roster_students_are_called_as_the_download_calls_them(new_class):
    new_class.download("moodle.zip", zipped(MOODLE | {"Bob Roe_9_assignsubmission_file_/em.py": "x"}))
    new_class.download("canvas.zip", zipped({"anon_4gXq9_1_gmm.zip": HAND_IN, "doejane_1_2_gmm.zip": HAND_IN}))
    new_class.download("blackboard.zip", zipped({"gmm_u1_attempt_2024-11-02-13-05-11_gmm.zip": HAND_IN}))
    new_class.collect()
    moodle = {"Ada Lovelace", "Charles Babbage", "Müller Jürgen", "Lab 2-Bob O_Brien", "Participant 55509", "Bob Roe"}
    assert new_class.students() == moodle | {"anon_4gXq9", "doejane", "u1"}
    assert "9 found: 9 collected, 0 unread." in new_class.said


def test_two_people_of_one_name_are_not_made_one(new_class):
    twice = {f"Ada Lovelace_{number}_assignsubmission_file_/e_step.py": f"x = {number}" for number in (1, 2)}
    new_class.download("x.zip", zipped(twice))
    new_class.collect()
    assert "Ada Lovelace: unread: Several people are called so; a roster can tell them apart" in new_class.said
    assert (new_class.status, new_class.students()) == (3, set())


def test_a_number_of_moodle_that_is_somebody_elses_gives_no_one_a_hand_in(new_class):
    new_class.roster("ada,Ada Lovelace,12345", "eve,Eve Smith,9")
    strangers = {
        "Bob Roe_12345_assignsubmission_file_/e_step.py": "x",
        "Eve Smith_12345_assignsubmission_file_/em.py": "x",
    }
    new_class.download("x.zip", zipped(strangers))
    new_class.collect()
    assert (
        "Bob Roe_12345_assignsubmission_file_: not in the roster: Nobody there has this name or id." in new_class.said
    )
    assert "not in the roster: It could be of ada and eve." in new_class.said
    assert "2 in the roster: 0 collected, 2 missing, 0 unread." in new_class.said


IDS = ("2026-12345", "2026-67890", "group-1", "group 2", "jane-doe-42")


@pytest.mark.parametrize("with_roster", [True, False])
def test_an_id_that_ends_in_a_number_is_no_second_copy(new_class, with_roster):
    if with_roster:
        new_class.roster(*(f"{id}," for id in IDS))
    for id in IDS:
        new_class.download(f"{id}.zip", zipped(by(id)))
    new_class.collect()
    assert {id: whose(new_class.files(id)["gmmlearn/e_step.py"].decode()) for id in IDS} == {id: id for id in IDS}
    assert new_class.status == 0


def test_a_copy_is_its_students_where_a_roster_has_no_other(new_class):
    new_class.roster("ada,Ada Lovelace", "m-1,Max", "m,Mia")
    for name, student in {"ada-1": "ada", "m-1": "max", "m": "mia"}.items():
        new_class.download(f"{name}.zip", zipped(by(student)))
    new_class.collect()
    found = [whose(new_class.files(id)["gmmlearn/e_step.py"].decode()) for id in ("ada", "m-1", "m")]
    assert found == ["ada", "max", "mia"]


@pytest.mark.parametrize("with_roster", [True, False])
def test_a_name_is_the_same_with_unseen_signs_of_direction(new_class, with_roster):
    if with_roster:
        new_class.roster("مريم,")
    new_class.download("\u200f\u202bمريم\u202c.zip", HAND_IN)
    assert new_class.collect().students() == {"مريم"}


def test_a_zip_of_one_student_is_no_class(new_class):
    path = new_class.download("ada.zip", zipped(WORK | {"04_e_step.ipynb": "{}"}))
    assert new_class.collect(path).students() == {"ada"}


def test_a_zip_with_a_folder_for_each_is_a_class(new_class):
    path = new_class.download("all.zip", zipped({"all/ada/e_step.py": "x", "all/bob.zip": HAND_IN}))
    assert new_class.collect(path).students() == {"ada", "bob"}


def test_repositories_of_github_classroom_come_with_the_time_of_their_commit(new_class):
    folder = new_class.downloads / "part-1-submissions"
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false"]
    for user in ("ada-l", "bob"):
        repository = folder / f"part-1-{user}"
        (repository / "gmmlearn").mkdir(parents=True)
        (repository / "gmmlearn" / "e_step.py").write_text(f"# {user}")
        run = {
            "cwd": repository,
            "check": True,
            "env": {"GIT_COMMITTER_DATE": "2025-03-01T12:00:00+02:00", "PATH": "/usr/bin:/bin"},
        }
        subprocess.run([*git, "init", "--quiet"], **run)
        subprocess.run([*git, "add", "."], **run)
        subprocess.run([*git, "commit", "--quiet", "-m", "x"], **run)
    program = folder.parent / "ran"
    subprocess.run([*git, "config", "core.fsmonitor", f"touch {program}"], cwd=repository, check=True)
    new_class.collect(folder)
    assert new_class.students() == {"ada-l", "bob"}
    assert new_class.files("ada-l")["timestamp.txt"] == b"2025-03-01 10:00:00.000000 UTC"
    assert not program.exists()


def test_brightspace_says_when_an_attempt_came(new_class):
    name = "13394-80551 - Ada Lovelace - Nov {}, 2025 {}"
    new_class.roster(*ROSTER)
    new_class.download("d2l.zip", zipped({
        "index.html": "<html>",
        name.format(2, "1205 AM") + "/gmm.zip": zipped(by("first")),
        name.format(2, "905 PM") + "/gmm.zip": zipped(by("last")),
        "13395-80551 - 777 - Jürgen Müller - Nov 3, 2025 905 AM - gmm - final.zip": zipped(by("jm")),
    }))  # fmt: skip
    new_class.collect()
    assert whose(new_class.files("ada")["gmmlearn/e_step.py"].decode()) == "last"
    assert (new_class.submitted("ada") / "timestamp.txt").read_text().startswith("2025-11-02 21:05:00")
    assert (new_class.submitted("jm") / "timestamp.txt").read_text().startswith("2025-11-03 09:05:00")


OF_THE_SYSTEM = {
    "index.html": "Brightspace", "grades.csv": "Sakai", "grades.xls": "Sakai", "status.csv": "ILIAS",
    "status.xlsx": "ILIAS", "README.md": "ILIAS",
}  # fmt: skip


@pytest.mark.parametrize("with_roster", [True, False])
@pytest.mark.parametrize("above", ["", "Part 1/", "Part 1/Abgaben/", "Student Work/Submitted files/Part 1/"])
def test_what_a_system_puts_beside_or_above_the_hand_ins_is_nobodys(new_class, above, with_roster):
    if with_roster:
        new_class.roster("ada,Ada Lovelace,", "cb,Charles Babbage,")
    files = dict.fromkeys(OF_THE_SYSTEM, "x") | {"Lovelace, Ada/gmm.zip": HAND_IN, "Babbage, Charles/gmm.zip": HAND_IN}
    download = new_class.download("Part 1.zip", zipped({above + name: text for name, text in files.items()}))
    new_class.collect(download)
    assert new_class.status == 0, new_class.said
    assert len(new_class.students()) == 2


def test_a_download_in_which_nobody_is_known_is_said_to_be_one(new_class):
    new_class.roster(*ROSTER)
    new_class.download("x.zip", zipped({"x/submission_101/gmm.zip": HAND_IN, "x/submission_102/gmm.zip": HAND_IN}))
    new_class.collect()
    assert "x.zip: not in the roster: Nobody there has this name or id, nor that of what is in it: submission_101," in (
        new_class.said
    )


def test_a_file_that_is_nobodys_is_said(new_class):
    new_class.download("e_step.py", b"x = 1")
    new_class.download("ada.zip", HAND_IN)
    new_class.collect()
    assert "downloads: e_step.py is not named after a student." in new_class.said
    assert (new_class.status, new_class.students()) == (3, {"ada"})


GRADESCOPE = {
    "submission_metadata.yml": """\
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '12345'
    :email: ada@uni.edu
  :created_at: 2025-11-02 10:05:00.123456000 Z
  :results:
    :tests:
    - :name: "x"
      :output: |
        submission_102:
          :submitters:
          - :name: Ada Lovelace
  :leaderboard:
  - :name: Eve Smith-Jones
    :email: eve@uni.edu
submission_102:
  :submitters:
  - :name: Bob O'Brien
    :sid:
    :email:
  - :name: "J\\xFCrgen M\\xFCller"
    :sid: '777'
    :email: jm@uni.edu
  :created_at: 2025-11-02 10:05:00 -08:00
""",
    "submission_101/gmmlearn/e_step.py": "# ada",
    "submission_102/gmm.zip": zipped(by("both")),
}
TEAMS_OF_ILIAS = {
    "Team 7/Lovelace_Ada_ada_301/gmm.zip": zipped(by("ada")),
    "Team 8/O_Brien_Bob_u12_302/notes.pdf": "x",
    "Team 8/Mueller_Juergen_u13_303/gmmlearn/e_step.py": "# both",
    "status.xlsx": "x",
}


@pytest.mark.parametrize("above", ["", "Sheet 4/Abgaben/"])
@pytest.mark.parametrize("files", [GRADESCOPE, TEAMS_OF_ILIAS], ids=["Gradescope", "ILIAS"])
@pytest.mark.parametrize("how", ["archive", "in a folder"])
def test_what_a_group_handed_in_is_that_of_each_in_it(new_class, files, above, how):
    new_class.roster(*ROSTER)
    path = new_class.download("export.zip", zipped({above + name: text for name, text in files.items()}))
    new_class.collect(path if how == "archive" else new_class.downloads)
    assert "5 in the roster: 3 collected, 2 missing, 0 unread." in new_class.said
    found = {id: whose(new_class.files(id)["gmmlearn/e_step.py"].decode()) for id in ("ada", "bob", "jm")}
    assert found == {"ada": "ada", "bob": "both", "jm": "both"}
    if files is GRADESCOPE:
        assert (new_class.submitted("bob") / "timestamp.txt").read_text() == "2025-11-02 18:05:00.000000 UTC"


def test_without_a_roster_people_of_gradescope_are_called_by_their_number_or_address(new_class):
    new_class.download("export.zip", zipped(GRADESCOPE))
    new_class.collect()
    assert new_class.students() == {"12345", "Bob O_Brien", "777"}
    assert new_class.status == 0


def test_members_of_a_team_whose_files_differ_are_not_guessed_between(new_class):
    new_class.roster(*ROSTER)
    both = {f"Team 7/{name}/gmmlearn/e_step.py": name for name in ("Lovelace_Ada_ada_301", "Roe_Bob_bob_302")}
    new_class.download("x.zip", zipped(both))
    new_class.collect()
    for student in ("ada", "bob"):
        assert "Both Lovelace_Ada_ada_301/gmmlearn/ and Roe_Bob_bob_302/gmmlearn/ hold" in new_class.line(student)


def versions(*numbers: int, assignment: str = "Part 1") -> dict[str, bytes | str]:
    """As Teams keeps what was turned in again and again."""
    files = {f"Ada Lovelace/{assignment}/Version {number}/gmm.zip": zipped(by(str(number))) for number in numbers}
    return files | {"Babbage, Charles/Part 1/Version 1/e_step.py": "# cb"}


@pytest.mark.parametrize("with_roster", [True, False])
@pytest.mark.parametrize("above", ["", "Student Work/"])
def test_of_several_versions_of_teams_the_last_one_counts_and_drafts_do_not(new_class, above, with_roster):
    if with_roster:
        new_class.roster(*ROSTER)
    files = {f"{above}Submitted files/{name}": data for name, data in versions(1, 2, 9, 10).items()}
    files[f"{above}Working files/Ada Lovelace/Part 1/gmm.zip"] = zipped(by("a draft"))
    new_class.collect(new_class.download("OneDrive_1.zip", zipped(files)))
    ada, cb = ("ada", "cb") if with_roster else ("Ada Lovelace", "Babbage_ Charles")
    assert whose(new_class.files(ada)["gmmlearn/e_step.py"].decode()) == "10"
    assert "Of 4 hand-ins" in new_class.line(ada)
    assert "Version 10 is taken (last-before-deadline)" in new_class.line(ada)
    assert new_class.students() == {ada, cb}


SCHOOLOGY = {
    "Lovelace, Ada - s486002/Revision 1 - On time/gmm.zip": zipped(by("an older one")),
    "Lovelace, Ada - s486002/Revision 2 - Late/gmm.zip": zipped(by("ada")),
    "Babbage, Charles - s486003/Revision 1 - Late/e_step.py": "# cb",
}
GOOGLE = {"Ada Lovelace - gmm.zip": zipped(by("ada")), "Charles Babbage - gmm (1).zip": zipped(by("cb"))}
SAKAI = {
    "Lovelace, Ada(ada)/Submission attachment(s)/gmm.zip": zipped(by("ada")),
    "Lovelace, Ada(ada)/Feedback Attachment(s)/gmm.zip": zipped(by("the teacher")),
    "Babbage, Charles(cb)/Submission attachment(s)/gmmlearn/e_step.py": "# cb",
    "grades.csv": "x",
}


@pytest.mark.parametrize("files", [SCHOOLOGY, GOOGLE, SAKAI], ids=["Schoology", "Google", "Sakai"])
def test_what_a_download_puts_around_and_beside_a_hand_in_is_known(new_class, files):
    new_class.roster(*ROSTER)
    new_class.collect(new_class.download("x.zip", zipped(files)), "--attempt", "last")
    assert "5 in the roster: 2 collected, 3 missing, 0 unread." in new_class.said
    for student in ("ada", "cb"):
        assert whose(new_class.files(student)["gmmlearn/e_step.py"].decode()) == student
        assert ("It is marked as late." in new_class.said) is (files is SCHOOLOGY)


def test_the_first_version_of_teams_counts_where_it_is_asked_for(new_class):
    new_class.collect(new_class.download("x.zip", zipped(versions(1, 2))), "--attempt", "first")
    assert whose(new_class.files("Ada Lovelace")["gmmlearn/e_step.py"].decode()) == "1"


def test_versions_of_two_assignments_are_not_compared(new_class):
    path = new_class.download("x.zip", zipped(versions(2) | versions(1, assignment="Part 2")))
    assert "which one is handed in?" in new_class.collect(path).line("Ada Lovelace")


def test_an_archive_that_is_named_after_a_student_holds_nobody_elses_work(new_class):
    """Also where it is given by itself and pretends to be the download of a class."""
    new_class.roster(*ROSTER)
    list_of_gradescope = GRADESCOPE["submission_metadata.yml"]
    for files in ({"bob/e_step.py": "x = 1"}, {"submission_metadata.yml": list_of_gradescope} | {
        "submission_102/e_step.py": "x = 1"
    }):  # fmt: skip
        new_class.collect(new_class.download("ada.zip", zipped(files)))
        assert new_class.students() == {"ada"}


@pytest.mark.parametrize("with_roster", [True, False])
def test_an_archive_that_may_be_a_class_is_said_to_be_one_where_nothing_tells_whose_it_is(new_class, with_roster):
    """Without a roster an archive in a folder is somebody's; a student may have handed in two folders as well."""
    if with_roster:
        new_class.roster("x,Xaver")
    two = zipped({"Ada Lovelace/e_step.py": "# ada", "Bob Roe/e_step.py": "# bob"})
    new_class.download("x.zip", two)
    new_class.download("eve/work.zip", two)
    assert "which one is handed in?" in new_class.collect().line("x")
    assert ("If it is the download of a class, collect x.zip by itself." in new_class.line("x")) is not with_roster
    assert "by itself" not in new_class.line("eve")
    if not with_roster:
        new_class.collect(new_class.downloads / "x.zip")
        assert new_class.students() == {"Ada Lovelace", "Bob Roe"}
