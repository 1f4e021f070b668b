"""Builds the answer book of the public checks from the reference and the known mistakes.

The book holds what these functions return for the inputs of `answer_inputs`; no code goes into it.
"""

import importlib
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from gmmlearn.checks.book import Call, Case, Page
from gmmlearn.checks.diagnose import fingerprint
from gmmlearn.checks.fingerprints import pooled
from gmmlearn.checks.kinds_fit import MOMENTS, PARTS, describe
from gmmlearn.checks.observe import Observation, Seed, observe
from gmmlearn.contract import EXERCISES

from .answer_inputs import cases_of
from .mistakes import mistakes_of

BY_CHANCE = ("reproducible", "categorical", "gaussian", "mixture", "uniform start")
N_REPETITIONS = 8
MODEL_PARAMETERS = ("n_components", "covariance_type", "init_params", "n_init", "random_state")
MODEL_ATTRIBUTES = ("weights_", "means_", "covariances_", "precisions_cholesky_")


def pages() -> dict[str, Page]:
    """The pages of all exercises."""
    return {exercise: page_of(exercise) for exercise in EXERCISES}


def page_of(exercise: str) -> Page:
    """The page of one exercise: every case with its right values and with what every mistake does there."""
    reference = getattr(importlib.import_module(f"solutions.{EXERCISES[exercise].module}"), exercise)
    mistakes = mistakes_of(exercise)
    cases = []
    for case in cases_of(exercise):
        right = right_values(case, observations_of(case, reference))
        case = replace(case, right=right)
        wrong = {mistake.id: stored_fingerprint(case, mistake.function) for mistake in mistakes}
        cases.append(replace(case, wrong=wrong))
    return Page(exercise, tuple(cases), {mistake.id: mistake.sentence for mistake in mistakes})


def right_values(case: Case, observations: tuple[Observation, ...]) -> dict[str, Any]:
    """What the reference returns, by the names of its parts; nothing where a law decides."""
    value = observations[0].value
    if case.kind in ("values", "whole", "one-hot start"):
        parts = value if isinstance(value, tuple) else (value,)
        names = tuple(case.settings["axes"]) if isinstance(value, tuple) else ("value",)
        return {name: np.asarray(part) for name, part in zip(names, parts, strict=True)}
    if case.kind == "fit":
        right = dict(zip(PARTS, value))
        moments = MOMENTS[1:] if value.converged else MOMENTS[1:2]
        for steps_back, moment in enumerate(moments, 1):
            earlier = _after_m_steps(case, len(value.log_likelihoods) - steps_back)
            right |= {moment + name: part for name, part in zip(PARTS, earlier)}
        return {name: part if isinstance(part, bool) else np.asarray(part) for name, part in right.items()}
    if case.kind == "model":
        seen = describe(value)
        words = {name: seen[name] for name in ("class", *MODEL_PARAMETERS)}
        return words | {name: seen[name] for name in MODEL_ATTRIBUTES}
    return {}


def _after_m_steps(case: Case, n_steps: int) -> tuple[np.ndarray, ...]:
    """The parameters of the reference after so many M-steps of its loop; 0 are those taken from the start."""
    solutions = importlib.import_module("solutions.em")
    call = case.calls[0]
    X, n_components, rng = call.arguments["X"], call.arguments["n_components"], call.arguments["rng"]
    if n_steps == 0:
        start = solutions.initialize(X, n_components, np.random.default_rng(rng.value))
        return solutions._m_step(X, start, call.options.get("reg_covar", 1e-6))
    options = dict(call.options) | {"max_iter": n_steps, "tol": 0.0}
    return solutions.fit(X, n_components, np.random.default_rng(rng.value), **options)[:3]


def observations_of(case: Case, function: Callable[..., Any]) -> tuple[Observation, ...]:
    """The calls of a case, up to the first that fails."""
    observations: list[Observation] = []
    for call in case.calls:
        observations.append(observe(function, call.arguments, call.options))
        if observations[-1].failure:
            break
    return tuple(observations)


def stored_fingerprint(case: Case, function: Callable[..., Any]) -> dict[str, Any]:
    """What a mistake does in a case; with its spread over several seeds where chance is in play."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if case.kind not in (*BY_CHANCE, "model"):
            return dict(fingerprint(case, observations_of(case, function)))
        found = []
        for i in range(N_REPETITIONS):
            np.random.seed(i)  # for mistakes that draw from NumPy's global state: the same book at every run
            found.append(dict(fingerprint(case, observations_of(reseeded(case, 1000 * i), function))))
    return pooled(found, always=case.kind == "model")


def reseeded(case: Case, shift: int) -> Case:
    """The same case with other generators."""
    calls = tuple(
        Call(
            {
                name: Seed(value.value + shift) if isinstance(value, Seed) else value
                for name, value in call.arguments.items()
            },
            call.options,
        )
        for call in case.calls
    )
    return replace(case, calls=calls)
