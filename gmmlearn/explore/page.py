"""One self-contained page with the explorations, for a lecture, a web page or a phone.

`python -m gmmlearn.explore.page explorations.html` writes it.
"""

import base64
import json
import sys
from html import escape
from pathlib import Path
from string import Template

import numpy as np

from gmmlearn.explore.browser import css, script
from gmmlearn.explore.models import model
from gmmlearn.explore.scenes import offered, scene

PAGE = (
    *("density", "covariance", "sampling", "landscape", "responsibilities", "counting"),
    *("em", "em_by_hand", "em_failures", "n_components", "kmeans"),
)
LARGEST_BYTES = 1_000_000


def page(names: tuple[str, ...] = PAGE) -> str:
    """The text of the page; it loads nothing, so that it opens from disk.

    Parameters
    ----------
    names : tuple of str
        The explorations, in their order.

    Returns
    -------
    str
        HTML below a million bytes.

    Examples
    --------
    >>> text = page()
    >>> len(text.encode()) < LARGEST_BYTES
    True
    """
    template = Template((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))
    scenes = {name: scene(name) for name in names}
    links = [f'<li><a href="#{name}">{escape(scenes[name]["title"])}</a></li>' for name in names]
    sections = [
        f'<section id="{name}"><h2>{escape(scenes[name]["title"])}</h2>\n'
        f'<div data-exploration="{name}"></div></section>'
        for name in names
    ]
    library = json.dumps({name: _parts(name) for name in names}, ensure_ascii=False)
    return template.substitute(
        css=css(),
        links="\n".join(links),
        sections="\n".join(sections),
        script=script("page"),
        library=library.replace("</", "<\\/"),
    )


def _parts(name: str) -> dict:
    module = model(name)
    data = module.data()
    state = module.initial()
    if hasattr(module, "started"):
        state = module.started(state, data)
    arrays = {
        key: base64.b64encode(np.ascontiguousarray(value, float).tobytes()).decode() for key, value in data.items()
    }
    return {"spec": offered(scene(name), data), "state": state, "data": arrays}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
