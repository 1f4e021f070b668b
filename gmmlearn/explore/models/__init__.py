"""The mathematics of the explorations in NumPy: pure functions from a state to named values.

Each module is a `Model`. The browser's module of the same name computes the same values, as `Exploration` in
`browser/types.js` says.
"""

import importlib
from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

NAMES = (
    *("density", "covariance", "sampling", "landscape", "responsibilities"),
    *("em", "kmeans", "n_components", "counting", "em_by_hand", "em_failures"),
)
"""The explorations in their order."""


@runtime_checkable
class Model(Protocol):
    """What the module of an exploration holds.

    It may also have `ENTAILED`, names of the parts that others entail; `changed(state, key, data)`, the state with what
    a new value of a part entails; and `checked(state, data)`, which raises where parts do not go together.

    Attributes
    ----------
    USES : tuple of str
        The functions of the contract that it calls.
    SENT : tuple of str
        The values that a kernel sends to the browser.
    PARTS : mapping
        Name of each part of the state -> what it may be, one of the classes of `parts`.
    """

    USES: tuple[str, ...]
    SENT: tuple[str, ...]
    PARTS: Mapping[str, Any]

    def data(self) -> dict[str, Any]:
        """Arrays that stay the same."""

    def initial(self) -> dict[str, Any]:
        """The state at the beginning: plain numbers, texts and lists."""

    def compute(self, state: dict[str, Any], data: dict[str, Any], maths: Any) -> dict[str, Any]:
        """The values; `maths` holds one function for every name in `USES`, the library's or the student's."""

    def marks(self, state: dict[str, Any], values: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
        """What the picture needs besides."""


def model(name: str) -> Model:
    """The module of one exploration.

    Examples
    --------
    >>> model("density").USES
    ('gaussian_density', 'mixture_density')
    """
    return importlib.import_module(f"{__name__}.{name}")
