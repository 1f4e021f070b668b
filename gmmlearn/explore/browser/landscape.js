// Exploration 4: the log-likelihood of two means, as a landscape, and two ways up.
import { edited, editingSet, editsFit, editsKey, sampleAction, sampleClicked, sampleGrabbed, sampleHandle, samplePlaced, sampleUnder } from "./editing.js";
import { evenly, gaussianDensity, inside } from "./maths.js";

const BOX = [-4, 6, -4, 6];
const NODES = 81;
const AXIS = evenly(BOX[0], BOX[1], NODES);
const STEPS = 40;
const FEWEST = 10;
// Samples are drawn this high, in a strip upon the axis.
const STRIP = 0.008;
const HEIGHT = 0.6;

// The samples as places of the strip.
const strip = (/** @type {any} */ x) => Float64Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? STRIP : x[i / 2]));

const densities = (x, mean, variance) => x.map((value) => gaussianDensity(value, mean, variance));

// Mean log-likelihood, its gradient and the means after one EM step, all from the responsibilities at `point`.
function ascend(x, [first, second], weight, variance) {
  let [total, up1, up2, count, sum1, sum2] = [0, 0, 0, 0, 0, 0];
  for (const value of x) {
    const d1 = -0.5 * (value - first) ** 2 / variance + Math.log(weight);
    const d2 = -0.5 * (value - second) ** 2 / variance + Math.log(1 - weight);
    const top = Math.max(d1, d2);
    const both = Math.exp(d1 - top) + Math.exp(d2 - top);
    const r = Math.exp(d1 - top) / both;
    total += top + Math.log(both);
    up1 += r * (value - first);
    up2 += (1 - r) * (value - second);
    count += r;
    sum1 += r * value;
    sum2 += (1 - r) * value;
  }
  const n = x.length;
  return {
    logLikelihood: total / n - 0.5 * Math.log(2 * Math.PI * variance),
    gradient: [up1 / variance / n, up2 / variance / n],
    next: [sum1 / count, sum2 / (n - count)],
  };
}

function surface(x, weight, variance) {
  const columns = Array.from(AXIS, (mean) => densities(x, mean, variance));
  const heights = new Float64Array(NODES * NODES);
  for (let j = 0; j < NODES; j++)
    for (let i = 0; i < NODES; i++) {
      // A product of 60 densities of unit scale stays far above the smallest double: one logarithm will do.
      let product = 1;
      let total = 0;
      for (let s = 0; s < x.length; s++) {
        product *= weight * columns[i][s] + (1 - weight) * columns[j][s];
        if (s % 4 === 3) {
          total += Math.log(product);
          product = 1;
        }
      }
      heights[j * NODES + i] = (total + Math.log(product)) / x.length;
    }
  return heights;
}

function climb(x, start, weight, variance, step) {
  const path = [...start];
  let point = start;
  for (let t = 0; t < STEPS; t++) {
    point = step(ascend(x, point, weight, variance), point);
    path.push(...point);
  }
  return Float64Array.from(path);
}

export const landscape = {
  compute(state, data, memo) {
    const { point, weight, variance, rate } = state;
    const key = `${weight} ${variance} ${editsKey(state)}`;
    if (memo.key !== key) {
      memo.base = strip(data.x);
      memo.strip = edited(memo.base, state);
      memo.x = memo.strip.filter((/** @type {number} */ _, /** @type {number} */ i) => i % 2 === 0);
      const { x } = memo;
      const top = (start) => {
        let at = start;
        for (let t = 0; t < 300; t++) at = ascend(x, at, weight, variance).next;
        return at;
      };
      Object.assign(memo, { key, surface: surface(x, weight, variance), peaks: [top([-2, 4]), top([4, -2])] });
      memo.highest = memo.surface.reduce((a, b) => Math.max(a, b));
    }
    const { x } = memo;
    const { logLikelihood } = ascend(x, point, weight, variance);
    return {
      surface: memo.surface,
      peaks: memo.peaks,
      log_likelihood: logLikelihood,
      em_path: climb(x, point, weight, variance, ({ next }) => next),
      gradient_path: climb(x, point, weight, variance, ({ gradient }, at) => at.map((m, j) => m + rate * gradient[j])),
    };
  },

  agrees: (state, data) => editsFit(state, data.x.length, FEWEST),

  derive(state, values, data, { highest, x, base, strip: places }) {
    const { point, weight, variance } = state;
    const { surface: heights, peaks, em_path, gradient_path } = values;
    const lines = evenly(-5, 9, 141);
    const parts = [[weight, point[0]], [1 - weight, point[1]]].map(([w, mean]) =>
      Array.from(lines, (value) => w * gaussianDensity(value, mean, variance)),
    );
    const tops = peaks.map((peak) => ascend(x, peak, weight, variance).logLikelihood);
    const end = [...em_path.slice(-2)];
    const nearest = peaks.map(([a, b]) => Math.hypot(a - end[0], b - end[1]));
    const reached = nearest[0] < nearest[1] ? 0 : 1;
    return {
      box: BOX,
      shape: [NODES, NODES],
      grid: heights,
      levels: [0.005, 0.02, 0.05, 0.1, 0.18, 0.3, 0.5, 0.8, 1.2, 1.8].map((drop) => highest - drop).reverse(),
      fit_box: [-5, 8, 0, HEIGHT],
      fit_x: lines,
      fit_components: Float64Array.from(parts.flat()),
      fit_density: Float64Array.from(lines, (_, i) => parts[0][i] + parts[1][i]),
      strip: places,
      sample_handles: sampleHandle(state, base, "fit"),
      peak_values: tops,
      peak_names: ["A", "B"],
      em_end: end,
      gradient_end: [...gradient_path.slice(-2)],
      reached: ["A", "B"][reached],
      reached_value: tops[reached],
      verdict: Math.abs(tops[0] - tops[1]) < 1e-9 ? "the peaks are equally high"
        : tops[reached] === Math.max(...tops) ? "the higher peak" : "the lower peak",
    };
  },

  handles({ point: [x, y] }, { sample_handles }) {
    return [
      { id: "point", label: "The two means, where both climbs begin", panel: "surface", component: 4, x, y },
      ...sample_handles,
    ];
  },

  move: (state, id, x, y, { limits }) => (id === "sample" ? samplePlaced(state, x, STRIP)
    : { ...state, point: inside([x, y], limits.point) }),

  grab: sampleGrabbed,

  // A sample is a place on the line, so the height of the mouse does not count.
  hover: (state, panel, x, y, { memo, values }) => (panel === "fit"
    ? sampleUnder(state, memo, memo.base, values.fit_box, [x, STRIP]) : state),

  click(state, panel, x, y, context) {
    if (panel === "surface") return landscape.move(state, "point", x, y, context);
    const { memo, values } = context;
    return state.editing ? sampleClicked(state, memo, memo.base, values.fit_box, [x, STRIP]) : state;
  },

  act: (state, action, { memo }) => (action === "swap" ? { ...state, point: [state.point[1], state.point[0]] }
    : sampleAction(state, action, memo.base, FEWEST) ?? state),

  set: (state, key, value, { data }) => (key === "editing" ? editingSet(state, value, data.x.length)
    : { ...state, [key]: value }),
};
