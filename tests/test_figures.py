"""Figures, films and quizzes: each describes itself, needs no network, and says nothing untrue."""

import base64
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gmmlearn.checks.record import load
from gmmlearn.contract import CHAPTERS
from gmmlearn.figures import mixtures, mixtures_plane, pieces, quiz, sampling, style
from gmmlearn.figures.palette import Palette
from gmmlearn.figures.player import play, wipe

QUIZZES = Path(quiz.FOLDER)

STILLS = [
    mixtures.opening,
    mixtures.books,
    mixtures.anatomy,
    mixtures.books_mixture,
    mixtures.above_one,
    mixtures.sum_or_mixture,
    mixtures.variance_for_deviation,
    mixtures_plane.covariance_shapes,
    mixtures_plane.distance,
    mixtures_plane.three_components,
    mixtures_plane.underflow,
    mixtures_plane.wrong_tilt,
    mixtures_plane.faithful,
    sampling.opening,
    sampling.unit_interval,
    sampling.law_of_large_numbers,
    sampling.counts_spread,
    sampling.wrong_side,
    sampling.order,
    sampling.which_is_real,
]


class Images(HTMLParser):
    """The attributes of every image and every id of a piece of HTML."""

    def __init__(self, markup: str):
        super().__init__()
        self.images, self.ids = [], []
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "img":
            self.images.append(attributes)


def picture(attributes: dict) -> Image.Image:
    """The picture inside an image tag."""
    return Image.open(io.BytesIO(base64.b64decode(attributes["src"].partition("base64,")[2])))


def small_film(n_frames: int = 4, **options):
    """A film of a line that grows."""
    figure, axes = style.new(2.0, 1.5)

    def draw(frame: int) -> None:
        axes.plot([0, frame], [0, 1])
        axes.set(xlim=(0, 4), ylim=(0, 1))

    return play(figure, draw, n_frames, **{"alt": "A line grows."} | options)


# Figures


def test_a_figure_carries_its_description_and_caption_and_twice_its_pixels():
    figure, axes = style.new(3.0, 2.0)
    axes.plot([0, 1], [0, 1])
    shown = style.show(figure, alt='Rises from "0" to 1 & on', caption="A <line>.")
    (image,) = Images(shown._repr_html_()).images
    assert image["alt"] == 'Rises from "0" to 1 & on'
    assert "A &lt;line&gt;." in shown._repr_html_()
    assert (int(image["width"]), picture(image).size) == (288, (576, 384))


def test_a_figure_stands_on_white_paper_and_its_caption_takes_the_colour_of_the_theme():
    figure, _ = style.new(2.0, 1.5)
    shown = style.show(figure, alt="Empty axes.", caption="Nothing.")
    (image,) = Images(shown._repr_html_()).images
    assert picture(image).convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
    assert "color:inherit" in shown._repr_html_()


def test_a_figure_without_description_is_refused():
    figure, _ = style.new(2.0, 1.5)
    with pytest.raises(ValueError, match="description"):
        style.show(figure, alt=" ")


def test_a_figure_with_small_text_is_refused():
    figure, axes = style.new(2.0, 1.5)
    axes.text(0.5, 0.5, "tiny", fontsize=9)
    with pytest.raises(ValueError, match=r"below 10 pt.*tiny"):
        style.show(figure, alt="Tiny text.")


@pytest.mark.parametrize(
    ("colour", "alpha", "ratio"),
    [("#767676", 1, 4.54), ("black", 1, 21), ("#0072B2", 1, 5.19), ("black", 0.5, 3.98), ("black", 0.4, 2.85)],
)
def test_a_contrast_is_that_of_wcag_as_seen_through_the_opacity(colour, alpha, ratio):
    """The first is WCAG's own example of a grey that just passes for words."""
    assert style.contrast(colour, alpha) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("look", [{"color": "#C9CDD2"}, {"color": "black", "alpha": 0.4}])
def test_a_figure_with_a_faint_line_is_refused(look):
    figure, axes = style.new(2.0, 1.5)
    axes.plot([0, 1], [0, 1], **look)
    with pytest.raises(ValueError, match="a line with a contrast below 3 to 1"):
        style.show(figure, alt="A line.")
    axes.lines[0].set(color=style.FAINT, alpha=None)
    axes.plot(0, 1, marker="o", color="white")
    style.show(figure, alt="A line and a mark.")


@pytest.mark.parametrize("draw", STILLS, ids=lambda draw: f"{draw.__module__.rpartition('.')[2]}.{draw.__name__}")
def test_every_still_of_chapters_1_and_2_is_drawn_and_described(draw):
    shown = draw()
    (image,) = Images(shown._repr_html_()).images
    assert len(image["alt"]) > 60
    assert len(np.unique(np.asarray(picture(image).convert("L")))) > 10


def test_each_pixel_takes_the_nearest_colour_of_the_palette_and_a_colour_of_the_palette_stays():
    rng = np.random.default_rng(0)
    known = np.repeat(rng.integers(0, 256, (30, 1, 4), dtype=np.uint8), 40, axis=1)
    palette = Palette([known], 64)
    assert (np.asarray(Image.open(io.BytesIO(palette.png(known))).convert("RGB")) == known[:, :, :3]).all()
    other = rng.integers(0, 256, (5, 6, 4), dtype=np.uint8)
    got = np.asarray(Image.open(io.BytesIO(palette.png(other))).convert("RGB"))
    away = np.linalg.norm(other[:, :, None, :3].astype(float) - known[:, 0, :3], axis=3)
    assert np.allclose(np.linalg.norm(other[:, :, :3].astype(float) - got, axis=2), away.min(axis=2))


