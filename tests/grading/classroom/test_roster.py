"""The roster of a class."""

import pytest

from gmmlearn.errors import UsageError
from gmmlearn.grading.classroom import roster


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
    ],
)
def test_a_roster_that_cannot_be_is_named_with_its_line(tmp_path, text, said):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(UsageError, match=said):
        roster.read(tmp_path)
