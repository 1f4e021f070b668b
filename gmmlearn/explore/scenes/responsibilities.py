"""Scene 5: a point, its links to the components, and Bayes' rule in numbers."""

from gmmlearn.explore.models.responsibilities import WIDTHS
from gmmlearn.explore.scenes.controls import button, check, slider

SCENE = {
    "title": "Responsibilities of one point",
    "intro": "Move over a sample, step through the samples, or drag the golden point anywhere: there it stays. "
    "Drag a mean and the colours of all samples follow. A line to a component is as thick as its responsibility. "
    "Ellipses: 1 and 2 standard deviations. By keyboard: Tab to the point; arrows move it, PageDown or N goes to the "
    "next sample, PageUp or P to the previous one, Home and End to the first and the last.",
    "panels": [
        {
            "id": "plane",
            "share": 1.8,
            "aspect": 0.75,
            "box": "box",
            "x": "feature 0",
            "title": "feature 1",
            "marks": [
                {"mark": "points", "xy": "X", "blend": "responsibilities", "size": 3.2},
                {"mark": "ellipses", "means": "means", "covariances": "covariances", "scales": [1, 2], "lit": "lit"},
                {"mark": "links", "pairs": "links", "shares": "shares", "lit": "lit"},
            ],
        },
        {
            "id": "bars",
            "height": 240,
            "box": "bar_box",
            "x": "component",
            "title": "responsibility",
            "categories": ["0", "1", "2"],
            "marks": [{"mark": "bars", "heights": "shares", "numbers": True, "ringed": "lit"}],
        },
    ],
    "controls": [
        [
            button("Previous sample", "previous"),
            button("Next sample", "next"),
            button("Very far away", "far"),
            slider("Half width of the view", "width", values=WIDTHS),
            check("Pick samples under the mouse", "hovering"),
        ]
    ],
    "formula": {
        "label": "Bayes' rule",
        "caption": "Bayes' rule for component {about:0}. Point at a part of it, a row, a bar or an ellipse, and all "
        "that belongs to it lights up; choose a part and it stays so.",
        "symbol": "r",
        "each": "weights",
        "over": [
            {"part": "weight", "symbol": "π", "says": "weight", "value": "{weights:2}"},
            {"part": "density", "symbol": "N", "says": "density at the point", "value": "{densities:4}"},
        ],
        "under": {"part": "product", "symbol": "π·N", "says": "weight times density", "value": "{products:4}"},
        "result": {"part": "share", "symbol": "r", "says": "responsibility", "value": "{naive_shares:3}"},
    },
    "lines": [
        "{named} {point:2}: component {best:0} is responsible for {best_share:3} of it.",
        "{verdict}",
    ],
    "table": {
        "caption": "Bayes' rule: the product of each row, divided by the sum of all products",
        "rows": "component",
        "each": "weights",
        "parts": ["weight", "density", "product", "product", "share", "share"],
        "columns": [
            ["weight π", "{weights:2}"],
            ["log N(x; μ, Σ)", "{log_densities:2}"],
            ["log π + log N", "{log_joint:2}"],
            ["product π · N", "{products:4}"],
            ["plain formula", "{naive_shares:3}"],
            ["with logarithms", "{shares:3}"],
        ],
    },
    "alt": [
        "{named} {point:2} among three Gaussians. ",
        {"each": "shares", "text": "Responsibility of component {k}: {shares:3}", "join": "; "},
        ". {verdict}",
    ],
    "told": ["Component {best:0} is responsible for {best_share:3}.", "{brief}"],
}
