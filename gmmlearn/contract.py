"""The exercises of the course, in order: the one table that every room reads."""

from dataclasses import dataclass

CHAPTERS = {
    "mixtures": "Gaussian mixtures",
    "sampling": "Sampling",
    "likelihood": "Likelihood",
    "e_step": "The E-step",
    "m_step": "The M-step",
    "em": "EM",
    "with_sklearn": "scikit-learn",
}
"""Module of each chapter -> its title, in the order of the course."""


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
        Module of `gmmlearn` that holds its stub, the name of its chapter in every room.
    points : int
        What it is worth; the points of the course sum to 100.
    """

    number: str
    name: str
    module: str
    points: int

    @property
    def chapter(self) -> int:
        """Number of the chapter, 1 to 7."""
        return int(self.number[0])

    @property
    def file(self) -> str:
        """Where the student writes it, as one types it."""
        return f"gmmlearn/{self.module}.py"


_POINTS = {
    "mixtures": {"gaussian_density": 3, "mixture_density": 4, "gaussian_log_density": 6},
    "sampling": {"sample_categorical": 4, "sample_gaussian": 4, "sample_mixture": 5},
    "likelihood": {"fit_gaussian": 4, "log_joint": 5, "log_likelihood": 5},
    "e_step": {"responsibilities": 6, "assign": 3},
    "m_step": {
        "update_weights": 3,
        "update_means": 5,
        "update_covariances": 7,
        "expected_log_likelihood": 5,
    },
    "em": {"initialize": 5, "fit": 10},
    "with_sklearn": {"fit_sklearn": 4, "n_parameters": 4, "bic": 3, "select_n_components": 5},
}

EXERCISES = {
    name: Exercise(f"{chapter}.{place}", name, module, points)
    for chapter, (module, functions) in enumerate(_POINTS.items(), start=1)
    for place, (name, points) in enumerate(functions.items(), start=1)
}
"""Name of each exercise -> the exercise, in the order of the course."""
