"""What is left when the view of an exploration ends, as that of a cell that runs again: nothing."""

import numpy as np
import pytest

from gmmlearn import explore

# What is registered on objects that outlive a view, and the frames that are asked for after its end.
ENDED = """async ([name, library]) => {
  const kept = new Map();
  const count = (key, step) => kept.set(key, (kept.get(key) ?? 0) + step);
  const {addEventListener: add, removeEventListener: remove} = EventTarget.prototype;
  const watched = (node) => node === window || node === document || node instanceof MediaQueryList;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (watched(this ?? window)) count(type, 1);
    return add.call(this ?? window, type, ...rest);
  };
  EventTarget.prototype.removeEventListener = function (type, ...rest) {
    if (watched(this ?? window)) count(type, -1);
    return remove.call(this ?? window, type, ...rest);
  };
  const frame = window.requestAnimationFrame;
  let frames = 0;
  const place = document.body.appendChild(document.createElement('div'));
  const {spec, state, data} = library;
  const parts = {spec, data: {}, initial: state, state, given: {}, request: 0, source: 'browser', note: ''};
  for (const [key, values] of Object.entries(data)) parts.data[key] = Float64Array.from(values);
  const heard = new Set();
  const model = {get: (key) => parts[key], set: (key, value) => { parts[key] = value; }, save_changes() {},
    on: (event, handler) => heard.add(handler), off: (event, handler) => heard.delete(handler)};
  const end = modules.view.show(modules.widget.EXPLORATIONS[name], model, place);
  const registered = [...kept.values()].reduce((a, b) => a + b, 0);
  await new Promise((done) => setTimeout(done, 300));
  const buttons = [...place.querySelectorAll('button')];
  if ('playing' in state) buttons.find((one) => /^(Play|Run)/.test(one.textContent))?.click();
  await new Promise((done) => setTimeout(done, 100));
  end();
  window.requestAnimationFrame = (call) => { frames += 1; return frame(call); };
  await new Promise((done) => setTimeout(done, 500));
  window.requestAnimationFrame = frame;
  Object.assign(EventTarget.prototype, {addEventListener: add, removeEventListener: remove});
  const left = [...kept].filter(([, number]) => number !== 0);
  place.remove();
  return {registered, left, heard: heard.size, frames, inside: place.childElementCount};
}"""


@pytest.mark.parametrize("name", explore.__all__)
def test_a_view_that_ends_while_it_plays_leaves_no_listener_and_no_frame(tab, name):
    """What a cell that runs again does to the view of its last run."""
    made = getattr(explore, name)().canvas
    data = {key: np.frombuffer(value).tolist() for key, value in made.data.items()}
    found = tab.evaluate(ENDED, [name, {"spec": made.spec, "state": made.state, "data": data}])
    assert found.pop("registered") > 3
    assert found == {"left": [], "heard": 0, "frames": 0, "inside": 0}
