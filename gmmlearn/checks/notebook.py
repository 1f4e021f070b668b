"""An extension of IPython, which each notebook begins with: a function that you save is used from the next cell on.

It is IPython's autoreload, with one line in the place of its traceback where a file cannot be run as it is. And NumPy,
SciPy and scikit-learn compute in one thread: on arrays as small as ours, two wait for each other most of the time.
"""

import contextlib
import io
import os
from pathlib import Path
from typing import Any

from ..contract import CHAPTERS

PACKAGE = Path(__file__).parents[1]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Read by these libraries when they are imported, which is after this."""


def load_ipython_extension(shell: Any) -> None:
    """Called by `%reload_ext gmmlearn.checks.notebook`, once or again."""
    for variable in THREADS:
        os.environ.setdefault(variable, "1")
    if not shell.find_line_magic("autoreload"):
        shell.extension_manager.load_extension("autoreload")
    shell.run_line_magic("autoreload", "2")
    magics = shell.magics_manager.registry["AutoreloadMagics"]
    for called in list(shell.events.callbacks["pre_run_cell"]):
        if getattr(called, "__self__", None) is magics or getattr(called, "__module__", "") == __name__:
            shell.events.unregister("pre_run_cell", called)

    def reload(info: Any) -> None:
        with contextlib.redirect_stderr(io.StringIO()):
            magics.pre_run_cell(info)
        if "check(" not in (info.raw_cell or ""):  # whose panel shows the line
            for file in magics._reloader.failed:
                if _is_chapter(Path(file)):
                    print(sentence(Path(file)))

    reload.__module__ = __name__
    shell.events.register("pre_run_cell", reload)


def _is_chapter(path: Path) -> bool:
    return path.parent == PACKAGE and path.stem in CHAPTERS


def sentence(path: Path) -> str:
    """What is said of a file that cannot be run."""
    try:
        compile(path.read_bytes(), path.name, "exec", dont_inherit=True)
        why = "stops with an exception"
    except (SyntaxError, ValueError) as error:
        why = f"has a SyntaxError in line {getattr(error, 'lineno', None) or '?'}"
    return f"gmmlearn/{path.name} {why}: until you fix it, the old functions stay in use. `check` says more."
