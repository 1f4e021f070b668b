// Exploration 3: the two stages of drawing from a mixture, one point at a time.
import { clamp, inside, mixtureSamples } from "./maths.js";
import { withWeight } from "./density.js";

const TOTAL = 400;

export const sampling = {
  compute({ weights, means, covariances, seed }) {
    return mixtureSamples(TOTAL, seed, { weights, means, covariances });
  },

  // An odd step has chosen the component of the next point; an even one has drawn the point.
  derive({ step, weights }, { labels, X }) {
    const drawn = Math.floor(step / 2);
    const chosen = step % 2 ? labels[drawn] : -1;
    const counts = weights.map(() => 0);
    for (let i = 0; i < Math.ceil(step / 2); i++) counts[labels[i]] += 1;
    const picked = Math.ceil(step / 2);
    const last = labels[drawn - 1];
    return {
      box: [-6, 6, -4.5, 4.5],
      bar_box: [-0.6, weights.length - 0.4, 0, Math.max(0.75, ...weights.map((w) => 1.15 * w))],
      shown: X.slice(0, 2 * drawn),
      shown_labels: labels.slice(0, drawn),
      newest: chosen < 0 && drawn ? [X.slice(2 * drawn - 2, 2 * drawn)] : [],
      chosen,
      drawn,
      counts,
      shares: counts.map((count) => (picked ? count / picked : 0)),
      stage:
        step === 0 ? "Nothing is drawn yet."
        : chosen >= 0 ? `Stage 1: component ${chosen} is chosen, with probability ${weights[chosen].toFixed(2)}.`
        : `Stage 2: point ${drawn} is drawn from component ${last}.`,
    };
  },

  handles({ weights, means }) {
    return [
      ...means.map(([x, y], k) => ({
        id: `mean ${k}`, label: `Mean of component ${k}`, panel: "plane", component: k, x, y,
      })),
      ...weights.map((y, k) => ({ id: `weight ${k}`, label: `Weight of component ${k}`, panel: "bars", component: k,
        small: true, x: k, y, text: y.toFixed(2) })),
    ];
  },

  move(state, id, x, y, { limits }) {
    const [kind, index] = id.split(" ");
    const k = Number(index);
    if (kind === "weight") return { ...state, weights: withWeight(state.weights, k, clamp(y, ...limits.weights)) };
    return { ...state, means: state.means.map((old, j) => (j === k ? inside([x, y], limits.means) : old)) };
  },

  act(state, action) {
    if (action === "step") return { ...state, step: Math.min(2 * TOTAL, state.step + 1) };
    if (action === "hundred") return { ...state, step: Math.min(2 * TOTAL, 2 * Math.floor(state.step / 2) + 200) };
    if (action === "restart") return { ...state, step: 0, playing: false };
    return { ...state, seed: state.seed + 1, step: 0 };
  },

  // `speed` is in points a second; a point has two stages.
  tick(state, seconds, { memo }) {
    memo.due = (memo.due ?? 0) + 2 * state.speed * seconds;
    const steps = Math.floor(memo.due);
    memo.due -= steps;
    const step = Math.min(2 * TOTAL, state.step + steps);
    return { ...state, step, playing: step < 2 * TOTAL };
  },
};
