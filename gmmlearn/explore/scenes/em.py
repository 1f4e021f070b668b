"""Scene 6: samples and components, one or two runs, and the trace of the log-likelihood."""

from gmmlearn.explore.models.em import MOST_COMPONENTS
from gmmlearn.explore.scenes.controls import SAMPLE_BUTTONS, button, check, select, slider

PULLS = [
    {
        "mark": "links",
        "pairs": "pull_links",
        "shares": "pull_shares",
        "component": "watched",
        "thinnest": 1,
        "width": 2,
    },
    {"mark": "points", "xy": "pull_points", "size": 4, "outline": True, "colour": "4"},
]


def _plane(suffix: str, marks: list = (), **more) -> dict:
    return {
        "aspect": 0.75,
        "share": 1.9,
        "box": "box",
        "marks": [
            {
                "mark": "regions",
                "shares": f"soft_shares{suffix}",
                "leads": f"soft_leads{suffix}",
                "shape": "soft_shape",
                "when": "regions",
            },
            {"mark": "discs", "means": f"means{suffix}", "covariances": f"covariances{suffix}"},
            {"mark": "points", "xy": "X", "blend": f"responsibilities{suffix}", "size": 3},
            {
                "mark": "contours",
                "grid": f"grid{suffix}",
                "shape": "shape",
                "levels": f"levels{suffix}",
                "when": f"grid{suffix}",
            },
            {
                "mark": "ellipses",
                "means": f"means_before{suffix}",
                "covariances": f"covariances_before{suffix}",
                "scales": [2],
                "dash": [3, 4],
                "when": "trails",
            },
            {
                "mark": "ellipses",
                "means": f"means{suffix}",
                "covariances": f"covariances{suffix}",
                "scales": [1, 2],
                "width": 2,
            },
            {"mark": "trails", "way": f"trail{suffix}", "at": f"means{suffix}", "when": "trails"},
            {"mark": "names", "at": f"means{suffix}", "names": "numbers", "when": "many"},
            *marks,
            {"mark": "people", "at": f"means{suffix}", "when": "kindergarten"},
        ],
        **more,
    }


def _of_run(alone: str, beside: str) -> dict:
    """A name with the run in it only where another run is beside it."""
    return {"when": "compare", "then": beside, "otherwise": alone}


SCENE = {
    "title": "EM, step by step",
    "intro": "Drag the means to a start, then press E-step and M-step in turn, or play. The slider goes back and forth "
    "through what has been run. Ellipses: 1 and 2 standard deviations; dashed where they were before the M-step. "
    "Soft regions colour the ground by what the next E-step would say of a sample there. "
    "With Edit samples, drag a sample or delete it.",
    "signature": [
        "data",
        "n_samples",
        "n_components",
        "step",
        "last",
        "covariance_type",
        "reg_covar",
        "compare",
        "added",
        "removed",
    ],
    "glide": {"step": "step", "values": ["means", "covariances", "means_b", "covariances_b"]},
    "panels": [
        _plane("", id="a", x="feature 0", title=_of_run("feature 1", "feature 1 (run A)"), marks=PULLS),
        _plane("_b", id="b", x="feature 0", title="feature 1 (run B)", when="compare"),
        {
            "id": "trace",
            "below": "compare",
            "height": 160,
            "box": "trace_box",
            "x": "iteration",
            "title": "mean log-likelihood per sample",
            "marks": [
                {
                    "mark": "curve",
                    "x": "trace_steps",
                    "y": "bounds",
                    "colour": "1",
                    "dash": [5, 3],
                    "width": 2,
                    "when": "bound_shown",
                },
                {
                    "mark": "curve",
                    "x": "trace_steps_b",
                    "y": "trace_b",
                    "colour": "2",
                    "dash": [2, 2],
                    "width": 2,
                    "when": "compare",
                },
                {"mark": "curve", "x": "trace_steps", "y": "trace", "colour": "0", "width": 2.5},
                {"mark": "points", "xy": "here", "size": 5, "outline": True, "colour": "4"},
            ],
        },
    ],
    "legend": [
        {"colour": "0", "label": "log-likelihood"},
        {"colour": "1", "dash": True, "label": "lower bound, if shown"},
        {"colour": "2", "dash": True, "label": "run B, if shown"},
    ],
    "rows_shown": 2,
    "controls": [
        [
            button("E-step", "e", enabled=["next", "E"]),
            button("M-step", "m", enabled=["next", "M"]),
            button("Play", "play"),
            slider("Half steps", "step", min=0, max=0, maxOf="furthest"),
            slider("Half steps a second", "speed", values=[1, 3, 10, 30]),
        ],
        [
            check("Soft regions", "regions"),
            select(
                "Show the samples that pull most on",
                "watched",
                (-1, "no component"),
                *((k, f"component {k}") for k in range(MOST_COMPONENTS)),
                below="n_components",
            ),
            check("Edit samples", "editing"),
            *SAMPLE_BUTTONS,
        ],
        [
            slider("Components", "n_components"),
            select(
                "Start",
                "start",
                ("samples", "means at random samples"),
                ("kmeans", "k-means"),
                ("random", "random responsibilities"),
            ),
            button("Another start", "new"),
            select("Data", "data", ("clusters", "three clusters"), ("faithful", "Old Faithful"), ("yours", "your X")),
            slider("Samples", "n_samples", values=[30, 100, 500, 2000, 5000, 10000], when="sized"),
        ],
        [
            select(
                "Covariances",
                "covariance_type",
                ("full", "full"),
                ("tied", "tied"),
                ("diag", "diagonal"),
                ("spherical", "spherical"),
            ),
            slider("Added to each variance (reg_covar)", "reg_covar", values=[0, 1e-6, 1e-3, 1e-2, 0.1, 0.5], digits=3),
            button("Shuffle the component labels", "shuffle"),
            button("Make a component collapse", "collapse"),
            button("Add the point", "add", when="adding"),
        ],
        [
            check("Two runs", "compare"),
            check("Ghost and trail", "trails"),
            check("Level lines", "contours"),
            check("Lower bound", "bound_shown"),
            check("E-step while dragging", "live"),
            check("Click to add points", "adding"),
            check("Kindergarten", "kindergarten"),
        ],
    ],
    "lines": ["{phase} {end}", "{n:0} samples. Mean log-likelihood {height:4}.", "{pull_words}"],
    "table": {
        "caption": _of_run("Parameters", "Parameters of run A"),
        "rows": "component",
        "each": "weights",
        "columns": [["weight π", "{weights:3}"], ["mean μ", "{means:2}"], ["covariance Σ", "{covariances:2}"]],
    },
    "alt": [
        "{n:0} samples and the components of EM after {iteration:0} iterations. {phase} {end} Mean log-likelihood "
        "{height:4}. ",
        {"each": "weights", "text": "Component {k}: weight {weights:2}, mean {means:2}", "join": "; "},
        ".",
    ],
    "told": ["{short}", "Log-likelihood {height:4}.", "{n:0} samples."],
}
