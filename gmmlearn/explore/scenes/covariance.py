"""Scene 2: an ellipse that is turned and stretched by its axes."""

from gmmlearn.explore.scenes.controls import check, slider

SCENE = {
    "title": "Covariance",
    "intro": "Drag the end of an axis: the ellipse turns and stretches, and the covariance matrix Σ below the picture "
    "follows. Drag the middle to move the mean.",
    "widest": 580,
    "panels": [
        {
            "id": "plane",
            "aspect": 0.75,
            "box": "box",
            "x": "feature 0",
            "title": "feature 1",
            "marks": [
                {"mark": "points", "xy": "sample", "size": 2.5, "colour": "soft", "when": "points"},
                {"mark": "contours", "grid": "grid", "shape": "shape", "levels": "levels", "colour": "0", "width": 2},
                {"mark": "arrows", "from": "mean", "to": "tips", "width": 3},
            ],
        }
    ],
    "legend": [
        {"colour": "0", "label": "1, 2 and 3 standard deviations from the mean"},
        {"colour": "1", "label": "axis 0"},
        {"colour": "2", "label": "axis 1"},
    ],
    "controls": [
        [
            slider("Angle (degrees)", "angle"),
            check("Sample of 200 points", "points"),
        ]
    ],
    "matrix": {"label": "Σ =", "value": "covariance", "digits": 2},
    "lines": [
        ["Correlation {correlation:2}. The longer axis is {ratio:1} times the shorter."],
    ],
    "table": {
        "caption": "Axes of the ellipse: the eigenvectors of Σ, and their variances, the eigenvalues",
        "rows": "axis",
        "each": "eigenvalues",
        "first": 1,
        "columns": [
            ["eigenvalue", "{eigenvalues:2}"],
            ["eigenvector", "{eigenvectors:2}"],
            ["standard deviation", "{standard_deviations:2}"],
        ],
    },
    "alt": ["Ellipse of a Gaussian with mean {mean:2}, covariance {covariance:2} and correlation {correlation:2}."],
    "told": ["Correlation {correlation:2}.", "Axes {ratio:1} to 1."],
}
