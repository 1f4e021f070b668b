"""Scene 10: coloured samples, the reader's mixture beside EM's, and the scores of both."""

from gmmlearn.explore.scenes.controls import button, check, select


def _ellipses(prefix: str, **more) -> dict:
    return {
        "mark": "ellipses",
        "means": f"{prefix}means",
        "covariances": f"{prefix}covariances",
        "scales": [2],
        "width": 2,
        **more,
    }


SCENE = {
    "title": "Be EM yourself",
    "intro": "One iteration of EM has two halves. The E-step colours every sample: which component is responsible for "
    "it? The M-step fits weights, means and covariances to the colours. Do one half by hand; a formula does the other. "
    "The score is the mean log-likelihood: can you reach more than EM from the same mixture (dotted)?",
    "signature": ["data", "half", "before_means", "before_covariances", "before_weights"],
    "panels": [
        {
            "id": "plane",
            "share": 2.3,
            "aspect": 0.75,
            "box": "box",
            "x": "feature 0",
            "title": "feature 1 (ellipses: 2 standard deviations)",
            "marks": [
                {"mark": "discs", "means": "means", "covariances": "covariances", "scales": [2]},
                {"mark": "points", "xy": "X", "blend": "responsibilities", "size": 4},
                _ellipses("before_", colour="soft", dash=[2, 4], width=1.5),
                _ellipses(""),
                _ellipses("em_", colour="ink", dash=[7, 4], when="compared"),
                {
                    "mark": "ellipses",
                    "means": "worst",
                    "covariances": "worst_size",
                    "scales": [1],
                    "colour": "ink",
                    "width": 2.5,
                    "when": "ringed",
                },
                {
                    "mark": "ellipses",
                    "means": "brush_at",
                    "covariances": "brush_size",
                    "scales": [1],
                    "colour": "ink",
                    "when": "by_colour",
                },
            ],
        },
        {
            "id": "weights",
            "share": 0.75,
            "height": 150,
            "box": "weight_box",
            "x": "component",
            "title": "weight",
            "categories": ["0", "1"],
            "marks": [
                {"mark": "bars", "heights": "weights"},
                {"mark": "bars", "heights": "em_weights", "outline": True, "when": "compared"},
            ],
        },
        {
            "id": "score",
            "share": 1,
            "height": 150,
            "box": "score_box",
            "x": "gain by the step",
            "title": "mean log-likelihood",
            "categories": ["you", "EM"],
            "marks": [
                {"mark": "curve", "x": "zero_x", "y": "zero_y", "colour": "soft", "dash": [2, 4]},
                {"mark": "points", "xy": "scores", "size": 6, "outline": True, "colour": "4"},
                {"mark": "names", "at": "scores", "names": "score_names"},
            ],
        },
    ],
    "legend": [
        {"colour": "soft", "dash": True, "label": "before the step"},
        {"colour": "0", "label": "you"},
        {"colour": "ink", "dash": True, "label": "EM, once you have compared"},
    ],
    "controls": [
        [
            select("By hand", "half", ("M", "the M-step: move the components"), ("E", "the E-step: colour samples")),
            select(
                "Data",
                "data",
                ("apart", "1: two groups apart"),
                ("overlap", "2: overlapping, of unequal size"),
                ("crossing", "3: crossing, equal means"),
                ("inside", "4: one inside the other"),
                ("outliers", "5: outliers and a bad start"),
            ),
        ],
        [
            select(
                "Colour",
                "shade",
                (0, "component 0"),
                (0.25, "mostly 0 (3 in 4)"),
                (0.5, "half and half"),
                (0.75, "mostly 1 (3 in 4)"),
                (1, "component 1"),
                when="by_colour",
            ),
            select("Brush", "reach", (0.35, "small"), (0.7, "medium"), (1.4, "large"), when="by_colour"),
            check("Paint while it moves", "painting", when="by_colour"),
            button("Paint here", "paint", when="by_colour"),
            button("Remove all colour", "clear", when="by_colour"),
        ],
    ],
    "ask": {
        "key": "guess",
        "lead": "task",
        "told": "verdict",
        "items": {
            "all": {
                "ask": "When your step is done: where will you be?",
                "choices": ["below EM", "level with EM (within 0.01)", "above EM"],
            }
        },
        "actions": [
            {"label": "Compare with EM", "action": "compare", "enabled": "ready"},
            {"label": "Go on from mine", "action": "mine", "when": "compared"},
            {"label": "Go on from EM's", "action": "em", "when": "compared"},
        ],
    },
    "lines": ["Mean log-likelihood before the step: {before:3}. {trouble}"],
    "table": {
        "caption": "Mean over the samples. Each half of EM raises the lower bound (Q + H in chapter 6), never above "
        "the log-likelihood",
        "rows": "step",
        "each": "who",
        "names": ["you", "EM"],
        "signs": False,
        "columns": [
            ["bound after the E-step", "{after_e:3}"],
            ["bound after the M-step", "{after_m:3}"],
            ["log-likelihood", "{reached:3}"],
        ],
    },
    "alt": [
        "{short} Mean log-likelihood {own:3}, before {before:3}. ",
        {"each": "who", "text": "Component {k}: weight {weights:2}, mean {means:2}", "join": "; "},
        ". {trouble}{verdict}",
    ],
    "told": ["{short}", "Log-likelihood {own:3}.", "{doubt}"],
}
