"""Scene 8: a fit, and the criteria for every number of components."""

from gmmlearn.explore.scenes.controls import SAMPLE_BUTTONS, check, select, slider

SCENE = {
    "title": "How many components?",
    "intro": "Each number of components has its fit. Click on the curve, drag its handle or use the slider. With Edit "
    "samples, drag a sample or delete it: 20 iterations of EM go on from every fit, and both criteria follow. "
    "Ellipses: 2 standard deviations of a component. Thin lines: levels of the whole density.",
    "signature": ["data", "n_components", "removed"],
    "panels": [
        {
            "id": "plane",
            "share": 1.15,
            "aspect": 0.75,
            "box": "box",
            "x": "feature 0",
            "title": "feature 1: the fit",
            "marks": [
                {"mark": "discs", "means": "means", "covariances": "covariances", "scales": [2]},
                {"mark": "points", "xy": "X", "size": 2.6},
                {"mark": "contours", "grid": "grid", "shape": "shape", "levels": "levels", "colour": "soft"},
                {
                    "mark": "ellipses",
                    "means": "means",
                    "covariances": "covariances",
                    "scales": [2],
                    "width": 2,
                },
            ],
        },
        {
            "id": "curve",
            "height": 230,
            "box": "curve_box",
            "x": "number of components",
            "title": "criterion (lower is better)",
            "marks": [
                {"mark": "curve", "x": "candidates", "y": "aics", "colour": "1", "dash": [5, 3], "width": 2},
                {"mark": "curve", "x": "candidates", "y": "bics", "colour": "0", "width": 2.5},
            ],
        },
    ],
    "legend": [{"colour": "0", "label": "BIC"}, {"colour": "1", "dash": True, "label": "AIC"}],
    "controls": [
        [
            select("Data", "data", ("blobs", "four blobs"), ("moons", "two moons")),
            slider("Components", "n_components"),
            check("Edit samples", "editing"),
            *SAMPLE_BUTTONS,
        ]
    ],
    "lines": [
        "{n:0} samples, {n_components:0} components, {parameter_count:0} free parameters: log-likelihood "
        "{log_likelihood:1}, BIC {bic:1}, AIC {aic:1}.",
        "BIC is lowest at {best_bic:0}, AIC at {best_aic:0}.",
    ],
    "alt": [
        "Fit of {n_components:0} components. BIC {bic:1}, AIC {aic:1}. BIC is lowest at {best_bic:0} components, "
        "AIC at {best_aic:0}."
    ],
    "told": ["{n_components:0} components, {n:0} samples.", "BIC {bic:1}, lowest at {best_bic:0}."],
}
