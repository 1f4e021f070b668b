"""Plain idiomatic English in all texts of the course: words that a reader stumbles over, each with the reason."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest

from gmmlearn.figures.quiz import FOLDER

from .conftest import COURSE, ROOT, Notebook

BANNED = {
    r"(?<!there )(?<!would )\b(?:is|are|was|were|be) no (?!longer|more|better|less|worse|larger|smaller)": (
        "say 'is not a', as in 'is not a way'"
    ),
    r"\bcame\b(?! (?:from|back))|\bcom(?:e|es) to (?:a |an )?\d": "a result is, or you get it; it does not come",
    r"\b(?:is|are|was|were|what is) due\b|\bdue (?:-?\d|\{)": "say expected, or right",
    r"\bmend(?:s|ed|ing)?\b": "say fix",
    r"(?<!\d[ ,.])\b[1-9]\d{0,2} 000\b": "say 10,000",
    r"\bdurations?\b": "say length, as elsewhere for how long an eruption lasts",
    r"\bdear\b": "say expensive",
    r"\bheaps?\b": "say group",
    r"\bdat(?:um|ums)\b|\b\d+ data\b(?! (?:points?|sets?)\b)|\btwo data\b(?! (?:points?|sets?)\b)": "say data point",
    r"\bforet(?:old|ells?)\b": "say predicted",
    r"\bwhoever\b": "say 'if you'",
    r"\bthe way of\b": "say the path of",
    r"\bmere\b": "say plain, or only",
    r"\bin earnest\b": "say in practice",
    r"\bought\b": "say should",
    r"\bstraight ahead\b": "say directly",
    r"\bin place of\b": "say instead of",
    r"\bupon\b": "say on",
    r"\banew\b": "say again",
    r"\bthe whole of (?!the\b)": "say all of, or complete",
    r"\bas it should be\b": "say expected, or right",
    r"\bshall\b": "say will",
    r"\bbears? the\b": "say has",
    r"\bto be (?:learnt|looked|thrown|had|found out)\b|\bcan be had\b": "say who does it: 'you look'",
    r"\b(?:lines?|iterations?|steps?|M-step|below|would) (?:do|does)(?=[.,;:)])": "say is enough",
    r"\b(?:stands?|stood) (?:at the top|whose|before|for it|under|in the place|4 to)\b": "say is",
    r"\blies? (?:beside|in the doubt|every)\b|\bdoubt lies\b": "say is",
    r"\b(?:as if|when|that|what|which|if|where|can|could|would|must|does|did|do|should|and|but|as|how) one "
    r"(?=(?:can|could|would|must|may|might|should|does|wants|sees|needs|has|goes|adds|divides|reads|says|finds|"
    r"looks|forgets|pays?|told|tell|divide|say|merge|look|know|hardly|put|takes)\b)": "say you or we",
    r"(?<![-\w] )(?<!only )(?<!each )(?<!this )(?<!that )\bone (?:can|could|would|must|should|may|might|often|wants|"
    r"sees|reads|says|divides|adds|needs a|does|forgets|hardly)\b": "say you or we",
    r"\btempts? one\b|\bbrings? one\b|\btold one\b": "say you or we",
    r"\b\w*(?:maxim|initial|optim|normal|regular|factor|summar|recogn|general|minim|emphas|standard|penal|visual)is"
    r"(?:e[sd]?|ing|ation)\b": "one spelling, that of the code and of scikit-learn: -ize",
    r"\b(?:No coincidence|One trap|One picture, one|Three things to|Two ways out)\b": "a sentence has a verb",
    r"(?<!lower )(?<!upper )\bcenter(?:s|ed|ing)?\b": "one spelling, that of the rest of the course: centre",
    r"\bone can say\b|\bis what one\b": "keep the order of words",
    r"\btimes as likely to have made\b|\bmost likely to have made\b": "odds of parameters, which a likelihood is not",
}
"""Pattern, in any case of letters, and what to write."""

STANDARD_TERMS = (
    "latent variable",
    "negative log-likelihood",
    "evidence lower bound",
    "Kullback-Leibler divergence",
    "unsupervised learning",
    "overfitting",
    "soft clustering",
    "mixing proportion",
    "log-sum-exp",
    "Mahalanobis distance",
    "expectation-maximization",
)
"""What a student will search for; each stands somewhere beside our own word."""


def words_of_notebook(path: Path) -> dict[str, str]:
    """Text by cell, without formulas, tables of code, quotations of titles and the addresses of links."""
    found = {}
    for cell in Notebook(path, None).cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|```.*?```|`[^`]*`|\]\([^)]*\)", " _ ", cell.source, flags=re.S)
            found[cell.id] = text
        else:
            written = [*re.findall(r'"[^"\n]*"', cell.source), *re.findall(r"#.*", cell.source)]
            found[cell.id] = "\n".join(written)
    return found


def words_of_quiz(path: Path) -> dict[str, str]:
    """Question, answers and feedback by their place in the file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    questions = content.items() if isinstance(content, dict) else enumerate(content)
    return {
        f"question {name}": "\n".join(
            [question["question"], *(answer[part] for answer in question["answers"] for part in ("answer", "feedback"))]
        )
        for name, question in questions
    }


