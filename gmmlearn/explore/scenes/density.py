"""Scene 1: curves of the components and of their sum."""

from gmmlearn.explore.scenes.controls import button, slider

SCENE = {
    "title": "Mixture density",
    "intro": "Drag a peak: sideways moves the mean, up and down changes the weight. Drag the small sign on a flank: it "
    "changes the width. Drag the golden point along the thick curve, or click somewhere, to read the density at x. "
    "The weights always sum to 1, and the area under the mixture is 1.",
    "tour": [
        {
            "at": '[data-handle="peak 0"]',
            "say": "Take the circle, outlined here, with mouse or finger and drag it: sideways it moves the component, "
            "up it gives it more weight. By keyboard: Tab to it, then the arrow keys; Shift makes larger steps.",
        },
        {
            "at": '[data-handle="flank 0"]',
            "say": "The small sign on the flank makes the component wider or narrower. The area stays the same: a wide "
            "component is a low one.",
        },
        {
            "at": ".gmmx-controls",
            "say": "The controls above each picture change what is in it: here the number of components. Reset brings "
            "the beginning back, so you can break nothing.",
        },
        {
            "at": ".gmmx-move",
            "say": "If dragging is not for you: open this, choose a sign, and type its place or click the new one.",
        },
        {
            "at": ".gmmx-read",
            "say": "The same in numbers. They follow while you drag, so a question such as “what if the variance is "
            "4?” has its answer here.",
        },
        {
            "at": ".gmmx-questions",
            "say": "Last: open these questions. Choose an answer before you look, then let the picture show it. "
            "A wrong guess that you see corrected is the one that you remember.",
        },
    ],
    "signature": ["n_components"],
    "panels": [
        {
            "id": "density",
            "height": 300,
            "box": "box",
            "x": "x",
            "title": "density",
            "marks": [
                {"mark": "areas", "x": "x", "y": "components"},
                {"mark": "curves", "x": "x", "y": "components", "width": 1.5},
                {"mark": "curve", "x": "x", "y": "density", "colour": "ink", "width": 3},
                {"mark": "slices", "slices": "slices"},
            ],
        }
    ],
    "legend": [{"colour": "ink", "label": "mixture"}, {"colour": "0", "label": "one component times its weight"}],
    "controls": [
        [
            button("Play: the weight of component 0 rises and falls", "play"),
            slider("Components", "n_components"),
        ]
    ],
    "lines": [
        "At x = {point:2} the density is {point_density:3}. The column shows which part of it each component makes.",
        ["p(x) = ", {"each": "weights", "text": "{weights:2} · N(x; {means:2}, {variances:2})", "join": " + "}],
        ["Area under the mixture: {area:3}"],
    ],
    "table": {
        "caption": "Parameters of each component",
        "rows": "component",
        "each": "weights",
        "columns": [
            ["weight π", "{weights:2}"],
            ["mean μ", "{means:2}"],
            ["variance σ²", "{variances:2}"],
            ["standard deviation σ", "{standard_deviations:2}"],
            ["share of p(x)", "{point_shares:3}"],
        ],
    },
    "alt": [
        "Density of a mixture. ",
        {
            "each": "weights",
            "text": "Component {k}: weight {weights:2}, mean {means:2}, variance {variances:2}",
            "join": "; ",
        },
        ". Area {area:3}. At x = {point:2} the density is {point_density:3}, and the shares are {point_shares:2}.",
    ],
    "told": ["{n_components:0} components.", "Density {point_density:3} at {point:2}."],
}
