"""How cases about random draws are judged: exact laws for right or wrong, statistics to tell mistakes apart."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .book import Case, Fingerprint
from .chance import SameLaw, SameMixture, SameMoments
from .laws import Parts, RowsSumToOne
from .observe import Observation
from .values import Finite, Mismatch, Shape, as_integers, as_numbers

IGNORES_RNG = "the draw is the same whatever `rng` is handed in: it plays no part"
OWN_SOURCE = "two calls with equal `rng` gave different draws: some numbers come from elsewhere"


class Reproducible:
    """Three calls, the first two with the same seed: equal draws from equal generators, others from another."""

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        flags = self.fingerprint(case, observations)
        if flags["repeats"] == "no":
            return Mismatch("law", None, None, OWN_SOURCE)
        return Mismatch("law", None, None, IGNORES_RNG) if flags["differs"] == "no" else None

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        first, again, other = (_bytes(observation.value) for observation in observations)
        return {"repeats": "yes" if first == again else "no", "differs": "yes" if first != other else "no"}


def _bytes(value: Any) -> bytes:
    """The numbers of a result, to see whether two are the same; nothing for what is no number."""
    arrays = [as_numbers(part) for part in (value if isinstance(value, tuple) else (value,))]
    return b"|".join(b"" if isinstance(array, Mismatch) else array.tobytes() for array in arrays)


class Drawn:
    """Calls whose results follow a law; `statistics` of malformed results is their malformation."""

    def judge(self, case: Case, observations: Sequence[Observation]) -> Mismatch | None:
        for observation in observations:
            if mismatch := self.form(case, observation.value):
                return mismatch
        return self.law(case, [observation.value for observation in observations])

    def fingerprint(self, case: Case, observations: Sequence[Observation]) -> Fingerprint:
        for observation in observations:
            if mismatch := self.form(case, observation.value):
                return {"form": mismatch.text} | few_values([one.value for one in observations])
        return self.statistics(case, [observation.value for observation in observations])

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
    return {"numbers": different} if 0 < different.size <= 4 else {}


class CategoricalDraws(Drawn):
    """Labels `(n_samples,)`, several draws of them."""

    def form(self, case: Case, value: Any) -> Mismatch | None:
        labels = as_integers(value)
        if isinstance(labels, Mismatch):
            return labels
        return Shape((case.calls[0].arguments["n_samples"],), "n_samples")(labels)

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        return SameLaw(case.calls[0].arguments["weights"])(np.stack([np.asarray(value) for value in values]))

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        labels = np.stack([np.asarray(value) for value in values]).astype(np.int64)
        return label_statistics(labels, len(case.calls[0].arguments["weights"]))


def label_statistics(labels: np.ndarray, n_components: int) -> dict[str, Any]:
    """Shares of the labels, one below and one above the right ones too; how often neighbours agree; how counts vary."""
    if labels.shape[1] > 1 < n_components and (labels == labels[:, :1]).all():
        return {"labels": "all the same in a draw"}
    shown = np.clip(labels, -1, n_components) + 1
    counts = np.stack([np.bincount(row, minlength=n_components + 2) for row in shown])
    return {
        "shares": counts.sum(axis=0) / labels.size,
        "neighbours": np.asarray((labels[:, 1:] == labels[:, :-1]).sum() / max(labels[:, 1:].size, 1)),
        "spread of counts": counts.std(axis=0) / np.sqrt(labels.shape[1]),
    }


class GaussianDraws(Drawn):
    """Rows `(n_samples, d)`, one draw of many."""

    def form(self, case: Case, value: Any) -> Mismatch | None:
        arguments = case.calls[0].arguments
        return Shape((arguments["n_samples"], len(arguments["mean"])), "n_samples, d")(value) or Finite()(value)

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        arguments = case.calls[0].arguments
        return SameMoments(arguments["mean"], arguments["covariance"])(values[0])

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        arguments = case.calls[0].arguments
        return moments(np.asarray(values[0], dtype=np.float64), arguments["mean"], arguments["covariance"])


def moments(rows: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> dict[str, Any]:
    """Mean, covariance and tails of rows, in units of the law they should have."""
    if len(rows) < 3:
        return {name: np.zeros(len(mean)) for name in ("mean", "tails")} | {"covariance": np.zeros_like(covariance)}
    centred = rows - rows.mean(axis=0)
    variance = (centred**2).mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        tails = np.where(variance > 0, (centred**4).mean(axis=0) / variance**2, 0.0)
    scale = np.sqrt(np.diag(covariance))
    return {
        "mean": (rows.mean(axis=0) - mean) / scale,
        "covariance": centred.T @ centred / len(rows) / np.outer(scale, scale),
        "tails": tails,
    }


class MixtureDraws(Drawn):
    """`(X, labels)`: one draw of many rows, or several draws whose counts are looked at."""

    def form(self, case: Case, value: Any) -> Mismatch | None:
        arguments = case.calls[0].arguments
        n_samples, n_features = arguments["n_samples"], arguments["means"].shape[1]
        shapes = (Shape((n_samples, n_features), "n_samples, d"), Shape((n_samples,), "n_samples"))
        if mismatch := Parts(("X", "labels"), shapes)(value):
            return mismatch
        labels = as_integers(value[1])
        return labels if isinstance(labels, Mismatch) else Finite()(value[0])

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        arguments = case.calls[0].arguments
        if len(values) > 1:
            return SameLaw(arguments["weights"])(np.stack([np.asarray(labels) for _, labels in values]))
        return SameMixture(arguments["weights"], arguments["means"], arguments["covariances"])(values[0])

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        arguments = case.calls[0].arguments
        means, covariances = arguments["means"], arguments["covariances"]
        labels = np.stack([np.asarray(labels) for _, labels in values]).astype(np.int64)
        result = label_statistics(labels, len(means))
        if len(values) > 1 or "labels" in result:
            return result
        X = np.asarray(values[0][0], dtype=np.float64)
        for k, (mean, covariance) in enumerate(zip(means, covariances)):
            rows = X[labels[0] == k]
            result |= {f"{name} of {k}": value for name, value in moments(rows, mean, covariance).items()}
        if len(means) > 1:
            result["shared noise"] = shared_noise(X, labels[0], means)
        return result


def shared_noise(X: np.ndarray, labels: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Correlation between the residuals of the first two components, row by row in the order of each."""
    first, second = (X[labels == k] - means[k] for k in (0, 1))
    n_pairs = min(len(first), len(second))
    if n_pairs < 3:
        return np.asarray(0.0)
    first, second = first[:n_pairs].sum(axis=1), second[:n_pairs].sum(axis=1)
    first, second = first - first.mean(), second - second.mean()
    size = np.sqrt((first**2).sum() * (second**2).sum())
    return np.asarray((first * second).sum() / size if size else 0.0)


