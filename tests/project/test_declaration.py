"""What a declaration may hold; what is read off a notebook; and what tables of one's own may be like."""

import copy
import json
import os
import pickle
import re
from dataclasses import FrozenInstanceError, asdict, replace

import numpy as np
import pytest

from gmmlearn.checks import check
from gmmlearn.errors import UsageError
from gmmlearn.project import Project, split, table
from gmmlearn.project.reading import declared_in
from gmmlearn.project.rerun import rerun

PLAIN = {"data": "penguins", "features": ["body_mass_g"], "n_components": 2, "candidates": range(1, 4)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": "body_mass_g"}, "features is 'body_mass_g'; expected a list of names of columns, or \"all\"."),
        ({"features": []}, "expected a list of names"),
        ({"n_components": 9}, "n_components is 9; expected one of the candidates 1, 2, 3."),
        ({"candidates": [2, 1000]}, "candidates is [2, 1000]"),
        ({"candidates": range(2, 50)}, "at most 20 whole numbers"),
        ({"n_init": 0}, "n_init is 0; expected a whole number from 1 to 50."),
        ({"n_init": True}, "n_init is True"),
        ({"n_init": 10**9}, "n_init is 1000000000"),
        ({"covariance_type": "round"}, "covariance_type is 'round'; expected one of full, tied, diag, spherical."),
        ({"chosen_by": ["bic"]}, "chosen_by is ['bic']"),
        ({"held_out": 1.0}, "held_out is 1.0; expected a share of the rows from 0 to 0.9."),
        ({"reg_covar": float("nan")}, "reg_covar is nan"),
        ({"random_state": None}, "random_state is None"),
        ({"claims": {"BIC": 3}}, "There is no number 'BIC' to claim"),
        ({"claims": {"bic": "3"}}, "the claim 'bic' is '3'; expected a number."),
        ({"claims": {"accuracy": 0.9}}, "needs labels"),
        ({"claims": {"held_out": -3.0}, "held_out": 0.0}, "needs held-out rows"),
        ({"features": ["body_mass_g", "body_mass_g"]}, "The feature 'body_mass_g' is named twice"),
        ({"features": ["body_mass_g", "year"], "labels": "year"}, "'year' is a feature and the labels"),
    ],
)
def test_what_is_not_possible_is_refused_in_a_sentence(change, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        Project(**PLAIN | change)


def test_numbers_of_numpy_and_whole_floats_are_the_numbers_that_they_say():
    plain = Project(**PLAIN | {"claims": {"bic": 812, "train": -5.2}, "pca": 1, "n_init": 2, "random_state": 3})
    other = Project(
        data="penguins",
        features=np.array(["body_mass_g"]),
        n_components=np.int64(2),
        candidates=np.arange(1, 4),
        claims={"bic": np.int64(812), "train": np.float32(-5.2)},
        pca=1.0,
        n_init=2.0,
        random_state=np.uint8(3),
    )
    assert repr(other) == repr(plain)


def test_a_declaration_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Project(**PLAIN).n_init = 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": ["species"]}, "holds text ('Adelie')"),
        ({"features": ["mass"]}, "has no column 'mass'"),
        ({"labels": "body_mass_g", "features": ["bill_depth_mm"], "data": "photo"}, "has no column 'bill_depth_mm'"),
        ({"labels": "bill_depth_mm"}, "holds measurements"),
        ({"pca": 2}, "pca is 2, but there are 1 features"),
        ({"held_out": 0.9, "candidates": [2, 40]}, "34 training rows are too few for 40 components"),
        ({"data": "nowhere.csv"}, "nowhere.csv cannot be read"),
        ({"data": "digits", "features": "all", "reg_covar": 1e-300}, "a larger reg_covar or fewer components"),
    ],
)
def test_what_the_data_do_not_allow_is_the_answer_of_the_check(change, said):
    assert said in check("project", Project(**PLAIN | change)).problem


def notebook(*sources):
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True)} for source in sources]
    return json.dumps({"cells": cells}).encode()


WRITTEN = 'Project("penguins", ["body_mass_g"], n_components=2, candidates=range(1, 4), claims={"bic": -1.5})'


