"""Scene 1: curves of the components and of their sum."""

from gmmlearn.explore.scenes.controls import button, slider

SCENE = {
    "title": "Mixture density",
    "intro": "Drag a peak: sideways moves the mean, up and down changes the weight. Drag the small sign on a flank: it "
    "changes the width. The weights always sum to 1, and so does the area under the mixture.",
    "signature": ["n_components"],
    "panels": [
        {
            "id": "density",
            "height": 300,
            "box": "box",
            "x": "x",
            "title": "density",
            "marks": [
                {"mark": "curves", "x": "x", "y": "components", "fill": True, "width": 1.5},
                {"mark": "curve", "x": "x", "y": "density", "colour": "ink", "width": 3},
            ],
        }
    ],
    "legend": [{"colour": "ink", "label": "mixture"}, {"colour": "0", "label": "one component times its weight"}],
    "controls": [
        [
            button("Play the weight of component 0", "play"),
            slider("Components", "n_components"),
        ]
    ],
    "lines": [
        ["p(x) = ", {"each": "weights", "text": "{weights:2} · N(x | {means:2}, {variances:2})", "join": " + "}],
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
        ],
    },
    "alt": [
        "Density of a mixture. ",
        {
            "each": "weights",
            "text": "Component {k}: weight {weights:2}, mean {means:2}, variance {variances:2}",
            "join": "; ",
        },
        ". Area {area:3}.",
    ],
    "questions": [
        {
            "ask": "Two components of equal width move together. Does the mixture keep two bumps until the means meet?",
            "choices": ["Yes, as long as the means differ", "No, the bumps merge before the means meet"],
            "answer": 1,
            "why": "Equal bumps of variance σ² merge as soon as the means are no more than 2σ apart.",
            "before": [{"set": {"n_components": 2, "weights": [0.5, 0.5], "means": [-2.5, 2.5], "variances": [1, 1]}}],
            "after": [{"set": {"n_components": 2, "weights": [0.5, 0.5], "means": [-0.95, 0.95], "variances": [1, 1]}}],
        },
        {
            "ask": "A component gets narrower while its weight stays. What happens to its peak?",
            "choices": ["It stays as high", "It gets higher, and may exceed 1", "It gets higher, but never exceeds 1"],
            "answer": 1,
            "why": "The area is the weight, so half the width needs twice the height. A density is no probability: "
            "it may exceed 1.",
            "after": [{"set": {"n_components": 2, "weights": [0.6, 0.4], "means": [-2, 2], "variances": [0.05, 1]}}],
        },
        {
            "ask": "The weight of component 0 goes to 1. What is left?",
            "choices": ["The sum of all components", "Component 0 alone", "A flat line"],
            "answer": 1,
            "why": "The other weights go to 0 together, and the mixture becomes one Gaussian.",
            "after": [{"act": "play"}],
        },
    ],
}
