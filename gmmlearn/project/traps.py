"""The traps of chapters 6 and 7 that a project can be in: what was seen, and a question. None of it costs points."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .declaration import CHOICES, Project
from .fitting import curve, fitted, single_starts, split
from .numbers import accuracy, agree, claims, labelled, readings, unmatched

SPREAD = 3.0
"""By how many times standard deviations may differ before the widest feature alone decides where k-means starts."""
LITTLE = 2.0
"""A difference in BIC that says little (Kass and Raftery 1995)."""
REPEATED = 1e-6
"""The variance of a weighted sum of standardized features below which one of them follows from the others."""
FLAT = 1e-4
"""Of the variance of all rows in their narrowest direction: a component below it has rows that hardly differ there."""


@dataclass(frozen=True)
class Trap:
    """What was seen, with the number, and what to ask yourself."""

    name: str
    saw: str
    question: str


def one_start(project: Project) -> Trap | None:
    """A single start, beside ten others."""
    if project.n_init > 1 or project.n_components == 1:
        return None
    X = split(project).train
    own = fitted(project).score(X)
    others = [model.score(X) for model in single_starts(project)]
    better = sum(score > own + 1e-3 for score in others)
    low, high = f"{min(others):.3f}", f"{max(others):.3f}"
    reached = f"{low} to {high}, and {better or 'none'} of them went higher" if low != high else f"{low}, all of them"
    saw = (
        f"n_init is 1. Your start reached a mean log density of {own:.3f} on the training rows; ten others reached "
        f"{reached}."
    )
    if better or max(others) - min(others) > 1e-3:
        question = "How do you know that yours is a good one, and would it be if the seed were another?"
    else:
        question = "Here the starts agree. Would they with other candidates, and what does your report say about it?"
    return Trap("one start", saw, question)


def collapsed(project: Project) -> Trap | None:
    """A component on a single row, or one as narrow as `reg_covar` lets it be."""
    rows, model = split(project), fitted(project)
    counts = np.bincount(model.predict(rows.train), minlength=project.n_components)
    full = project.covariance_type == "full"
    fewest = rows.train.shape[1] + 1 if full else 2
    narrowest = float(_variances(model).min())
    question = "Is that a group, or an accident of these rows? What does a larger reg_covar or another type do?"
    if counts.min() < fewest:
        k = int(counts.argmin())
        needs = f", and a full covariance of {rows.train.shape[1]} features needs {fewest}" if full else ""
        n_rows = f"{counts[k] or 'no'} training row{'' if counts[k] == 1 else 's'}"
        return Trap("a collapsed component", f"Component {k} has {n_rows}{needs}.", question)
    if collinear(project):  # then the rows themselves are as narrow
        return None
    of_all = float(np.linalg.eigvalsh(np.cov(rows.train.T).reshape(rows.train.shape[1], -1)).min())
    if narrowest - project.reg_covar < FLAT * of_all:
        saw = (
            f"The narrowest direction of a component has a standard deviation of {np.sqrt(narrowest):.2g}, which "
            f"reg_covar alone gives as well; that of all rows is {np.sqrt(of_all):.2g}."
        )
        return Trap("a collapsed component", saw, question)
    return None


def constant(project: Project) -> Trap | None:
    """Features with one and the same value, whose density is whatever `reg_covar` makes it."""
    rows = split(project)
    if project.pca is not None:
        return None
    same = np.flatnonzero(np.ptp(rows.train, axis=0) == 0)
    if not len(same):
        return None
    names = ", ".join(rows.features[place] for place in same[:5]) + (", ..." if len(same) > 5 else "")
    saw = (
        f"{len(same)} of {rows.train.shape[1]} features ({names}) {'has' if len(same) == 1 else 'have'} the same value "
        f"in every training row. There the variance is reg_covar alone, {project.reg_covar:g}, and so the log density "
        "says little about your data."
    )
    return Trap("a feature that does not vary", saw, "What can a model learn from it, and what changes without it?")


def collinear(project: Project) -> Trap | None:
    """Features of which one follows from the others, so that their covariance has nearly no inverse."""
    rows = split(project)
    varying = np.flatnonzero(np.ptp(rows.train, axis=0) > 0)
    if project.pca is not None or len(varying) < 2:
        return None
    correlations = np.corrcoef(rows.train[:, varying].T)
    variances, directions = np.linalg.eigh(correlations)
    if variances[0] > REPEATED:
        return None
    concerned = [rows.features[varying[place]] for place in np.flatnonzero(np.abs(directions[:, 0]) > 0.05)]
    names = ", ".join(concerned[:5]) + (", ..." if len(concerned) > 5 else "")
    saw = (
        f"A weighted sum of {names} hardly varies: once each has a standard deviation of 1, its variance is "
        f"{max(variances[0], 0.0):.0e}. In that direction the density is whatever reg_covar, {project.reg_covar:g}, "
        "makes of it."
    )
    return Trap(
        "features that repeat each other", saw, "Do they measure the same, and what changes without one of them?"
    )


def _variances(model) -> np.ndarray:
    """Variances along the axes of the components."""
    kept = model.covariances_
    return np.linalg.eigvalsh(kept) if model.covariance_type in ("full", "tied") else kept


def unmatched_labels(project: Project) -> Trap | None:
    """An accuracy that is that of numbers which mean nothing."""
    declared = project.claims.get("accuracy")
    if declared is None or any(agree(declared, value) for value in readings(project, "accuracy")):
        return None
    found = labelled(split(project), fitted(project))
    if not any(agree(declared, unmatched(*each)) for each in found):
        return None
    saw = (
        f"The accuracy {declared:g} is what you get if the component's number is compared with the label's. With each "
        f"component named after the label that most of its rows have, it is {accuracy(*found[0]):.3f}."
    )
    return Trap(
        "labels compared before they are matched", saw, "What would the number be if the components had another order?"
    )


def scaling_forgotten(project: Project) -> Trap | None:
    """Features of different spread, unscaled, where k-means or the distance between rows makes the starts."""
    rows = split(project)
    if project.scaling != "none" or project.init_params not in ("kmeans", "k-means++") or rows.table.one_scale:
        return None
    measured = rows.table.features(rows.features)[rows.train_rows]
    spreads = np.where(np.ptp(measured, axis=0) > 0, measured.std(axis=0), np.nan)  # a constant one decides nothing
    if np.isnan(spreads).all():
        return None
    wide, narrow = int(np.nanargmax(spreads)), int(np.nanargmin(spreads))
    if spreads[wide] <= SPREAD * spreads[narrow]:
        return None
    times = spreads[wide] / spreads[narrow]
    saw = (
        f"The standard deviation of {rows.features[wide]} is {spreads[wide]:.3g}, that of {rows.features[narrow]} "
        f"{spreads[narrow]:.3g}: {times:.0f} times as much, unscaled, and the starts are made by {project.init_params}."
    )
    return Trap("scaling forgotten", saw, "Which feature decides where the fit starts?")


def training_only(project: Project) -> Trap | None:
    """No number on rows that the model has not seen, or one that is called held-out and is not."""
    rows, model = split(project), fitted(project)
    question = "How would you notice that the model had learnt these rows by heart?"
    if not len(rows.held_out):
        return Trap("a score on the training data only", "held_out is 0: the model has seen every row.", question)
    train, held_out = model.score(rows.train), model.score(rows.held_out)
    if "held_out" not in project.claims:
        saw = (
            f"The claims say nothing about the {len(rows.held_out)} held-out rows. The mean log density is "
            f"{train:.2f} on the training rows and {held_out:.2f} on those."
        )
        return Trap("a score on the training data only", saw, question)
    declared = project.claims["held_out"]
    if agree(declared, train) and not agree(declared, held_out):
        saw = (
            f"The held_out that you claim, {declared:g}, is that of the training rows; on the held-out ones it is "
            f"{held_out:.2f}."
        )
        return Trap("a score on the training data only", saw, question)
    return None


def edge(project: Project) -> Trap | None:
    """A choice at the end of what was compared."""
    tried = sorted(set(project.candidates))
    chosen, by = project.n_components, project.chosen_by
    if by == "purpose":
        return None
    if len(tried) == 1:
        return Trap(
            "nothing to compare", f"{chosen} is the only candidate.", "With which other numbers could you compare it?"
        )
    if chosen not in (tried[0], tried[-1]) or chosen == 1:
        return None
    found = curve(project, by if by != "held_out" or len(split(project).held_out) else "train")
    neighbour = tried[-2] if chosen == tried[-1] else tried[1]
    end = "largest" if chosen == tried[-1] else "smallest"
    digits = 1 if by in ("bic", "aic") else 3
    saw = (
        f"K = {chosen} is the {end} of the candidates. By {CHOICES[by]}, {neighbour} has "
        f"{found[neighbour]:.{digits}f} and {chosen} has {found[chosen]:.{digits}f}."
    )
    return Trap("K at the edge of the candidates", saw, "What is beyond the edge?")


def chosen_on_test_data(project: Project) -> Trap | None:
    """The held-out rows used for the choice, said or to be seen."""
    some = len(split(project).held_out) > 0
    if project.chosen_by == "purpose" or (project.chosen_by == "held_out" and not some):
        return None
    scores = curve(project, "held_out") if some else {}
    best = max(scores, key=scores.__getitem__, default=None)
    question = "Which rows are left that the choice has not seen?"
    if project.chosen_by == "held_out":
        by_bic = curve(project, "bic")
        other = min(by_bic, key=by_bic.__getitem__)
        saw = (
            f"The held-out rows chose K = {project.n_components} and then score it, with "
            f"{scores[project.n_components]:.3f}. On the training rows BIC is lowest at {other}."
        )
        return Trap("test data used for choosing", saw, question)
    found = curve(project, project.chosen_by)
    lower_is_better = project.chosen_by in ("bic", "aic")
    by_rule = (min if lower_is_better else max)(found, key=found.__getitem__)
    near = LITTLE if lower_is_better else 0.0
    if abs(found[by_rule] - found[project.n_components]) <= near:
        return None
    digits = 1 if lower_is_better else 3
    saw = (
        f"You say that {CHOICES[project.chosen_by]} chose K = {project.n_components}, where it is "
        f"{found[project.n_components]:.{digits}f}. It is best at {by_rule}, with {found[by_rule]:.{digits}f}."
    )
    if best == project.n_components:
        return Trap("test data used for choosing", f"{saw} The held-out rows score highest at K = {best}.", question)
    return Trap("another choice than the rule's", saw, "What else decided, and does your report say so?")


def not_converged(project: Project) -> Trap | None:
    """A fit that was stopped on its way."""
    model = fitted(project)
    if model.converged_:
        return None
    return Trap("not converged", f"EM was stopped after {model.n_iter_} steps.", "What would more steps change?")


def not_reproduced(project: Project) -> Trap | None:
    """Numbers that the declaration does not give, and that no trap above explains."""
    explained = {"accuracy"} if unmatched_labels(project) else set()
    found = training_only(project)
    if found and "held_out" in project.claims:
        explained.add("held_out")
    wrong = [claim for claim in claims(project) if not claim.reproduced and claim.name not in explained]
    if not wrong:
        return None
    return Trap(
        "not reproduced",
        f"The declaration gives another {' and another '.join(claim.name for claim in wrong)}, see above.",
        "Which setting has changed since you wrote the number down?",
    )


TRAPS: tuple[Callable[[Project], Trap | None], ...] = (
    one_start,
    collapsed,
    constant,
    collinear,
    unmatched_labels,
    scaling_forgotten,
    training_only,
    edge,
    chosen_on_test_data,
    not_converged,
    not_reproduced,
)


def traps(project: Project) -> list[Trap]:
    """All that there is to ask about a project."""
    return [found for look in TRAPS if (found := look(project))]
