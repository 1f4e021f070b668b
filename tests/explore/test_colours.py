"""Colours: apart from their ground and from each other, for every eye."""

import json
import re
from itertools import combinations
from pathlib import Path

import numpy as np

import gmmlearn
from gmmlearn import explore
from gmmlearn.explore.models.em import MOST_COMPONENTS
from gmmlearn.explore.scenes import scene
from gmmlearn.figures.style import THEMES, contrast


def test_lines_and_the_ring_of_the_focus_stand_out():
    """3 to 1 against their ground, WCAG 1.4.11, and words 4.5 to 1, 1.4.3."""
    for theme in THEMES.values():
        assert len(theme["components"]) == MOST_COMPONENTS
        lines = [*theme["components"], theme["grid"], theme["focus"]]
        assert min(contrast(line, ground=theme["ground"]) for line in lines) >= 3
        assert min(contrast(theme[words], ground=theme["ground"]) for words in ("ink", "soft")) >= 4.5


def test_the_colours_of_components_are_in_one_place():
    """Figures, stills and explorations draw component 1 alike."""
    theirs = {colour.lower() for theme in THEMES.values() for colour in theme["components"]}
    package = Path(gmmlearn.__file__).parent
    files = [path for end in ("py", "js", "css") for path in package.rglob(f"*.{end}") if "grading" not in path.parts]
    named = {path.name for path in files if theirs & set(re.findall(r"#\w{6}", path.read_text("utf-8").lower()))}
    assert named == {"colours.js"}


# How full colour vision becomes that without red, green or blue cones, in linear RGB: Machado, Oliveira and Fernandes
# (2009), A physiologically-based model for simulation of color vision deficiency, severity 1.
VISIONS = {
    "full": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour: str, vision: str) -> np.ndarray:
    """CIE L*a*b* of a colour as somebody sees it."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(VISIONS[vision]) @ linear, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_no_colour_is_named_that_another_theme_or_component_has():
    """Component 1 is orange, so nothing else is called that; what is black on paper is white on a dark page."""
    said = {name: json.dumps(scene(name)).lower() for name in explore.__all__}
    assert {name for name, text in said.items() if re.search(r"\b(orange|black|white|grey|gray)\b", text)} == set()


def test_each_two_components_have_colours_apart_for_every_eye():
    """Eleven apart in L*a*b*, beside each other: a difference that is seen at once."""
    for name, theme in THEMES.items():
        for vision in VISIONS:
            seen = [lab(colour, vision) for colour in theme["components"]]
            for j, k in combinations(range(len(seen)), 2):
                assert np.linalg.norm(seen[k] - seen[j]) > 11, (name, vision, j, k)


def test_more_components_than_six_have_their_numbers_beside_them():
    """On a canvas nothing can be read: the still is drawn from the same scene."""
    texts = {K: [one.get_text() for ax in explore.em(n_components=K).still().axes for one in ax.texts] for K in (6, 10)}
    assert texts == {6: [], 10: [str(k) for k in range(10)]}
