"""Types of cases about random draws: exact laws for right or wrong, statistics to tell mistakes apart."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...calls import Outcome
from .. import wording
from ..comparing.draws import SameCategorical, SameGaussian, SameMixture
from ..comparing.invariants import RowsSumToOne
from ..comparing.mismatches import Mismatch, Problem, as_integers, as_numbers, parts_of
from ..comparing.values import Finite, Parts, Shape
from .cases import Case, CaseType
from .signatures import Signature


class Drawn(CaseType):
    """Calls whose results follow a law. A malformed result is told by its form, and its signature is that form."""

    by_chance = True

    def judge(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        found = self._malformed(case, outcomes)
        return found or self.law(case, [outcome.value for outcome in outcomes])

    def signature(self, case: Case, outcomes: Sequence[Outcome]) -> Signature:
        values = [outcome.value for outcome in outcomes]
        if mismatch := self._malformed(case, outcomes):
            return {"form": mismatch.sentence} | few_values(values)
        return self.statistics(case, values)

    def _malformed(self, case: Case, outcomes: Sequence[Outcome]) -> Mismatch | None:
        return next((found for outcome in outcomes if (found := self.form(case, outcome.value))), None)

    def form(self, case: Case, value: Any) -> Mismatch | None:
        """What is wrong with the shape or the type of one result."""
        raise NotImplementedError

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        """What is wrong with the law of the results."""
        raise NotImplementedError

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        """Numbers that tell one law from another."""
        raise NotImplementedError


def few_values(values: list[Any]) -> dict[str, Any]:
    """The different numbers in malformed results where they are few: labels, weights."""
    arrays = [numbers.ravel() for value in values if not isinstance(numbers := as_numbers(value), Mismatch)]
    different = np.unique(np.concatenate(arrays)) if arrays else np.empty(0)
    return {"numbers": different} if 0 < different.size <= 6 else {}


class CategoricalDraws(Drawn):
    """Labels `(n_samples,)`, several draws of them."""

    def form(self, case: Case, value: Any) -> Mismatch | None:
        labels = as_integers(value)
        if isinstance(labels, Mismatch):
            return labels
        return Shape((case.arguments["n_samples"],), "n_samples")(labels)

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        return SameCategorical(case.arguments["weights"])(np.stack([np.asarray(value) for value in values]))

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        labels = np.stack([np.asarray(value) for value in values]).astype(np.int64)
        return label_statistics(labels, len(case.arguments["weights"]))


def label_statistics(labels: np.ndarray, n_components: int) -> dict[str, Any]:
    """Shares of the labels, one below and one above the right ones too; how often neighbours agree; how counts vary."""
    if labels.shape[1] > 1 < n_components and (labels == labels[:, :1]).all():
        return {"labels": "all the same in a draw", "draws": "differ" if np.ptp(labels) else f"label {labels[0, 0]}"}
    shown = (np.clip(labels, -1, n_components) + 1).astype(np.intp)
    counts = np.stack([np.bincount(row, minlength=n_components + 2) for row in shown])
    return {
        "shares": counts.sum(axis=0) / labels.size,
        "neighbours": np.asarray((labels[:, 1:] == labels[:, :-1]).sum() / max(labels[:, 1:].size, 1)),
        "spread of counts": counts.std(axis=0) / np.sqrt(labels.shape[1]),
    }


class GaussianDraws(Drawn):
    """Rows `(n_samples, d)`, one draw of many or many draws of one."""

    def form(self, case: Case, value: Any) -> Mismatch | None:
        shape = case.arguments["n_samples"], len(case.arguments["mean"])
        return Shape(shape, "n_samples, d")(value) or Finite()(value)

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        return SameGaussian(case.arguments["mean"], case.arguments["covariance"])(np.concatenate(values))

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        rows = np.concatenate(values).astype(np.float64)
        return moments(rows, case.arguments["mean"], case.arguments["covariance"])


def moments(rows: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> dict[str, Any]:
    """Mean, covariance and tails of rows, in units of the law they should have; how neighbours go together."""
    if len(rows) < 3 or (rows == rows[0]).all():
        if len(rows) < 3:
            return {"rows": "few"}
        if (rows[0] == mean).all() or not rows[0].any():
            return {"rows": "all zeros" if not rows[0].any() else "all the mean"}
        return {"rows": "equal", "mean": (rows[0] - mean) / np.sqrt(np.diag(covariance))}
    scale = np.sqrt(np.diag(covariance))
    with np.errstate(all="ignore"):  # an array that was never filled holds any number, 1e-310 and 1e300 among them
        centred = rows - rows.mean(axis=0)
        variance = np.maximum((centred**2).mean(axis=0), 1e-150)
        return {
            "mean": (rows.mean(axis=0) - mean) / scale,
            "covariance": centred.T @ centred / len(rows) / np.outer(scale, scale),
            "tails": (centred**4).mean(axis=0) / variance**2,
            "neighbours": (centred[1:] * centred[:-1]).mean(axis=0) / variance,
        }


class MixtureDraws(Drawn):
    """`(X, labels)`: one draw of many samples."""

    def form(self, case: Case, value: Any) -> Mismatch | None:
        n_samples, n_features = case.arguments["n_samples"], case.arguments["means"].shape[1]
        shapes = (Shape((n_samples, n_features), "n_samples, d"), Shape((n_samples,), "n_samples"))
        if mismatch := Parts(("X", "labels"), shapes)(value):
            return mismatch
        X, labels = parts_of(value)
        labels = as_integers(labels)
        return labels.of("labels") if isinstance(labels, Mismatch) else Finite()(X)

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        arguments = case.arguments
        return SameMixture(arguments["weights"], arguments["means"], arguments["covariances"])(values[0])

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        X, labels = (np.asarray(part) for part in parts_of(values[0]))
        means, covariances = case.arguments["means"], case.arguments["covariances"]
        result = label_statistics(labels[np.newaxis].astype(np.int64), len(means))
        if "labels" in result:
            return result
        for k, (mean, covariance) in enumerate(zip(means, covariances)):
            rows = X[labels == k].astype(np.float64)
            result |= {f"{name} of {k}": value for name, value in moments(rows, mean, covariance).items()}
        if len(means) > 1:
            result["shared noise"] = shared_noise(X, labels, means)
        return result


class MixtureCounts(MixtureDraws):
    """Several draws of `(X, labels)`: the counts of their labels, and whether their rows are other ones each time."""

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        if mismatch := SameCategorical(case.arguments["weights"])(self._labels(values)):
            return mismatch
        return Mismatch(Problem.LAW, wording.REPEATED_ROWS, values[0]) if self._repeat(values) else None

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        found = label_statistics(self._labels(values).astype(np.int64), len(case.arguments["weights"]))
        return found | {"rows of the draws": "repeat" if self._repeat(values) else "differ"}

    @staticmethod
    def _repeat(values: list[Any]) -> bool:
        """Whether two draws have a row in common, which independent draws of a continuous law never have."""
        rows = [np.unique(np.asarray(parts_of(value)[0], dtype=np.float64), axis=0) for value in values]
        return len(np.unique(np.concatenate(rows), axis=0)) < sum(map(len, rows))

    @staticmethod
    def _labels(values: list[Any]) -> np.ndarray:
        return np.stack([np.asarray(parts_of(value)[1]) for value in values])


def shared_noise(X: np.ndarray, labels: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Correlation between the residuals of the first two components, row by row in the order of each."""
    first, second = (X[labels == k] - means[k] for k in (0, 1))
    n_pairs = min(len(first), len(second))
    if n_pairs < 3:
        return np.asarray(0.0)
    first, second = first[:n_pairs].sum(axis=1), second[:n_pairs].sum(axis=1)
    first, second = first - first.mean(), second - second.mean()
    with np.errstate(all="ignore"):
        size = np.sqrt((first**2).sum() * (second**2).sum())
        return np.asarray((first * second).sum() / size if size else 0.0)


