"""Scene 4: level lines of the log-likelihood of two means, and two paths up."""

from gmmlearn.explore.scenes.controls import button, check, slider

SCENE = {
    "title": "Likelihood landscape",
    "intro": "Sixty samples on a line, a mixture of two Gaussians, and only the two means unknown: every point of the "
    "plane is one pair of means, and the lines are levels of the mean log-likelihood. Drop the point somewhere and "
    "see where EM and gradient ascent climb from there.",
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
                {"mark": "curves", "x": "fit_x", "y": "fit_components", "fill": True},
                {"mark": "curve", "x": "fit_x", "y": "fit_density", "width": 2.5},
                {"mark": "points", "xy": "strip", "size": 2.5},
            ],
        },
    ],
    "legend": [
        {"colour": "0", "label": "40 steps of EM (circles)"},
        {"colour": "1", "dash": True, "label": "40 steps of gradient ascent (squares)"},
    ],
    "controls": [
        [
            slider("Weight of the first", "weight", 0.05, digits=2),
            slider("Variance", "variance", 0.1, digits=1),
            slider("Step of the gradient", "rate", values=[0.1, 0.3, 1, 3, 8], digits=1),
        ],
        [check("Show the paths", "paths"), button("Swap the two means", "swap")],
    ],
    "lines": [
        "Means {point:2}: mean log-likelihood {log_likelihood:3}.",
        "EM ends at {em_end:2}, close to peak {reached} with {reached_value:3}: {verdict}. "
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
    "questions": [
        {
            "ask": "The weights are 0.35 and 0.65. From means (4, −2), does EM reach the higher peak?",
            "choices": ["Yes, EM finds the maximum", "No, it reaches the lower peak"],
            "answer": 1,
            "why": "EM climbs the hill on which it starts. Here the small weight is left with the large group.",
            "after": [{"set": {"weight": 0.35, "variance": 1, "point": [3.8, -2]}}],
        },
        {
            "ask": "Set the weight to 0.5. How do the two peaks compare?",
            "choices": ["One of them disappears", "They are equally high", "The left one is higher"],
            "answer": 1,
            "why": "With equal weights nothing tells the components apart: swapping the means gives the same mixture.",
            "after": [{"set": {"weight": 0.5}}],
        },
        {
            "ask": "Both means start at the same place, with equal weights. Where does EM go?",
            "choices": ["To a peak", "To the mean of all samples, and stays", "It stays where it is"],
            "answer": 1,
            "why": "Both components get the same responsibilities, so they move together for ever: a saddle point.",
            "after": [{"set": {"weight": 0.5, "variance": 1, "point": [0, 0]}}],
        },
    ],
}
