// Exploration 11: data that defeat EM or the model. What runs is the exploration of EM, on samples of its own.
import { em, runFits } from "./em.js";

// What the exploration of EM has besides.
const FIXED = {
  n_samples: 0, start: "samples", seed: 0, covariance_type: "full", added: [], cursor: [0, 0], adding: false, live: true,
  contours: false, bound_shown: false, compare: false, kindergarten: false, regions: false, trails: false, watched: -1,
  moved: [], removed: [], picked: -1, editing: false,
};

/** @param {any} state @param {any} data */
function asEM(state, data) {
  const name = state.data;
  const shown = state.remedied && data[`${name} remedy`] ? `${name} remedy` : name;
  return { ...FIXED, ...state, data: shown, n_components: state.runs[0].weights.length };
}

/** The state with what the exploration of EM has changed. @param {any} state @param {any} next */
const taken = (state, { runs, step, last, playing }) => ({ ...state, runs, step, last, playing });

/** @param {Float64Array} rows */
function runOf(rows) {
  const each = Array.from({ length: rows.length / 6 }, (_, k) => [...rows.subarray(6 * k, 6 * k + 6)]);
  return {
    weights: each.map(([w]) => w),
    means: each.map(([, x, y]) => [x, y]),
    covariances: each.map(([, , , a, b, c]) => [[a, b], [b, c]]),
  };
}

/** @param {any} state @param {any} data */
const fresh = (state, data) => ({
  ...state, remedied: false, runs: [runOf(data[`${state.data} start`])], reg_covar: data[`${state.data} numbers`][1],
  step: 0, last: 0, playing: false,
});

/** What helps, from where EM is unless it needs a start of its own. @param {any} state @param {any} context */
function withRemedy(state, { data, values }) {
  const { data: name } = state;
  const [, , reg_covar, dx, dy] = data[`${name} numbers`];
  const start = data[`${name} remedy start`];
  const run = start ? runOf(start) : {
    weights: [...values.weights],
    means: values.means.map(([x, y], k) => (k ? [x, y] : [x + dx, y + dy])),
    covariances: values.covariances.map(([[a, b], [, c]]) => [[a + reg_covar, b], [b, c + reg_covar]]),
  };
  return { ...state, remedied: true, runs: [run], reg_covar, step: 0, last: 0, playing: true };
}

/** @type {import("./types.js").Exploration} */
export const em_failures = {
  compute: (state, data, memo) => em.compute(asEM(state, data), data, memo),

  agrees: ({ runs }) => runs.length === 1 && runFits(runs[0], runs[0].weights.length),

  derive(state, values, data, memo) {
    const derived = em.derive(asEM(state, data), values, data, memo);
    const name = state.data;
    const box = state.whole ? derived.box : [...data[`${name} near`]];
    const [a, c] = [(0.025 * (box[1] - box[0])) ** 2, (0.033 * (box[3] - box[2])) ** 2];
    const flat = data[`${name} ring`];
    const ring = Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
    const { iteration, next, end } = derived;
    const stopped = values.collapsed >= 0
      ? `EM stops in iteration ${iteration}: the covariance of component ${values.collapsed} has become singular. ` : "";
    const outside = values.X.filter((_, i) => i % 2 === 0 && (values.X[i] < box[0] || values.X[i] > box[1]
      || values.X[i + 1] < box[2] || values.X[i + 1] > box[3])).length;
    return {
      ...derived, box, ring, ring_size: ring.map(() => [[a, 0], [0, c]]),
      offered: state.answer === data[`${name} numbers`][0] && !state.remedied,
      far: ["heavy_tails", "outlier"].includes(name),
      phase: (state.remedied ? "With the remedy. " : "") + (stopped || `Iteration ${iteration}. Next: the ${next}-step. `),
      short: `${state.remedied ? "Remedy. " : ""}${derived.short}`,
      end: stopped ? "" : end,
      outside: outside ? `${outside} of them outside this picture. ` : "",
    };
  },

  // A mean outside the picture has no handle there.
  handles: (state, scope) => em.handles({ ...FIXED, ...state }, scope).filter(({ x, y }) =>
    x >= scope.box[0] && x <= scope.box[1] && y >= scope.box[2] && y <= scope.box[3]),

  move: (state, id, x, y, context) =>
    taken(state, em.move?.(asEM(state, context.data), id, x, y, context) ?? state),

  act(state, action, context) {
    if (action === "again") return fresh(state, context.data);
    if (action === "remedy") return context.values.offered ? withRemedy(state, context) : state;
    return taken(state, em.act?.(asEM(state, context.data), action, context) ?? state);
  },

  set(state, key, value, { data }) {
    if (key === "data") return { ...fresh({ ...state, data: value }, data), answer: -1, whole: false };
    if (key === "step") return { ...state, step: value, last: Math.max(state.last, value), playing: false };
    return { ...state, [key]: value };
  },

  tick: (state, seconds, context) =>
    taken(state, em.tick?.(asEM(state, context.data), seconds, context) ?? state),
};
