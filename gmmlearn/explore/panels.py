"""An exploration in a notebook: the picture, its state as traits, and whose mathematics it runs."""

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets as T
from threadpoolctl import ThreadpoolController

from gmmlearn import library
from gmmlearn.explore import own
from gmmlearn.explore.browser import css, esm
from gmmlearn.explore.models import model
from gmmlearn.explore.scenes import offered, scene

HERE = Path(__file__).parents[1]
_NESTED = ("weights", "means", "covariances")
_BY_COMPONENT = ("weights", "means", "variances")


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
    note = T.Unicode().tag(sync=True)


class Part(T.TraitType):
    """A part of the state, as a trait of its panel: of the kind that it had at the beginning."""

    def validate(self, panel: Any, value: Any) -> Any:
        """Called by traitlets before the value is set; raises `TraitError` where it does not fit."""
        return panel.fitting(self.name, value)


class Panel(widgets.VBox):
    """One exploration, with every part of its state as a trait that a cell can read, set and observe.

    Parameters
    ----------
    name : str
        One of `gmmlearn.explore.models.NAMES`.
    data : dict of str to ndarray
        What stays the same.
    state : dict
        The state at the beginning; Reset comes back to it.
    folder : Path, optional
        Where the student's functions are; by default the package itself.

    Attributes
    ----------
    source : {"browser", "library", "own"}
        Who computes: the browser, `gmmlearn.library` in the kernel, or the student's own functions in the kernel.
    values : dict
        What the library computes for the present state.
    """

    source = T.Enum(["browser", "library", "own"])

    def __init__(self, name: str, data: dict, state: dict, folder: Path | None = None) -> None:
        self._model = model(name)
        self._data = data
        self._folder = folder or HERE
        self._stamp: tuple = ()
        self._choices: list[own.Choice] = []
        self._state = state
        arrays = {key: np.ascontiguousarray(value, float).tobytes() for key, value in data.items()}
        self.canvas = Canvas(spec=offered(scene(name), data), data=arrays, initial=state, state=state)
        self._whose = widgets.Dropdown(
            description="Computed by",
            options=[("the browser", "browser"), ("the library, in Python", "library"), ("my own code", "own")],
            style={"description_width": "initial"},
        )
        super().__init__([self.canvas, self._whose])
        self.add_traits(**{key: Part(default_value=value) for key, value in state.items()})
        self.observe(self._part_set, list(state))
        self.canvas.observe(lambda change: self._adopt(change.new), "state")
        self._read_own()
        start = "own" if any(choice.own for choice in self._choices) else "browser"
        self.source = start
        widgets.link((self, "source"), (self._whose, "value"))
        self.observe(lambda change: self._compute(), "source")
        self._compute()

    def put(self, **parts: Any) -> None:
        """Set several parts of the state at once, such as weights and means of another number of components."""
        fitted = {name: self._like(name, value) for name, value in parts.items()}
        self._become({**self._state, **fitted}, fitted)

    @property
    def values(self) -> dict:
        """What `gmmlearn.library` computes for the present state: the numbers behind the picture."""
        return self._model.compute(self._state, self._data, library)

    def still(self, theme: str = "light") -> Any:
        """The picture as a matplotlib figure, in the theme `"light"` or `"dark"`."""
        from gmmlearn.explore.stills import still  # a picture in the browser does without matplotlib

        return still(self.canvas.spec["name"], self._state, self._data, theme)

    def fitting(self, name: str, value: Any) -> Any:
        """The value of a part in the kind that it has; `TraitError` where it cannot be that."""
        value = self._like(name, value)
        K = len(self._state.get("weights", ()))
        if name in _BY_COMPONENT and len(value) != K and "n_components" not in self._state:
            raise T.TraitError(f"{name} needs {K} entries, one for each component, not {len(value)}")
        return value

    def _like(self, name: str, value: Any) -> Any:
        # The browser sends 1 for 1.0, so that the present state would not tell a float from an int.
        old = self.canvas.initial[name]
        try:
            if isinstance(old, bool):
                return bool(value)
            if isinstance(old, str):
                return _one_of(name, str(value), self.canvas.spec)
            if isinstance(old, list):
                return value if name == "runs" else np.asarray(value, float).tolist()
            return type(old)(value)
        except (TypeError, ValueError) as error:
            raise T.TraitError(f"{name} has to be of the kind of {old!r}: {error}") from error

    def _part_set(self, change: Any) -> None:
        if self._state[change.name] != change.new:
            self._become({**self._state, change.name: change.new}, [change.name])

    def _become(self, state: dict, changed: Iterable[str]) -> None:
        entails = getattr(self._model, "changed", None)
        for name in changed:
            state = entails(state, name, self._data) if entails else state
        self.canvas.state = state

    def _adopt(self, state: dict) -> None:
        """Called when the view or a cell has a new state."""
        self._state = state
        with self.hold_trait_notifications():
            for name, value in state.items():
                setattr(self, name, value)
        if self.source != "browser":
            self._compute()

    def _read_own(self) -> None:
        stamp = own.stamp(self._model.USES, self._folder)
        if stamp != self._stamp:
            self._stamp, self._choices = stamp, own.choose(self._model.USES, self._folder)

    def _compute(self) -> None:
        if self.source == "browser":
            note, given = "Computed by the browser, as gmmlearn.library does.", {}
        elif self.source == "library":
            note, given = "Computed by gmmlearn.library, in Python.", self._given(library)
        else:
            note, given = self._by_own()
        with self.canvas.hold_sync():
            self.canvas.source, self.canvas.note, self.canvas.given = self.source, note, given

    def _by_own(self) -> tuple[str, dict]:
        self._read_own()
        while True:
            try:
                given = self._given(own.namespace(self._choices))
                return own.sentence(self._choices), given
            except own.OwnCodeFailed as error:
                self._choices = [own.dismissed(choice, error) for choice in self._choices]

    def _given(self, maths: Any) -> dict:
        compute = getattr(self._model, "by_contract", self._model.compute)
        with _one_thread():
            values = compute(self._state, self._data, maths)
        return {
            "state": {key: self._state[key] for key in self.canvas.spec["signature"]},
            "values": {name: _wire(name, values[name]) for name in self._model.SENT if name in values},
        }


@cache
def _blas() -> ThreadpoolController:
    import_module("scipy.linalg")  # SciPy brings a BLAS of its own, and only what is loaded is limited
    return ThreadpoolController()


def _one_thread() -> Any:
    """BLAS with one thread: for matrices as small as these, several threads wait for each other most of the time."""
    if sys.platform == "emscripten":  # a browser has no threads to limit
        return nullcontext()
    return _blas().limit(limits=1, user_api="blas")


def _wire(name: str, value: Any) -> Any:
    """Parameters go as nested lists, other arrays as bytes, and a NaN as null, which JSON can say."""
    if isinstance(value, np.ndarray) and name.removesuffix("_b") not in _NESTED:
        return np.ascontiguousarray(value, float).tobytes()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, list):
        return [_wire(name, item) for item in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _one_of(name: str, value: str, spec: dict) -> str:
    for control in (control for row in spec["controls"] for control in row):
        options = [option for option, _ in control.get("options", [])]
        if control.get("key") == name and options and value not in options:
            raise ValueError(f"{value!r} is none of {', '.join(options)}")
    return value
