"""The exercises of the course, in order: one entry each, which everything else reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

CHAPTERS = {
    "mixtures": "Gaussian mixtures",
    "sampling": "Sampling",
    "likelihood": "Likelihood",
    "e_step": "The E-step",
    "m_step": "The M-step",
    "em": "EM",
    "with_sklearn": "scikit-learn",
    "at_scale": "EM at scale",
}
"""Module of each chapter -> its title, in the order of the course."""

BONUS = {"at_scale": 9}
"""Chapters that are extra -> their number: not among the 100 points, and in a class only where a teacher asks for them.

Chapter 8 is a project, which has no module.
"""


class DType(Enum):
    """What the numbers of a part are."""

    FLOAT = "float"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a function returns.

    Attributes
    ----------
    name : str
        Its name where there are several, `"covariance"`.
    axes : str
        Its axes in the contract's letters, `"K, d, d"`; empty for a single number, `"*"` for a length of its own.
    dtype : DType
    """

    name: str
    axes: str = ""
    dtype: DType = DType.FLOAT


@dataclass(frozen=True, slots=True)
class Exercise:
    """One function that a student writes.

    Attributes
    ----------
    number : str
        Chapter and place in it, `"4.1"`.
    name : str
        Name of the function.
    module : str
        Module of `gmmlearn` that holds its stub, the name of its chapter in every folder.
    points : int
        What it is worth; the points of all that is required sum to 100, those of a bonus are extra.
    arguments : mapping of str to str
        Its required arguments in order, each with its axes; `"="` and a letter for a size, empty for anything else.
    returns : tuple of Part
        What comes back: one part, or the parts of a pair or of a `Fit`.
    sklearn : tuple of str
        The modules of scikit-learn that it may use.
    timed : bool
        Whether its time depends on the number of samples, so that `compare` has something to measure.
    """

    number: str
    name: str
    module: str
    points: int
    arguments: Mapping[str, str]
    returns: tuple[Part, ...]
    sklearn: tuple[str, ...] = ()
    timed: bool = True

    @property
    def chapter(self) -> int:
        """Number of the chapter, 1 to 7 or that of a bonus."""
        return int(self.number.partition(".")[0])

    @property
    def bonus(self) -> bool:
        """Whether it is extra: progress and grades speak of the other chapters."""
        return self.module in BONUS

    @property
    def file(self) -> str:
        """Where the student writes it, as you type it."""
        return f"gmmlearn/{self.module}.py"

    @property
    def notebook(self) -> str:
        """File of the chapter's notebook.

        >>> EXERCISES["assign"].notebook
        '04_e_step.ipynb'
        """
        return notebook_of(self.module)

    @property
    def call(self) -> str:
        """The function with its required arguments.

        >>> EXERCISES["update_means"].call
        'update_means(X, responsibilities)'
        """
        return f"{self.name}({', '.join(self.arguments)})"


def number_of(chapter: str) -> int:
    """Number of a chapter, from the name of its module.

    >>> number_of("em"), number_of("at_scale")
    (6, 9)
    """
    return BONUS.get(chapter) or list(CHAPTERS).index(chapter) + 1


def notebook_of(chapter: str) -> str:
    """File of a chapter's notebook, from the name of its module."""
    return f"{number_of(chapter):02d}_{chapter}.ipynb"


def exercises_of(chapter: str) -> list[Exercise]:
    """The exercises of one chapter, in order.

    >>> [exercise.name for exercise in exercises_of("e_step")]
    ['responsibilities', 'assign']
    """
    return [exercise for exercise in EXERCISES.values() if exercise.module == chapter]


def earlier_than(name: str) -> list[str]:
    """The exercises before this one: those that its docstring may build on.

    >>> earlier_than("gaussian_log_density")
    ['gaussian_density', 'mixture_density']
    """
    names = list(EXERCISES)
    return names[: names.index(name)]


def known_in(chapter: str) -> frozenset[str]:
    """Names of the exercises as far as a chapter; in its module a later name is one that the student chose.

    >>> "parameters" in known_in("em"), "fit" in known_in("em")
    (False, True)
    """
    return frozenset(name for name, exercise in EXERCISES.items() if exercise.chapter <= number_of(chapter))


_LINE = {"weights": "K", "means": "K", "variances": "K"}
_MIXTURE = {"weights": "K", "means": "K, d", "covariances": "K, d, d"}
_INTEGER, _BOOLEAN, _MODEL = DType.INTEGER, DType.BOOLEAN, DType.MODEL
_CLUSTER = ("sklearn.cluster",)
_PARAMETERS = (Part("weights", "K"), Part("means", "K, d"), Part("covariances", "K, d, d"))


def _value(axes: str = "", dtype: DType = DType.FLOAT) -> tuple[Part]:
    return (Part("value", axes, dtype),)


