// Exploration 10: one iteration of EM, with one of its two halves done by hand.
import { mStep } from "./em_steps.js";
import { angleOfAxis, clamp, covarianceFromAxes, inside, logJoint, maximumIndex, posterior, principalAxes, sum } from "./maths.js";
import { number } from "./text.js";

const REG_COVAR = 1e-6;
const LEAST_COUNT = 2;
const LEAST_VARIANCE = 0.01;
const BOX = [-6, 6, -4.5, 4.5];
// Two scores closer than this count as the same.
const CLOSE = 0.01;
const NOTHING = { weights: [], means: [], covariances: [] };

/** @typedef {{weights: number[], means: number[][], covariances: number[][][]}} Mixture */

// Where a reader's mixture is written in the state; an ellipse as angle and lengths, so that an axis that is dragged
// stays the same one when it becomes the longer of the two.
const OWN = ["own_weights", "own_means", "own_angles", "own_deviations"];

/** @param {any} state @returns {Mixture} */
const beforeOf = (state) => ({
  weights: state.before_weights, means: state.before_means, covariances: state.before_covariances,
});

/** The state of a new iteration from a mixture. @param {any} state @param {Mixture} mixture */
function begun(state, { weights, means, covariances }) {
  const axes = covariances.map(principalAxes);
  return {
    ...state,
    before_weights: weights, before_means: means, before_covariances: covariances,
    own_weights: weights, own_means: means,
    own_angles: axes.map(({ angle }) => (angle * 180) / Math.PI),
    own_deviations: axes.map(({ variances }) => variances.map(Math.sqrt)),
    shades: state.shades.map(() => 0.5), guess: -1, compared: false,
  };
}

/** @param {Float64Array} rows @returns {Mixture} */
const unpacked = (rows) => ({
  weights: [rows[0], rows[6]],
  means: [0, 6].map((at) => [rows[at + 1], rows[at + 2]]),
  covariances: [0, 6].map((at) => [[rows[at + 3], rows[at + 4]], [rows[at + 4], rows[at + 5]]]),
});

/** The M-step by formula; null where a component has too few samples or lies on a line. */
function byFormula(/** @type {Float64Array} */ X, /** @type {Float64Array} */ r) {
  const first = sum(r.filter((_, i) => i % 2 === 0));
  if (Math.min(first, X.length / 2 - first) < LEAST_COUNT) return null;
  const mixture = mStep(X, r, 2, { covariance_type: "full", reg_covar: REG_COVAR });
  return mixture.covariances.every((matrix) => principalAxes(matrix).variances[1] > LEAST_VARIANCE) ? mixture : null;
}

/** Mean evidence lower bound. @param {Float64Array} X @param {Float64Array} r @param {Mixture | null} mixture */
function bound(X, r, mixture) {
  if (!mixture) return NaN;
  const joint = /** @type {Float64Array} */ (logJoint(X, mixture));
  return sum(joint.map((value, i) => (r[i] > 0 ? r[i] * (value - Math.log(r[i])) : 0))) / (X.length / 2);
}

// By how much EM's weights, means and then covariances, one after the other, raise the bound of the reader's mixture.
function gainsOf(X, r, own, em) {
  const mixture = { weights: own.weights, means: [...own.means], covariances: [...own.covariances] };
  let last = bound(X, r, mixture);
  return [["weights"], ["means", 0], ["means", 1], ["covariances", 0], ["covariances", 1]].map(([part, k]) => {
    if (k === undefined) mixture.weights = em.weights;
    else mixture[part][k] = em[part][k];
    const [before, now] = [last, bound(X, r, mixture)];
    last = now;
    return now - before;
  });
}

const PARTS = ["the weights", "the mean of component 0", "the mean of component 1", "the ellipse of component 0",
  "the ellipse of component 1"];
const RULES = [
  "A weight is the share of all colour that a component has.",
  "A mean is the average of all samples, each counted by its colour.",
  "A mean is the average of all samples, each counted by its colour.",
  "A covariance is the average square of the distance from the mean, each sample counted by its colour.",
  "A covariance is the average square of the distance from the mean, each sample counted by its colour.",
];

/** @param {any} state */
function taskOf({ half, iteration }) {
  return half === "M"
    ? `Iteration ${iteration}. The E-step is done: it coloured the samples by the dotted mixture, which is under yours until you move it. `
      + "The M-step is yours: move means, ellipses and weights until they fit the colours."
    : `Iteration ${iteration}. The E-step is yours: paint each sample with the component that it comes from. `
      + "The M-step by formula follows at once.";
}