def test_components_differ_by_more_than_their_colour():
    for marks in (style.COLOURS, style.MARKERS, style.LINES, style.HATCHES):
        assert len(set(marks)) == len(style.COLOURS) == 6


def test_a_frame_holds_nothing_of_the_frame_before():
    figure, axes = style.new(2.0, 1.5)
    axes.set(xlim=(0, 4), ylim=(0, 4))
    pieces.points(axes, [[1, 1], [2, 3]], labels=[0, 1], legend=True)
    pieces.curve(axes, [0, 4], [0, 4], fill=0.3)
    axes.bar([1, 2], [3, 1])
    pieces.remark(axes, "here", (3, 3), (1, 1))
    axes.imshow([[0, 1]], aspect="auto")
    style.label(axes, "x", "y", "title", legend=True)
    wipe(axes)
    axes.set(xlim=(0, 4), ylim=(0, 4))
    bare, empty = style.new(2.0, 1.5)
    empty.set(xlim=(0, 4), ylim=(0, 4))
    assert (style.pixels(figure, 1) == style.pixels(bare, 1)).all()


def test_an_ellipse_lies_at_its_mahalanobis_distance():
    mean, covariance = np.array([1.0, -2.0]), np.array([[4.0, 1.8], [1.8, 1.0]])
    offsets = pieces.ellipse_path(mean, covariance, 1.5) - mean
    squared = np.einsum("ij,jk,ik->i", offsets, np.linalg.inv(covariance), offsets)
    assert squared == pytest.approx(np.full(len(offsets), 2.25))


# Films


def test_a_film_begins_on_its_first_frame_and_holds_all_of_them():
    shown = small_film(label=lambda frame: f"step {frame}")
    (image,) = Images(shown.markup).images
    data = json.loads(re.search(r"const film = (\{.*\});", shown.markup).group(1))
    assert image["src"].endswith(data["frames"][0])
    assert data["labels"] == ["step 0", "step 1", "step 2", "step 3"]
    assert len(set(data["frames"])) == 4


def test_frames_of_a_film_have_one_size():
    data = json.loads(re.search(r"const film = (\{.*\});", small_film().markup).group(1))
    sizes = {picture({"src": "base64," + frame}).size for frame in data["frames"]}
    assert sizes == {(288, 216)}


def test_two_films_share_no_id():
    ids = Images(small_film().markup).ids + Images(small_film().markup).ids
    assert len(ids) == len(set(ids)) == 2


def test_a_film_names_no_address_and_has_named_controls():
    markup = small_film().markup
    assert not re.search(r"https?:|//[a-z]+\.", markup)
    assert markup.count("aria-label=") >= 5
    assert "prefers-reduced-motion" in markup


def test_a_film_needs_frames_and_must_stay_small(monkeypatch):
    with pytest.raises(ValueError, match="at least one frame"):
        small_film(0)
    monkeypatch.setattr("gmmlearn.figures.player.MOST_BYTES", 1000)
    with pytest.raises(ValueError, match="more than 1000"):
        small_film()


# Quizzes


def questions() -> list:
    """Every question of every quiz and prediction, with the file it stands in."""
    found = []
    for path in sorted(QUIZZES.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        found += [(path.name, each) for each in (content if isinstance(content, list) else content.values())]
    return [pytest.param(name, each, id=f"{name}: {each['question'][:40]}") for name, each in found]


@pytest.mark.parametrize(("name", "question"), questions())
def test_a_question_has_one_right_choice_and_says_why_each_other_is_wrong(name, question):
    answers = question["answers"]
    assert len(answers) >= 2
    assert [answer["correct"] for answer in answers].count(True) == 1
    assert all(len(answer["feedback"]) > 20 for answer in answers)
    assert name.endswith(".recall.json") or all(len(answer["feedback"].split()) >= 5 for answer in answers)
    assert len({answer["feedback"] for answer in answers}) == len(answers)
    assert "$" not in json.dumps(question), "feedback is not typeset: use Unicode letters"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_has_a_quiz_of_three_to_five_questions(chapter):
    questions = quiz.quiz(chapter).questions.values()
    assert 3 <= len(questions) <= 5
    assert len({question["question"] for question in questions}) == len(questions)


def test_a_quiz_is_a_widget_and_where_none_can_be_a_list_that_unfolds_without_a_script():
    shown = quiz.quiz("mixtures")
    bundle = shown._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    choices = [answer for question in shown.questions.values() for answer in question["answers"]]
    assert bundle["text/html"].count("<details>") == len(choices)
    assert "<script" not in bundle["text/html"]
    assert "<summary>A or B, chosen by a fair coin</summary><p>Right. " in bundle["text/html"]


def test_what_is_chosen_in_the_form_gets_into_the_record_and_what_was_missed_comes_back(tmp_path, monkeypatch):
    monkeypatch.setattr(quiz, "HOME", tmp_path)
    assert [len(quiz.recall(chapter).questions) for chapter in ("mixtures", "sampling", "likelihood")] == [0, 0, 2]
    quiz._keep(None, {"question": "mixtures/1", "choice": 0}, [])
    asked = quiz.recall("likelihood").asked
    assert [one["key"] for one in asked["questions"]][-1] == "mixtures/between"
    assert quiz.quiz("mixtures").asked["questions"][0]["chosen"] == [0]
    assert load(tmp_path).answers == {"mixtures/1": (0,)}


def test_an_unknown_prediction_names_those_there_are():
    with pytest.raises(KeyError, match=r"correlation.*weight"):
        quiz.predict("mixtures", "wieght")
