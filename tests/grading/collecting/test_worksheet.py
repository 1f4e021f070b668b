"""Moodle's grading worksheet, with the columns that `mod/assign/feedback/offline` of Moodle writes."""

from datetime import datetime

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom.collecting import gather
from gmmlearn.grading.classroom.roster import Entry
from gmmlearn.grading.collecting import worksheet
from gmmlearn.grading.collecting.names import Origin

HEAD = (
    'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"'
)
LINES = """
"Participant 55501","Ada Lovelace",,ada@uni.edu,"Submitted",,100.00,Yes,"Monday, 2 November 2026, 1:05 PM",-,
"Participant 55502","Jürgen Müller",m77,,"Submitted",,100.00,Yes,"Tuesday, 3 November 2026, 12:00 AM",-,
"Participant 55503","No One",,,"No submission",,100.00,Yes,-,-,
"""


def written(tmp_path, text):
    path = tmp_path / "Grades-STATS101-gmm-12345.csv"
    path.write_text("\ufeff" + text, encoding="utf-8")
    return path


def test_names_and_times_are_those_of_the_worksheet(tmp_path):
    lines = worksheet.read(written(tmp_path, HEAD + LINES))
    assert [line.time for line in lines.values()] == [datetime(2026, 11, 2, 13, 5), datetime(2026, 11, 3), None]
    roster = {"ada": Entry("ada", email="ada@uni.edu"), "jm": Entry("jm", "Juergen Mueller")}
    for name in ("Participant_55501", "Participant_55502"):
        package = tmp_path / "all" / f"{name}_assignsubmission_file_" / "gmm" / "gmmlearn"
        package.mkdir(parents=True)
        (package / "e_step.py").write_text("x = 1\n")
    blind = gather([tmp_path / "all"], Origin.AUTO, roster)
    assert [len(several) for several in blind.students.values()] == [0, 0]
    found = gather([tmp_path / "all"], Origin.AUTO, roster, lines)
    assert found.rows == []
    assert {id: [one.time for one in several] for id, several in found.students.items()} == {
        "ada": [datetime(2026, 11, 2, 13, 5)],
        "jm": [datetime(2026, 11, 3)],
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name\nada,Ada\n", "no column 'Identifier'"),
        (HEAD + "\nAda,,,,,,,,-,-,\n", "line 2: the identifier 'Ada' has no number"),
        (HEAD + "\nParticipant 1,,,,,,,,-,-,\nParticipant 1,,,,,,,,-,-,\n", "line 3: .* is there twice"),
        (HEAD + '\nParticipant 1,,,,,,,,"Montag, 2. Oktober 2026, 13:05",-,\n', "line 2: the time 'Montag"),
        (HEAD + '\nParticipant 1,,,,,,,,"2 November 2026, 25:05",-,\n', "line 2: the time"),
    ],
)
def test_another_file_is_refused_with_its_line(tmp_path, text, said):
    with pytest.raises(UsageError, match=said):
        worksheet.read(written(tmp_path, text))