/** Why the two scores differ, once they may be compared. @param {any} state @param {any} values @param {number} worst */
function verdictOf(state, { heights, e_bounds, m_bounds, gains, responsibilities, em_responsibilities }, worst) {
  const [, own, em] = heights;
  const lead = own - em;
  const kind = lead < -CLOSE ? 0 : lead <= CLOSE ? 1 : 2;
  const words = [
    state.guess === kind ? "Right." : "Not quite.",
    `You reach ${number(own, 3)}, EM ${number(em, 3)}.`,
  ];
  if (state.half === "M") {
    const most = maximumIndex(gains);
    if (kind === 2)
      words.push(`And yet your bound is lower: ${number(m_bounds[0], 3)}, EM's ${number(m_bounds[1], 3)}. EM fits the `
        + "colours as they are, you the groups that you see; EM needs another E-step for that.");
    else if (kind === 1)
      words.push(m_bounds[1] - m_bounds[0] < CLOSE
        ? "That is the M-step: weights, means and covariances of the coloured samples."
        : `But by another mixture: its bound is ${number(m_bounds[0], 3)}, EM's ${number(m_bounds[1], 3)}.`);
    else words.push(`Of the bound, you lose most by ${PARTS[most]}: ${number(gains[most], 3)}. ${RULES[most]}`);
    return words.join(" ");
  }
  const other = responsibilities[2 * worst + 1] > em_responsibilities[2 * worst + 1] ? 1 : 0;
  const shares = [responsibilities, em_responsibilities].map((r) => number(100 * r[2 * worst + other], 0));
  words.push(`You differ most about the ringed sample: ${shares[0]} % component ${other} for you, ${shares[1]} % for EM, `
    + "which knows the dotted mixture and nothing else.");
  const bounds = `(${number(e_bounds[1], 3)}, yours ${number(e_bounds[0], 3)})`;
  words.push(kind === 2 ? `EM's colours have the highest bound for that mixture ${bounds}; you saw the groups instead.`
    : kind === 1 ? "The M-step makes nearly the same mixture of both."
    : `EM's colours have the highest bound for that mixture ${bounds}, and here they also lead further.`);
  return words.join(" ");
}

/**
 * Samples within reach of the way of the brush get its shade.
 * @param {any} state @param {number[]} from @param {number[]} to @param {Float64Array} X
 */
function painted(state, [x0, y0], [x1, y1], X) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const long = dx * dx + dy * dy;
  const shades = state.shades.map((old, i) => {
    const [u, v] = [X[2 * i] - x0, X[2 * i + 1] - y0];
    const along = long ? clamp((u * dx + v * dy) / long, 0, 1) : 0;
    return Math.hypot(u - along * dx, v - along * dy) <= state.reach ? state.shade : old;
  });
  const same = shades.every((shade, i) => shade === state.shades[i]);
  return { ...state, cursor: [x1, y1], shades, ...(same ? {} : { guess: -1, compared: false }) };
}

