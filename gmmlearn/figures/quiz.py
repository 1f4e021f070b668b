"""Quizzes and predictions, shown by jupyterquiz without a network.

`quizzes/<chapter>.json` is a list of questions in jupyterquiz's own format, and
`quizzes/<chapter>.predictions.json` an object: the name of a prediction -> one such question.
Texts are plain, with Unicode letters for symbols.
"""

import html
import json
import uuid
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "quizzes"

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
"""

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
    """Questions that a notebook shows; without JavaScript one reads them as text."""

    def __init__(self, questions: list[dict], heading: str):
        self.questions = questions
        self.heading = heading

    def _repr_html_(self) -> str:
        return markup([with_verdicts(question) for question in self.questions], self.heading)

    def __repr__(self) -> str:
        lines = [self.heading]
        for question in self.questions:
            lines += [
                "",
                question["question"],
                *(f"  ( ) {choice['answer']}" for choice in question["answers"]),
            ]
        return "\n".join(lines)


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
    return Questions(read(FOLDER / f"{chapter}.json"), "Check yourself")


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
    predictions = read(FOLDER / f"{chapter}.predictions.json")
    if name not in predictions:
        raise KeyError(f"no prediction {name!r} in {chapter}; there are {sorted(predictions)}")
    return Questions([predictions[name]], "Predict first")


@cache
def read(path: Path):
    """The parsed file."""
    return json.loads(path.read_text(encoding="utf-8"))


def with_verdicts(question: dict) -> dict:
    """The same question, whose feedback says in words whether the choice was right."""
    answers = [
        choice | {"feedback": ("Right. " if choice["correct"] else "Not quite. ") + choice["feedback"]}
        for choice in question["answers"]
    ]
    return question | {"answers": answers}


def markup(questions: list[dict], heading: str) -> str:
    """HTML with jupyterquiz's script in it.

    The script runs where `MathJax` is undefined, since jupyterquiz may otherwise fetch it from the network,
    and where `Question` is, since it would take itself for loaded if a page held another of its quizzes.
    """
    from jupyterquiz.dynamic.loader import load_questions_script
    from jupyterquiz.dynamic.renderer import build_script, build_styles, render_div

    name = f"quiz{uuid.uuid4().hex[:12]}"
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
