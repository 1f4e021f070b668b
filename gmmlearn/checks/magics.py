"""IPython has commands of its own that are called `recall` and `reset`, and runs them where ours are not imported.

So `reset("fit")` in a new notebook would ask whether to delete all variables. What is written as a call of ours gets a
sentence instead; anything else, `%reset -f` for example, is IPython's.
"""

from collections.abc import Callable
from typing import Any

PLACES = {"recall": "gmmlearn.figures.quiz", "reset": "gmmlearn.checks"}
"""What we call as IPython calls a command of its own -> where it is imported from."""


def load_ipython_extension(shell: Any) -> None:
    """Called when a kernel starts or a notebook begins, once or again."""
    for name, place in PLACES.items():
        own = shell.find_line_magic(name)
        if own and getattr(own, "__module__", "") != __name__:
            shell.register_magic_function(_before(own, name, place), magic_name=name)


def _before(own: Callable[[str], Any], name: str, place: str) -> Callable[[str], Any]:
    def command(line: str) -> Any:
        if line.startswith("(") or (name == "recall" and not line):
            return print(
                f"{name} is not imported in this notebook: run `from {place} import {name}`, and then this again."
            )
        return own(line)

    command.__doc__ = own.__doc__
    return command
