"""Quizzes, predictions and what comes back, shown as a form without a network; the record keeps what was chosen.

The questions are those of `gmmlearn.checks.questions`, and their form is that of the explorations: the same script
shows it on a page without a kernel.
"""

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from gmmlearn.checks import mixed
from gmmlearn.checks import recall as recalling
from gmmlearn.checks.questions import FOLDER, Question, named, quiz_of, verdict
from gmmlearn.checks.record import load, save, today

__all__ = ["FOLDER", "Questions", "mixed_quiz", "predict", "quiz", "read_again", "recall"]
HOME = Path(__file__).parents[2]
"""Where the record is kept: beside the package."""


class Questions:
    """Questions that a notebook shows as a form, and any other page as a list that unfolds.

    Parameters
    ----------
    questions : dict of str to dict
        Name in the record of progress -> question.
    heading : str
    chosen : mapping of str to tuple of int, optional
        Name -> the first choice and the latest, as far as they count here.
    """

    def __init__(
        self, questions: dict[str, Question], heading: str, chosen: Mapping[str, tuple[int, ...]] | None = None
    ):
        self.questions = questions
        self.heading = heading
        self.chosen = load(HOME).answers if chosen is None else chosen

    @property
    def asked(self) -> dict[str, Any]:
        """What the form is made from, in a notebook and on a page without a kernel."""
        known = ({"key": key, "chosen": list(self.chosen.get(key, ()))} for key in self.questions)
        shown = ("question", "answers", "read")
        parts = ({name: one[name] for name in shown if name in one} for one in self.questions.values())
        return {"heading": self.heading, "questions": [first | second for first, second in zip(known, parts)]}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The form, and a list for where no widget can be."""
        bundle = {"text/html": self._repr_html_(), "text/plain": repr(self)}
        if not self.questions:
            return bundle
        widget = _form()(**self.asked)
        widget.on_msg(_keep)
        return widget._repr_mimebundle_(**kwargs)[0] | bundle

    def _repr_html_(self) -> str:
        parts = [f"<p><strong>{escape(self.heading)}</strong></p>"]
        for question in self.questions.values():
            choices = "".join(
                f"<details><summary>{escape(choice['answer'])}</summary><p>{escape(verdict(choice))}</p></details>"
                for choice in question["answers"]
            )
            parts.append(f"<p>{escape(question['question'])}</p>{choices}")
        return "".join(parts)

    def __repr__(self) -> str:
        lines = [self.heading]
        for question in self.questions.values():
            lines += ["", question["question"], *(f"  ( ) {choice['answer']}" for choice in question["answers"])]
        return "\n".join(lines)


def _keep(widget: Any, content: dict, buffers: Any) -> None:
    save(recalling.noted(load(HOME), str(content["question"]), int(content["choice"]), today()), HOME)


@cache
def _form() -> Any:
    import anywidget
    import traitlets

    from gmmlearn.explore.browser import css, esm

    class Form(anywidget.AnyWidget):
        _esm = esm("quiz")
        _css = css()
        heading = traitlets.Unicode().tag(sync=True)
        questions = traitlets.List().tag(sync=True)

    return Form


def quiz(chapter: str) -> Questions:
    """The quiz at the end of a chapter.

    Parameters
    ----------
    chapter : str
        Module of the chapter, such as `"mixtures"`.

    Examples
    --------
    >>> len(quiz("mixtures").questions) in {3, 4, 5}
    True
    """
    return Questions(quiz_of(chapter), "Check yourself")


def predict(chapter: str, name: str) -> Questions:
    """A question to answer before a picture moves.

    Parameters
    ----------
    chapter : str
        Module of the chapter.
    name : str
        Of the prediction in `quizzes/<chapter>.predictions.json`.

    Raises
    ------
    KeyError
        If there is no such prediction; the message lists those there are.
    """
    predictions = named(chapter, "predictions")
    key = f"{chapter}/{name}"
    if key not in predictions:
        there = sorted(other.partition("/")[2] for other in predictions)
        raise KeyError(f"no prediction {name!r} in {chapter}; there are {there}")
    return Questions({key: predictions[key]}, "Predict first")


def recall(chapter: str | None = None) -> Questions:
    """At most three questions on what you missed before, else on what is hardest.

    Parameters
    ----------
    chapter : str, optional
        Module of the chapter at whose head it is: then they are about chapters at least two before it.
    """
    record = recalling.draw(load(HOME), today(), chapter)
    save(record, HOME)
    pool = recalling.pool()
    then = recalling.expected(record, today())
    heading = "Do you remember? One minute, or skip it." if record.asked else f"Nothing to recall today. {then}".strip()
    return Questions({key: pool[key] for key in record.asked}, heading, record.asked)


def mixed_quiz(seed: int = 0) -> Questions:
    """Twenty questions from all chapters; with another seed, twenty others.

    Examples
    --------
    >>> len(mixed_quiz().questions)
    20
    """
    return Questions(mixed.drawn(seed), "Twenty questions on the whole course")


def read_again(seed: int = 0) -> mixed.Again:
    """Which sections to read again, by the first choices in the mixed quiz with that seed."""
    return mixed.again(seed, load(HOME))