class UniformStart(Drawn):
    """Responsibilities `(n, 2)` that are uniform draws, each row divided by its sum."""

    def form(self, case: Case, value: Any) -> Mismatch | None:
        return Shape((len(case.arguments["X"]), 2), "n, K")(value) or Finite()(value)

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        if mismatch := RowsSumToOne()(values[0]):
            return mismatch
        share = np.sort(np.asarray(values[0], dtype=np.float64)[:, 0])
        if (np.diff(share) == 0).mean() > 0.01:
            return Mismatch(Problem.LAW, wording.REPEATED_VALUES, values[0])
        # u / (u + v) of two uniform draws is below t <= 1/2 with probability t / (2 (1 - t)).
        with np.errstate(divide="ignore"):
            level = np.where(share <= 0.5, share / (2 * (1 - share)), 1 - (1 - share) / (2 * share))
        steps = np.arange(len(share) + 1) / len(share)
        # Dvoretzky, Kiefer and Wolfowitz: a right start is refused once in 10**9.
        margin = np.sqrt(np.log(2e9) / (2 * len(share)))
        if max((steps[1:] - level).max(), (level - steps[:-1]).max()) > margin:
            return Mismatch(Problem.LAW, wording.NOT_UNIFORM, values[0])
        return None

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        table = np.asarray(as_numbers(values[0]))
        with np.errstate(all="ignore"):
            share = np.nan_to_num(table[:, 0] / table.sum(axis=1), posinf=0.0, neginf=0.0)
        return {
            "row sums": np.array([table.sum(axis=1).mean(), table.sum(axis=1).std()]),
            "column sums": table.sum(axis=0) / len(table),
            "log of the sum": np.log(np.maximum(table.sum(), 1e-300)),
            "negative": np.asarray((table < 0).mean()),
            "repeated": np.asarray(1 - len(np.unique(share)) / len(share)),
            "sure": np.asarray((table.max(axis=1) == table.sum(axis=1)).mean()),
            "quantiles": np.quantile(share, [0.05, 0.25, 0.5, 0.75, 0.95]),
        }
