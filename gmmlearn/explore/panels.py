"""An exploration in a notebook: the picture, its state as traits, and whose mathematics it runs."""

import sys
from base64 import b64encode
from collections.abc import Iterable
from contextlib import nullcontext
from functools import cache
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np
import traitlets as T
from IPython.display import display
from threadpoolctl import ThreadpoolController

from gmmlearn import library
from gmmlearn.checks import recall, record
from gmmlearn.explore import cells, own
from gmmlearn.explore.canvas import Canvas, sent
from gmmlearn.explore.models import model
from gmmlearn.explore.models.parts import fixed, taken
from gmmlearn.explore.scenes import offered, scene

HERE = Path(__file__).parents[1]
SOURCES = [("browser", "the browser"), ("library", "the library, in Python"), ("own", "my own code")]


class Part(T.TraitType):
    """A part of the state, as a trait of its panel; a list that is read cannot be changed in place."""

    def get(self, obj: Any, cls: Any = None) -> Any:
        """Called by traitlets when the part is read."""
        return fixed(super().get(obj, cls))

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
        self._adopting = False
        # Whether the functions are the library's -> what `compute` keeps from one state to the next.
        self._kept: dict[bool, dict] = {}
        arrays = {key: np.ascontiguousarray(value, float).tobytes() for key, value in data.items()}
        spec = offered(scene(name), data) | {"sources": [list(source) for source in SOURCES]}
        known = record.load(self._folder.parent).answers
        spec |= {"questions": [{**one, "chosen": list(known.get(one["key"], ()))} for one in spec["questions"]]}
        self.canvas = Canvas(spec=spec, data=arrays, initial=state, state=state)
        super().__init__([self.canvas])
        self.add_traits(**{key: Part(default_value=value) for key, value in state.items()})
        self.observe(self._part_set, list(state))
        self.canvas.observe(lambda change: self._adopt(change.new), "state")
        if self._read_own():
            raise KeyboardInterrupt
        start = "own" if any(choice.own for choice in self._choices) else "browser"
        self.source = start
        T.link((self, "source"), (self.canvas, "source"))
        self.observe(lambda change: self._compute(), "source")
        self.canvas.on_msg(self._note_choice)
        # A view that has chosen a source of its own waits for an answer, also to the same state.
        self.canvas.observe(lambda change: self._answer(), "request")
        self._compute()
        cells.belongs(self)

    def put(self, **parts: Any) -> None:
        """Set several parts of the state at once, such as weights and means of another number of components."""
        try:
            fitted = {name: taken(self._model.PARTS, name, value) for name, value in parts.items()}
            self._together(fitted)
        except ValueError as error:
            raise T.TraitError(str(error)) from error
        self._become({**self._state, **fitted}, fitted, kept=fitted)

    def close(self) -> None:
        """Close all that belongs to it, so that nothing of it stays in the kernel or in the browser."""
        for widget in (self.canvas, self.canvas.layout, self.layout):
            widget.close()
        super().close()

    def _open_again(self) -> None:
        """What was closed when its cell ran again, and is held in a list or a variable, may still be shown."""
        if self.comm is None:
            self.__dict__.pop("_repr_mimebundle_", None)  # set to None by ipywidgets when it closes
            for widget in (self.canvas.layout, self.canvas, self.layout, self):
                widget.open()

    @property
    def values(self) -> dict:
        """What `gmmlearn.library` computes for the present state: the numbers behind the picture."""
        return self._model.compute(self._state, self._data, library)

    def still(self, theme: str = "light") -> Any:
        """The picture as a matplotlib figure, in the theme `"light"` or `"dark"`."""
        from gmmlearn.explore.stills import still  # a picture in the browser does without matplotlib

        return still(self.canvas.spec["name"], self._state, self._data, theme)

    def fitting(self, name: str, value: Any) -> Any:
        """The value of a part as the state holds it; `TraitError` in one sentence where it cannot be that."""
        try:
            value = taken(self._model.PARTS, name, value)
            if not self._adopting:
                self._together({name: value})
        except ValueError as error:
            raise T.TraitError(str(error)) from error
        return value

    def _together(self, parts: dict) -> None:
        """Raises `ValueError` where these parts do not go with the others."""
        checked = getattr(self._model, "checked", None)
        if checked:
            kept = {} if "runs" in parts else {"runs": []}  # other parts may start the runs afresh
            checked({**self._state, **kept, **parts}, self._data)

    def _ipython_display_(self) -> None:
        """Two outputs: a still, and the widget, whose view hides it.

        A host takes the widget's form wherever it knows of widgets, also where the widget is gone: in a notebook that
        is opened again, or in a page without a network. So the still cannot be another form of the same output.
        """
        from gmmlearn.explore.stills import WIDTH, png
        from gmmlearn.figures.style import image_of

        self._open_again()
        spec = self.canvas.spec
        said = f"{spec['title']}: a still picture. To move it, run its cell in a notebook."
        words, picture = {"text/plain": said}, png(spec["name"], self._state, self._data)
        self.canvas.still = b64encode(picture).decode()[-200:-100]
        # As HTML, since nbconvert leaves out the description of a picture of any other kind.
        display({"text/html": image_of(picture, said, WIDTH)} | words, raw=True)
        display(self._repr_mimebundle_() | words, raw=True)

    def _part_set(self, change: Any) -> None:
        if self._state[change.name] != change.new:
            self._become({**self._state, change.name: change.new}, [change.name])

    def _become(self, state: dict, changed: Iterable[str], kept: dict | None = None) -> None:
        entails = getattr(self._model, "changed", None)
        for name in changed:
            state = entails(state, name, self._data) if entails else state
        # What was given together with its cause is meant, not what the cause would entail.
        state |= {name: value for name, value in (kept or {}).items() if name in getattr(self._model, "ENTAILED", ())}
        with self.canvas.hold_sync():
            self.canvas.request += 1
            self.canvas.state = state

    def _adopt(self, state: dict) -> None:
        """Called when the view or a cell has a new state."""
        self._state = state = {name: taken(self._model.PARTS, name, value) for name, value in state.items()}
        self._adopting = True
        try:
            with self.hold_trait_notifications():
                for name, value in state.items():
                    setattr(self, name, value)
        finally:
            self._adopting = False
        if self.source != "browser":
            self._compute()

    def _note_choice(self, canvas: Canvas, content: dict, buffers: Any) -> None:
        """Called with a choice for a question: the record has it beside those of the quizzes."""
        known = record.load(self._folder.parent)
        known = recall.noted(known, str(content["question"]), int(content["choice"]), record.today())
        record.save(known, self._folder.parent)

    def _read_own(self) -> bool:
        """Choose anew where a file has changed, and say whether that was interrupted."""
        stamp = own.stamp(self._model.USES, self._folder)
        if stamp == self._stamp:
            return False
        self._stamp, self._choices, self._kept = stamp, own.choose(self._model.USES, self._folder), {}
        return any(choice.reason == own.INTERRUPTED for choice in self._choices)

    def _answer(self) -> None:
        if self.canvas.state != self._state:
            return  # the state of this request is adopted next, and answered then
        if self.source != "browser" and self.canvas.given.get("request") != self.canvas.request:
            self._compute()

    def _compute(self) -> None:
        interrupted = False
        if self.source == "browser":
            note, given = "Computed by the browser, as gmmlearn.library does.", {}
        elif self.source == "library":
            note, given = "Computed by gmmlearn.library, in Python.", self._given(library)
        else:
            note, given, interrupted = self._by_own()
        with self.canvas.hold_sync():
            self.canvas.source, self.canvas.note, self.canvas.given = self.source, note, given
        if interrupted:  # the picture has its answer; a cell that goes on setting states is to end
            raise KeyboardInterrupt

    def _by_own(self) -> tuple[str, dict, bool]:
        interrupted = self._read_own()
        while True:
            try:
                given = self._given(own.Picture(self._choices))
                return own.sentence(self._choices), given, interrupted
            except own.OwnCodeFailed as error:
                interrupted = interrupted or isinstance(error.__cause__, KeyboardInterrupt)
                self._choices, self._kept = [own.dismissed(choice, error) for choice in self._choices], {}

    def _given(self, maths: Any) -> dict:
        compute = getattr(self._model, "by_contract", self._model.compute)
        kept = {"kept": self._kept.setdefault(maths is library, {})} if "kept" in signature(compute).parameters else {}
        with _one_thread():
            values = compute(self._state, self._data, maths, **kept)
        return {
            "request": self.canvas.request,
            "state": {key: self._state[key] for key in self.canvas.spec["signature"]},
            "values": {name: sent(name, values[name]) for name in self._model.SENT if name in values},
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
