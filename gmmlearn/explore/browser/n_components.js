// Exploration 8: the criteria and the fit as the number of components moves. The fits are computed once, in
// Python; here they are shown.
import { densityGrid, clamp } from "./maths.js";

const SHAPE = [61, 46];

export const n_components = {
  compute({ data: name, n_components: K }, data) {
    const part = (key) => data[`${name} ${key}`];
    const [means, covariances] = [part(`means ${K}`), part(`covariances ${K}`)];
    return {
      X: part("X"),
      bics: Array.from(part("bic")),
      aics: Array.from(part("aic")),
      log_likelihoods: Array.from(part("log_likelihood")),
      parameter_counts: Array.from(part("n_parameters")),
      weights: Array.from(part(`weights ${K}`)),
      means: Array.from({ length: K }, (_, k) => [means[2 * k], means[2 * k + 1]]),
      covariances: Array.from({ length: K }, (_, k) => {
        const at = (/** @type {number} */ j) => covariances[4 * k + j];
        return [[at(0), at(1)], [at(2), at(3)]];
      }),
    };
  },

  derive({ data: name, n_components: K }, values, data) {
    const { bics, aics, log_likelihoods, parameter_counts, weights, means, covariances } = values;
    /** @type {any} */
    const box = [...data[`${name} box`]];
    const all = [...bics, ...aics];
    const room = 0.08 * (Math.max(...all) - Math.min(...all));
    const grid = densityGrid({ weights, means, covariances }, box, ...SHAPE);
    const top = grid.reduce((a, b) => Math.max(a, b), 0);
    const least = (values) => values.indexOf(Math.min(...values)) + 1;
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
    };
  },

  handles: ({ n_components: K }, { bics }) => [
    { id: "K", label: "Number of components", panel: "curve", component: 4, x: K, y: bics[K - 1], notch: [1, 0],
      text: `${K} components` },
  ],

  move: (state, id, x, y, { limits }) => ({ ...state, n_components: clamp(Math.round(x), ...limits.n_components) }),
  click: (state, panel, x, y, context) => (panel === "curve" ? n_components.move(state, "K", x, y, context) : state),
};
