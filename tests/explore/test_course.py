"""The explorations in the course: each where it teaches, and all of them together."""

import json
import re
from pathlib import Path

import pytest

from gmmlearn import explore

ROOT = Path(__file__).parents[2]
TAUGHT_IN = {
    "01_mixtures": ["density", "covariance"],
    "02_sampling": ["sampling"],
    "03_likelihood": ["landscape"],
    "04_e_step": ["responsibilities", "counting"],
    "05_m_step": ["em_by_hand"],
    "06_em": ["em", "em_failures"],
    "07_with_sklearn": ["n_components", "kmeans"],
}


def cells(notebook: str) -> list[tuple[str, str]]:
    """Kind and source of each cell."""
    content = json.loads((ROOT / "course" / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    return [(cell["cell_type"], "".join(cell["source"])) for cell in content["cells"]]


def shown(notebook: str) -> list[str]:
    code = "\n".join(source for kind, source in cells(notebook) if kind == "code")
    return re.findall(r"\bexplore\.(\w+)\(", code)


def test_the_notebook_of_explorations_has_all():
    assert set(shown("explorations")) == set(explore.__all__)


@pytest.mark.parametrize("chapter", TAUGHT_IN)
def test_each_is_in_the_chapter_where_it_teaches(chapter):
    """In a cell of its own, after a text that says what to try."""
    assert shown(chapter) == TAUGHT_IN[chapter]
    listed = cells(chapter)
    for name in TAUGHT_IN[chapter]:
        place = listed.index(("code", f"explore.{name}()"))
        kind, text = listed[place - 1]
        assert kind == "markdown"
        assert len(text.split()) >= 20


def test_every_exploration_has_its_chapter():
    assert sorted(name for names in TAUGHT_IN.values() for name in names) == sorted(explore.__all__)
