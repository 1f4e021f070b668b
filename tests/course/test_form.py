"""How every notebook is made: short cells, stable names, no outputs, links that lead somewhere, one set of symbols."""

import re
import symtable

import nbformat

from gmmlearn.figures.quiz import FOLDER

LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")
MOST_LINES, USUAL_LINES = 15, 8


def test_code_cells_are_short(any_notebook):
    """At most 15 lines, and most of them under 8: plumbing lives in the package."""
    lengths = {cell.id: len(cell.source.splitlines()) for cell in any_notebook.code}
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}
    assert sum(n < USUAL_LINES for n in lengths.values()) > len(lengths) / 2


def test_cells_of_text_are_no_walls(any_notebook):
    """At most 260 words without formulas, a table or a picture in between."""
    long = {}
    for cell in any_notebook.cells:
        if cell.cell_type == "markdown":
            words = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|^\|.*$|<details>.*?</details>", " ", cell.source, flags=re.S | re.M)
            if len(words.split()) > 260:
                long[cell.id] = len(words.split())
    assert long == {}


def test_cell_ids_are_words_and_unique(any_notebook):
    """Stable names, not random ones, so that changes can be read."""
    names = [cell.id for cell in any_notebook.cells]
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name), name
        assert not re.fullmatch(r"[0-9a-f]{8}", name), f"{name} looks random"


def test_no_outputs_in_the_repository(any_notebook):
    """Nor execution counts; valid notebooks of format 4.5 for the kernel python3."""
    nbformat.validate(any_notebook.content)
    assert (any_notebook.content.nbformat, any_notebook.content.nbformat_minor) == (4, 5)
    assert any_notebook.content.metadata.kernelspec.name == "python3"
    for cell in any_notebook.code:
        assert cell.outputs == [], cell.id
        assert cell.execution_count is None, cell.id


def test_the_setup_runs_without_leave_to_raise(any_notebook):
    """An import that fails must be seen."""
    assert "raises-exception" not in any_notebook.code[0].metadata.get("tags", [])


def test_no_cell_binds_a_name_that_was_imported(any_notebook):
    """Else `reference("bic")`, which a panel asks for, would call whatever a cell gave that name to."""
    imported, bound = set(), {}
    for cell in any_notebook.code:
        source = re.sub(r"^%.*$", "", cell.source, flags=re.MULTILINE)
        for symbol in symtable.symtable(source, cell.id, "exec").get_symbols():
            if symbol.is_imported():
                imported.add(symbol.get_name())
            elif symbol.is_assigned():
                bound.setdefault(symbol.get_name(), cell.id)
    assert {name: place for name, place in bound.items() if name in imported} == {}


def anchors(path):
    """What a link can name in a notebook so that JupyterLab goes there: headings, and the ids of cells.

    An `<a id="...">` is of no use: JupyterLab takes the id away.
    """
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"^#+ +(.+?)\s*$", text, flags=re.MULTILINE)
    named = {re.sub(r"[`*$]", "", heading).replace(" ", "-") for heading in headings}
    return named | {f"cell-id={cell.id}" for cell in cells}


def test_links_inside_the_course_resolve(any_notebook):
    """To a file that is there, and to a heading or a cell in it."""
    broken = []
    for found in LINK.finditer(any_notebook.prose):
        target, _, anchor = found["target"].partition("#")
        if re.match(r"[a-z]+:|#\w+\?", found["target"]):  # the second sets a picture: tests/explore/test_course.py
            continue
        path = any_notebook.path.parent / target if target else any_notebook.path
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(found["target"])
    assert broken == []


def test_links_to_elsewhere_are_safe_and_few(any_notebook):
    """https only; a reader without a network misses nothing that the course needs."""
    outside = [m["target"] for m in LINK.finditer(any_notebook.prose) if re.match(r"[a-z]+:", m["target"])]
    assert [target for target in outside if not target.startswith("https://")] == []


def test_no_external_resource_in_the_text(any_notebook):
    """Neither pictures, nor scripts, nor styles."""
    for cell in any_notebook.cells:
        source = cell.source
        assert not re.search(r"!\[[^\]]*\]\((?:https?:)?//", source), cell.id
        assert not re.search(r"<(?:img|script|link|iframe|video|audio|object)\b", source, re.IGNORECASE), cell.id
        assert "attachments" not in cell, cell.id


SYMBOLS = {
    "\\pi_k": "weights",
    "\\mu_k": "means",
    "\\Sigma_k": "covariances",
    "r_{ik}": "responsibilities",
    "z_i": "labels",
    "\\ell": "log_likelihood",
    "N_k": None,
    "Q": "expected_log_likelihood",
}
STRANGERS = ("\\gamma", "\\phi_", "\\varphi", "\\tau_", "\\alpha_", "\\omega_", "\\vec", "\\mathbf{\\mu}", "z_{ik}")


def test_symbols_are_listed_once():
    """In chapter 1, each with its name in the code."""
    cells = nbformat.read(FOLDER.parents[1] / "course" / "01_mixtures.ipynb", as_version=4).cells
    text = "\n".join(cell.source for cell in cells)
    text = re.sub("</?code>", "`", text.replace("<wbr>", ""))  # long names may be broken in a narrow window
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for symbol, name in SYMBOLS.items():
        stands = [row for row in rows if re.search(rf"(?<![\w\\]){re.escape(symbol)}(?![\w{{])", row)]
        assert stands, f"{symbol} is not in the table"
        assert name is None or any(f"`{name}`" in row for row in stands), (symbol, name)


def test_chapters_keep_to_the_symbols(notebook):
    """And point to the table, unless they hold it."""
    strange = [symbol for symbol in STRANGERS if symbol in notebook.prose]
    assert strange == []
    if notebook.chapter != "mixtures":
        assert "01_mixtures.ipynb#" in notebook.prose


def test_links_into_chapter_1_are_of_one_kind(any_notebook):
    """By the id of the cell, which JupyterLab goes to on the first click; a heading it misses while it still loads."""
    links = re.findall(r"\]\(01_mixtures\.ipynb#([^)]*)\)", any_notebook.prose)
    assert all(link.startswith("cell-id=") for link in links)


def test_the_file_to_write_in_is_one_click_away(notebook):
    """Beside the notebooks' folder, as in the repository."""
    assert f"[gmmlearn/{notebook.chapter}.py](../gmmlearn/{notebook.chapter}.py)" in notebook.prose


def test_lines_of_code_fit_the_page(any_notebook):
    """At most 100 characters, so that nothing scrolls sideways."""
    long = {cell.id: line for cell in any_notebook.code for line in cell.source.splitlines() if len(line) > 100}
    assert long == {}


def test_densities_have_one_notation(any_notebook):
    """N(x; mean, covariance), as in chapter 1; sums over components run from 0 to K - 1."""
    assert not re.search(r"\bN\}?\([^)]*\\mid", any_notebook.prose)
    assert r"\sum_{k=1}^K" not in any_notebook.prose
