// Exploration 1: the density of a mixture in one dimension.
import { clamp, evenly, gaussianDensity, sum } from "./maths.js";
import { number } from "./text.js";

const GRID = evenly(-8, 8, 321);

// Gives component k the weight w and scales the others, so that the area under the mixture stays 1.
export function withWeight(weights, k, w) {
  if (weights.length === 1) return [1];
  const others = 1 - weights[k];
  return weights.map((weight, j) => (j === k ? w : (weight / others) * (1 - w)));
}

export const density = {
  compute({ weights, means, variances, point }) {
    const K = weights.length;
    const components = new Float64Array(K * GRID.length);
    const total = new Float64Array(GRID.length);
    GRID.forEach((x, i) => {
      for (let k = 0; k < K; k++) {
        const value = weights[k] * gaussianDensity(x, means[k], variances[k]);
        components[k * GRID.length + i] = value;
        total[i] += value;
      }
    });
    const parts = weights.map((weight, k) => weight * gaussianDensity(point, means[k], variances[k]));
    return { x: GRID, components, density: total, point_parts: parts, point_density: sum(parts) };
  },

  derive({ weights, means, variances, point }, { density: total, components, point_parts, point_density }) {
    const step = GRID[1] - GRID[0];
    const highest = Math.max(...total, ...components);
    const top = [0.5, 1, 2, 4].find((limit) => highest < 0.98 * limit) ?? 1.1 * highest;
    return {
      area: step * (sum(total) - (total[0] + total.at(-1)) / 2),
      standard_deviations: variances.map(Math.sqrt),
      peaks: means.map((mean, k) => [mean, weights[k] * gaussianDensity(mean, mean, variances[k])]),
      box: [-8, 8, 0, top],
      // Far from all components every density is 0 in floating point, and 0 of 0 is no share.
      point_shares: Array.from(point_parts, (part) => part / point_density),
      slices: [point, ...point_parts],
    };
  },

  agrees: ({ n_components, weights, means, variances }) =>
    [weights, means, variances].every((part) => part.length === n_components),

  handles({ weights, means, variances, point }, { peaks, point_density, point_shares }) {
    const shares = point_shares.map((share) => number(share, 2)).join(", ");
    const bead = { id: "point", label: "The place x", panel: "density", component: 4, x: point, y: point_density,
      notch: [0.1, 0], text: `x ${number(point)}, density ${number(point_density, 3)}, shares ${shares}` };
    return [...means.flatMap((mean, k) => {
      const sd = Math.sqrt(variances[k]);
      const flank = weights[k] * gaussianDensity(mean + sd, mean, variances[k]);
      return [
        { id: `peak ${k}`, label: `Component ${k}: mean and weight`, panel: "density", component: k,
          x: mean, y: peaks[k][1], text: `mean ${mean.toFixed(2)}, weight ${weights[k].toFixed(2)}` },
        { id: `flank ${k}`, label: `Component ${k}: width`, panel: "density", component: k, small: true,
          x: mean + sd, y: flank, text: `variance ${variances[k].toFixed(2)}` },
      ];
    }), bead];
  },

  move(state, id, x, y, { limits }) {
    if (id === "point") return { ...state, point: clamp(x, ...limits.point) };
    const [kind, index] = id.split(" ");
    const k = Number(index);
    const replace = (values, value) => values.map((old, j) => (j === k ? value : old));
    if (kind === "flank") {
      const variance = clamp((x - state.means[k]) ** 2, ...limits.variances);
      return { ...state, variances: replace(state.variances, variance) };
    }
    const weight = clamp(y * Math.sqrt(2 * Math.PI * state.variances[k]), ...limits.weights);
    return {
      ...state,
      means: replace(state.means, clamp(x, ...limits.means)),
      weights: withWeight(state.weights, k, weight),
    };
  },

  click: (state, panel, x, y, context) => density.move(state, "point", x, y, context),

  set(state, key, value) {
    if (key !== "n_components") return { ...state, [key]: value };
    const K = Number(value);
    const { weights, means, variances } = state;
    const extra = Array.from({ length: Math.max(0, K - means.length) });
    const kept = weights.slice(0, K).concat(extra.map(() => 1 / K));
    return {
      ...state,
      n_components: K,
      weights: kept.map((weight) => weight / sum(kept)),
      means: means.slice(0, K).concat(extra.map((_, j) => [5, -6, 1.5, 6.5, -0.5][(means.length + j) % 5])),
      variances: variances.slice(0, K).concat(extra.map(() => 0.8)),
    };
  },

  // The weight of the first component goes from 0 to 1 and back, one way in four seconds.
  tick(state, seconds) {
    const sweep = (state.sweep + seconds / 4) % 2;
    const weight = clamp(sweep < 1 ? sweep : 2 - sweep, 0.002, 0.998);
    return { ...state, sweep, weights: withWeight(state.weights, 0, weight) };
  },
};
