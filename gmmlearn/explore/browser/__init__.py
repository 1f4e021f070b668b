"""The browser's half: plain ES modules, joined into one without a build step."""

import re
from functools import cache
from pathlib import Path

from gmmlearn.errors import GmmlearnError

FOLDER = Path(__file__).parent

_IMPORT = re.compile(r'^import \{( \w+(?:, \w+)*) \} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:function|class|const|let) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_LEFT_OVER = re.compile(r"^\s*(?:import|export)\b(?!\.meta).*|\bimport\(.*", re.MULTILINE)


@cache
def script(entry: str = "widget") -> str:
    """The module `entry` and all that it imports, as one plain script that defines `modules`.

    Each module becomes a function scope of its own, so that two of them may use the same private name. anywidget
    takes a single module, and a page that is opened from disk may not import files: one text serves both.

    Parameters
    ----------
    entry : str
        Name of a module of this folder.

    Returns
    -------
    str

    Examples
    --------
    >>> 'modules.maths = (() => {' in script("maths")
    True
    """
    order: list[str] = []
    _visit(entry, order)
    return "const modules = {};\n" + "\n".join(_scoped(name) for name in order)


@cache
def esm(entry: str = "widget") -> str:
    """The module that anywidget loads: for an exploration, or `"quiz"` for questions without a picture."""
    return f"{script(entry)}\nexport default {{ render: modules.{entry}.render }};\n"


@cache
def css() -> str:
    """The style sheet of every exploration."""
    return (FOLDER / "explore.css").read_text(encoding="utf-8")


def _text(name: str) -> str:
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")


def _visit(name: str, order: list[str], above: tuple[str, ...] = ()) -> None:
    if name in above:
        raise GmmlearnError(f"{' imports '.join((*above, name))}: they need each other, so none can come first")
    if name in order:
        return
    for match in _IMPORT.finditer(_text(name)):
        _visit(match[2], order, (*above, name))
    order.append(name)


def _scoped(name: str) -> str:
    text = _text(name)
    exported = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(r"const {\1} = modules.\2;\n", text))
    left = _LEFT_OVER.search(_COMMENT.sub("", body))
    if left:
        raise GmmlearnError(
            f'{name}.js: only `import {{ a, b }} from "./module.js";` on one line, and `export` before a function, '
            f"class, const or let, can be bundled, not `{left[0].strip()}`"
        )
    return f"modules.{name} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"
