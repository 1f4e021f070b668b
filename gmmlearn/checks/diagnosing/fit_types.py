"""Types of cases about starts, fits and fitted models, which are judged up to the order of their components."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ...calls import FittedModel, Outcome
from ...encoding import decode, encode
from .. import wording
from ..comparing.invariants import NeverFalls, PositiveDefinite, RowsSumToOne, SameUpToPermutation
from ..comparing.mismatches import Mismatch, Problem, as_numbers, parts_of, type_in_words
from ..comparing.values import Close, Finite, Parts, Shape, Truth
from .cases import Case, CaseType, called
from .signatures import Signature, of_value

PARTS = ("weights", "means", "covariances", "log_likelihoods", "converged")
RTOL, ATOL = 1e-8, 1e-10
"""A fit repeats its rounding errors in every iteration."""


class OneHotStart(CaseType):
    """One call: responsibilities that are the one-hot labels of a k-means fit, whatever the order of its clusters."""

    def expect(self, case: Case, reference: Callable[..., Any]) -> dict[str, Any]:
        return {"value": called(case, reference)}

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        value, expected = outcomes[0].value, case.expected["value"]
        if mismatch := Shape(expected.shape, "n, K")(value) or RowsSumToOne()(value):
            return mismatch
        if not np.isin(as_numbers(value), (0.0, 1.0)).all():
            return Mismatch(Problem.INVARIANT, wording.NOT_ONE_HOT, value, expected)
        if Close(canonical_columns(expected))(canonical_columns(value)):
            return Mismatch(Problem.INVARIANT, wording.OTHER_CLUSTERS, value, expected)
        return None

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        value = outcomes[0].value
        numbers = as_numbers(value)
        if isinstance(numbers, Mismatch) or numbers.ndim != 2:
            return of_value(value)
        return {"value": canonical_columns(numbers)}


def canonical_columns(table: Any) -> np.ndarray:
    """The columns in one fixed order, so that the numbering of clusters does not matter.

    >>> canonical_columns([[0.0, 1.0], [1.0, 0.0]])
    array([[1., 0.],
           [0., 1.]])
    """
    columns = np.asarray(table, dtype=np.float64)
    return columns[:, np.lexsort(-columns[::-1])] if len(columns) else columns  # there is no order without a row


def form_of_fit(value: Any) -> Mismatch | None:
    """What is wrong with the types and shapes of a `Fit`."""
    checks = (Finite(),) * 4 + (lambda flag: Truth(bool(np.all(flag)))(flag),)
    if mismatch := Parts(PARTS, checks)(value):
        return mismatch
    weights, means, covariances, trace = (np.asarray(part, dtype=np.float64) for part in parts_of(value)[:4])
    if trace.ndim != 1 or not trace.size:
        text = wording.SHAPE_ANY.format(got=trace.shape, expected="(n_iter,)")
        return Mismatch(Problem.SHAPE, text, trace, part="log_likelihoods")
    if means.ndim != 2:
        text = wording.SHAPE.format(got=means.shape, expected="(K, d)", remark="")
        return Mismatch(Problem.SHAPE, text, means, part="means")
    n_components, n_features = means.shape
    shapes = ((n_components,), means.shape, (n_components, n_features, n_features))
    return Parts(PARTS[:3], tuple(map(Shape, shapes, ("K", "K, d", "K, d, d"))))((weights, means, covariances))


class KnownFit(CaseType):
    """One call of `fit` whose whole trace is known, and its parameters up to their order.

    Right are the parameters at the last entry of the trace, or those of one M-step later. If you look at a gain as
    soon as the M-step has made it, the trace ends one entry earlier, with the parameters before or after that step.
    """

    def expect(self, case: Case, reference: Callable[..., Any]) -> dict[str, Any]:
        fit = called(case, reference)
        n_iter = len(fit.log_likelihoods)
        expected = {"log_likelihoods": fit.log_likelihoods, "converged": np.asarray(bool(fit.converged))}
        # The parameters after n_iter, n_iter - 1 and n_iter - 2 iterations; after none they are those of the start.
        for back in range(min(3, n_iter + 1)):
            earlier = called(case, reference, max_iter=n_iter - back, tol=-np.inf) if back else fit
            expected |= {f"{name} {back}": getattr(earlier, name) for name in PARTS[:3]}
        return expected

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        value, expected = outcomes[0].value, case.expected
        if mismatch := form_of_fit(value):
            return mismatch
        parts = parts_of(value)
        converged = bool(expected["converged"])
        if mismatch := self._trace(np.asarray(parts[3], dtype=np.float64), expected["log_likelihoods"], converged):
            return mismatch
        if mismatch := Truth(converged)(bool(parts[4])):
            return mismatch.of("converged")
        return self._parameters(value, expected)

    @staticmethod
    def _parameters(value: Any, expected: Mapping[str, Any]) -> Mismatch | None:
        """What is wrong with the parameters beside a right trace."""
        first = len(expected["log_likelihoods"]) - len(parts_of(value)[3])
        moments = [[expected[f"{name} {back}"] for name in PARTS[:3]] for back in (first, first + 1)]
        found = [SameUpToPermutation(*moment, RTOL, ATOL)(value) for moment in moments]
        return found[0] if all(found) else None

    def _trace(self, trace: np.ndarray, expected: np.ndarray, converged: bool) -> Mismatch | None:
        short = converged and trace.size == len(expected) - 1
        if (short or trace.size == len(expected)) and Close(expected[: trace.size], RTOL, ATOL)(trace) is None:
            return None
        common = min(trace.size, len(expected))
        near = Close(expected[:common], RTOL, ATOL).near(trace[:common])
        shifted = trace[: len(expected) - 1]
        if near.all() and trace.size > len(expected):
            text = wording.TRACE_ONE_MORE if trace.size == len(expected) + 1 else wording.TRACE_LONGER
        elif near.all():
            text = wording.TRACE_SHORTER if trace.size < len(expected) else Close(expected, RTOL, ATOL)(trace).text
        elif trace.size > 1 and np.ptp(trace) < 1e-9:
            text = wording.TRACE_CONSTANT
        elif (
            len(expected) > 2 and len(shifted) == len(expected) - 1 and Close(expected[1:], RTOL, ATOL)(shifted) is None
        ):
            text = wording.TRACE_LATE
        else:
            entry = int(near.argmin())
            text = wording.TRACE_FIRST if entry == 0 else wording.TRACE_PARTS.format(entry=entry)
        return Mismatch(Problem.VALUES, text, trace, expected, "log_likelihoods")

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        """The trace and `converged`; beside a right trace also the parameters, unless they are right.

        A wrong trace tells mistakes apart, and its loop may be left before the last M-step or after it.
        """
        value, expected = outcomes[0].value, case.expected
        if form_of_fit(value):
            return of_value(value)
        *parameters, trace, converged = parts_of(value)
        trace = np.asarray(trace, dtype=np.float64)
        found = {"trace": trace, "converged": "yes" if converged else "no"}
        wrong_trace = self._trace(trace, expected["log_likelihoods"], bool(expected["converged"]))
        if wrong_trace or self._parameters(value, expected) is None:
            return found
        weights, means, covariances = (np.asarray(part, dtype=np.float64) for part in parameters)
        order = np.lexsort(means.T[::-1])
        return found | {"weights": weights[order], "means": means[order], "covariances": covariances[order]}


class RandomFit(CaseType):
    """One call of `fit` from a start at random, of which only invariants are known.

    Settings: `first_below`, which the first entry of the trace cannot reach from such a start; None for any.
    """

    by_chance = True

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        value = outcomes[0].value
        if mismatch := form_of_fit(value):
            return mismatch
        weights, means, covariances, trace, _ = parts_of(value)
        arguments = case.arguments
        n_components, n_features = arguments["n_components"], arguments["X"].shape[1]
        if mismatch := Shape((n_components, n_features), "K, d")(means):
            return mismatch.of("means")
        bound = case.settings["first_below"]
        if bound is not None and as_numbers(trace)[0] > bound:
            return Mismatch(Problem.INVARIANT, wording.HIGH_START, trace, part="log_likelihoods")
        if len(trace) > arguments.get("max_iter", 100):
            got, expected = wording.count(len(trace), "entry"), arguments.get("max_iter", 100)
            return Mismatch(Problem.INVARIANT, wording.TOO_MANY.format(got=got, expected=expected), trace)
        for name, one, comparator in (
            ("log_likelihoods", trace, NeverFalls(1e-6)),
            ("covariances", covariances, PositiveDefinite()),
            ("weights", np.reshape(weights, (1, -1)), RowsSumToOne()),
        ):
            if mismatch := comparator(one):
                return mismatch.of(name)
        return None

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        mismatch = self.judge(case, outcomes)
        return {"problem": mismatch.sentence if mismatch else "none"}


class Model(CaseType):
    """One call that returns a fitted `GaussianMixture`: its class, its settings, what the fit found."""

    SETTINGS = ("n_components", "covariance_type", "init_params", "n_init", "random_state")
    ATTRIBUTES = ("weights_", "means_", "covariances_", "precisions_cholesky_")

    def expect(self, case: Case, reference: Callable[..., Any]) -> dict[str, Any]:
        model = decode(encode(called(case, reference)))
        words = {name: _word(model.settings[name]) for name in self.SETTINGS}
        return {"class": model.class_name} | words | {name: model.attributes[name] for name in self.ATTRIBUTES}

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        model, expected = outcomes[0].value, case.expected
        if model is None:
            return as_numbers(None)
        if not isinstance(model, FittedModel) or model.class_name != expected["class"]:
            name = expected["class"].rpartition(".")[2]
            text = wording.MODEL_CLASS.format(got=type_in_words(model), expected=name)
            return Mismatch(Problem.TYPE, text, model)
        # Whether `random_state` was used shows in the parameters, in whatever form it was handed on.
        for name in self.SETTINGS[:-1]:
            got = _word(model.settings.get(name))
            if got != expected[name]:
                text = wording.MODEL_SETTING.format(name=name, got=got, expected=expected[name])
                return Mismatch(Problem.VALUES, text, got, expected[name], name)
        state = _word(model.settings.get("random_state"))
        if state == "None" != expected["random_state"]:
            text = wording.MODEL_SETTING.format(name="random_state", got=state, expected=expected["random_state"])
            return Mismatch(Problem.VALUES, text, state, expected["random_state"], "random_state")
        if "precisions_cholesky_" not in model.attributes:
            return Mismatch(Problem.INVARIANT, wording.NOT_FITTED)
        mismatch = self._parameters(model.attributes, expected)
        if mismatch and state != expected["random_state"] and state.isdecimal():
            text = wording.MODEL_SETTING.format(name="random_state", got=state, expected=expected["random_state"])
            return Mismatch(Problem.VALUES, text, state, expected["random_state"], "random_state")
        return replace(mismatch, text=f"{mismatch.text}{_beyond(model)}") if mismatch else None

    def _parameters(self, attributes: Any, expected: Any) -> Mismatch | None:
        for name in self.ATTRIBUTES:
            if mismatch := Close(expected[name], 1e-6, 1e-8)(attributes.get(name)):
                return mismatch.of(name)
        return None

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        model = outcomes[0].value
        if not isinstance(model, FittedModel):
            return {"class": type_in_words(model), "shape": str(np.shape(as_numbers(model)))}
        words = {name: str(_word(model.settings.get(name))) for name in self.SETTINGS[:-1]}
        words["seeded"] = "no" if model.settings.get("random_state") is None else "yes"
        fitted = "yes" if "precisions_cholesky_" in model.attributes else "no"
        numbers = {
            name: np.sort(np.ravel(model.attributes[name]))
            for name in self.ATTRIBUTES[:3]
            if isinstance(model.attributes.get(name), np.ndarray) and words["seeded"] == "yes"
        }
        return {"class": model.class_name, "fitted": fitted} | words | numbers


def _beyond(model: FittedModel) -> str:
    """What was set beside the arguments of the exercise; it may stay, where it makes no difference."""
    from sklearn.mixture import GaussianMixture

    plain = GaussianMixture().get_params()
    given = ((name, model.settings.get(name)) for name in ("tol", "reg_covar", "max_iter"))
    beyond = [(name, got) for name, got in given if isinstance(got, int | float) and got != plain[name]]
    return "".join(f" {wording.MODEL_BEYOND.format(name=name, got=got)}" for name, got in beyond)


def _word(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)
