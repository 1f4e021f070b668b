"""The glossary: every term is taught where it says, found by each of its names, and said on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gmmlearn.contract import notebook_of
from gmmlearn.errors import UsageError
from gmmlearn.glossary import NOTEBOOK, glossary, notebook, terms

COURSE = Path(__file__).parents[1] / "course"


def said(term):
    """What `gmmlearn glossary` says, and its status."""
    done = subprocess.run([sys.executable, "-m", "gmmlearn", "glossary", *term], capture_output=True, text=True)
    return done.stdout + done.stderr, done.returncode


@pytest.mark.parametrize("term", terms().values(), ids=lambda term: term.name)
def test_a_term_is_taught_in_the_cell_that_it_names(term):
    """The cell, or those under it up to the next heading, have the term or one of its other names."""
    cells = json.loads((COURSE / notebook_of(term.chapter)).read_text("utf-8"))["cells"]
    start = next(i for i, cell in enumerate(cells) if cell["id"] == term.cell)
    texts = ["".join(cells[start]["source"])]
    for cell in cells[start + 1 :]:
        if cell["cell_type"] == "markdown" and "".join(cell["source"]).startswith("#"):
            break
        texts.append("".join(cell["source"]))
    words = " ".join(" ".join(texts).lower().replace("*", "").replace("_", " ").replace("-", " ").split())
    names = [name.split(" (")[0].lower().replace("-", " ") for name in (term.name, *term.also)]
    stems = [name.removesuffix("y").removesuffix("ence") for name in names]
    assert any(stem in words for stem in stems)


def test_every_name_of_a_term_finds_it():
    for term in terms().values():
        assert glossary(term.name.upper()) is term
        for name in term.also:
            found = glossary(name.split(" (")[0])
            assert found is term or found.name.lower() == name.lower()


@pytest.mark.parametrize(("typed", "name"), [("responsibilities", "responsibility"), ("reg_covar", "regularization")])
def test_code_and_plurals_find_it_too(typed, name):
    assert glossary(typed).name == name


def test_an_unknown_word_gets_the_nearest():
    with pytest.raises(UsageError, match="Did you mean responsibility"):
        glossary("responsibilty")
    with pytest.raises(UsageError, match="a word"):
        glossary(3)


def test_the_notebook_has_every_term_and_is_the_one_that_is_made():
    text = (COURSE / NOTEBOOK).read_text("utf-8")
    assert text == notebook()
    cells = json.loads(text)["cells"]
    lines = [line for cell in cells for line in cell["source"] if line.startswith("**")]
    assert [line.split("**")[1] for line in lines] == list(terms())
    assert all(line.rstrip().endswith(").") for line in lines)


def test_every_chapter_links_to_it():
    for path in COURSE.glob("0*.ipynb"):
        first = "".join("".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"][:3])
        assert f"[glossary]({NOTEBOOK})" in first, path.name


def test_the_command_says_a_term_lists_all_and_refuses_an_unknown_word():
    text, status = said(["latent", "variable"])
    assert (text.splitlines()[0], status) == ("label", 0)
    assert "taught in: chapter 2, Sampling" in text
    assert said([]) == ("".join(f"{name}\n" for name in terms()), 0)
    text, status = said(["zzz"])
    assert status == 2
    assert text == f"The glossary has no 'zzz'. All words are in {NOTEBOOK}.\n"
