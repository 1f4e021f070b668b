"""Formulas of the course's text as MathML, which browsers draw without a script and without the network."""

import re
from functools import cache, lru_cache
from html import escape

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


@lru_cache(maxsize=4096)  # most texts are the course's own, the same for all students
def markdown2html(source: str) -> str:
    """Markdown as HTML with formulas drawn; nbconvert calls it for each text cell (`HTMLExporter.filters`)."""
    html = MarkdownWithMath(renderer=_Renderer(escape=False)).render(source)
    return re.sub("<th( [^>]*)?>(.*?)</th>", _heading, html, flags=re.DOTALL)


def _heading(found: re.Match[str]) -> str:
    """The heading of a column; one without words, which tells a screen reader nothing, becomes an ordinary cell."""
    words = re.sub("<math.*?</math>|<[^>]*>", "", found[2], flags=re.DOTALL).strip()
    return found[0] if words else f'<td class="heading"{found[1] or ""}>{found[2]}</td>'


class _Renderer(IPythonRenderer):
    """nbconvert's own, which leaves formulas as they are for MathJax."""

    def inline_math(self, body: str) -> str:
        """Called by the parser for $...$."""
        return _mathml(body, "inline")

    def block_math(self, body: str) -> str:
        """Called by the parser for $$...$$ alone in a paragraph."""
        return f"<p>{_mathml(body, 'block')}</p>"

    def latex_environment(self, name: str, body: str) -> str:
        """Called by the parser for what is between \\begin and \\end."""
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")


@cache
def _mathml(formula: str, display: str) -> str:
    """A formula that cannot be read stays as it was typed.

    >>> "<mi>k</mi>" in _mathml(r"\\pi_k", "inline"), _mathml(r"\\frac", "inline")
    (True, '<code>\\\\frac</code>')
    """
    try:
        return convert(formula.strip(), display=display)
    except Exception:  # the library has no common class of errors
        return f"<code>{escape(formula)}</code>"
