"""The declaration of a project: every choice that its numbers rest on, as values that anybody can read."""

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from numbers import Integral
from typing import Any

from ..errors import UsageError

ALL = "all"
SCALINGS = ("none", "standard")
TYPES = ("full", "tied", "diag", "spherical")
INITS = ("kmeans", "k-means++", "random_from_data", "random")
CHOICES = {
    "bic": "BIC",
    "aic": "AIC",
    "validation": "the validation rows",
    "held_out": "the held-out rows",
    "purpose": "purpose",
}
"""What may choose the number of components, in the declaration and in a sentence."""
CLAIMS = ("bic", "train", "held_out", "stability", "accuracy", "adjusted_rand")
MOST_COMPONENTS, MOST_CANDIDATES, MOST_STARTS = 60, 20, 50
"""So that a model that somebody else declared is fitted again in minutes, not in days."""


@dataclass(frozen=True)
class Project:
    """What your report rests on.

    Attributes
    ----------
    data : str
        `"penguins"`, `"digits"`, `"photo"`, or the path of a CSV file of your own.
    features : sequence of str
        Names of the columns that the model sees, or `"all"` for all that hold numbers and are not the labels.
    n_components, candidates : int, sequence of int
        The number of components that you chose, and all that you compared.
    chosen_by : str
        `"bic"` or `"aic"` on the training rows; `"validation"`, the mean log density of training rows that were kept
        back; `"held_out"`, that of the held-out rows; `"purpose"` if the task asks for this number.
    scaling : str
        `"standard"` to subtract the mean of each feature and divide by its standard deviation, or `"none"`.
    pca : int, optional
        Number of principal components to which the features are reduced after scaling.
    labels : str
        Column with the labels, if there is one; the model never sees it.
    covariance_type, init_params, n_init, reg_covar : str, str, int, float
        As for scikit-learn's `GaussianMixture`.
    held_out : float
        Share of the rows that the model is not fitted to.
    random_state : int
        Of the split and of the starts.
    claims : mapping of str to float
        The numbers in your report: `"bic"` on the training rows; `"train"` and `"held_out"`, the mean log density of
        these rows; `"stability"`; `"accuracy"` and `"adjusted_rand"`, the agreement with the labels.

    Raises
    ------
    UsageError
        For a value that is not possible, in a sentence.

    Examples
    --------
    >>> Project("penguins", ["bill_length_mm", "bill_depth_mm"], n_components=3, candidates=range(1, 7)).candidates
    (1, 2, 3, 4, 5, 6)
    """

    data: str
    features: Sequence[str]
    n_components: int
    candidates: Sequence[int]
    chosen_by: str = "bic"
    scaling: str = "none"
    pca: int | None = None
    labels: str = ""
    covariance_type: str = "full"
    init_params: str = "kmeans"
    n_init: int = 1
    reg_covar: float = 1e-6
    held_out: float = 0.25
    random_state: int = 0
    claims: Mapping[str, float] = field(default_factory=dict)

    def __new__(cls, *given: Any, **named: Any) -> "Project":
        """Say what is wrong with the names of settings, before the values are looked at."""
        _require_settings(given, named)
        return super().__new__(cls)

    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]:
        """For copies."""
        return (), dict(vars(self))

    def __post_init__(self) -> None:
        for name in ("data", "labels"):
            _require(isinstance(getattr(self, name), str), name, getattr(self, name), "a text")
        for name in ("features", "candidates"):
            if hasattr(getattr(self, name), "tolist"):  # an array, or the columns of a data frame
                object.__setattr__(self, name, getattr(self, name).tolist())
        columns = isinstance(self.features, Sequence) and not isinstance(self.features, str)
        columns = columns and bool(self.features) and all(isinstance(name, str) for name in self.features)
        _require(columns or self.features == ALL, "features", self.features, 'a list of names of columns, or "all"')
        for name, allowed in (
            ("scaling", SCALINGS),
            ("covariance_type", TYPES),
            ("init_params", INITS),
            ("chosen_by", CHOICES),
        ):
            value = getattr(self, name)
            _require(isinstance(value, str) and value in allowed, name, value, f"one of {', '.join(allowed)}")
        self._require_numbers()
        self._require_claims()
        if self.features != ALL:
            self._require_columns()
            object.__setattr__(self, "features", tuple(self.features))
        object.__setattr__(self, "candidates", tuple(map(int, self.candidates)))
        for name in ("n_components", "n_init", "random_state", *(["pca"] if self.pca is not None else [])):
            object.__setattr__(self, name, int(getattr(self, name)))
        for name in ("held_out", "reg_covar"):
            object.__setattr__(self, name, float(getattr(self, name)))
        object.__setattr__(self, "claims", {name: _written(value) for name, value in self.claims.items()})

    def _require_columns(self) -> None:
        twice = next((name for name in self.features if self.features.count(name) > 1), None)
        if twice is not None:
            raise UsageError(f"The feature {twice!r} is named twice; name it once.")
        if self.labels in self.features:
            raise UsageError(
                f"{self.labels!r} is a feature and the labels, which the model must not see: take it out of features."
            )

    def _require_numbers(self) -> None:
        _require(
            isinstance(self.candidates, Sequence | range)
            and 1 <= len(self.candidates) <= MOST_CANDIDATES
            and all(_is_whole(each, 1, MOST_COMPONENTS) for each in self.candidates),
            "candidates",
            self.candidates,
            f"at most {MOST_CANDIDATES} whole numbers from 1 to {MOST_COMPONENTS}",
        )
        among = f"one of the candidates {', '.join(map(str, self.candidates))}"
        _require(
            _is_whole(self.n_components, 1, MOST_COMPONENTS) and self.n_components in self.candidates,
            "n_components",
            self.n_components,
            among,
        )
        _require(
            _is_whole(self.n_init, 1, MOST_STARTS), "n_init", self.n_init, f"a whole number from 1 to {MOST_STARTS}"
        )
        _require(self.pca is None or _is_whole(self.pca, 1, 1000), "pca", self.pca, "a whole number above 0, or None")
        _require(_is_whole(self.random_state, 0, 2**31), "random_state", self.random_state, "a whole number from 0 on")
        _require(
            _is_number(self.held_out) and 0 <= self.held_out <= 0.9,
            "held_out",
            self.held_out,
            "a share of the rows from 0 to 0.9",
        )
        _require(
            _is_number(self.reg_covar) and 0 < self.reg_covar <= 1e6, "reg_covar", self.reg_covar, "a number above 0"
        )

    def _require_claims(self) -> None:
        _require(isinstance(self.claims, Mapping), "claims", self.claims, 'a dict such as {"bic": 812.3}')
        for name, value in self.claims.items():
            if name not in CLAIMS:
                raise UsageError(f"There is no number {name!r} to claim; there are {', '.join(CLAIMS)}.")
            _require(_is_number(value), f"the claim {name!r}", value, "a number")
        if "held_out" in self.claims and not self.held_out:
            raise UsageError(
                "The claim 'held_out' needs held-out rows: set held_out to a share above 0, or leave the claim out."
            )
        of_labels = [name for name in ("accuracy", "adjusted_rand") if name in self.claims]
        if of_labels and not self.labels:
            raise UsageError(f'The claim {of_labels[0]!r} needs labels: name their column, as in labels="species".')

    @property
    def settings(self) -> tuple[Any, ...]:
        """All but the claims, which is what a fitted model depends on."""
        return tuple(getattr(self, one.name) for one in fields(self) if one.name != "claims")


