"""Quizzes and predictions, shown by jupyterquiz without a network; the record of progress keeps what was chosen.

The questions are those of `gmmlearn.checks.questions`.
"""

import html
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from gmmlearn.checks import record
from gmmlearn.checks.questions import FOLDER, predictions_of, quiz_of

__all__ = ["FOLDER", "Questions", "predict", "quiz"]
HOME = Path(__file__).parents[2]
"""Where the record is kept: beside the package."""

COLOURS = {
    "--jq-multiple-choice-bg": "#004B75",
    "--jq-many-choice-bg": "#004B75",
    "--jq-mc-button-bg": "#F3F3F3",
    "--jq-mc-button-border": "#767676",
    "--jq-mc-button-inset-shadow": "#555555",
    "--jq-incorrect-color": "#9E3A00",
    "--jq-correct-color": "#00664A",
    "--jq-text-color": "#FFFFFF",
    "--jq-link-color": "#9ADAFA",
}

STYLE = """
#@ID@ .Quiz { font-size: 1em; line-height: 1.4; margin: 0 0 1.2em 0 }
#@ID@ .Answer { grid-template-columns: 1fr }
#@ID@ .MCButton { font-size: 1em; text-align: left; justify-content: flex-start }
#@ID@ .MCButton:focus-within { outline: 3px solid #E69F00; outline-offset: -3px }
#@ID@ .MCButton input { margin: 0 0.7em 0 0 }
#@ID@ .correctButton { animation: none; background: var(--jq-correct-color) }
#@ID@ .incorrectButton { animation: none; background: var(--jq-incorrect-color) }
#@ID@ .Feedback { font-size: 1em; text-align: left; color: inherit; min-height: 1.4em }
.jp-OutputArea:has(#@ID@) .jp-OutputArea-child:has(.jupyter-widgets) { display: none }
"""
"""The last rule hides the widget that passes choices on, and what JupyterLab shows for it without a kernel."""

KEEPING = """
export default { render({ model }) {
  let left = 100, timer;
  const choose = (event) => {
    const label = event.target.closest(".MCButton");
    const quiz = label?.closest(".Quiz");
    if (!event.isTrusted || !quiz) return;
    const place = [...document.getElementById(model.get("box")).querySelectorAll(".Quiz")].indexOf(quiz);
    model.send({ question: place, choice: [...label.parentElement.children].indexOf(label) });
  };
  const begin = () => {
    const quizzes = document.getElementById(model.get("box"))?.querySelectorAll(".Quiz");
    if (!quizzes?.length) { if (left--) timer = setTimeout(begin, 100); return; }
    model.get("chosen").forEach((choices, place) => {
      if (choices.length) quizzes[place]?.querySelectorAll(".MCButton")[choices.at(-1)]?.click();
    });
    document.getElementById(model.get("box")).addEventListener("click", choose, true);
  };
  begin();
  return () => clearTimeout(timer);
} };
"""
"""In the browser: choose again what was chosen before, and pass on what the reader chooses."""

AFTER = """
(function decorate() {
const box = document.getElementById("@ID@");
if (!box || !box.querySelector(".Quiz")) { setTimeout(decorate, 200); return; }
for (const quiz of box.querySelectorAll(".Quiz")) {
  const question = quiz.firstElementChild.firstElementChild, answers = quiz.querySelector(".Answer");
  answers.setAttribute("role", "radiogroup");
  answers.setAttribute("aria-labelledby", question.id);
  quiz.querySelector(".Feedback").setAttribute("role", "status");
}
box.onkeydown = (event) => { if (event.key !== "Tab" && event.key !== "Escape") event.stopPropagation(); };
})();
"""


class Questions:
    """Questions that a notebook shows; without JavaScript one reads them as text.

    Parameters
    ----------
    questions : dict of str to dict
        Name in the record of progress -> question.
    heading : str
    """

    def __init__(self, questions: dict[str, dict], heading: str):
        self.names = list(questions)
        self.questions = list(questions.values())
        self.heading = heading
        self.box = f"quiz{uuid.uuid4().hex[:12]}"

    def _repr_html_(self) -> str:
        return markup([with_verdicts(question) for question in self.questions], self.heading, self.box)

    def _ipython_display_(self) -> None:
        """Called by IPython: the questions, and after them what passes the choices on to the record."""
        from IPython.display import display

        display({"text/html": self._repr_html_(), "text/plain": repr(self)}, raw=True)
        display(keeper(self.box, self.names))

    def __repr__(self) -> str:
        lines = [self.heading]
        for question in self.questions:
            lines += [
                "",
                question["question"],
                *(f"  ( ) {choice['answer']}" for choice in question["answers"]),
            ]
        return "\n".join(lines)


def keeper(box: str, names: list[str]) -> Any:
    """A widget without a look of its own, which keeps what is chosen in the questions of one output."""

    def keep(widget: Any, content: dict, buffers: Any) -> None:
        name = names[content["question"]]
        record.save(record.load(HOME).answered(name, int(content["choice"])), HOME)

    known = record.load(HOME).answers
    widget = _keeper()(box=box, chosen=[list(known.get(name, ())) for name in names])
    widget.on_msg(keep)
    return widget


@cache
def _keeper() -> Any:
    import anywidget
    import traitlets

    class Keeper(anywidget.AnyWidget):
        _esm = KEEPING
        box = traitlets.Unicode().tag(sync=True)
        chosen = traitlets.List().tag(sync=True)

    return Keeper


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
    predictions = predictions_of(chapter)
    key = f"{chapter}/{name}"
    if key not in predictions:
        there = sorted(other.partition("/")[2] for other in predictions)
        raise KeyError(f"no prediction {name!r} in {chapter}; there are {there}")
    return Questions({key: predictions[key]}, "Predict first")


def with_verdicts(question: dict) -> dict:
    """The same question, whose feedback says in words whether the choice was right."""
    answers = [
        choice | {"feedback": ("Right. " if choice["correct"] else "Not quite. ") + choice["feedback"]}
        for choice in question["answers"]
    ]
    return question | {"answers": answers}


def markup(questions: list[dict], heading: str, name: str) -> str:
    """HTML with jupyterquiz's script in it, in a box of that id.

    The script runs where `MathJax` is undefined, since jupyterquiz may otherwise fetch it from the network,
    and where `Question` is, since it would take itself for loaded if a page held another of its quizzes.
    """
    from jupyterquiz.dynamic.loader import load_questions_script
    from jupyterquiz.dynamic.renderer import build_script, build_styles, render_div

    opening, static, url = load_questions_script(questions, name)
    script = build_script(opening, static, url, name, True)
    body = f"(function (MathJax, Question) {{\n{script}\n{AFTER.replace('@ID@', name)}\n}})();"
    return (
        f'<p style="margin:0.4em 0;max-width:700px"><strong>{html.escape(heading)}</strong></p>'
        + render_div(name, False, False, False, len(questions), 700, 6, "left")
        + "</div>"
        + build_styles(name, COLOURS)
        + f"<style>{STYLE.replace('@ID@', name)}</style>"
        + f"<script>{body.replace('</', '<' + chr(92) + '/')}</script>"
    )
