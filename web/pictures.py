"""The pictures of the README, taken in Chromium from what the course shows: `make pictures`.

em.webp      EM in the exploration, from a start that is far off
panel.png    what `check` says of a wrong E-step
report.png   `gmmlearn class report` on a class of sixteen, made of known mistakes
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Locator, sync_playwright
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from gmmlearn import private
from gmmlearn.checks import check
from gmmlearn.contract import CHAPTERS, EXERCISES
from gmmlearn.explore.page import page as explorations
from gmmlearn.grading.classroom.making import create

source_of = private.module("solutions.mistakes.submission").source_of
PICTURES = Path(__file__).parent / "pictures"
START = {
    "weights": [0.33, 0.33, 0.34],
    "means": [[2.7, 1.4], [3, 3.3], [3.1, 1.6]],
    "covariances": [[[1, 0], [0, 1]]] * 3,
}
"""Three components in a corner with few samples."""
HALF_STEPS = 22
WRONG = """\
def responsibilities(X, weights, means, covariances):
    joint = np.exp(log_joint(X, weights, means, covariances))
    return joint / joint.sum(axis=0)
"""
"""Normalized over the samples instead of the components."""
NAMES = [
    *("ada", "alan", "blaise", "carl", "david", "emmy", "felix", "grace"),
    *("henri", "ida", "jerzy", "karl", "leonhard", "maria", "pafnuty", "sofia"),
]
SECONDS_TO_GLIDE = 0.9


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        film(browser, Path(scratch))
        panel(browser)
        report(browser, Path(scratch))
        browser.close()


def film(browser: Browser, scratch: Path) -> None:
    """EM on the canvas of the exploration, a frame for each half of an iteration."""
    file = scratch / "explorations.html"
    file.write_text(explorations(("em",)), encoding="utf-8")
    page = browser.new_page(viewport={"width": 980, "height": 1200})
    page.goto(f"{file.as_uri()}#em?runs={quote(json.dumps([START]))}")
    exploration = page.locator("section#em")
    exploration.get_by_label("Soft regions").check()
    frames = []
    for step in range(HALF_STEPS + 1):
        if step:
            name = "E-step" if step % 2 else "M-step"
            exploration.get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(1000 * SECONDS_TO_GLIDE)
        frames.append(picture(exploration.locator("canvas").first))
    durations = [1500, *[500] * (HALF_STEPS - 1), 3000]
    frames[0].save(PICTURES / "em.webp", save_all=True, append_images=frames[1:], duration=durations, loop=0,
                   quality=20, method=6)  # fmt: skip


def panel(browser: Browser) -> None:
    """A wrong function, and what `check` says of it."""
    namespace: dict[str, object] = {}
    exec("import numpy as np\nfrom gmmlearn.library import log_joint\n" + WRONG, namespace)
    said = check("responsibilities", function=namespace["responsibilities"])
    colours = HtmlFormatter(noclasses=True, style="default")
    page = browser.new_page(viewport={"width": 900, "height": 900}, device_scale_factor=1.5)
    page.set_content(
        "<meta charset=utf-8><body style='font: 14px sans-serif; margin: 0'><div style='padding: 12px'>"
        f'{highlight(WRONG, PythonLexer(), colours)}<pre>check("responsibilities")</pre>{said._repr_html_()}</div>'
    )
    save(picture(page.locator("body > div")), "panel.png")


def report(browser: Browser, scratch: Path) -> None:
    """Students by exercises, of a class that made known mistakes and stopped at different chapters."""
    course = create(scratch / "stats101")
    run(course, "nbgrader", "generate_assignment", "gmm")
    rng = random.Random(0)
    for student in NAMES:
        hand_in(course / "submitted" / student / "gmm", course / "release" / "gmm", rng)
    run(course, "gmmlearn", "class", "grade", ".")
    run(course, "gmmlearn", "class", "report", ".")
    page = browser.new_page(viewport={"width": 1100, "height": 1600})
    page.goto(next((course / "reports").rglob("report.html")).as_uri())
    save(picture(page.locator("section#students")), "report.png")


def hand_in(folder: Path, release: Path, rng: random.Random) -> None:
    """Some chapters solved, each with a known mistake in every third exercise."""
    shutil.copytree(release, folder)
    for chapter in list(CHAPTERS)[: rng.choice([3, 5, 6, 7, 7, 7])]:
        text = (private.ROOT / "solutions" / f"{chapter}.py").read_text(encoding="utf-8")
        for exercise in EXERCISES.values():
            if exercise.module == chapter and rng.random() < 1 / 3:
                text += "\n\n" + source_of(rng.choice(private.mistakes_of(exercise.name)))
        (folder / "gmmlearn" / f"{chapter}.py").write_text(text, encoding="utf-8")


def run(course: Path, *command: str) -> None:
    """One of the class's commands."""
    program = Path(sys.executable).with_name(command[0])
    subprocess.run([program, *command[1:]], cwd=course, check=True, capture_output=True)


def picture(element: Locator) -> Image.Image:
    """What an element looks like."""
    return Image.open(BytesIO(element.screenshot())).convert("RGB")


def save(image: Image.Image, name: str) -> None:
    """As PNG of few colours."""
    image.convert("RGB").quantize(128).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