def _require_settings(given: Sequence[Any], named: Mapping[str, Any]) -> None:
    known = [one.name for one in fields(Project)]
    needed = [one.name for one in fields(Project) if one.default is MISSING and one.default_factory is MISSING]
    for name in named:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
            raise UsageError(f"Project has no setting {name!r}; {meant}")
    if len(given) > len(needed):
        last = needed[-1]
        raise UsageError(f"Project got {len(given)} values without names: after {last} write each as name=value.")
    twice = next((name for name in known[: len(given)] if name in named), None)
    if twice is not None:
        raise UsageError(f"Project got {twice} twice, by its place and by its name: write it once.")
    missing = [name for name in needed[len(given) :] if name not in named]
    if missing:
        raise UsageError(f"Project lacks {' and '.join(missing)}: every declaration has to say {', '.join(needed)}.")


def _require(holds: bool, name: str, value: Any, wanted: str) -> None:
    if not holds:
        said = repr(value)
        raise UsageError(f"{name} is {said if len(said) < 60 else f'{said[:57]}...'}; expected {wanted}.")


def _is_whole(value: Any, least: int, most: int) -> bool:
    try:
        return not isinstance(value, bool) and value == int(value) and least <= value <= most
    except (TypeError, ValueError, OverflowError):
        return False


def _written(value: Any) -> float:
    """A claim with the digits that were written, also where it is one of NumPy's numbers."""
    return int(value) if isinstance(value, Integral) else float(str(value)) if hasattr(value, "dtype") else value


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, bool | str) and math.isfinite(value)
    except (TypeError, ValueError, OverflowError):
        return False
