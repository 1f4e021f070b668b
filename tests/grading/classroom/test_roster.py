"""The roster of a class."""

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom import roster
from gmmlearn.grading.collecting.names import Who


def test_a_roster_as_spreadsheets_write_it(tmp_path):
    (tmp_path / "roster.csv").write_bytes('\ufeffid,name,lms_id\r\nada,"Lovelace, Ada",55501\r\nbob,,\r\n'.encode())
    assert list(roster.read(tmp_path).values()) == [
        roster.Entry("ada", "Lovelace, Ada", "55501"),
        roster.Entry("bob"),
    ]


def test_a_class_without_a_roster(tmp_path):
    assert roster.read(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nada\n", "no column `id`"),
        ("id\nada\nada\n", "line 3: 'ada' is there twice"),
        ("id,name\n,x\n", "line 2"),
        ("id\n../ada\n", "line 2: '../ada' cannot be an id"),
    ],
)
def test_a_roster_that_cannot_be_is_named_with_its_line(tmp_path, text, said):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(UsageError, match=said):
        roster.read(tmp_path)


ENTRIES = [
    roster.Entry("ada", "Ada King Lovelace", "55501", "ada@uni.edu"),
    roster.Entry("jm", "Müller, Jürgen", "77"),
    roster.Entry("am", "Anne-Marie O'Brien", ""),
    roster.Entry("j.doe", "John Doe"),
    roster.Entry("jdoe", "Jane Doe"),
]


@pytest.mark.parametrize(
    ("who", "ids"),
    [
        (Who("", ("ada",)), ["ada"]),
        (Who("", ("ADA",)), ["ada"]),
        (Who("", ("gmm_ada", "ada")), ["ada"]),
        (Who("", ("55501",)), ["ada"]),
        (Who("", ("ada@uni.edu",)), ["ada"]),
        (Who("", ("j.doe",)), ["j.doe"]),
        (Who("", ("jdoe",)), ["jdoe"]),
        (Who("", name="Ada King Lovelace"), ["ada"]),
        (Who("", name="Lovelace, Ada King"), ["ada"]),
        (Who("", name="lovelaceadaking"), ["ada"]),
        (Who("", name="Ju\u0308rgen Mu\u0308ller"), ["jm"]),
        (Who("", name="mullerjurgen"), ["jm"]),
        (Who("", name="OBRIEN Annemarie"), ["am"]),
        (Who("", name="Lab 3-Anne-Marie O’Brien"), ["am"]),
        (Who("", ("55501",), "Participant"), ["ada"]),
        (Who("", ("55501",), "Ada Byron"), ["ada"]),
        (Who("", ("55501",), "Bob Roe"), []),
        (Who("", ("55501",), "Jürgen Müller"), ["ada", "jm"]),
        (Who("", (), "", ("gmm", "ada")), ["ada"]),
        (Who("", (), "", ("ada", "jm")), ["ada", "jm"]),
        (Who("", ("",), ""), []),
    ],
)
def test_who_is_meant(who, ids):
    assert [entry.id for entry in roster.find(ENTRIES, who)] == ids
