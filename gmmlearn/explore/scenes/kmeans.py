"""Scene 7: one data set, two partitions."""

from gmmlearn.explore.scenes.controls import SAMPLE_BUTTONS, check, slider


def _plane(labels: str, **more) -> dict:
    return {
        "aspect": 0.75,
        "box": "box",
        "x": "feature 0",
        **more,
        "marks": [{"mark": "points", "xy": "X", "labels": labels, "size": 2.6}, *more["marks"]],
    }


SCENE = {
    "title": "k-means against a mixture",
    "intro": "Three clusters of 100 samples each. Stretch them along one direction and compare how both methods "
    "divide them. With Edit samples, drag a sample of the left picture, or delete it. "
    "Large circles: the centres of k-means. Ellipses: 1 and 2 standard deviations.",
    "signature": ["removed"],
    "panels": [
        _plane(
            "kmeans_labels",
            id="kmeans",
            title="feature 1: k-means",
            marks=[{"mark": "points", "xy": "centres", "size": 7, "outline": True, "colour": "4"}],
        ),
        _plane(
            "mixture_labels",
            id="mixture",
            title="feature 1: mixture of three Gaussians",
            marks=[{"mark": "ellipses", "means": "means", "covariances": "covariances", "scales": [1, 2]}],
        ),
    ],
    "controls": [[slider("Stretch", "stretch", 0.25, digits=2), check("Edit samples", "editing"), *SAMPLE_BUTTONS]],
    "lines": [],
    "table": {
        "caption": "Samples in the wrong cluster",
        "rows": "method",
        "each": "errors",
        "signs": False,
        "names": ["k-means", "mixture"],
        "columns": [["wrong", "{errors:0}"], ["percent", "{shares:1}"]],
    },
    "alt": [
        "Three clusters, stretched {stretch:2} times. Of {n:0} samples, k-means and the mixture misplace {errors:0}."
    ],
    "told": ["k-means and mixture misplace {errors:0} of {n:0}."],
}
