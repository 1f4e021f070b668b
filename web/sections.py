"""What the search page reads: every section of the site with its words."""

from html.parser import HTMLParser
from pathlib import Path

EMPTY = {*("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")}
LEFT_OUT = {"math", "questions", "exploration", "gmm-player", "headerlink", "in-a-tab"}
"""Classes of what is not shown as words: formulas, and questions, which would give their answers away."""


class _Article(HTMLParser):
    """Sections of a page, and functions, each by its place, its title and its own words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._open: list[tuple[str, dict[str, str] | None, str]] = []  # tag, its section, where its words go
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Called for every element."""
        if tag in EMPTY:
            return
        given = dict(attributes)
        classes = set((given.get("class") or "").split())
        _, part, into = self._open[-1] if self._open else ("", None, "")
        if tag == "section" or (tag == "dl" and "py" in classes):
            part, into = {"place": given.get("id", ""), "title": "", "text": ""}, "text"
            self.found.append(part)
        elif tag in ("script", "style") or classes & LEFT_OUT:
            into = ""
        elif part and into and (tag in ("h1", "h2", "h3", "h4") or (tag == "dt" and "sig" in classes)):
            part["place"], into = part["place"] or given.get("id", ""), "title" if not part["title"] else into
        self._open.append((tag, part, into))

    def handle_endtag(self, tag):
        """Called for every end."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        """Called for every text."""
        if self._open:
            _, part, into = self._open[-1]
            if part and into:
                part[into] += data


def sections_of(folder: Path) -> list[dict[str, str]]:
    """Page, name of the page, place, title and words of every section of the pages in a folder.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name:
    ...     text = "<section id='em'><h1>EM</h1><p>It climbs.</p><section id='why'><h2>Why</h2>So.</section></section>"
    ...     _ = Path(name, "06_em.html").write_text(text)
    ...     [(one["place"], one["title"], one["text"]) for one in sections_of(Path(name))]
    [('em', 'EM', 'It climbs.'), ('why', 'Why', 'So.')]
    """
    found = []
    for path in sorted(folder.glob("*.html")):
        parts = [
            {key: " ".join(text.split()) for key, text in part.items()}
            for part in _Article(path.read_text("utf-8")).found
        ]
        found += [{"page": path.name, "of": parts[0]["title"]} | part for part in parts if part["place"]]
    return found
