"""Scene 11: a gallery of data on which EM, or the model, goes wrong."""

from gmmlearn.explore.models.em_failures import CASES
from gmmlearn.explore.scenes.controls import button, check, select, slider
from gmmlearn.explore.scenes.em import SCENE as EM

NAMES = {
    "collapse": "1: one sample apart",
    "wrong_number": "2: three groups, two components",
    "crescents": "3: crescents",
    "equal_means": "4: equal means at the start",
    "heavy_tails": "5: heavy tails",
    "duplicates": "6: copies of one sample",
    "outlier": "7: an outlier at 1000",
}

_ASKED = {
    "collapse": {
        "choices": [
            "EM has had too few iterations",
            "The log-likelihood has no maximum",
            "The two groups overlap too much",
        ],
        "reasons": [
            "With each iteration the ellipse is smaller and the log-likelihood higher; there is nothing to arrive at.",
            "A component that owns one sample fits it better the narrower it is, without limit. EM climbs, and it is "
            "right to climb: the fault is in the likelihood.",
            "They are far apart, and their components fit them well. Look at the third component.",
        ],
        "remedy": "reg_covar = 0.05, which is added to every variance. EM goes on from where it is.",
    },
    "wrong_number": {
        "choices": [
            "EM stopped before it had converged",
            "The start was bad: from another one, EM finds all groups",
            "The model has one component too few",
        ],
        "reasons": [
            "The trace is flat: more iterations change nothing.",
            "Drag the means and run again: two ellipses always leave two groups to one of them.",
            "One ellipse covers two of the three groups (rings) and the empty place between them. EM did its work; the "
            "number of components is your choice, and BIC helps with it.",
        ],
        "remedy": "a third component, and a start for all three.",
    },
    "crescents": {
        "choices": [
            "A crescent is not an ellipse",
            "The groups touch each other",
            "The start was bad: from another one, each component takes one crescent",
        ],
        "reasons": [
            "A Gaussian is densest at its mean, and the middle of a crescent is nearly empty. So the components cut "
            "through the crescents (rings: the tips).",
            "They do not touch; your eye separates them easily.",
            "Drag one mean into each crescent and run again: a part of each still goes to the other component.",
        ],
        "remedy": "six components. Now the density fits, but a component is not a group any more: that takes another "
        "method, or several components joined to one group.",
    },
    "equal_means": {
        "choices": [
            "The data have one group only",
            "Both components are the same, so each sample is shared half and half, forever",
            "EM has found the maximum",
        ],
        "reasons": [
            "There are two, well apart; EM has not found them.",
            "Equal components get equal responsibilities, and from these the M-step makes equal components. "
            "This is a saddle point of the log-likelihood: level, but not a maximum.",
            "The log-likelihood is that of one Gaussian; two different components reach far more.",
        ],
        "remedy": "the mean of component 0 is moved to the right. EM goes on from there, slowly at first.",
    },
    "heavy_tails": {
        "choices": [
            "A component has collapsed",
            "Gaussian tails are too thin: some samples lie where a Gaussian has almost no density",
            "The groups are too close for two components",
        ],
        "reasons": [
            "Both ellipses have their width. Look at what the wide one covers.",
            "The log density of a Gaussian falls with the square of the distance, so far samples cost it too much. One "
            "component widens to cover all tails, and the other has to take both groups.",
            "Without the samples far out, two components separate them easily.",
        ],
        "remedy": "a third, wide component for the tails, so that the groups get one each. (A mixture of t "
        "distributions is made for this.)",
    },
    "duplicates": {
        "choices": [
            "A single sample lies apart from all others",
            "There are too few samples for three components",
            "Nine samples are the same, and together they have no width",
        ],
        "reasons": [
            "The component owns nine samples, an eighth of all, in the middle of a group.",
            "Three components fit here; try the remedy, which even takes samples away.",
            "Copies are as good as one sample for the width, and nine times as heavy: a component on them collapses, "
            "though its weight looks sound. Rounded or repeated measurements do this.",
        ],
        "remedy": "each different sample counts once, and EM starts again.",
    },
    "outlier": {
        "choices": [
            "One sample is so far away that it gets a component to itself",
            "The two groups have become one",
            "reg_covar is too large",
        ],
        "reasons": [
            "At a distance of 1000 a component that fits the groups cannot account for it. Here k-means, as the start, "
            "gave it one of the two, and the other has to cover both groups. Show all samples to see it.",
            "The groups are where they were. Which component has gone, and where?",
            "It is 0.001, far below the variances of the groups.",
        ],
        "remedy": "the outlier is left out, once you have looked where it comes from. EM starts again.",
    },
}

SCENE = {
    "title": "Data that defeat EM or the model",
    "intro": "Seven data sets on which something goes wrong. Run EM until it stops, say what went wrong, then try the "
    "remedy. Means can be dragged to another start. Ellipses: 1 and 2 standard deviations.",
    "signature": ["data", "remedied", "step", "last", "reg_covar"],
    "glide": {"step": "step", "values": ["means", "covariances"]},
    "panels": [
        {
            "id": "a",
            "aspect": 0.75,
            "share": 1.9,
            "box": "box",
            "x": "feature 0",
            "title": "feature 1",
            "marks": [
                {"mark": "discs", "means": "means", "covariances": "covariances"},
                {"mark": "points", "xy": "X", "blend": "responsibilities", "size": 3.5},
                {
                    "mark": "ellipses",
                    "means": "means",
                    "covariances": "covariances",
                    "scales": [1, 2],
                    "width": 2,
                },
                {
                    "mark": "ellipses",
                    "means": "ring",
                    "covariances": "ring_size",
                    "scales": [1],
                    "colour": "ink",
                    "width": 2.5,
                    "when": "offered",
                },
            ],
        },
        {
            "id": "trace",
            "height": 160,
            "box": "trace_box",
            "x": "iteration",
            "title": "mean log-likelihood per sample",
            "marks": [
                {"mark": "curve", "x": "trace_steps", "y": "trace", "colour": "0", "width": 2.5},
                {"mark": "points", "xy": "here", "size": 5, "outline": True, "colour": "4"},
            ],
        },
    ],
    "controls": [
        [
            select("Data", "data", *NAMES.items()),
            button("Run EM", "play"),
            button("E-step", "e", enabled=["next", "E"]),
            button("M-step", "m", enabled=["next", "M"]),
            button("From the start", "again"),
        ],
        [
            slider("Half steps", "step", min=0, max=0, maxOf="furthest"),
            slider("Half steps a second", "speed", values=[1, 3, 10, 30]),
            check("Show all samples", "whole", when="far"),
        ],
    ],
    "ask": {
        "key": "answer",
        "of": "data",
        "items": {
            name: {"ask": "What went wrong?", "answer": CASES[name].answer, **asked} for name, asked in _ASKED.items()
        },
        "actions": [{"label": "Try the remedy", "action": "remedy", "when": "offered"}],
    },
    "lines": ["{phase}{end}", "{n:0} samples. {outside}Mean log-likelihood {height:4}."],
    "table": EM["table"] | {"caption": "Parameters"},
    "alt": [
        "{n:0} samples. {outside}{phase}{end} Mean log-likelihood {height:4}. ",
        {"each": "weights", "text": "Component {k}: weight {weights:2}, mean {means:2}", "join": "; "},
        ".",
    ],
    "told": ["{short}", "Log-likelihood {height:4}."],
}