class UniformStart(Drawn):
    """Responsibilities `(n, 2)` that are uniform draws, each row divided by its sum."""

    def form(self, case: Case, value: Any) -> Mismatch | None:
        return Shape((len(case.calls[0].arguments["X"]), 2), "n, K")(value) or Finite()(value)

    def law(self, case: Case, values: list[Any]) -> Mismatch | None:
        if mismatch := RowsSumToOne()(values[0]):
            return mismatch
        share = np.sort(np.asarray(values[0], dtype=np.float64)[:, 0])
        # u / (u + v) of two uniform draws lies below t <= 1/2 with probability t / (2 (1 - t)).
        with np.errstate(divide="ignore"):
            level = np.where(share <= 0.5, share / (2 * (1 - share)), 1 - (1 - share) / (2 * share))
        steps = np.arange(len(share) + 1) / len(share)
        # Dvoretzky, Kiefer and Wolfowitz: a right start is refused once in 10**9.
        margin = np.sqrt(np.log(2e9) / (2 * len(share)))
        if max((steps[1:] - level).max(), (level - steps[:-1]).max()) > margin:
            text = "the rows sum to 1, but they are not uniform draws divided by their sum"
            return Mismatch("law", values[0], None, text)
        return None

    def statistics(self, case: Case, values: list[Any]) -> dict[str, Any]:
        table = np.asarray(as_numbers(values[0]))
        with np.errstate(all="ignore"):
            share = np.nan_to_num(table[:, 0] / table.sum(axis=1), posinf=0.0, neginf=0.0)
        return {
            "row sums": np.array([table.sum(axis=1).mean(), table.sum(axis=1).std()]),
            "column sums": table.sum(axis=0) / len(table),
            "negative": np.asarray((table < 0).mean()),
            "sure": np.asarray((table.max(axis=1) == table.sum(axis=1)).mean()),
            "quantiles": np.quantile(share, [0.05, 0.25, 0.5, 0.75, 0.95]),
        }
