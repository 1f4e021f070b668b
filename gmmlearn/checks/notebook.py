"""An extension of IPython, which each notebook begins with: a function that you save is used from the next cell on.

It is IPython's autoreload, with one line in the place of its traceback where a file cannot be run as it is, and where a
cell calls a function that is not written yet. And NumPy, SciPy and scikit-learn compute in one thread: on arrays as
small as ours, two wait for each other most of the time.
"""

import contextlib
import io
import os
import sys
import traceback
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from ..contract import CHAPTERS
from . import magics

PACKAGE = Path(__file__).parents[1]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Read by these libraries when they are imported, which is after this."""


def load_ipython_extension(shell: Any) -> None:
    """Called by `%reload_ext gmmlearn.checks.notebook`, once or again."""
    for variable in THREADS:
        os.environ[variable] = "1"  # a server of a school may have set it to its number of cores
    for line in (*hiding(Path.cwd()), *broken()):
        print(line)
    magics.load_ipython_extension(shell)
    if not shell.find_line_magic("autoreload"):
        shell.extension_manager.load_extension("autoreload")
    shell.run_line_magic("autoreload", "2")
    reloading = shell.magics_manager.registry["AutoreloadMagics"]
    # IPython 9 patches single functions. But once the file as a whole has run anew (a constant was added, or it was
    # saved before the second cell), it patches those of the module and no longer those that the notebook imported.
    with contextlib.suppress(AttributeError):
        reloading._reloader.deduper_reloader.maybe_reload_module = lambda module: False
    for called in list(shell.events.callbacks["pre_run_cell"]):
        if getattr(called, "__self__", None) is reloading or getattr(called, "__module__", "") == __name__:
            shell.events.unregister("pre_run_cell", called)

    def reload(info: Any) -> None:
        with contextlib.redirect_stderr(io.StringIO()):
            reloading.pre_run_cell(info)
        if "check(" not in (info.raw_cell or ""):  # whose panel shows the line
            for file in reloading._reloader.failed:
                if _is_chapter(Path(file)):
                    print(sentence(Path(file)))

    reload.__module__ = __name__
    shell.events.register("pre_run_cell", reload)
    shell.set_custom_exc((NotImplementedError,), _show)


def _show(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: int | None = None) -> None:
    """Show what was raised; of a stub the sentence alone, as the fifteen lines before it say nothing more."""
    raised_in = Path(traceback.extract_tb(trace)[-1].filename)
    if _is_chapter(raised_in) and str(error).startswith("Exercise"):
        shell._showtraceback(kind, error, shell.InteractiveTB.get_exception_only(kind, error))
    else:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)


def _is_chapter(path: Path) -> bool:
    return path.parent == PACKAGE and path.stem in CHAPTERS


def hiding(folder: Path) -> list[str]:
    """A sentence on each module in a folder that Python finds before a library of the same name."""
    if folder.resolve() not in [Path(place or ".").resolve() for place in sys.path]:
        return []
    elsewhere = [place for place in sys.path if Path(place or ".").resolve() != folder.resolve()]
    own = {path.stem: path.name for path in folder.glob("*.py")}
    own |= {path.parent.name: path.parent.name for path in folder.glob("*/__init__.py")}
    needed = {*sys.stdlib_module_names} - {"test"}  # which nobody imports, and which is a likely name for a file
    return [
        f"{own[name]} in {folder} hides the library {name}: rename it, and restart Python (the kernel of a notebook)."
        for name in sorted(own.keys() - {"gmmlearn", "test"})
        if name in needed or PathFinder.find_spec(name, elsewhere)
    ]


def broken() -> list[str]:
    """A sentence on each chapter's file that cannot be compiled, and of which no earlier form is in use."""
    files = [PACKAGE / f"{chapter}.py" for chapter in CHAPTERS if f"gmmlearn.{chapter}" not in sys.modules]
    return [
        f"{said}: fix it, save the file, and run this cell again."
        for path in files
        if path.is_file() and (said := _syntax_error(path))
    ]


def _syntax_error(path: Path) -> str:
    try:
        compile(path.read_bytes(), path.name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return f"gmmlearn/{path.name} has a SyntaxError in line {getattr(error, 'lineno', None) or '?'}"
    return ""


def sentence(path: Path) -> str:
    """What is said of a file that cannot be run."""
    said = _syntax_error(path) or f"gmmlearn/{path.name} stops with an exception"
    return f"{said}: until you fix it, the old functions stay in use. `check` says more."
