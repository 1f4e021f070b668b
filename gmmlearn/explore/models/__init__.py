"""The mathematics of the explorations in NumPy: pure functions from a state to named values.

Each module has `USES`, the functions of the contract that it calls; `data()`, arrays that stay the same;
`initial(...)`, the state at the beginning, plain numbers and lists; and `compute(state, data, maths)`, the values,
where `maths` holds one function for every name in `USES`: the library's or the student's. The browser's module of
the same name computes the same values.
"""

import importlib
from types import ModuleType

NAMES = (
    *("density", "covariance", "sampling", "landscape", "responsibilities"),
    *("em", "kmeans", "n_components", "counting", "em_by_hand", "em_failures"),
)
"""The explorations in their order."""


def model(name: str) -> ModuleType:
    """The module of one exploration.

    Examples
    --------
    >>> model("density").USES
    ('gaussian_density', 'mixture_density')
    """
    return importlib.import_module(f"{__name__}.{name}")
