// Exploration 8: the criteria and the fit as the number of components moves. The fits to the data as they are come
// from Python; when a sample is moved or deleted, EM goes on from them.
import { edited, editingSet, editsFit, editsKey, sampleAction, sampleClicked, sampleGrabbed, sampleHandle, samplePlaced, sampleUnder } from "./editing.js";
import { emFrame, runEM, variancesOf } from "./em_steps.js";
import { clamp, densityGrid, mixtureOf } from "./maths.js";

const SHAPE = [61, 46];
const ITERATIONS = 20;
const OPTIONS = { covariance_type: "full", reg_covar: 1e-6 };

/** The fit of K components that Python found. @param {string} name @param {number} K @param {any} data */
const fitted = (name, K, data) => mixtureOf(Object.fromEntries(["weights", "means", "covariances"].map((part) =>
  [part, data[`${name} ${part} ${K}`]])));

/** Where EM has come from each of these fits, and the log-likelihoods there. @param {Float64Array} X @param {any[]} starts */
function refitted(X, starts) {
  const scale = variancesOf(X);
  return starts.map((start) => {
    const frames = runEM([emFrame(X, start, null, scale)], X, ITERATIONS, OPTIONS, scale);
    // A component that has collapsed has no likelihood; the last fit before it counts.
    const frame = frames.at(-1).collapsed < 0 ? frames.at(-1) : frames.at(-2) ?? frames[0];
    return { ...frame, height: (frame.logLikelihood ?? NaN) * (X.length / 2) };
  });
}

export const n_components = {
  compute(state, data, memo) {
    const { data: name, n_components: K } = state;
    const part = (/** @type {string} */ key) => data[`${name} ${key}`];
    const counts = Array.from(part("n_parameters"));
    const untouched = !state.moved.length && !state.removed.length;
    const key = `${name} ${editsKey(state)}`;
    if (memo.key !== key) {
      const X = edited(part("X"), state);
      const starts = untouched ? [] : counts.map((_, i) => fitted(name, i + 1, data));
      Object.assign(memo, { key, X, fits: refitted(X, starts) });
    }
    const { X, fits } = memo;
    const heights = untouched ? Array.from(part("log_likelihood")) : fits.map((fit) => fit.height);
    const { weights, means, covariances } = untouched ? fitted(name, K, data) : fits[K - 1];
    return {
      X,
      bics: counts.map((count, i) => count * Math.log(X.length / 2) - 2 * heights[i]),
      aics: counts.map((count, i) => 2 * count - 2 * heights[i]),
      log_likelihoods: heights,
      parameter_counts: counts,
      weights, means, covariances,
    };
  },

  agrees: (state, data) => editsFit(state, data[`${state.data} X`].length / 2, 20),

  derive(state, values, data) {
    const { data: name, n_components: K } = state;
    const { bics, aics, log_likelihoods, parameter_counts, weights, means, covariances } = values;
    /** @type {any} */
    const box = [...data[`${name} box`]];
    const all = [...bics, ...aics];
    const room = 0.08 * (Math.max(...all) - Math.min(...all));
    const grid = densityGrid({ weights, means, covariances }, box, ...SHAPE);
    const top = grid.reduce((a, b) => Math.max(a, b), 0);
    const least = (criterion) => criterion.indexOf(Math.min(...criterion)) + 1;
    return {
      box,
      shape: SHAPE,
      grid,
      levels: [0.03, 0.1, 0.2, 0.35, 0.55, 0.8].map((share) => share * top),
      candidates: bics.map((_, i) => i + 1),
      curve_box: [0.5, bics.length + 0.5, Math.min(...all) - room, Math.max(...all) + room],
      here: [[K, bics[K - 1]]],
      bic: bics[K - 1],
      aic: aics[K - 1],
      log_likelihood: log_likelihoods[K - 1],
      parameter_count: parameter_counts[K - 1],
      best_bic: least(bics),
      best_aic: least(aics),
      n: values.X.length / 2,
      sample_handles: sampleHandle(state, data[`${name} X`], "plane"),
    };
  },

  handles: ({ n_components: K }, { bics, sample_handles }) => [
    { id: "K", label: "Number of components", panel: "curve", component: 4, x: K, y: bics[K - 1], notch: [1, 0],
      text: `${K} components` },
    ...sample_handles,
  ],

  move: (state, id, x, y, { limits }) => (id === "sample" ? samplePlaced(state, x, y)
    : { ...state, n_components: clamp(Math.round(x), ...limits.n_components) }),

  grab: sampleGrabbed,

  hover: (state, panel, x, y, { data, memo, values }) => (panel === "plane"
    ? sampleUnder(state, memo, data[`${state.data} X`], values.box, [x, y]) : state),

  click(state, panel, x, y, context) {
    if (panel === "curve") return n_components.move(state, "K", x, y, context);
    const { data, memo, values } = context;
    return state.editing ? sampleClicked(state, memo, data[`${state.data} X`], values.box, [x, y]) : state;
  },

  act: (state, action, { data }) => sampleAction(state, action, data[`${state.data} X`], 20) ?? state,

  set(state, key, value, { data }) {
    if (key === "editing") return editingSet(state, value, data[`${state.data} X`].length / 2);
    const next = { ...state, [key]: value };
    return key === "data" ? { ...next, moved: [], removed: [], picked: -1, editing: false } : next;
  },
};
