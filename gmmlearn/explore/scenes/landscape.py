"""Scene 4: level lines of the log-likelihood of two means, and two paths up."""

from gmmlearn.explore.scenes.controls import SAMPLE_BUTTONS, button, check, slider

SCENE = {
    "title": "Likelihood landscape",
    "intro": "Sixty samples on a line, a mixture of two Gaussians, and only the two means unknown: every point of the "
    "plane is one pair of means, and the lines are levels of the mean log-likelihood. Drop the point somewhere and "
    "see where EM and gradient ascent climb from there. With Edit samples, drag a sample along the line, or delete it, "
    "and the landscape changes.",
    "panels": [
        {
            "id": "surface",
            "share": 1.25,
            "aspect": 1,
            "box": "box",
            "x": "first mean",
            "title": "second mean",
            "marks": [
                {
                    "mark": "contours",
                    "grid": "grid",
                    "shape": "shape",
                    "levels": "levels",
                    "colour": "soft",
                    "width": 1.2,
                },
                {"mark": "path", "xy": "gradient_path", "colour": "1", "shape": 1, "dash": [5, 3], "when": "paths"},
                {"mark": "path", "xy": "em_path", "colour": "0", "width": 2, "dots": 3, "when": "paths"},
                {"mark": "points", "xy": "peaks", "size": 5, "shape": 3, "colour": "ink"},
                {"mark": "names", "at": "peaks", "names": "peak_names"},
            ],
        },
        {
            "id": "fit",
            "height": 260,
            "box": "fit_box",
            "x": "x",
            "title": "the samples and this mixture",
            "marks": [
                {"mark": "areas", "x": "fit_x", "y": "fit_components"},
                {"mark": "curves", "x": "fit_x", "y": "fit_components"},
                {"mark": "curve", "x": "fit_x", "y": "fit_density", "width": 2.5},
                {"mark": "points", "xy": "strip", "size": 2.5},
            ],
        },
    ],
    "legend": [
        {"colour": "0", "label": "40 steps of EM (circles)"},
        {"colour": "1", "dash": True, "label": "40 steps of gradient ascent (squares)"},
        {"colour": "ink", "label": "mixture with the means of the point"},
    ],
    "controls": [
        [
            slider("Weight of the first component", "weight", 0.05, digits=2),
            slider("Variance", "variance", 0.1, digits=1),
            slider("Step size of gradient ascent", "rate", values=[0.1, 0.3, 1, 3, 8], digits=1),
        ],
        [check("Show the paths", "paths"), button("Swap the two means", "swap")],
        [check("Edit samples", "editing"), *SAMPLE_BUTTONS],
    ],
    "lines": [
        "Means {point:2}: mean log-likelihood {log_likelihood:3}.",
        "EM ends at {em_end:2}, close to peak {reached}, which has {reached_value:3}: {verdict}. "
        "Gradient ascent ends at {gradient_end:2}.",
    ],
    "table": {
        "caption": "The two peaks",
        "rows": "peak",
        "each": "peaks",
        "names": ["A", "B"],
        "signs": False,
        "columns": [["means", "{peaks:2}"], ["mean log-likelihood", "{peak_values:3}"]],
    },
    "alt": [
        "Level lines of the log-likelihood of two means. The point is at {point:2} with {log_likelihood:3}. "
        "EM climbs to {em_end:2}, gradient ascent to {gradient_end:2}."
    ],
    "told": ["Log-likelihood {log_likelihood:3}.", "EM reaches {verdict}."],
}
