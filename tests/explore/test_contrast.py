"""What is drawn stands out from what lies around it, as the pixels say: also on coloured grounds.

Samples and lines have a contrast of 3 to 1, texts one of 4.5 to 1.
"""

import json

import numpy as np
import pytest

from gmmlearn.explore.models import NAMES, model
from gmmlearn.explore.scenes import scene

# For each mark the share of its pixels near which nothing has a contrast of 3 to 1: neither to what lies beneath them
# nor within four pixels of the page, so that a rim counts. A mark that crosses a like one has some.
FAINT = """(request) => {
  const {spec, state, data} = JSON.parse(request);
  const ratio = window.devicePixelRatio;
  window.devicePixelRatio = 2;
  const arrays = Object.fromEntries(Object.entries(data).map(([key, rows]) => [key, Float64Array.from(rows)]));
  const exploration = modules.widget.EXPLORATIONS[spec.name];
  const memo = {};
  const values = exploration.compute(state, arrays, memo);
  const scope = {...state, ...values, ...exploration.derive(state, values, arrays, memo)};
  const layout = modules.axes.arrange(spec, scope, 700, null);
  const canvas = document.createElement('canvas');
  const g = canvas.getContext('2d', {willReadFrequently: true});
  const linear = Float64Array.from({length: 256}, (_, i) =>
    i / 255 <= 0.04045 ? i / 255 / 12.92 : ((i / 255 + 0.055) / 1.055) ** 2.4);
  const against = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const light = (p) => 0.2126 * linear[p & 255] + 0.7152 * linear[(p >> 8) & 255] + 0.0722 * linear[(p >> 16) & 255];
  const [found, texts] = [[], []];
  for (const [name, palette] of Object.entries(modules.colours.THEMES)) {
    const rgb = palette.components.map(modules.theme.channels);
    const theme = {name, ...palette, rgb, font: '12px sans-serif', scale: 1};
    const pixels = (marks) => {
      const shown = (panel) => ({...panel, marks: panel.marks.filter(marks)});
      const frames = Object.fromEntries(Object.entries(layout.frames).map(([id, frame]) =>
        [id, {...frame, panel: shown(frame.panel)}]));
      modules.drawing.paint(canvas, {...layout, frames}, 700, scope, theme);
      return new Uint32Array(g.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    };
    // Under each text the pixel to which it has the least contrast, before it is written there.
    const probe = document.createElement('canvas').getContext('2d');
    g.fillText = function (text, x, y) {
      const {actualBoundingBoxLeft: left, actualBoundingBoxRight: right, actualBoundingBoxAscent: up,
        actualBoundingBoxDescent: down} = g.measureText(text);
      const {a, d, e, f} = g.getTransform();
      const box = [a * (x - left) + e, d * (y - up) + f, a * (left + right), d * (up + down)].map(Math.round);
      const upright = !g.getTransform().b && g.globalAlpha === 1;
      if (text.trim() && box[2] > 0 && box[3] > 0 && upright) {
        probe.fillStyle = g.fillStyle;
        probe.fillRect(0, 0, 1, 1);
        const own = light(new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer)[0]);
        const under = new Uint32Array(g.getImageData(...box).data.buffer);
        texts.push([`${name}: ${text}`, under.reduce((least, p) => Math.min(least, against(own, light(p))), 21)]);
      } else if (text.trim()) texts.push([`${name}: ${text} not measured`, 0]);
      CanvasRenderingContext2D.prototype.fillText.call(g, text, x, y);
    };
    const all = pixels(() => true);
    delete g.fillText;
    for (const {panel} of Object.values(layout.frames)) for (const mark of panel.marks) {
      if (GROUNDS.includes(mark.mark) || !modules.axes.visible(mark, scope)) continue;
      const without = pixels((one) => one !== mark);
      let [faint, count] = [0, 0];
      // Every third pixel of every fourth row speaks for all.
      for (let y = 8; y < canvas.height - 8; y += 4) for (let x = 8; x < canvas.width - 8; x += 3) {
        const at = y * canvas.width + x;
        if (all[at] === without[at]) continue;
        let [low, high, most] = [1, 0, 1];
        for (let v = -8; v <= 8; v += 2) for (let u = -8; u <= 8; u += 2) {
          const near = at + v * canvas.width + u;
          const now = light(all[near]);
          low = Math.min(low, now);
          high = Math.max(high, now);
          if (all[near] !== without[near]) most = Math.max(most, against(now, light(without[near])));
        }
        count += 1;
        if (Math.max(most, against(low, high)) < 3) faint += 1;
      }
      const what = mark.xy ?? mark.means ?? mark.y ?? mark.heights ?? '';
      found.push([`${name}: ${mark.mark} ${what}`, faint / Math.max(1, count)]);
    }
  }
  window.devicePixelRatio = ratio;
  return JSON.stringify([found, texts]);
}""".replace("GROUNDS", json.dumps(["areas", "discs", "regions", "names"]))


def crowded(name: str) -> dict:
    """A state with as much in the picture as there can be."""
    module = model(name)
    state = module.initial(**{"em": {"n_components": 10}, "density": {"weights": [0.2] * 5}}.get(name, {}))
    data = module.data()
    state = module.started(state, data) if hasattr(module, "started") else state
    return state | {
        "em": {"step": 20, "last": 20, "regions": True, "contours": False},
        "em_by_hand": {"compared": True, "own_means": [[-2.0, 0.0], [2.0, 0.5]]},
        "em_failures": {"step": 9, "last": 9},
        "n_components": {"n_components": 8},
        "sampling": {"step": 241},
        "density": {"means": [-2.0, -1.0, 0.0, 1.0, 2.0], "variances": [1.0] * 5},
    }.get(name, {})


@pytest.mark.parametrize("name", NAMES)
def test_marks_and_texts_stand_out_from_what_they_lie_on(tab, name):
    data = {key: np.ravel(value).tolist() for key, value in model(name).data().items()}
    found, texts = json.loads(
        tab.evaluate(FAINT, json.dumps({"spec": scene(name), "state": crowded(name), "data": data}))
    )
    assert found
    assert texts
    assert {mark: round(share, 3) for mark, share in found if share > 0.08} == {}
    assert {text: round(contrast, 2) for text, contrast in texts if contrast < 4.5} == {}
