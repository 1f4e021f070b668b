"""The words of the course, each with its symbol, its other names and where it is taught; all in `glossary.toml`."""

import difflib
import json
import textwrap
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from .checks.wording import columns
from .contract import CHAPTERS, notebook_of, number_of
from .errors import UsageError

PATH = Path(__file__).with_name("glossary.toml")
NOTEBOOK = "glossary.ipynb"


@dataclass(frozen=True)
class Term:
    """One word of the course; shows itself in a notebook and in a terminal.

    Attributes
    ----------
    name : str
        As the course says it.
    meaning : str
        A sentence or two.
    chapter, cell : str
        Where it is taught: the module of the chapter, and the cell of its notebook.
    also : tuple of str
        What other books call it.
    symbol : str
        LaTeX, or empty.
    code : str
        Its name in the code, or empty.
    """

    name: str
    meaning: str
    chapter: str
    cell: str
    also: tuple[str, ...] = ()
    symbol: str = ""
    code: str = ""

    @property
    def link(self) -> str:
        """Where it is taught, as a link that JupyterLab follows."""
        return f"[chapter {number_of(self.chapter)}]({notebook_of(self.chapter)}#cell-id={self.cell})"

    def __str__(self) -> str:
        number = number_of(self.chapter)
        rows = {
            "also called": ", ".join(self.also),
            "symbol": self.symbol,
            "in the code": self.code,
            "taught in": f"chapter {number}, {CHAPTERS[self.chapter]}",
        }
        lines = [self.name, *textwrap.wrap(self.meaning, columns(90) - 2)]
        lines += [f"{what}: {text}" for what, text in rows.items() if text]
        return "\n  ".join(lines)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        signs = [f"${self.symbol}$"] if self.symbol else []
        signs += [f"`{name}`" for name in self.code.split(", ") if name]
        head = f"**{self.name}**" + (f" ({', '.join(signs)})" if signs else "")
        also = f" *Also called:* {', '.join(self.also)}." if self.also else ""
        return f"{head}: {self.meaning}{also} *Taught in* {self.link}."


@cache
def terms() -> dict[str, Term]:
    """Name -> term, in the order of the alphabet."""
    entries = tomllib.loads(PATH.read_text("utf-8"))
    return {
        name: Term(
            name,
            entry["meaning"],
            *entry["taught"],
            also=tuple(entry.get("also", ())),
            symbol=entry.get("symbol", ""),
            code=entry.get("code", ""),
        )
        for name, entry in sorted(entries.items(), key=lambda pair: pair[0].lower())
    }


def glossary(term: str) -> Term:
    """What a word of the course means.

    Parameters
    ----------
    term : str
        A term, its symbol in the code or one of its other names; capital letters do not matter.

    Returns
    -------
    Term

    Raises
    ------
    UsageError
        If the course has no such word; the sentence names the nearest.

    Examples
    --------
    >>> glossary("mixing proportion")
    weight
      The share of a component in the mixture. Weights are not negative and sum to 1.
      also called: mixing proportion, mixing coefficient, prior of a component
      symbol: \\pi_k
      in the code: weights
      taught in: chapter 1, Gaussian mixtures
    """
    if not isinstance(term, str):
        raise UsageError(f"glossary takes a word, as in glossary('responsibility'), not a {type(term).__name__}.")
    known = _by_every_name()
    wanted = " ".join(term.lower().replace("_", " ").split())  # as the keys are written
    plural = wanted.removesuffix("s")
    if wanted in known or plural in known:
        return known[wanted if wanted in known else plural]
    near = difflib.get_close_matches(wanted, known, n=3)
    named = list(dict.fromkeys(known[word].name for word in near))
    meant = f"Did you mean {' or '.join(named)}?" if named else f"All words are in {NOTEBOOK}."
    raise UsageError(f"The glossary has no {term!r}. {meant}")


@cache
def _by_every_name() -> dict[str, Term]:
    """Names in small letters -> terms; a term's own name goes before another's second name."""
    found: dict[str, Term] = {}
    for one in terms().values():
        for name in one.also:
            found[name.split(" (")[0].lower()] = one
        for name in filter(None, one.code.split(", ")):
            found[name.lower().replace("_", " ").strip()] = one
    return found | {one.name.lower(): one for one in terms().values()}


def notebook(chapters: Collection[str] = tuple(CHAPTERS)) -> str:
    """The text of `course/glossary.ipynb`, with the terms that these chapters teach."""
    taught = [term for term in terms().values() if term.chapter in chapters]
    code = 'from gmmlearn.glossary import glossary\n\nglossary("latent variable")'
    cells = [
        _cell("markdown", "title", "# Glossary\n\nThe words of the course. Look one up by any of its names:"),
        {**_cell("code", "look-up", code), "execution_count": None, "outputs": []},
        *(
            _cell("markdown", f"letter-{letter.lower()}", "\n\n".join([f"## {letter}", *(map(_markdown, some))]))
            for letter, some in groupby(taught, key=lambda one: one.name[0].upper())
        ),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _markdown(term: Term) -> str:
    return term._repr_markdown_()


def _cell(kind: str, name: str, text: str) -> dict[str, Any]:
    return {"cell_type": kind, "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}
