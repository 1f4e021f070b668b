"""What tables of one's own may be like, and those that come with the course."""

import os
from pathlib import Path

import numpy as np
import pytest

from gmmlearn.checks import check
from gmmlearn.errors import UsageError
from gmmlearn.project import Project, split, table
from gmmlearn.project.tables import SHIPPED

ROWS = [f"{k},{k / 7:.3f},{'ab'[k % 2]}" for k in range(30)]


def test_a_table_of_your_own_is_read_with_its_holes(csv_file):
    rows = [*ROWS, ",2.5,a", "7,n/a,", "8,?,b"]
    found = table(csv_file("\ufeffwhen, speed,who\r\n" + "\r\n".join(rows)))
    assert list(found.columns) == ["when", "speed"]
    assert np.isnan(found.columns["speed"]).sum() == 2
    assert found.columns["speed"][7] == 1.0
    assert list(found.texts["who"][-3:]) == ["a", "", "b"]


def test_semicolons_are_understood_and_rows_with_holes_left_out_and_counted(csv_file):
    path = csv_file("x;y\n" + "\n".join(row.replace(",", ";").rpartition(";")[0] for row in [*ROWS, ",3,a"]))
    rows = split(Project(path, ["x", "y"], n_components=2, candidates=[2]))
    assert len(rows.train) + len(rows.held_out) == 30
    assert rows.n_left_out == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x,y\n1,2\n", "has 1 of the 20 rows"),
        ("x,x\n" + "1,2\n" * 30, "a name of its own"),
        ("x,y\n" + "1,2\n" * 30 + "1,2,3\n", "Line 32 of"),
        ("My runs\n\nx,y\n" + "1,2\n" * 30, "Line 3 of .* names have to be in the first line"),
        ("x,,y\n" + "1,2,3\n" * 30, "a name of its own"),
    ],
)
def test_a_table_that_cannot_be_used_is_said(csv_file, text, said):
    with pytest.raises(UsageError, match=said):
        table(csv_file(text))


def test_between_semicolons_a_comma_is_the_decimal_point(csv_file):
    found = table(csv_file("x;when;who\n" + "".join(f"{k},25;{k}:30;a,b\n" for k in range(30))))
    assert found.columns["x"][:3].tolist() == [0.25, 1.25, 2.25]
    assert list(found.texts) == ["when", "who"]
    assert found.row(2) == {"x": 2.25, "when": "2:30", "who": "a,b"}


def test_the_numbers_of_rows_that_pandas_writes_and_an_empty_last_column_are_left_out(csv_file):
    found = table(csv_file(",x,y,\n" + "".join(f"{k},{k % 7},{k % 3},\n" for k in range(30))))
    assert list(found.columns) == ["x", "y"]
    assert found.columns["x"][8] == 1


def test_labels_that_are_numbers_are_never_features(csv_file):
    path = csv_file("x,y,kind\n" + "".join(f"{k % 7},{k / 3},{k % 2}\n" for k in range(40)))
    assert split(Project(path, "all", n_components=1, candidates=[1], labels="kind")).features == ("x", "y")
    assert split(Project(path, "all", n_components=1, candidates=[1])).features == ("x", "y", "kind")


def test_labels_that_are_all_missing_are_said(csv_file):
    path = csv_file("x,kind\n" + "".join(f"{k},\n" for k in range(30)))
    project = Project(path, ["x"], n_components=1, candidates=[1], labels="kind")
    assert "'kind' of" in (said := check("project", project).problem)
    assert "is empty" in said


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("größe,y\n" + "1,2\n" * 30, "cp1252"),
        ("x,y\n" + "1,2\n" * 30, "utf-16-le"),
        ("PK\x03\x04\x14", "utf-8"),
        ("x,y\n" + "1,\x002\n" * 30, "utf-8"),
    ],
)
def test_another_encoding_and_what_is_no_text_are_said(csv_file, text, encoding):
    with pytest.raises(UsageError, match="CSV UTF-8"):
        table(csv_file(text, encoding))


def test_an_address_is_not_a_path_and_a_home_is(csv_file, monkeypatch):
    with pytest.raises(UsageError, match=r"^https://example\.org/a\.csv is an address"):
        table("https://example.org/a.csv")
    path = Path(csv_file("x,y\n" + "1,2\n" * 30))
    monkeypatch.setenv("HOME", str(path.parent))
    monkeypatch.setenv("USERPROFILE", str(path.parent))
    assert len(table(f"~/{path.name}")) == 30


def test_a_file_that_has_changed_is_read_again(csv_file):
    path = csv_file("x\n" + "".join(f"{k}\n" for k in range(40)))
    project = Project(path, ["x"], n_components=1, candidates=[1])
    before = split(project).train.max()
    csv_file("x\n" + "".join(f"{k + 100}\n" for k in range(40)))
    os.utime(path, (1, 1))
    assert split(project).train.max() > before + 90