def words_of_hints(path: Path) -> dict[str, str]:
    return {name: "\n".join(each["hints"]) for name, each in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def words_of_figures(path: Path) -> dict[str, str]:
    """Every string with words in it: captions, descriptions, titles, remarks; docstrings as well."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            found[f"line {node.lineno}"] = "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            found.setdefault(f"line {node.lineno}", node.value)
    return found


READERS = {
    **dict.fromkeys(sorted(COURSE.glob("*.ipynb")), words_of_notebook),
    **dict.fromkeys(sorted(FOLDER.glob("*.json")), words_of_quiz),
    ROOT / "gmmlearn" / "checks" / "hints.toml": words_of_hints,
    **dict.fromkeys(sorted((ROOT / "gmmlearn" / "figures").glob("*.py")), words_of_figures),
}


@pytest.mark.parametrize("path", READERS, ids=lambda path: path.name)
def test_no_banned_words(path):
    """In what a person reads; the message says what to write instead."""
    stumbles = [
        f"{place}: {match.group()!r} ({reason})"
        for place, text in READERS[path](path).items()
        for pattern, reason in BANNED.items()
        for match in re.finditer(pattern, " ".join(text.split()), flags=re.IGNORECASE)
    ]
    assert stumbles == [], "\n".join(stumbles)


OLD = {
    "is no straight-line function of its parameters": "say 'is not a', as in 'is not a way'",
    "peak 1.6, due 0.8": "say expected, or right",
    "`np.cumsum(weights)` mends it.": "say fix",
    "hardcovers dear and varied": "say expensive",
    "for each heap alone": "say group",
    "for 5 data it is a quarter": "say data point",
    "A curve is high at every datum.": "say data point",
    "foretold by the shares": "say predicted",
    "Whoever takes the first half of such rows": "say 'if you'",
    "The dotted line is the way of the child": "say the path of",
    "Here is the idea with mere distances": "say plain, or only",
    "it fits mixtures in earnest": "say in practice",
    "which is as it should be": "say expected, or right",
    "for each k three lines do: residuals": "say is enough",
    "How close, one can say as well.": "say you or we",
    "the landscape is there, and one can look at it": "say you or we",
    "which tempts one to keep it": "say you or we",
    "the M-step maximises Q": "one spelling, that of the code and of scikit-learn: -ize",
    "No coincidence. By Bayes' rule": "a sentence has a verb",
    "Under the picture stands whose functions draw it": "say is",
    "which of these curves is most likely to have made the data": "odds of parameters, which a likelihood is not",
}


@pytest.mark.parametrize("sentence", OLD)
def test_what_was_written_once_is_caught(sentence):
    """Sentences over which readers have stumbled."""
    assert OLD[sentence] in [
        reason for pattern, reason in BANNED.items() if re.search(pattern, sentence, re.IGNORECASE)
    ]


FINE = (
    "there is no rule that splits it",
    "there would be no inner sum",
    "it is no longer the maximum",
    "one of the two, and one Gaussian is enough",
    "points drawn from one component; only one can win",
    "the points came from three Gaussians",
    "272 data points, and a likelihood of 0",
)


@pytest.mark.parametrize("sentence", FINE)
def test_plain_english_passes(sentence):
    """Neighbours of what is banned."""
    assert [pattern for pattern in BANNED if re.search(pattern, sentence, re.IGNORECASE)] == []


def test_standard_terms_stand_beside_ours():
    """In the text of the chapters, so that a student can search for them."""
    text = " ".join(" ".join(Notebook(path, None).prose.split()) for path in COURSE.glob("0*.ipynb")).lower()
    assert [term for term in STANDARD_TERMS if term.lower() not in text] == []
