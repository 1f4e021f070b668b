// Exploration 2: what the numbers of a covariance matrix do to its ellipse.
import { angleOfAxis, clamp, covarianceFromAxes, evenly, inside, logJoint } from "./maths.js";

const BOX = [-6, 6, -4.5, 4.5];
const [NX, NY] = [121, 91];

const nodes = (() => {
  const [xs, ys] = [evenly(BOX[0], BOX[1], NX), evenly(BOX[2], BOX[3], NY)];
  const flat = new Float64Array(2 * NX * NY);
  for (let j = 0; j < NY; j++)
    for (let i = 0; i < NX; i++) flat.set([xs[i], ys[j]], 2 * (j * NX + i));
  return flat;
})();

const radians = (degrees) => (degrees * Math.PI) / 180;

export const covariance = {
  compute({ mean, angle, standard_deviations }, data) {
    const turn = radians(angle);
    const matrix = covarianceFromAxes(turn, standard_deviations);
    const [u, v] = [Math.cos(turn), Math.sin(turn)];
    const [first, second] = standard_deviations;
    const sample = new Float64Array(data.normals.length);
    for (let i = 0; i < sample.length; i += 2) {
      const [a, b] = [first * data.normals[i], second * data.normals[i + 1]];
      sample[i] = mean[0] + a * u - b * v;
      sample[i + 1] = mean[1] + a * v + b * u;
    }
    return {
      covariance: matrix,
      eigenvalues: [first * first, second * second],
      eigenvectors: [[u, v], [-v, u]],
      correlation: matrix[0][1] / Math.sqrt(matrix[0][0] * matrix[1][1]),
      log_density: logJoint(nodes, { weights: [1], means: [mean], covariances: [matrix] }),
      sample,
    };
  },

  derive({ mean, standard_deviations }, { log_density, eigenvectors }) {
    const peak = -Math.log(2 * Math.PI * standard_deviations[0] * standard_deviations[1]);
    const tips = eigenvectors.map(([u, v], j) => [
      mean[0] + standard_deviations[j] * u,
      mean[1] + standard_deviations[j] * v,
    ]);
    return {
      box: BOX,
      shape: [NX, NY],
      grid: log_density,
      levels: [peak - 4.5, peak - 2, peak - 0.5],
      tips,
      ratio: Math.max(...standard_deviations) / Math.min(...standard_deviations),
    };
  },

  handles({ mean, standard_deviations }, { tips }) {
    const place = ([x, y]) => ({ panel: "plane", x, y });
    return [
      { id: "mean", label: "Mean", component: 0, ...place(mean) },
      ...tips.map((tip, j) => ({
        id: `axis ${j}`, label: `Axis ${j}: turn and stretch`, component: 1 + j, ...place(tip),
        text: `standard deviation ${standard_deviations[j].toFixed(2)}`,
      })),
    ];
  },

  move(state, id, x, y, { limits }) {
    if (id === "mean") return { ...state, mean: inside([x, y], limits.mean) };
    const j = Number(id.split(" ")[1]);
    const [dx, dy] = [x - state.mean[0], y - state.mean[1]];
    const length = clamp(Math.hypot(dx, dy), ...limits.standard_deviations);
    return {
      ...state,
      angle: angleOfAxis(dx, dy, j),
      standard_deviations: state.standard_deviations.map((old, i) => (i === j ? length : old)),
    };
  },
};