def _table() -> Iterator[tuple]:
    """Module, name, points, arguments, what comes back, and what is not the same for all."""
    yield "mixtures", "gaussian_density", 3, {"x": "n", "mean": "", "variance": ""}, _value("n")
    yield "mixtures", "mixture_density", 4, {"x": "n", **_LINE}, _value("n")
    yield "mixtures", "gaussian_log_density", 6, {"X": "n, d", "mean": "d", "covariance": "d, d"}, _value("n")
    draw = {"n_samples": "=n", "rng": ""}
    labels = Part("labels", "n", _INTEGER)
    yield "sampling", "sample_categorical", 4, {"weights": "K", **draw}, _value("n", _INTEGER)
    yield "sampling", "sample_gaussian", 4, {"mean": "d", "covariance": "d, d", **draw}, _value("n, d")
    yield "sampling", "sample_mixture", 5, {**_MIXTURE, **draw}, (Part("X", "n, d"), labels)
    yield "likelihood", "fit_gaussian", 4, {"X": "n, d"}, (Part("mean", "d"), Part("covariance", "d, d"))
    yield "likelihood", "log_joint", 5, {"X": "n, d", **_MIXTURE}, _value("n, K")
    yield "likelihood", "log_likelihood", 5, {"X": "n, d", **_MIXTURE}, _value()
    yield "e_step", "responsibilities", 6, {"X": "n, d", **_MIXTURE}, _value("n, K")
    shares = {"responsibilities": "n, K"}
    yield "e_step", "assign", 3, shares, _value("n", _INTEGER)
    yield "m_step", "update_weights", 3, shares, _value("K")
    yield "m_step", "update_means", 5, {"X": "n, d", **shares}, _value("K, d")
    yield "m_step", "update_covariances", 7, {"X": "n, d", **shares, "means": "K, d"}, _value("K, d, d")
    yield "m_step", "expected_log_likelihood", 5, {"X": "n, d", **shares, **_MIXTURE}, _value()
    start = {"X": "n, d", "n_components": "=K"}
    yield "em", "initialize", 5, {**start, "rng": ""}, _value("n, K"), _CLUSTER
    fit = (*_PARAMETERS, Part("log_likelihoods", "*"), Part("converged", "", _BOOLEAN))
    yield "em", "fit", 10, {**start, "rng": ""}, fit, _CLUSTER
    sklearn = ("sklearn",)
    yield "with_sklearn", "fit_sklearn", 4, start, _value("", _MODEL), sklearn
    counts = {"n_components": "=K", "n_features": "=d"}
    yield "with_sklearn", "n_parameters", 4, counts, _value("", _INTEGER), sklearn, False
    scores = {"log_likelihood": "", "n_parameters": "", "n_samples": "=n"}
    yield "with_sklearn", "bic", 3, scores, _value(), sklearn, False
    yield "with_sklearn", "select_n_components", 5, {"X": "n, d", "candidates": ""}, _value("", _INTEGER), sklearn
    yield "at_scale", "sufficient_statistics", 3, {"X": "n, d"}, _value("n, m")
    yield "at_scale", "natural_parameters", 7, _MIXTURE, _value("K, m"), (), False
    statistics = (Part("S", "K, m"), Part("log_likelihood"))
    yield "at_scale", "expected_statistics", 5, {"X": "n, d", "theta": "K, m"}, statistics
    yield "at_scale", "parameters", 5, {"S": "K, m"}, _PARAMETERS, (), False


def _numbered() -> Iterator[Exercise]:
    place, before = 0, ""
    for module, name, *rest in _table():
        place = place + 1 if module == before else 1
        before = module
        yield Exercise(f"{number_of(module)}.{place}", name, module, *rest)


EXERCISES = {exercise.name: exercise for exercise in _numbered()}
"""Name of each exercise -> the exercise, in the order of the course."""

REQUIRED = {name: exercise for name, exercise in EXERCISES.items() if not exercise.bonus}
"""Those of chapters 1 to 7, whose points sum to 100."""

PROJECT_NOTEBOOK, PROJECT_NUMBER = "08_project.ipynb", 8
"""The notebook of the project, and its number among the chapters."""

TESTS = "hunts"
"""Name of a student's module with tests for the bug hunt."""

TESTS_FILE = f"gmmlearn/{TESTS}.py"
"""Where that module is in the folder of a student, as you type it."""

TESTS_NOTEBOOK = f"{TESTS}.ipynb"
"""The notebook that goes with it in a class."""


def exercise_of_test(name: str) -> str:
    """The exercise that a function of that module tests, by its name; empty where it tests none.

    >>> exercise_of_test("test_fit_gaussian_of_one_sample"), exercise_of_test("test_nothing")
    ('fit_gaussian', '')
    """
    named = (one for one in EXERCISES if f"{name}_".startswith(f"test_{one}_"))
    return max(named, key=len, default="")
