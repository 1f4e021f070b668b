"""The explorations in the course: each where it teaches, and all of them together."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from gmmlearn import explore
from gmmlearn.explore.models import em

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


@pytest.mark.parametrize("chapter", TAUGHT_IN)
def test_links_that_set_a_picture_give_it_a_state_that_it_can_have(chapter):
    """Such a link is about an exploration of the same chapter, and changes something in it."""
    text = "\n".join(source for kind, source in cells(chapter) if kind == "markdown")
    for name, parts in re.findall(r"\]\(#(\w+)\?(\S+?)\)[.,;:) ]", text + " "):
        assert name in TAUGHT_IN[chapter]
        picture = getattr(explore, name)()
        before = dict(picture.canvas.state)
        given = {}
        for pair in parts.split("&"):
            part, _, value = unquote(pair).partition("=")
            given[part] = json.loads(value) if value[0] in "[{-0123456789" else value
        picture.put(**given)
        assert picture.canvas.state != before
        assert {part: picture.canvas.state[part] for part in given} == given


def test_links_that_set_a_picture_are_in_most_chapters():
    assert sum(any("](#" in source and "?" in source for _, source in cells(chapter)) for chapter in TAUGHT_IN) >= 5


def test_the_bad_start_of_chapter_6_ends_below_most_others():
    """The state of the link, run by scikit-learn."""
    from sklearn.mixture import GaussianMixture

    text = "\n".join(source for _, source in cells("06_em"))
    run = json.loads(unquote(re.search(r"#em\?runs=([^)]*)\)", text)[1]))[0]
    X = em.samples(em.started(em.initial(), em.data()), em.data())
    given = {"means_init": run["means"], "precisions_init": run["covariances"], "tol": 1e-8, "max_iter": 1000}
    stuck = GaussianMixture(3, weights_init=run["weights"], **given).fit(X).score(X)
    best = GaussianMixture(3, n_init=10, random_state=0).fit(X).score(X)
    assert stuck < best - 0.1
