"""What every exploration draws and says: plain data, read by the browser and by matplotlib alike.

A scene names its panels, and in each panel its marks; a mark names the values that it draws. Sentences are templates:
`{means:2}` is a value with two decimals, and `{"each": name, "text": ...}` repeats a template for each part.
What it asks is with the other questions of the course, in `gmmlearn/quizzes`.
"""

import importlib

from gmmlearn.checks.questions import of_exploration
from gmmlearn.explore.models import model
from gmmlearn.explore.models.parts import forms, limits


def scene(name: str) -> dict:
    """The scene of one exploration.

    Parameters
    ----------
    name : str
        One of `gmmlearn.explore.models.NAMES`.

    Returns
    -------
    dict
        `title`, `panels`, `controls`, `lines`, `table`, `alt`, `questions`, `told` (what is said aloud of a change),
        `signature` (parts of the state on which the shape of the values depends), `limits` (least and greatest value
        of each part), `forms` (lengths and the like), `defaults` (the state without arguments); some have `ask` (a
        question about the present state, see `browser/asking.js`) or `tour` (its steps, see `browser/tour.js`).

    Examples
    --------
    >>> scene("density")["title"]
    'Mixture density'
    """
    module = importlib.import_module(f"{__name__}.{name}")
    given = {"name": name, "signature": [], **module.SCENE, "questions": of_exploration(name)}
    given |= {"limits": limits(model(name).PARTS), "forms": forms(model(name).PARTS)}
    given |= {"defaults": model(name).initial()}
    return given | {"controls": [[_limited(control, given["limits"]) for control in row] for row in given["controls"]]}


def _limited(control: dict, limits: dict) -> dict:
    """A slider with the least and the greatest value of its part."""
    if control["kind"] != "slider" or "values" in control or "max" in control:
        return control
    low, high = limits[control["key"]]
    return control | {"min": low, "max": high}


def offered(spec: dict, data: dict) -> dict:
    """The scene with those data sets to choose from that are there: the reader's own only where one was given."""
    if spec["name"] != "em" or "yours" in data:
        return spec

    def without(control: dict) -> dict:
        if control.get("key") != "data":
            return control
        return control | {"options": [option for option in control["options"] if option[0] != "yours"]}

    return spec | {"controls": [[without(control) for control in row] for row in spec["controls"]]}
