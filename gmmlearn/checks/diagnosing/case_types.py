"""The types of cases by name, and what is expected in a case of each."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from ...contract import EXERCISES
from .cases import Case, CaseType
from .value_types import Refusal, Reproducible, Untouched, Values


@cache
def case_type(name: str) -> CaseType:
    """The type of a name; those of draws and of fits are imported when they are needed."""
    early = {"values": Values, "refusal": Refusal, "untouched": Untouched, "reproducible": Reproducible}
    if name in early:
        return early[name]()
    from .draw_types import CategoricalDraws, GaussianDraws, MixtureCounts, MixtureDraws, UniformStart
    from .fit_types import KnownFit, Model, OneHotStart, RandomFit

    return {
        "categorical": CategoricalDraws,
        "gaussian": GaussianDraws,
        "mixture": MixtureDraws,
        "mixture counts": MixtureCounts,
        "uniform start": UniformStart,
        "one-hot start": OneHotStart,
        "fit": KnownFit,
        "random fit": RandomFit,
        "model": Model,
    }[name]()


def with_expected(made: Case, reference: Callable[..., Any]) -> Case:
    """The case with what is expected: given by its writer, or found with the reference."""
    if "" in made.expected:  # as it is returned: by the names of its parts
        parts = EXERCISES[made.exercise].returns
        given = made.expected[""]
        values_given = given if len(parts) > 1 else (given,)
        return replace(made, expected={part.name: np.asarray(one) for part, one in zip(parts, values_given)})
    return replace(made, expected=case_type(made.type).expect(made, reference))
