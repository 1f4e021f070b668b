"""What comes back: a question for all that can be missed, fair choices, sections that are there, and true numbers."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import nbformat
import numpy as np
import pytest
from scipy import stats
from scipy.special import logsumexp, softmax
from sklearn.preprocessing import PolynomialFeatures

from gmmlearn.checks.mixed import SIZE, drawn, headings
from gmmlearn.checks.questions import every, named, quiz_of
from gmmlearn.checks.recall import about, pool
from gmmlearn.contract import CHAPTERS, EXERCISES, notebook_of
from solutions.mistakes import MISTAKES

ROOT = Path(__file__).parents[2]
ASKED = [chapter for chapter in CHAPTERS if named(chapter, "recall")]
"""Chapters whose questions come back."""
MECHANICAL = tomllib.loads((Path(__file__).parent / "mechanical_mistakes.toml").read_text(encoding="utf-8"))


def right(question):
    return [answer["correct"] for answer in question["answers"]].index(True)


# What it is about


def test_a_question_is_about_each_known_mistake_unless_it_is_listed_as_mechanical():
    mechanical = [name for reason in MECHANICAL.values() for name in reason["mistakes"]]
    known = {name for name, one in MISTAKES.items() if EXERCISES[one.exercise].module in ASKED}
    assert known - about().keys() == set(mechanical)
    assert len(mechanical) == len(set(mechanical))
    assert {what for what in about() if "/" not in what} <= known


def test_a_question_in_other_words_comes_back_for_every_question_that_can_be_missed():
    for key, question in every().items():
        if key.partition("/")[0] not in ASKED:
            continue
        assert about()[key], key
        if key not in pool():
            assert question["question"] not in {pool()[other]["question"] for other in about()[key]}


def test_all_chapters_are_asked_about():
    assert list(CHAPTERS) == ASKED
    assert len(pool()) >= 60


@pytest.mark.parametrize("chapter", ASKED)
def test_a_chapter_has_ten_questions_or_more_each_with_a_reason_for_every_choice(chapter):
    asked = named(chapter, "recall")
    assert len(asked) >= 10
    for key, question in asked.items():
        assert question["difficulty"] in (1, 2, 3), key
        assert [answer["correct"] for answer in question["answers"]].count(True) == 1, key
        texts = [answer["answer"] for answer in question["answers"]]
        assert len(set(texts)) == len(texts) >= 3, key
        assert all(len(answer["feedback"].split()) >= 4 for answer in question["answers"]), key


# Neither its place nor its length gives the right choice away


@pytest.mark.parametrize("n_choices", [3, 4])
def test_the_right_choice_is_at_every_place_equally_often(n_choices):
    places = [right(one) for one in pool().values() if len(one["answers"]) == n_choices]
    counts = np.array([Counter(places)[place] for place in range(n_choices)])
    assert counts.max() - counts.min() <= 0.1 * len(places) + 1


def test_the_right_choice_is_the_longest_or_the_shortest_about_as_often_as_by_chance():
    extremes = []
    for question in pool().values():
        lengths = [len(answer["answer"]) for answer in question["answers"]]
        own = lengths.pop(right(question))
        extremes.append((own > max(lengths), own < min(lengths)))
    assert np.mean(extremes, axis=0) == pytest.approx([0.3, 0.3], abs=0.1)


def test_the_order_of_a_chapter_does_not_tell_the_next_place():
    for chapter in ASKED:
        places = [right(one) for one in named(chapter, "recall").values()]
        assert max(len(run) for run in re.findall(r"0+|1+|2+|3+", "".join(map(str, places)))) <= 3


# Where to read


@pytest.mark.parametrize("chapter", ASKED)
def test_the_sections_are_those_of_the_notebook(chapter):
    cells = nbformat.read(ROOT / "course" / notebook_of(chapter), as_version=4).cells
    text = {cell.id: cell.source for cell in cells if cell.cell_type == "markdown"}
    found = {name: re.findall(r"^## (\d+\. .+)$", source, flags=re.MULTILINE) for name, source in text.items()}
    assert headings()[chapter] == {name: re.sub(r"[$`*]", "", those[0]) for name, those in found.items() if those}
    assert {one["section"] for one in named(chapter, "recall").values()} <= set(headings()[chapter])


def test_the_mixed_quiz_has_twenty_questions_of_all_chapters_and_another_seed_others():
    one, other = drawn(0), drawn(1)
    for asked in (one, other):
        assert len(asked) == SIZE
        assert set(Counter(key.split("/")[1] for key in asked).values()) == {2, 3}
    assert len({key.partition("/")[2] for key in one} & {key.partition("/")[2] for key in other}) < SIZE / 2
    assert list(drawn(0)) == list(one)


def test_no_question_of_the_pool_repeats_another():
    texts = [question["question"] for question in pool().values()]
    asked = [question["question"] for chapter in ASKED for question in quiz_of(chapter).values()]
    assert len({*texts, *asked}) == len(texts) + len(asked)


# The numbers: each question with what the right choice says, by NumPy and SciPy

norm = stats.norm
NUMBERS = {
    "mixtures/units": lambda: f"{36**0.5:.0f} minutes",
    "mixtures/peak": lambda: f"About {norm.pdf(0, 0, 0.1):.0f}",
    "mixtures/factor": lambda: f"About {np.trapezoid(np.exp(-(np.linspace(-40, 40, 8001) ** 2) / 8), dx=0.01):.0f}",
    "mixtures/bolts": lambda: f"One hump: N(10, {(0.01 + 0.01) / 4:.3f})",
    "mixtures/unweighted": lambda: f"{sum(stats.norm(m, s).cdf(np.inf) for m, s in ((0, 1), (1, 2), (5, 1))):.0f}",
    "mixtures/four-away": lambda: f"{norm.logpdf(0) - norm.logpdf(4):.0f}",
    "mixtures/four-times": lambda: f"It falls by {peak(np.eye(2)) - peak(4 * np.eye(2)):.2f}",
    "mixtures/cholesky": lambda: f"{np.linalg.det(np.diag([1.5, 2.0]) @ np.diag([1.5, 2.0]).T):.0f}",
    "mixtures/ten-features": lambda: f"{peak(np.eye(10)):.2f}",
    "mixtures/determinant": lambda: (
        f"{np.linalg.det(0.01 * np.eye(500))}, and {np.linalg.slogdet(0.01 * np.eye(500))[1]:.0f}"
    ),
    "sampling/rounded": lambda: f"{3 * round(100 / 3)}",
    "sampling/share": lambda: f"{stats.binom.std(400, 0.5) / 400:.3f}",
    "sampling/thirty": lambda: f"30 times, give or take about {stats.binom.std(100, 0.3):.0f}",
    "sampling/flat-noise": lambda: (
        f"{stats.uniform(-(3**0.5), 12**0.5).support()[1]:.2f}, and {2 * norm.sf(3**0.5):.0%} of normal draws".replace(
            "%", " %"
        )
    ),
    "likelihood/one-three-five": lambda: f"{norm.fit([1, 3, 5])[1] ** 2:.2f}",
    "likelihood/centre": lambda: f"{norm.fit([2, 3, 10])[0]:.0f}",
    "likelihood/kelvin": lambda: f"{np.var(np.array([-3.0, 3.0]) + 273):.0f}",
    "likelihood/log10": lambda: f"{-1000 * np.log10(np.e):.0f}",
    "likelihood/small-product": lambda: f"{np.prod(np.full(200, 0.01))}, and {np.log(np.full(200, 0.01)).sum():.0f}",
    "likelihood/average-first": lambda: f"About {logsumexp([0, -20], b=0.5):.1f}",
    "likelihood/product-rule": lambda: f"{np.log(0.01 * np.exp(-3)):.2f}",
    "likelihood/no-prior": lambda: f"It is {100 * np.log(2):.0f} too high",
    "likelihood/shift": lambda: f"It grows by {logsumexp([5, 6, 8]) - logsumexp([0, 1, 3]):.0f}",
    "likelihood/three-zeros": lambda: f"{logsumexp([0, 0, 0]):.2f}",
    "likelihood/small-number": lambda: f"{np.log(np.exp(-500) + 1e-10):.0f}",
    "likelihood/cov-shape": lambda: str(np.cov(np.zeros((200, 3))).shape),
    "likelihood/column-row": lambda: str((np.zeros((7, 1)) + np.zeros(7)).shape).replace("7", "n"),
    "e_step/two-numbers": lambda: f"{np.divide(0.05, 0.14):.2f}",
    "e_step/nine-hundred": lambda: f"{softmax([-900, -905])[0]:.3f}",
    "e_step/wide-wins": lambda: f"The wide one, with {share(norm.pdf(3, 0, 3), norm.pdf(3)):.0%}".replace("%", " %"),
    "m_step/pulled": lambda: f"At {np.mean([20] * 5 + [0] * 95):.0f}",
    "m_step/faint": lambda: f"By about {0.001 * 10_000 / 10:.0f}",
    "m_step/once": lambda: f"At {np.average([0, 3], weights=[0.5, 1]):.0f}",
    "m_step/reshape": lambda: str(tuple(map(int, np.array([[1, 2], [3, 4], [5, 6]]).reshape(2, 3)[0]))),
    "m_step/lined-up": lambda: str(tuple(map(int, (np.array([[10, 20], [30, 40]]) / [10, 5])[1]))),
    "m_step/about-what": lambda: f"{np.mean((np.array([1, 3]) - 1) ** 2):.0f}",
    "m_step/shared-width": lambda: f"{np.mean([1, 9]):.0f}, and neither of them",
    "m_step/gap": lambda: f"{-3 - stats.entropy([0.5, 0.5]):.2f}",
    "em/hard-border": lambda: "Too far apart: {:.2f} and {:.2f}".format(*cut_means()),
    "em/spike": lambda: f"It rises by about {norm.logpdf(0, 0, 0.1) - norm.logpdf(0):.1f}, and will go on rising",
    "at_scale/two-features": lambda: f"{PolynomialFeatures(2).fit_transform(np.zeros((1, 2))).shape[1]}",
    "at_scale/two-blocks": lambda: f"{np.add([60, 40], [90, 210])[number_of_component('at_scale/two-blocks')] / 400}",
    "at_scale/cross-term": lambda: f"{np.polynomial.Polynomial([36, -12, 1]).coef[1] / -(2 * 2):.0f}",
    "at_scale/from-sums": lambda: f"{260 / 20 - (60 / 20) ** 2:.0f}",
    "with_sklearn/nineteen": lambda: f"{1 + 2 * 3 + 2 * np.tri(3).sum():.0f}",
    "with_sklearn/four-types": lambda: f"{3 * np.tri(4).sum():.0f}, {np.tri(4).sum():.0f}, {3 * 4}, {3}",
    "with_sklearn/bic-number": lambda: f"{5 * np.log(100) + 1000:.0f}",
    "with_sklearn/price": lambda: f"{np.log(1000) / 2:.2f}",
    "with_sklearn/standardized": lambda: f"At {71 + 14 * -1}",
}


def number_of_component(key):
    """The one component that the question names; components are numbered from 0."""
    (number,) = re.findall(r"component (\d)", pool()[key]["question"])
    return int(number)


def peak(covariance):
    zero = np.zeros(len(covariance))
    return stats.multivariate_normal(zero, covariance).logpdf(zero)


def share(own, other):
    return own / (own + other)


def cut_means():
    x = np.linspace(-9, 11, 200_001)
    density = (norm.pdf(x) + norm.pdf(x, 2)) / 2
    return [np.average(x[side], weights=density[side]) for side in (x < 1, x > 1)]


@pytest.mark.parametrize("key", NUMBERS)
def test_the_right_choice_has_the_number_that_is_computed(key):
    question = pool()[key]
    assert question["answers"][right(question)]["answer"] == NUMBERS[key]()


def test_claims_of_the_reasons_hold():
    x = np.linspace(-6, 6, 12_001)
    humps = [np.sum(np.diff(np.sign(np.diff(norm.pdf(x, -d / 2) + norm.pdf(x, d / 2)))) < 0) for d in (1.5, 2.2)]
    assert humps == [1, 2]  # mixtures/close
    valley, hump = (0.5 * norm.pdf(at, 10, 2) + 0.5 * norm.pdf(at, 27, 5) for at in (18.5, 10.0))
    assert (round(valley, 4), round(hump, 4)) == (0.0094, 0.0999)  # mixtures/between
    root = np.sqrt([[2.0, 1.0], [1.0, 2.0]])
    assert (root @ root.T).round(2).tolist() == [[3.0, 2.83], [2.83, 3.0]]  # sampling/entries
    draws = np.random.default_rng(0).random((2, 400_000))
    assert np.mean(0.6 * draws[0] > 0.4 * draws[1]) == pytest.approx(2 / 3, abs=0.004)  # sampling/products
    Z, A = np.random.default_rng(1).standard_normal((200_000, 2)), np.array([[1.0, 2.0], [0.0, 1.0]])
    assert np.cov((Z @ A).T) == pytest.approx(A.T @ A, abs=0.05)  # sampling/rows
    spoilt = np.eye(2) + 0.1  # m_step/every-entry
    assert spoilt[0, 1] / spoilt[0, 0] == pytest.approx(0.09, abs=0.005)
    assert np.linalg.eigvalsh(spoilt) == pytest.approx([1, 1.2])
    moves = [0.13, 0.09, 0.05, 0.03]  # em/shorter-steps
    ratios = np.divide(moves[1:], moves[:-1])
    assert ((ratios > 0.5) & (ratios < 0.75)).all()
    assert np.mean(np.array([-3.0, 3.0]) ** 2) == 9  # likelihood/kelvin, at a mean of 0 °C
    assert np.mean((np.array([-3.0, 3.0]) + 273) ** 2) == 9 + 273**2
    steps = [5 / 10, 2 / 1]
    assert steps[1] > steps[0]  # mixtures/farther
    with np.errstate(all="ignore"):  # e_step/own-maximum
        table = np.array([[-1.0, -3.0], [-2000.0, -2002.0]])
        for subtracted in (table.max(), table.mean()):
            r = np.exp(table - subtracted)
            assert np.isnan(r / r.sum(axis=1, keepdims=True)).any()
        r = np.exp(table - table.max(axis=1, keepdims=True))
        assert np.isfinite(r / r.sum(axis=1, keepdims=True)).all()


def test_covariances_about_the_old_means_still_climb_and_end_at_the_same_place():
    """em/stale-means: such an M-step takes the best covariances for the old means, then the best means for these."""
    x = np.concatenate([np.random.default_rng(0).normal(0, 1, 150), np.random.default_rng(1).normal(4, 1.5, 150)])

    def run(stale, n_iter=400):
        w, m, v, trace = np.array([0.5, 0.5]), np.array([-1.0, 1.0]), np.array([4.0, 4.0]), []
        for _ in range(n_iter):
            joint = norm.logpdf(x[:, None], m, np.sqrt(v)) + np.log(w)
            trace.append(logsumexp(joint, axis=1).mean())
            r = softmax(joint, axis=1)
            new = r.T @ x / r.sum(axis=0)
            v = (r * (x[:, None] - (m if stale else new)) ** 2).sum(axis=0) / r.sum(axis=0)
            w, m = r.mean(axis=0), new
        return np.array(trace)

    right_one, stale = run(False), run(True)
    assert np.diff(stale).min() > -1e-12
    assert stale[-1] == pytest.approx(right_one[-1], abs=1e-9)
    assert np.argmax(stale > stale[-1] - 1e-3) > np.argmax(right_one > right_one[-1] - 1e-3)
