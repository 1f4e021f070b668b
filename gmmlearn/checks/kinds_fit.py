"""How starts, fits and fitted models are judged: up to the order of their components."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .book import Case, Fingerprint
from .fingerprints import flatten
from .laws import NeverFalls, Parts, RowsSumToOne, SameUpToPermutation
from .observe import Observation
from .values import Close, Finite, Mismatch, Shape, as_integers, as_numbers, count

PARTS = ("weights", "means", "covariances", "log_likelihoods", "converged")
MOMENTS = ("", "before ", "twice before ")
"""Prefixes of the stored parameters: after the last M-step of the reference, before it, and before the last two."""


class OneHotStart:
    """One call: responsibilities that are the one-hot labels of a k-means fit, whatever the order of its clusters."""

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        value, due = observations[0].value, case.right["value"]
        if mismatch := Shape(due.shape, "n, K")(value) or RowsSumToOne()(value):
            return mismatch
        if not np.isin(as_numbers(value), (0.0, 1.0)).all():
            return Mismatch("law", value, due, "each row of a k-means start holds a single 1 and otherwise zeros")
        if Close(canonical_columns(due))(canonical_columns(value)):
            text = "each row has a single 1, but the groups are not the clusters that k-means finds"
            return Mismatch("values", value, due, text)
        return None

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        value = observations[0].value
        numbers = as_numbers(value)
        if isinstance(numbers, Mismatch) or numbers.ndim != 2:
            return flatten(value)
        return {"value": canonical_columns(numbers)}


def canonical_columns(table: Any) -> np.ndarray:
    """The columns in one fixed order, so that the numbering of clusters does not matter.

    >>> canonical_columns([[0.0, 1.0], [1.0, 0.0]])
    array([[1., 0.],
           [0., 1.]])
    """
    columns = np.asarray(table, dtype=np.float64)
    return columns[:, np.lexsort(-columns[::-1])]


class KnownFit:
    """One call of `fit` whose whole trace is known, and its parameters up to their order.

    Right are the parameters at the last entry of the trace, or those of one M-step later. Who looks at a gain as
    soon as the M-step has made it ends the trace one entry earlier, with the parameters before or after that step.
    """

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        value, right = observations[0].value, case.right
        if mismatch := _form(value):
            return mismatch
        trace, due = as_numbers(value[3]), right["log_likelihoods"]
        short = bool(right["converged"]) and trace.size == len(due) - 1
        if not short and trace.shape != due.shape:
            text = f"log_likelihoods: {count(trace.size, 'iteration')} came, {len(due)} were due"
            return Mismatch("values", value[3], due, text, "log_likelihoods")
        due = due[: trace.size]
        if mismatch := Close(due, rtol=1e-7, atol=1e-9)(trace):
            return Mismatch(mismatch.kind, value[3], due, f"log_likelihoods: {mismatch.text}", "log_likelihoods")
        if bool(value[4]) != bool(right["converged"]):
            text = "converged: it should say whether a gain below `tol` ended the loop, not `max_iter`"
            return Mismatch("law", str(bool(value[4])), str(bool(right["converged"])), text, "converged")
        moments = MOMENTS[1:] if short else MOMENTS[:2]
        dues = [[right[moment + name] for name in PARTS[:3]] for moment in moments]
        mismatches = [SameUpToPermutation(*due, rtol=1e-5, atol=1e-7)(value) for due in dues]
        return mismatches[0] if all(mismatches) else None

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        value = observations[0].value
        if _form(value):
            return flatten(tuple(value) if isinstance(value, tuple) else value)
        weights, means, covariances, trace, converged = value
        means = np.asarray(means, dtype=np.float64)
        order = np.lexsort(means.T[::-1])
        return {
            "weights": np.asarray(weights, dtype=np.float64)[order],
            "means": means[order],
            "covariances": np.asarray(covariances, dtype=np.float64)[order],
            "trace": np.asarray(trace, dtype=np.float64),
            "converged": "yes" if converged else "no",
        }


def _form(value: Any) -> Mismatch | None:
    """What is wrong with the shapes of a `Fit`."""
    if mismatch := Parts(PARTS, (Finite(),) * 4 + (_anything,))(value):
        return mismatch
    weights, means, covariances, trace = (np.asarray(part, dtype=np.float64) for part in value[:4])
    if trace.ndim != 1 or not trace.size:
        return Mismatch("shape", trace, None, f"log_likelihoods: shape {trace.shape} came, (n_iter,) was due")
    if means.ndim != 2:
        return Mismatch("shape", means, None, f"means: shape {means.shape} came, (K, d) was due")
    n_components, n_features = means.shape
    shapes = ((n_components,), means.shape, (n_components, n_features, n_features))
    axes = ("K", "K, d", "K, d, d")
    return Parts(PARTS[:3], tuple(map(Shape, shapes, axes)))((weights, means, covariances))


def _anything(value: Any) -> None:
    return None


class RandomFit:
    """One call of `fit` from a random start, of which only laws are known.

    Settings: `first_below`, which the first entry of the trace cannot reach from such a start.
    """

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        value = observations[0].value
        if mismatch := _form(value):
            return mismatch
        if mismatch := NeverFalls(1e-6)(value[3]):
            return Mismatch(mismatch.kind, value[3], None, f"log_likelihoods: {mismatch.text}", "log_likelihoods")
        if as_numbers(value[3])[0] > case.settings["first_below"]:
            text = "log_likelihoods: the first entry is higher than a random start can reach"
            return Mismatch("law", value[3], None, text, "log_likelihoods")
        return None

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        value = observations[0].value
        if _form(value):
            return {"start": "none"}
        return {"start": "high" if as_numbers(value[3])[0] > case.settings["first_below"] else "low"}


class FittedModel:
    """One call that returns a fitted `GaussianMixture`: its class, its parameters, what the fit found."""

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        seen = describe(observations[0].value)
        right = case.right
        if seen["class"] != right["class"]:
            text = f"a {seen['class']} came, a fitted {right['class']} was due"
            return Mismatch("kind", observations[0].value, None, text)
        for name, due in right.items():
            if isinstance(due, np.ndarray) or name == "class":
                continue
            if name not in seen or seen[name] != due:
                return Mismatch("values", seen.get(name), due, f"{name}: {seen.get(name)} came, {due} was due", name)
        if "precisions_cholesky_" not in seen:
            return Mismatch("law", None, None, "the model has not been fitted: it cannot score a sample yet")
        for name, due in right.items():
            if isinstance(due, np.ndarray) and (mismatch := Close(due, rtol=1e-5, atol=1e-7)(seen.get(name))):
                return Mismatch(mismatch.kind, seen.get(name), due, f"{name}: {mismatch.text}", name)
        return None

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        value = observations[0].value
        seen = describe(value)
        if len(seen) == 1:  # its class is all that is known: it is no model
            whole = "no" if isinstance(as_integers(value), Mismatch) else "yes"
            return {"class": seen["class"], "shape": str(np.shape(value)) if whole == "yes" else "", "whole": whole}
        words = {name: str(seen.get(name)) for name, due in case.right.items() if not isinstance(due, np.ndarray)}
        numbers = {name: one for name, one in seen.items() if name in ("weights_", "means_", "covariances_")}
        sorted_by_size = {name: np.sort(np.ravel(one)) for name, one in numbers.items()}
        return words | {"fitted": "yes" if "precisions_cholesky_" in seen else "no"} | sorted_by_size


def describe(model: Any) -> dict[str, Any]:
    """Class, parameters and fitted attributes of a model by name; one that crossed a process is plain data."""
    if hasattr(model, "class_name"):
        return {"class": model.class_name} | {k: _word(v) for k, v in model.params.items()} | dict(model.attributes)
    parameters = model.get_params() if hasattr(model, "get_params") else {}
    attributes = vars(model) if parameters else {}
    fitted = {name: value for name, value in attributes.items() if name.endswith("_")}
    return {"class": type(model).__name__} | {name: _word(value) for name, value in parameters.items()} | fitted


def _word(value: Any) -> Any:
    return value if isinstance(value, str) else repr(value)
