"""Scene 9: draws near a point, counted, beside Bayes' rule."""

from gmmlearn.explore.scenes.controls import button, select, slider

SCENE = {
    "title": "Bayes' rule by counting",
    "intro": "Draw from the mixture, keep the draws that fall near the point, and count from which component they "
    "came. Drag the golden point, or the square at the corner of the window. A narrow window asks about the point "
    "itself but keeps few draws; a wide one keeps many and asks about something else.",
    "panels": [
        {
            "id": "plane",
            "share": 1.8,
            "aspect": 0.75,
            "box": "box",
            "x": "feature 0",
            "title": "feature 1: the draws, and those that are kept",
            "marks": [
                {"mark": "points", "xy": "X", "size": 2, "colour": "soft"},
                {"mark": "points", "xy": "kept_X", "labels": "kept_labels", "size": 3.2},
                {"mark": "window", "window": "window"},
            ],
        },
        {
            "id": "bars",
            "height": 240,
            "box": "bar_box",
            "x": "component",
            "title": "counted share (dashed: formula)",
            "categories": ["0", "1", "2"],
            "marks": [
                {"mark": "bars", "heights": "shares"},
                {"mark": "bars", "heights": "posterior", "outline": True},
                {"mark": "whiskers", "at": "shares", "lengths": "standard_errors"},
            ],
        },
        {
            "id": "curve",
            "below": "draws",
            "height": 170,
            "box": "curve_box",
            "x": "half width of the window",
            "title": "share of the chosen component",
            "marks": [
                {"mark": "curve", "x": "widths", "y": "low_curve", "colour": "soft", "dash": [2, 3]},
                {"mark": "curve", "x": "widths", "y": "high_curve", "colour": "soft", "dash": [2, 3]},
                {"mark": "curve", "x": "widths", "y": "expected_curve", "colour": "3", "width": 2},
                {"mark": "curve", "x": "widths", "y": "formula_curve", "colour": "ink", "dash": [6, 4], "width": 2},
                {"mark": "curve", "x": "widths", "y": "counted_curve", "colour": "4", "width": 2.5},
                {"mark": "points", "xy": "here", "size": 5, "outline": True, "colour": "4"},
            ],
        },
    ],
    "legend": [
        {"colour": "4", "label": "counted"},
        {"colour": "ink", "dash": True, "label": "formula, at the point"},
        {"colour": "3", "label": "what counting gives on average in a window this wide"},
        {"colour": "soft", "dash": True, "label": "one standard error around it"},
    ],
    "controls": [
        [
            slider("Draws", "draws", values=[10, 30, 100, 300, 1000, 3000, 10000]),
            button("Play", "play"),
            button("Draw again", "again"),
            slider("Half width", "half_width", 0.05, digits=2),
            select("Lower picture: share of", "component", *((k, f"component {k}") for k in range(3))),
        ]
    ],
    "lines": [
        "{draws:0} draws, {n_kept:0} of them in the window. {said}",
        "The counted share differs from the formula for two reasons: by chance, about one standard error (the "
        "whiskers), which the square root of the number of kept draws makes smaller; and because the window is not a "
        "point, which more draws do not change.",
    ],
    "table": {
        "caption": "Counted, on average, and by Bayes' rule",
        "rows": "component",
        "each": "posterior",
        "columns": [
            ["kept", "{counts:0}"],
            ["counted share", "{shown_shares:3}"],
            ["standard error", "{standard_errors:3}"],
            ["on average in the window", "{within:3}"],
            ["formula", "{posterior:3}"],
        ],
    },
    "alt": [
        "{draws:0} draws from three Gaussians, {n_kept:0} within {half_width:2} of the point {point:2}. Shares: ",
        {"each": "posterior", "text": "component {k} counted {shown_shares:2}, formula {posterior:2}", "join": "; "},
        ".",
    ],
    "told": [
        "{n_kept:0} of {draws:0} draws are near.",
        "Component {component:0}: counted {counted:2}, formula {by_rule:2}.",
    ],
}