def test_the_last_declaration_of_a_notebook_is_read_as_it_is_written():
    first = WRITTEN.replace("n_components=2", "n_components=3")
    read = declared_in(notebook(f"%magic\nproject = {first}", f"import os\nproject = {WRITTEN}\nos.remove('x')"))
    assert asdict(read) == asdict(eval(WRITTEN))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("print(1)", "has no cell with project = Project(...)"),
        ("project = Project(", "has no cell"),
        ("project = Project(data='penguins')", "Project lacks features and n_components and candidates"),
        ("project = Project(**settings)", "write the settings out"),
        ("K = 2\n" + f"project = {WRITTEN}".replace("=2", "=K"), "n_components is written as K"),
        (f"project = {WRITTEN}".replace("-1.5", "__import__('os').system('true')"), "claims is written as"),
        (f"project = {WRITTEN}".replace("range(1, 4)", "range(1, 10**9)"), "candidates is written as range(1, 10 "),
        (f"project = {WRITTEN}".replace("range(1, 4)", "range(1, 1000000000)"), "at most 20 whole numbers"),
        (f"project = {WRITTEN}".replace("2,", "(" * 5000 + "2" + ")" * 5000 + ","), "has no cell"),
        (f"project = {WRITTEN}".replace("n_components", "components"), "no setting 'components'; did you mean"),
    ],
)  # fmt: skip
def test_nothing_of_a_notebook_is_run(source, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        declared_in(notebook(source))


@pytest.mark.parametrize("content", [b"", b"[]", b'{"cells": [3]}', b"\xff\xfe", b'{"cells": [{"cell_type": "code"}]}'])
def test_what_is_not_a_notebook_is_said(content):
    with pytest.raises(UsageError, match="cannot be read as one"):
        declared_in(content)


@pytest.fixture
def csv_file(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "own.csv"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


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


HUGE = "0x" + "f" * 6000  # more digits than Python turns into text


@pytest.mark.parametrize(
    "settings",
    [
        "n_components=2, candidates=range(0, 100000000000000000000)",
        f"n_components={HUGE}, candidates=[1, 2]",
        f"n_components=2, candidates=[{HUGE}]",
        f"n_components=2, candidates=[1, 2], random_state={HUGE}",
        f"n_components=2, candidates=[1, 2], held_out={HUGE}",
        f"n_components=2, candidates=[1, 2], claims={{'bic': {HUGE}}}",
        f"n_components={'-' * 900}1, candidates=[1, 2]",
        f"n_components={'+'.join('1' * 2000)}, candidates=[1, 2]",
    ],
)
def test_a_value_that_no_program_can_show_is_no_way_out_of_being_graded(settings):
    source = f'project = Project("penguins", ["body_mass_g"], {settings})'
    with pytest.raises(UsageError) as raised:
        declared_in(json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode())
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x,y\n1,2\n", "has 1 rows; a mixture needs 20"),
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


def test_another_encoding_is_said(csv_file):
    with pytest.raises(UsageError, match="CSV UTF-8"):
        table(csv_file("größe,y\n" + "1,2\n" * 30, "cp1252"))


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


@pytest.mark.parametrize(
    ("given", "named", "said"),
    [
        ((), {**PLAIN, "componets": 3}, "Project has no setting 'componets'; did you mean n_components?"),
        ((), {**PLAIN, "K": 3}, "Project has no setting 'K'; there are data, features, n_components"),
        ((), {"data": "penguins"}, "Project lacks features and n_components and candidates: every declaration has to"),
        (("penguins", ["x"], 2, [2], "bic"), {}, "Project got 5 values without names: after candidates write each as"),
        (("penguins",), PLAIN, "Project got data twice, by its place and by its name"),
    ],
)
def test_wrong_settings_get_a_sentence(given, named, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        Project(*given, **named)


def test_a_declaration_can_be_copied():
    project = Project(**PLAIN | {"claims": {"bic": 3.5}})
    for other in (copy.deepcopy(project), pickle.loads(pickle.dumps(project)), replace(project, n_init=1)):
        assert other == project


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (
            [f"project = {WRITTEN}", "project = replace(project, n_init=9)"],
            "project = replace(project, n_init=9), which",
        ),
        ([f"project = {WRITTEN}\nproject = make()"], "project = make(), which cannot be read off"),
        ([f"p = {WRITTEN}", "project = p"], "project = p, which cannot be read off"),
    ],
)
def test_a_declaration_that_is_built_later_is_said(sources, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        declared_in(notebook(*sources))


def test_a_declaration_may_have_a_type_and_its_module():
    assert declared_in(notebook(f"project: Project = gmmlearn.project.{WRITTEN}")).n_components == 2


def test_of_two_declarations_the_last_is_looked_at_and_that_is_said():
    first = WRITTEN.replace("n_components=2", "n_components=3")
    found = rerun(notebook(f"project = {first}", f"project = {WRITTEN}"))
    assert "2 components" in found.about
    assert "The notebook gives project in 2 places, and the last one is looked at: keep that one." in found.notes
    assert not any("places" in note for note in rerun(notebook(f"project = {WRITTEN}")).notes)


@pytest.mark.parametrize("kind", ["full", "tied", "diag"])
@pytest.mark.parametrize("third", ["x / 2.54", "x + 1e-5 * rng.normal(size=60)", "x - 3 * y", "1e6 * x"])
def test_features_that_repeat_each_other_are_asked_about(csv_file, kind, third):
    rng = np.random.default_rng(0)
    x, y = rng.normal(50, 10, size=60), rng.normal(size=60)
    z = eval(third, {"x": x, "y": y, "rng": rng})
    path = csv_file("x,y,z\n" + "\n".join(f"{a!r},{b!r},{c!r}" for a, b, c in zip(x.tolist(), y.tolist(), z.tolist())))
    found = check("project", Project(path, "all", n_components=2, candidates=[1, 2, 3], covariance_type=kind))
    asked = {trap.name: trap for trap in found.traps}
    assert ("x, y, z" if "y" in third else "x, z") in asked["features that repeat each other"].saw
    assert "nan" not in str(found)


def test_features_that_are_merely_alike_are_not_asked_about():
    project = Project("penguins", ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"], 3, [3])
    assert "features that repeat each other" not in {trap.name for trap in check("project", project).traps}
