// Exploration 9: Bayes' rule by counting draws near a point.
import { clamp, inside, logJoint, mixtureOf, mixtureSamples, posterior, sum } from "./maths.js";

// The share of each component in the probability of the window, by Gauss-Legendre quadrature.
/** @param {number[]} point @param {number} half @param {any} mixture @param {any} data */
function within([x, y], half, mixture, { nodes, node_weights }) {
  const places = new Float64Array(2 * nodes.length ** 2);
  nodes.forEach((/** @type {number} */ up, /** @type {number} */ j) =>
    nodes.forEach((/** @type {number} */ across, /** @type {number} */ i) =>
      places.set([x + half * across, y + half * up], 2 * (j * nodes.length + i))));
  const joint = logJoint(places, mixture);
  const K = mixture.weights.length;
  const masses = new Array(K).fill(0);
  joint?.forEach((value, at) => {
    const node = Math.floor(at / K);
    masses[at % K] += node_weights[node % nodes.length] * node_weights[Math.floor(node / nodes.length)] * Math.exp(value);
  });
  return masses.map((mass) => mass / sum(masses));
}

export const counting = {
  compute({ point, half_width, draws, seed, component }, data, memo) {
    memo.mixture ??= mixtureOf(data);
    const { mixture } = memo;
    const key = `${draws} ${seed}`;
    if (memo.key !== key) Object.assign(memo, { key, ...mixtureSamples(draws, seed, mixture) });
    const { labels, X } = memo;
    const widths = data.widths;
    const [counts, sizes, hits] = [[0, 0, 0], widths.map(() => 0), widths.map(() => 0)];
    const [kept, keptLabels] = [[], []];
    for (let i = 0; i < draws; i++) {
      const distance = Math.max(Math.abs(X[2 * i] - point[0]), Math.abs(X[2 * i + 1] - point[1]));
      if (distance <= half_width) {
        counts[labels[i]] += 1;
        kept.push(X[2 * i], X[2 * i + 1]);
        keptLabels.push(labels[i]);
      }
      for (let j = widths.length - 1; j >= 0 && distance <= widths[j]; j--) {
        sizes[j] += 1;
        if (labels[i] === component) hits[j] += 1;
      }
    }
    return {
      X,
      kept_X: Float64Array.from(kept),
      kept_labels: Int32Array.from(keptLabels),
      counts,
      posterior: posterior(logJoint(Float64Array.from(point), mixture), mixture.weights.length).responsibilities,
      within: within(point, half_width, mixture, data),
      expected_curve: Array.from(widths, (width) => within(point, width, mixture, data)[component]),
      counted_curve: Array.from(hits, (count, j) => count / sizes[j]),
      sizes: Array.from(sizes),
    };
  },

  derive({ point, half_width, component }, values, { widths }) {
    const { counts, expected_curve, sizes, posterior: rule } = values;
    const inWindow = [...values.within];
    const n = sum([...counts]);
    const shares = [...counts].map((/** @type {number} */ count) => (n ? count / n : 0));
    const errors = inWindow.map((share) => (n ? Math.sqrt((share * (1 - share)) / n) : NaN));
    const spread = Array.from(expected_curve, (share, j) => (sizes[j] ? Math.sqrt((share * (1 - share)) / sizes[j]) : NaN));
    const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)}\u00a0%`;
    return {
      box: [-6, 6, -4.5, 4.5],
      bar_box: [-0.6, 2.6, 0, 1.12],
      curve_box: [0, 2.05, 0, 1.05],
      n_kept: n,
      shares,
      shown_shares: shares.map((share) => (n ? share : undefined)),
      standard_errors: errors,
      window: [...point, half_width],
      counted: n ? shares[component] : undefined,
      by_rule: rule[component],
      widths,
      low_curve: spread.map((error, j) => expected_curve[j] - error),
      high_curve: spread.map((error, j) => expected_curve[j] + error),
      formula_curve: Array.from(widths, () => rule[component]),
      here: n ? [[half_width, shares[component]]] : [],
      said: n ? `Component ${component} made ${counts[component]} of these: ${percent(shares[component])}, give or take `
        + `${percent(errors[component])}. Bayes' rule says ${percent(rule[component])}.`
        : `Nothing can be counted there; Bayes' rule still says ${percent(rule[component])} for component ${component}.`,
    };
  },

  handles({ point: [x, y], half_width }, { n_kept }) {
    return [
      { id: "point", label: "The point", panel: "plane", component: 4, x, y,
        text: `x ${x.toFixed(2)}, y ${y.toFixed(2)}, ${n_kept} draws kept` },
      { id: "corner", label: "Corner of the window", panel: "plane", component: 1, small: true, x: x + half_width,
        y: y + half_width, text: `half width ${half_width.toFixed(2)}` },
    ];
  },

  move(state, id, x, y, { limits }) {
    if (id === "point") return { ...state, point: inside([x, y], limits.point) };
    const [dx, dy] = [x - state.point[0], y - state.point[1]];
    // The corner moves with whichever coordinate has changed.
    const across = Math.abs(dx - state.half_width) >= Math.abs(dy - state.half_width);
    return { ...state, half_width: clamp(across ? dx : dy, ...limits.half_width) };
  },

  click: (state, panel, x, y, context) => (panel === "plane" ? counting.move(state, "point", x, y, context) : state),
  act: (state) => ({ ...state, seed: state.seed + 1 }),

  // The number of draws grows tenfold in three seconds, and begins again from ten.
  tick(state, seconds, { limits, memo }) {
    const [least, most] = limits.draws;
    memo.due = (state.draws >= most && !memo.growing ? least : Math.max(state.draws, memo.due ?? 0)) * 10 ** (seconds / 3);
    memo.growing = memo.due < most;
    return { ...state, draws: Math.min(most, Math.floor(memo.due)), playing: memo.due < most };
  },
};
