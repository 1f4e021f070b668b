"""The last quiz: twenty questions from all chapters, and which sections to read again."""

import tomllib
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..contract import BONUS, CHAPTERS, notebook_of
from .questions import FOLDER, Question, is_right
from .recall import pool
from .record import Record

SIZE = 20


def drawn(seed: int = 0) -> dict[str, Question]:
    """The questions of a seed, by their names in the record: as many from each chapter, and in the order of chapters.

    A bonus chapter, which not everybody reads, is not asked about.

    >>> len({key.split("/")[1] for key in drawn(3)})
    7
    """
    rng = np.random.default_rng(seed)
    own = {
        chapter: [key for key in pool() if key.startswith(f"{chapter}/")]
        for chapter in CHAPTERS
        if chapter not in BONUS
    }
    chapters = [chapter for chapter in own if own[chapter]]
    least, n_more = divmod(SIZE, len(chapters))
    with_more = rng.permutation(len(chapters))[:n_more]
    found = {}
    for place, chapter in enumerate(chapters):
        for at in sorted(rng.permutation(len(own[chapter]))[: least + (place in with_more)]):
            key = own[chapter][at]
            found[f"mixed-{seed}/{key}"] = {**pool()[key], "read": section(key)}
    return found


def section(key: str) -> dict[str, str]:
    """Heading and address of the section that a question is about.

    >>> section("mixtures/units")["href"]
    '01_mixtures.ipynb#cell-id=one-gaussian'
    """
    chapter = key.partition("/")[0]
    cell = pool()[key]["section"]
    return {
        "title": f"{CHAPTERS[chapter]}: {headings()[chapter][cell]}",
        "href": f"{notebook_of(chapter)}#cell-id={cell}",
    }


@cache
def headings() -> dict[str, dict[str, str]]:
    """Chapter -> the cell in which a section begins -> its heading."""
    return tomllib.loads((FOLDER / "sections.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Again:
    """The answer of `read_again`: how many were right at once, and links to the sections of the others."""

    n_answered: int
    n_right: int
    sections: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        if not self.n_answered:
            return "Answer the twenty questions first, then run this cell again."
        told = f"{self.n_answered} of {SIZE} answered, {self.n_right} right at once."
        return "\n".join(
            [told, *(["Read again:"] if self.sections else []), *(f"- {title}" for title, _ in self.sections)]
        )

    def _repr_markdown_(self) -> str:
        told, *others = repr(self).splitlines()
        links = [f"- [{title}]({link})" for title, link in self.sections]
        return "\n".join([told, "", *others[:1], "", *links])


def again(seed: int, record: Record) -> Again:
    """By the first choices that a record has."""
    asked = drawn(seed)
    answered = [key for key in asked if key in record.answers]
    wrong = [key for key in answered if not is_right(asked[key], record.answers[key][0])]
    sections = {asked[key]["read"]["title"]: asked[key]["read"]["href"] for key in wrong}
    return Again(len(answered), len(answered) - len(wrong), tuple(sections.items()))
