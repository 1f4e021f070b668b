"""Similar submissions: copies are found however they are dressed up, and people who worked apart are not named."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.errors import UsageError
from gmmlearn.grading.reporting.pieces import pieces
from gmmlearn.grading.reporting.similar import MANY, pairs, similar

from .synthetic import hand_in, new_class

ROOT = Path(__file__).parents[3]
STYLES = sorted(path.name for path in (ROOT / "tests" / "right_answers").iterdir() if path.is_dir())


def read(folder: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in folder.glob("*.py") if path.stem in CHAPTERS}


@pytest.fixture(scope="module")
def bank() -> dict:
    """Right answers to the whole course in sixteen styles, each by a person of its own."""
    return {(style, ""): pieces(read(ROOT / "tests" / "right_answers" / style)) for style in STYLES}


def dressed_up(text: str) -> str:
    """Another's code with names of variables, comments, docstrings, annotations and line breaks of one's own."""
    text = re.sub(r'"""(?s:.*?)"""', '"""My own words."""', text)
    for name in ("shares", "joint", "counts", "centred", "difference", "total", "k", "inverse", "cholesky", "density"):
        text = re.sub(rf"\b{name}\b(?!=[^=])", f"my_{name}", text)
    text = re.sub(r"^( +)return (.+)$", r"\1answer_of_mine: object = (\n\1    \2  # done\n\1)\n\1return answer_of_mine",
                  text, flags=re.M)  # fmt: skip
    return re.sub(r"^import numpy as np$", "import numpy as num", text, flags=re.M).replace("np.", "num.")


def test_answers_that_were_written_apart_are_not_named(bank):
    assert len(bank) == 16
    assert pairs(bank, {}, [], few=1) == []
    for function in EXERCISES:
        alone = {key: {function: found[function]} for key, found in bank.items() if function in found}
        assert len(alone) >= (5 if EXERCISES[function].bonus else 15)
        assert pairs(alone, {}, [], few=1) == []


def test_a_copy_that_is_dressed_up_is_named_with_its_functions(bank):
    source = read(ROOT / "tests" / "right_answers" / "textbook")
    copied = {module: dressed_up(text.decode()).encode() for module, text in source.items()}
    assert all(copied[module] != source[module] for module in copied)
    [pair] = pairs({**bank, ("thief", ""): pieces(copied)}, {}, [])
    assert {pair.one, pair.other} == {"thief", "textbook"}
    assert pair.share > 0.7
    assert {"update_covariances", "fit", "initialize"} <= set(pair.alike)


class OtherNames(ast.NodeTransformer):
    """Gives all variables of a function other names."""

    def visit_FunctionDef(self, node):
        arguments = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
        used = [one for one in ast.walk(node) if isinstance(one, ast.Name)]
        own = {one.id for one in used if isinstance(one.ctx, ast.Store)} - arguments
        for one in used:
            one.id = f"v_{one.id[::-1]}" if one.id in own else one.id
        return node


def with_other_names_from_last_to_first(text: bytes) -> bytes:
    """Another's code without comments, with other names, and the functions in another order."""
    statements = OtherNames().visit(ast.parse(text)).body
    functions = [one for one in statements if isinstance(one, ast.FunctionDef)]
    others = [one for one in statements if one not in functions]
    return ast.unparse(ast.Module([*others, *reversed(functions)], [])).encode()


def test_a_copy_of_each_style_with_other_names_in_another_order_is_named_and_nobody_else(bank):
    for style in STYLES:
        source = read(ROOT / "tests" / "right_answers" / style)
        copied = {module: with_other_names_from_last_to_first(text) for module, text in source.items()}
        [pair] = pairs({**bank, ("thief", ""): pieces(copied)}, {}, [])
        assert {pair.one, pair.other} == {"thief", style}


def test_a_copy_of_an_earlier_year_is_named_with_the_year(bank):
    earlier = {(name, "2025"): one for (name, _), one in bank.items()}
    [pair] = pairs({("ada", ""): bank["loops", ""]}, earlier, [])
    assert (pair.one, pair.other, pair.year, pair.share) == ("ada", "loops", "2025", 1)


def test_what_was_given_and_what_many_have_written_is_taken_off(bank):
    one = bank["loops", ""]
    assert pairs({("ada", ""): one, ("bob", ""): one}, {}, [one]) == []
    ring = {(str(number), ""): one for number in range(MANY)}
    assert len(pairs(ring, {}, [])) == MANY * (MANY - 1) / 2
    assert pairs({**ring, ("one more", ""): one}, {}, []) == []


def test_names_annotations_and_keyword_order_make_no_difference():
    one = b"import numpy as np\ndef fit(X, k, rng):\n    'x'\n    a = np.sum(X, axis=0, keepdims=True)\n    a += k\n    return a * np.exp(-X[:, None] / 2.5)\n"  # noqa: E501
    other = b"from numpy import exp, sum as add\ndef fit(data, n: int, rng) -> int:\n    out: float = add(data, keepdims=True,\n      axis=0)  # rows\n    out = out + n\n    return out * exp(-data[:, None] / 2.5)\n"  # noqa: E501
    unlike = one.replace(b"2.5", b"2.0")
    assert pieces({"em": one})["fit"].tolist() == pieces({"em": other})["fit"].tolist()
    assert pieces({"em": one})["fit"].tolist() != pieces({"em": unlike})["fit"].tolist()


@pytest.mark.parametrize(
    "text",
    [b"def f(:\n", b"x = " + b"-" * 50_000 + b"1", b"x" + b".b" * 40_000, b"\xff\xfe", b"a\0b", b"9" * 9_000,
     b"if 1:\n pass\n" + b"elif 1:\n pass\n" * 6_000, b"# long\n" * 50_000],
)  # fmt: skip
def test_strange_files_are_left_out_and_the_others_are_read(text):
    right = (ROOT / "solutions" / "em.py").read_bytes()
    assert pieces({"m_step": text, "em": right}).keys() == pieces({"em": right}).keys() >= {"initialize", "fit"}


def test_a_class_and_an_earlier_one_are_read_from_their_folders(tmp_path):
    """Of three in a class two have the same text, a third has the stub; the text is also of last year."""
    assignment = new_class(tmp_path / "class", chapters=range(6, 7))
    text = (ROOT / "tests" / "right_answers" / "classes" / "em.py").read_text()
    for student in ("ada", "bob"):
        hand_in(assignment, student, em=text)
    hand_in(assignment, "eve", em=(ROOT / "gmmlearn" / "em.py").read_text())
    last_year = tmp_path / "last_year"
    shutil.copytree(assignment.submitted("ada"), last_year / "dan")
    found = similar(assignment, [last_year])
    assert found.n_submissions == 4
    assert {(pair.one, pair.other, pair.year) for pair in found.pairs} == {
        ("ada", "bob", ""),
        ("ada", "dan", "last_year"),
        ("bob", "dan", "last_year"),
    }
    with pytest.raises(UsageError, match="holds no submissions"):
        similar(assignment, [last_year / "dan"])


def test_code_of_the_kit_is_nobodys_own(tmp_path):
    """Stub, code of the notebook, third hint and short functions of the reference."""
    assignment = new_class(tmp_path / "class", chapters=range(3, 5))
    for student in ("ada", "bob"):
        for_both = {module: (ROOT / "gmmlearn" / f"{module}.py").read_text() for module in ("likelihood", "e_step")}
        hand_in(assignment, student, **for_both)
    assert similar(assignment).pairs == []
