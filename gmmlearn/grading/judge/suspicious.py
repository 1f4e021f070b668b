"""What in a submission its instructor may want to look at: ways around the exercise, read off the text.

Nothing is refused for it and no point depends on it: who wants to can hide from such a list, and who logs to a file
is on it. The text is parsed, never run.
"""

import ast
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

MAX_BYTES = 300_000
"""Of all modules together; to parse a megabyte made for it takes seconds and hundreds of megabytes."""
MAX_FOUND = 20

_MODULES = {
    *("builtins", "ctypes", "gc", "gmmlearn.library", "importlib", "inspect", "marshal", "mmap", "multiprocessing"),
    *("pkgutil", "posix", "runpy", "socket", "subprocess", "worker", "zipimport"),
}
_ATTRIBUTES = {
    *("__builtins__", "__closure__", "__code__", "__globals__", "__loader__", "__spec__", "__subclasses__"),
    *("_getframe", "cr_frame", "f_back", "f_builtins", "f_globals", "f_locals", "gi_frame", "tb_frame"),
    *("meta_path", "path_hooks", "path_importer_cache", "setprofile", "settrace"),
}
_OF_A_MODULE = {
    "sys": {"modules", "path", "executable"},
    "os": {"execv", "execve", "fork", "kill", "listdir", "open", "popen", "posix_spawn", "scandir", "system", "walk"},
}
_CALLS = {"__import__", "breakpoint", "compile", "eval", "exec", "open"}


class Suspicion(NamedTuple):
    """A place in a submission, and what was found there."""

    file: str
    line: int
    what: str


def suspicious(sources: Mapping[str, bytes]) -> list[Suspicion]:
    """The places of a submission that name frames, loaders, other processes, files or executed text.

    Parameters
    ----------
    sources : mapping of str to bytes
        Module name -> text.

    Examples
    --------
    >>> suspicious({"e_step": b"import gc\\n\\ndef assign(r):\\n    return r.argmax(1)\\n"})
    [Suspicion(file='gmmlearn/e_step.py', line=1, what='gc')]
    """
    found: dict[Suspicion, None] = {}
    read = 0
    for stem, source in sources.items():
        read += len(source)
        if read > MAX_BYTES:
            found[Suspicion(f"gmmlearn/{stem}.py", 1, "too long to be looked at")] = None
            break
        found |= dict.fromkeys(Suspicion(f"gmmlearn/{stem}.py", line, what) for line, what in _in(source))
    return list(found)[:MAX_FOUND]


def in_words(found: Sequence[Suspicion]) -> str:
    """One line that names the places by file.

    >>> in_words([Suspicion("gmmlearn/em.py", 3, "gc"), Suspicion("gmmlearn/em.py", 9, "__globals__")])
    'worth a look: gmmlearn/em.py line 3 (gc), line 9 (__globals__)'
    """
    by_file: dict[str, list[str]] = {}
    for one in found:
        by_file.setdefault(one.file, []).append(f"line {one.line} ({one.what})")
    return "worth a look: " + "; ".join(f"{file} {', '.join(places)}" for file, places in by_file.items())


def _in(source: bytes) -> Iterator[tuple[int, str]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # it does not run either
        return
    for node in ast.walk(tree):
        for what in _of(node):
            yield node.lineno, what


def _of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from filter(_is_listed, (alias.name for alias in node.names))
    elif isinstance(node, ast.ImportFrom):
        module = "gmmlearn." + (node.module or "") if node.level else node.module or ""
        names = [f"{module.rstrip('.')}.{alias.name}" for alias in node.names]
        yield from filter(_is_listed, names)
        yield from (name for name in names if name.rpartition(".")[2] in _OF_A_MODULE.get(module, ()))
    elif isinstance(node, ast.Attribute):
        of = node.value.id if isinstance(node.value, ast.Name) else ""
        if node.attr in _ATTRIBUTES:
            yield node.attr
        elif node.attr in _OF_A_MODULE.get(of, ()):
            yield f"{of}.{node.attr}"
    elif isinstance(node, ast.Name) and node.id in _ATTRIBUTES | _CALLS:
        yield node.id
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in _ATTRIBUTES:
        yield repr(node.value)
    elif isinstance(node, ast.Call) and _is_getattr_of_no_constant(node):
        yield "getattr of a name that is put together"


def _is_getattr_of_no_constant(node: ast.Call) -> bool:
    named = isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(node.args) > 1
    return named and isinstance(node.args[1], ast.BinOp | ast.JoinedStr)


def _is_listed(name: str) -> bool:
    return any(name == module or name.startswith(module + ".") for module in _MODULES)