def test_the_data_that_come_with_the_course_are_what_they_are_said_to_be():
    penguins, digits, photo = map(table, ("penguins", "digits", "photo"))
    assert (len(penguins), len(digits), len(photo)) == (344, 1797, 120 * 144)
    assert {name: int((penguins.texts["species"] == name).sum()) for name in ("Adelie", "Chinstrap", "Gentoo")} == {
        "Adelie": 152, "Chinstrap": 68, "Gentoo": 124,
    }  # fmt: skip
    assert np.nanmean(penguins.columns["body_mass_g"]) == pytest.approx(4201.75, abs=0.01)
    assert list(np.bincount(digits.labels("digit").astype(int))) == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert photo.columns["red"].mean() > photo.columns["blue"].mean()


# Files from the wild: a kind of each, as the program named writes it


def cells(values, form="{},{},{}"):
    return "\n".join(form.format(k, value, "ab"[k % 2]) for k, value in enumerate(values))


@pytest.mark.parametrize(
    ("text", "encoding", "speed"),
    [
        ("when,speed,who\n" + cells(["0.5"] * 30), "utf-8-sig", 0.5),  # Excel, CSV UTF-8
        ("when\tspeed\twho\n" + cells(["0.5"] * 30, "{}\t{}\t{}"), "utf-16", 0.5),  # Excel, Unicode text
        ("sep=;\r\nwhen;speed;who\r\n" + cells(["0,5"] * 30, "{};{};{}\r"), "utf-8", 0.5),
        ('"sep=|"\nwhen|speed|who\n' + cells(["0.5"] * 30, "{}|{}|{}"), "utf-8", 0.5),
        ("when,speed,who\n" + cells(["0.5"] * 30, '{},{},"{}\nb"'), "utf-8", 0.5),  # a line end within quotes
        ("when,speed,who\n" + cells(['"1,234.5"'] * 29 + ["7"]), "utf-8", 1234.5),
        ("when;speed;who\n" + cells(["1.234,5"] * 29 + ["7"], "{};{};{}"), "utf-8", 1234.5),  # Germany
        ("when;speed;who\n" + cells(["1 234,5"] * 29 + ["7"], "{};{};{}"), "utf-8", 1234.5),  # France
        ("when;speed;who\n" + cells(["1'234.5"] * 29 + ["7"], "{};{};{}"), "utf-8", 1234.5),  # Switzerland
        ("when;speed;who\n" + cells(["1,234.5"] * 29 + ["7"], "{};{};{}"), "utf-8", 1234.5),
        ("when,speed,who\n" + cells(["12.5 %"] * 29 + ["7%"]), "utf-8", 12.5),
        ("when,speed,who\n" + cells(["-1.5e3"] * 29 + ["7"]), "utf-8", -1500.0),
        ("when,speed,who\n" + cells(["\N{MINUS SIGN}1.5"] * 29 + ["7"]), "utf-8", -1.5),  # copied from a page
        ("when,speed,who\n" + cells(["2"] * 24 + ["NA", "?", "", "-", "#N/A", "NaN"]), "utf-8", 2.0),
    ],
)
def test_numbers_are_read_as_programs_write_them(csv_file, text, encoding, speed):
    found = table(csv_file(text, encoding))
    assert list(found.columns) == ["when", "speed"]
    assert len(found) == 30
    assert found.columns["speed"][0] == speed
    assert found.columns["when"][:3].tolist() == [0, 1, 2]
    assert list(found.texts) == ["who"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["2024-01-31"] * 30, "holds text ('2024-01-31'), and a feature has to be a number"),
        (["31.01.2024"] * 30, "holds text ('31.01.2024')"),
        (["3 kg"] * 30, "holds text ('3 kg')"),
        (["1.5"] * 20 + ["about 2"] + ["1.5"] * 9, "holds numbers, but row 21 has 'about 2': correct it in the file"),
        (['"1,2345"'] * 30, "holds text ('1,2345')"),  # a decimal comma between commas, or what?
    ],
)
def test_a_column_that_is_no_feature_is_said_with_what_is_in_it(csv_file, values, said):
    path = csv_file("when,speed,who\n" + cells(values))
    project = Project(path, ["speed"], n_components=1, candidates=[1])
    assert said in check("project", project).problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (cells(["0.5"] * 30, "{},{}"), "holds numbers; it has to name the columns"),
        ('x,y\n"1,2\n' + "1,2\n" * 30, "has .* rows|Line .* of"),
    ],
)
def test_a_file_without_names_or_with_an_open_quote_is_said(csv_file, text, said):
    with pytest.raises(UsageError, match=said):
        table(csv_file(text))


@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_table_says_of_itself_fits_a_narrow_window(name):
    """At 200 % a notebook beside the file browser has 33 characters in a line."""
    assert max(map(len, str(table(name)).splitlines())) <= 32