/** @type {import("./types.js").Exploration} */
export const em_by_hand = {
  compute(state, data) {
    const X = data[state.data];
    const n = X.length / 2;
    const before = beforeOf(state);
    const { responsibilities: byEM, logDensities } = posterior(/** @type {Float64Array} */ (logJoint(X, before)), 2);
    const em = byFormula(X, byEM);
    const byHand = state.half === "M";
    const r = byHand ? byEM : Float64Array.from(state.shades.flatMap((shade) => [1 - shade, shade]));
    const own = !byHand ? byFormula(X, r) : {
      weights: state.own_weights, means: state.own_means,
      covariances: state.own_angles.map((angle, k) => covarianceFromAxes((angle * Math.PI) / 180, state.own_deviations[k])),
    };
    const height = (mixture) => (mixture ? sum(posterior(logJoint(X, mixture), 2).logDensities) / n : NaN);
    const named = (mixture, prefix) => Object.fromEntries(
      Object.entries(mixture ?? NOTHING).map(([name, value]) => [prefix + name, value]));
    return {
      X, responsibilities: r, em_responsibilities: byEM, ...named(own, ""), ...named(em, "em_"),
      heights: [sum(logDensities) / n, height(own), height(em)],
      e_bounds: [bound(X, r, before), bound(X, byEM, before)],
      m_bounds: [bound(X, r, own), bound(X, byEM, em)],
      gains: byHand && em ? gainsOf(X, r, own, em) : [],
    };
  },

  derive(state, values) {
    const { compared, half, cursor, reach } = state;
    const { X, responsibilities, em_responsibilities, m_bounds, e_bounds } = values;
    const heights = Array.from(values.heights, (height) => height ?? NaN);
    const places = heights.slice(1, compared ? 3 : 2).map((height, i) => [i, height - heights[0]])
      .filter(([, gain]) => Number.isFinite(gain));
    const [low, high] = [Math.min, Math.max].map((most) => most(0, ...places.map(([, gain]) => gain)));
    const room = Math.max(0.15 * (high - low), 0.05);
    const worst = maximumIndex(responsibilities.map((share, i) => Math.abs(share - em_responsibilities[i]))) >> 1;
    const hidden = (/** @type {number} */ value) => (compared ? value : "?");
    const possible = heights.map(Number.isFinite);
    const finite = possible[1] && possible[2];
    return {
      box: BOX, weight_box: [-0.6, 1.6, 0, 1.12], score_box: [-0.5, 2, low - room, high + room],
      zero_x: [-0.5, 2], zero_y: [0, 0], scores: places, by_colour: half === "E",
      score_names: places.map(([, gain]) => `${gain < 0 ? "" : "+"}${number(gain, 2)}`),
      brush_at: [cursor], brush_size: [[[reach * reach, 0], [0, reach * reach]]],
      ringed: compared && half === "E" && finite, worst: [[X[2 * worst], X[2 * worst + 1]]],
      worst_size: [[[0.06, 0], [0, 0.06]]],
      who: ["you", "EM"],
      reached: [heights[1], hidden(heights[2])],
      after_e: [half === "M" ? e_bounds[1] : e_bounds[0], half === "M" ? e_bounds[1] : hidden(e_bounds[1])],
      after_m: [m_bounds[0], hidden(m_bounds[1])],
      ready: finite && state.guess >= 0,
      before: heights[0], own: heights[1],
      task: taskOf(state),
      short: half === "M" ? "M-step by hand."
        : `E-step by hand: ${state.shades.filter((shade) => shade !== 0.5).length} samples coloured.`,
      trouble: finite ? ""
        : `One component has too few samples, or all its samples on a line: ${possible[1] ? "EM's own" : "the"} M-step `
          + "cannot make an ellipse of them.",
      doubt: finite ? "" : "One component has too few samples.",
      verdict: compared && finite ? verdictOf(state, { ...values, heights }, worst) : "",
    };
  },

  handles(state, { X }) {
    if (state.half === "E") {
      const [x, y] = state.cursor;
      const near = state.shades.filter((_, i) => Math.hypot(X[2 * i] - x, X[2 * i + 1] - y) <= state.reach).length;
      const text = `x ${number(x)}, y ${number(y)}, ${near} samples within reach`;
      return [{ id: "brush", label: "Brush; Enter paints", panel: "plane", component: 4, x, y, text, press: "paint" }];
    }
    return state.own_means.flatMap(([x, y], k) => {
      const turn = (state.own_angles[k] * Math.PI) / 180;
      const [u, v] = [Math.cos(turn), Math.sin(turn)];
      const deviations = state.own_deviations[k];
      return [
        { id: `mean ${k}`, label: `Mean of component ${k}`, panel: "plane", component: k, x, y },
        ...[[u, v], [-v, u]].map(([a, b], j) => ({
          id: `axis ${k} ${j}`, label: `Component ${k}, axis ${j}: turn and stretch`, panel: "plane", component: k,
          small: true, x: x + 2 * deviations[j] * a, y: y + 2 * deviations[j] * b,
          text: `standard deviation ${deviations[j].toFixed(2)}`,
        })),
        { id: `weight ${k}`, label: `Weight of component ${k}`, panel: "weights", component: k,
          x: k, y: state.own_weights[k], notch: [0, 0.02], text: `weight ${state.own_weights[k].toFixed(2)}` },
      ];
    });
  },

  move(state, id, x, y, { data, limits }) {
    if (id === "brush") {
      const place = inside([x, y], limits.cursor);
      return state.painting ? painted(state, state.cursor, place, data[state.data]) : { ...state, cursor: place };
    }
    const [kind, index, axis] = id.split(" ");
    const [k, j] = [Number(index), Number(axis)];
    const replaced = (values, value, at = k) => values.map((old, i) => (i === at ? value : old));
    const next = { ...state, guess: -1, compared: false };
    if (kind === "mean") return { ...next, own_means: replaced(state.own_means, inside([x, y], limits.own_means)) };
    if (kind === "weight") {
      const weight = clamp(y, 0.02, 0.98);
      return { ...next, own_weights: k ? [1 - weight, weight] : [weight, 1 - weight] };
    }
    const [dx, dy] = [x - state.own_means[k][0], y - state.own_means[k][1]];
    const length = clamp(Math.hypot(dx, dy) / 2, ...limits.own_deviations[0]);
    return {
      ...next,
      own_angles: replaced(state.own_angles, angleOfAxis(dx, dy, j)),
      own_deviations: replaced(state.own_deviations, replaced(state.own_deviations[k], length, j)),
    };
  },

  click(state, panel, x, y, { data, limits }) {
    if (state.half !== "E" || panel !== "plane") return state;
    const place = inside([x, y], limits.cursor);
    return painted(state, place, place, data[state.data]);
  },

  act(state, action, { data, values }) {
    if (action === "paint") return painted(state, state.cursor, state.cursor, data[state.data]);
    if (action === "clear")
      return { ...state, shades: state.shades.map(() => 0.5), guess: -1, compared: false };
    if (action === "compare") return values.ready ? { ...state, compared: true } : state;
    const suffix = { mine: "", em: "em_" }[action];
    if (suffix === undefined) return state;
    const [weights, means, covariances] = ["weights", "means", "covariances"].map((name) => values[suffix + name]);
    if (!weights.length) return state;
    return begun({ ...state, iteration: state.iteration + 1 }, { weights: [...weights], means, covariances });
  },

  set(state, key, value, { data }) {
    if (key === "data")
      return begun({ ...state, data: value, iteration: 1, cursor: [0, 0] }, unpacked(data[`${value} before`]));
    const about = ["half", "shades", ...OWN].includes(key) || key.startsWith("before_");
    return { ...state, [key]: value, ...(about && { guess: -1, compared: false }), ...(key === "guess" && { compared: false }) };
  },
};
