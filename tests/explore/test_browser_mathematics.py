"""The mathematics of the browser against NumPy: the very lines that are shipped, run in a Chromium."""

import json

import numpy as np
import pytest

from gmmlearn import library
from gmmlearn.explore.models import NAMES, model

from .states import random_states

STATES = {"em": 20, "kmeans": 4, "landscape": 8, "n_components": 4}

# Texts of JSON in and out: Playwright's own way with long lists takes seconds.
COMPUTE = """(request) => {
  const {name, states, data} = JSON.parse(request);
  const arrays = Object.fromEntries(Object.entries(data).map(([key, rows]) => [key, Float64Array.from(rows)]));
  const memo = {};
  const exploration = modules.widget.EXPLORATIONS[name];
  const all = states.map((state) => {
    const values = exploration.compute(state, arrays, memo);
    return [values, exploration.derive(state, values, arrays, memo)];
  });
  return JSON.stringify(all, (key, value) => ArrayBuffer.isView(value) ? Array.from(value) : value);
}"""


@pytest.mark.parametrize("name", NAMES)
def test_browser_and_numpy_agree_on_random_states(tab, name):
    module = model(name)
    data = module.data()
    states = random_states(name, np.random.default_rng(2026), STATES.get(name, 60))
    flat = {key: np.ravel(value).tolist() for key, value in data.items()}
    computed = json.loads(tab.evaluate(COMPUTE, json.dumps({"name": name, "states": states, "data": flat})))
    for state, (values, derived) in zip(states, computed):
        expected = module.compute(state, data, library)
        assert set(values) == set(expected)
        marks = module.marks(state, expected, data)
        assert set(marks) <= set(derived)
        for key, value in {**expected, **marks}.items():
            if key.endswith("_names"):
                continue
            got = derived[key] if key in marks else values[key]
            np.testing.assert_allclose(
                _numbers(got), _numbers(value), rtol=1e-6, atol=1e-6, err_msg=f"{name}: {key} for {state}"
            )


def _numbers(value):
    """All numbers of a value in order; nothing (None) is NaN."""
    if value is None:
        return np.array([np.nan])
    if isinstance(value, np.ndarray):
        return value.ravel().astype(float)
    if isinstance(value, list | tuple):
        return np.concatenate([_numbers(item) for item in value]) if value else np.array([])
    return np.array([float(value)])
