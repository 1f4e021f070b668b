"""Scene 3: points beside the bars of counts."""

from gmmlearn.explore.scenes.controls import button, slider

SCENE = {
    "title": "Sampling",
    "intro": "Each point needs two draws: first a component, by the weights; then a point from that component. Step "
    "through them, or play. Drag a mean, or the sign on a dashed bar to change that weight. "
    "The bar of the newest draw is framed. Ellipses: 1 and 2 standard deviations.",
    "panels": [
        {
            "id": "plane",
            "share": 1.6,
            "aspect": 0.75,
            "box": "box",
            "x": "feature 0",
            "title": "feature 1: the points drawn so far",
            "marks": [
                {"mark": "ellipses", "means": "means", "covariances": "covariances", "scales": [1, 2]},
                {"mark": "points", "xy": "shown", "labels": "shown_labels", "size": 3},
                {"mark": "points", "xy": "newest", "size": 6, "outline": True, "colour": "4"},
            ],
        },
        {
            "id": "bars",
            "height": 240,
            "box": "bar_box",
            "x": "component",
            "title": "share (dashed: weight)",
            "categories": ["0", "1", "2"],
            "marks": [
                {"mark": "bars", "heights": "shares", "ringed": "chosen"},
                {"mark": "bars", "heights": "weights", "outline": True},
            ],
        },
    ],
    "controls": [
        [
            button("Step", "step"),
            button("Play", "play"),
            button("100 points more", "hundred"),
            button("Start again", "restart"),
            button("Other seed", "seed"),
        ],
        [slider("Points a second", "speed", values=[1, 2, 4, 10, 30, 100])],
    ],
    "lines": ["{stage}", "{drawn:0} points drawn, seed {seed:0}."],
    "table": {
        "caption": "Expected and drawn",
        "rows": "component",
        "each": "weights",
        "columns": [["weight π", "{weights:2}"], ["count", "{counts:0}"], ["share", "{shares:2}"]],
    },
    "alt": ["{drawn:0} points drawn from three Gaussians. Counts {counts:0} for weights {weights:2}. {stage}"],
    "told": ["{stage}", "Counts {counts:0}."],
}
