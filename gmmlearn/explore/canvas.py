"""The view of an exploration as the kernel knows it: what both hold, and the form of values on the way."""

from typing import Any

import anywidget
import numpy as np
import traitlets as T

from gmmlearn.explore.browser import css, esm

_NESTED = ("weights", "means", "covariances")


class Canvas(anywidget.AnyWidget):
    """The one view of all explorations; what it draws and how is in `gmmlearn/explore/browser`."""

    _esm = esm()
    _css = css()
    spec = T.Dict().tag(sync=True)
    data = T.Dict().tag(sync=True)
    initial = T.Dict().tag(sync=True)
    # The view that sent a state has no need of its echo, and each message takes time from the next frame.
    state = T.Dict().tag(sync=True, echo_update=False)
    given = T.Dict().tag(sync=True)
    source = T.Enum(["browser", "library", "own"], default_value="browser").tag(sync=True)
    # Some of the bytes of the still before the view, by which the view finds it.
    still = T.Unicode().tag(sync=True)
    note = T.Unicode().tag(sync=True)
    # Whoever makes a new state counts up; an answer carries the number of the state that it is about.
    request = T.Int().tag(sync=True, echo_update=False)


def sent(name: str, value: Any) -> Any:
    """Parameters go as nested lists, other arrays as bytes, and a NaN as null, which JSON can say."""
    plain = name.removesuffix("_b").removesuffix("_before").removeprefix("em_")
    if isinstance(value, np.ndarray) and plain not in _NESTED:
        return np.ascontiguousarray(value, float).tobytes()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, list):
        return [sent(name, item) for item in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value
