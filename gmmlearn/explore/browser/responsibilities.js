// Exploration 5: Bayes' rule for one point, with its numbers.
import { clamp, inside, logJoint, maximumIndex, posterior } from "./maths.js";

// On the point, these keys step through the samples.
const KEYS = {
  PageDown: "next", PageUp: "previous", N: "next", P: "previous", Home: "first", End: "last",
};

// Which sample the point is on; a cell may have moved the point since it was reached.
function nameOfPoint({ point, index }, { X }) {
  const here = index >= 0 && X[2 * index] === point[0] && X[2 * index + 1] === point[1];
  return here ? `Sample ${index + 1} of ${X.length / 2}` : "Point";
}

export const responsibilities = {
  compute({ point, weights, means, covariances }, { X }) {
    const parameters = { weights, means, covariances };
    const K = weights.length;
    const joint = logJoint(Float64Array.from(point), parameters);
    return {
      responsibilities: posterior(logJoint(X, parameters), K).responsibilities,
      point_log_joint: joint,
      point_responsibilities: posterior(joint, K).responsibilities,
    };
  },

  derive(state, values, data) {
    const { point, weights, means, width } = state;
    const { X } = data;
    const K = weights.length;
    const joint = [...values.point_log_joint];
    const naive = joint.map(Math.exp);
    const total = naive.reduce((a, b) => a + b, 0);
    const shares = [...values.point_responsibilities];
    const top = maximumIndex(shares);
    return {
      X,
      box: [-width, width, -0.75 * width, 0.75 * width],
      bar_box: [-0.6, K - 0.4, 0, 1.12],
      shares,
      log_densities: joint.map((value, k) => value - Math.log(weights[k])),
      densities: joint.map((value, k) => Math.exp(value - Math.log(weights[k]))),
      log_joint: joint,
      products: naive,
      naive_shares: naive.map((value) => value / total),
      links: means.map((mean) => [point, mean]),
      named: nameOfPoint(state, data),
      best: top,
      best_share: shares[top],
      brief: total > 0 ? "The plain formula works." : "The plain formula fails.",
      verdict: total > 0
        ? "The plain product works here."
        : "All three products are 0 in floating point: the plain formula divides 0 by 0. The logarithms still work.",
    };
  },

  handles({ point, means }, { named }) {
    const [px, py] = point;
    const text = `${named}: x ${px.toFixed(2)}, y ${py.toFixed(2)}`;
    return [
      { id: "point", label: "The point", panel: "plane", component: 4, x: px, y: py, text, keys: KEYS },
      ...means.map(([x, y], k) => ({
        id: `mean ${k}`, label: `Mean of component ${k}`, panel: "plane", component: k, x, y,
        lit: { component: k, part: "density" },
      })),
    ];
  },

  // A bar shows a responsibility, and the line of an ellipse (1 or 2 standard deviations) a density.
  pointedAt(panel, x, y, { means, covariances, shares }) {
    if (panel === "bars") {
      const component = Math.round(x);
      const on = component in shares && Math.abs(x - component) < 0.4 && y < Math.max(shares[component], 0.08);
      return on ? { component, part: "share" } : null;
    }
    const component = means.findIndex(([mx, my], k) => {
      const [[a, b], [, c]] = covariances[k];
      const [dx, dy] = [x - mx, y - my];
      const distance = Math.sqrt((c * dx * dx - 2 * b * dx * dy + a * dy * dy) / (a * c - b * b));
      return Math.abs(distance - 1) < 0.08 || Math.abs(distance - 2) < 0.08;
    });
    return component < 0 ? null : { component, part: "density" };
  },

  // What a hand has put somewhere stays there: the mouse picks no sample until it is asked to again.
  move(state, id, x, y) {
    const limit = state.width;
    const place = inside([x, y], [[-limit, limit], [-0.75 * limit, 0.75 * limit]]);
    if (id === "point") return { ...state, point: place, index: -1, hovering: false };
    const k = Number(id.split(" ")[1]);
    return { ...state, means: state.means.map((old, j) => (j === k ? place : old)) };
  },

  act(state, action, { data }) {
    const { X } = data;
    const n = X.length / 2;
    if (action === "far") return { ...state, width: 80, point: [62, 41], index: -1, hovering: false };
    const previous = (state.index > 0 ? state.index : n) - 1;
    const index = { next: (state.index + 1) % n, previous, first: 0, last: n - 1 }[action];
    return { ...state, index, point: [X[2 * index], X[2 * index + 1]] };
  },

  // Hovering picks the nearest sample within a twenty-fifth of the width.
  hover(state, panel, x, y, { data }) {
    const { X } = data;
    if (panel !== "plane" || !state.hovering) return state;
    let [best, index] = [(0.04 * state.width) ** 2, -1];
    for (let i = 0; i < X.length / 2; i++) {
      const distance = (X[2 * i] - x) ** 2 + (X[2 * i + 1] - y) ** 2;
      if (distance < best) [best, index] = [distance, i];
    }
    return index < 0 || index === state.index ? state : { ...state, index, point: [X[2 * index], X[2 * index + 1]] };
  },

  click: (state, panel, x, y) => (panel === "plane" ? responsibilities.move(state, "point", x, y) : state),

  set(state, key, value) {
    const next = { ...state, [key]: value };
    if (key === "point") return { ...next, index: -1, hovering: false };
    if (key !== "width") return next;
    const [x, y] = state.point;
    return { ...next, point: [clamp(x, -value, value), clamp(y, -0.75 * value, 0.75 * value)] };
  },
};
