"""Your own functions of the earlier chapters, each as soon as it passes its check, and until then the course's."""

from collections.abc import Callable
from typing import Any

from ..explore.own import choose, sentence
from ..manifest import PACKAGE


def own_functions(*names: str) -> tuple[Callable[..., Any], ...]:
    """The functions of these exercises, and a line that says whose they are.

    Parameters
    ----------
    *names : str
        Names of exercises.

    Returns
    -------
    tuple of callable
        In the order of the names.
    """
    choices = choose(names, PACKAGE)
    print(sentence(choices))
    return tuple(choice.function for choice in choices)
