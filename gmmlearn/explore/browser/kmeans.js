// Exploration 7: k-means against a mixture on clusters that are stretched.
import { edited, editingSet, editsFit, sampleAction, sampleClicked, sampleGrabbed, sampleHandle, samplePlaced, sampleUnder } from "./editing.js";
import { emFrame, lloyd, mStep, oneHot, runEM, variancesOf } from "./em_steps.js";
import { maximumIndex } from "./maths.js";

const ROUNDS = 60;
const OPTIONS = { covariance_type: "full", reg_covar: 1e-6 };
const CENTRES = [[0, 2.6], [0, 0], [0, -2.6]];
const TURN = 0.35;
const FEWEST = 250;

// The normals of the data, stretched along one axis and turned, about the centre of their cluster.
function stretched(stretch, { normals, labels }) {
  const X = new Float64Array(normals.length);
  const [u, v] = [Math.cos(TURN), Math.sin(TURN)];
  labels.forEach((k, i) => {
    const a = CENTRES[k][0] + stretch * 0.55 * normals[2 * i];
    const b = CENTRES[k][1] + 0.55 * normals[2 * i + 1];
    X[2 * i] = a * u - b * v;
    X[2 * i + 1] = a * v + b * u;
  });
  return X;
}

// Least number of wrong labels over the ways to name three clusters.
function mistakes(labels, truth) {
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
  return Math.min(...orders.map((names) => labels.reduce((count, label, i) => count + (names[label] !== truth[i]), 0)));
}

export const kmeans = {
  compute(state, data) {
    const X = edited(stretched(state.stretch, data), state);
    const [u, v] = [Math.cos(TURN), Math.sin(TURN)];
    const { labels, centres } = lloyd(X, CENTRES.map(([a, b]) => [a * u - b * v, a * v + b * u]));
    const scale = variancesOf(X);
    const start = mStep(X, oneHot(labels, 3), 3, OPTIONS);
    const frames = runEM([emFrame(X, start, null, scale)], X, ROUNDS, OPTIONS, scale);
    const { weights, means, covariances, responsibilities } = frames.at(-1);
    const assigned = Array.from({ length: labels.length }, (_, i) => maximumIndex(responsibilities, 3 * i, 3));
    return { X, kmeans_labels: labels, centres, weights, means, covariances, mixture_labels: assigned };
  },

  agrees: (state, data) => editsFit(state, data.labels.length, FEWEST),

  derive(state, { kmeans_labels, mixture_labels }, data, memo) {
    const truth = Array.from(data.labels).filter((_, i) => !state.removed.includes(i));
    const n = truth.length;
    memo.base = stretched(state.stretch, data);
    const [first, second] = [kmeans_labels, mixture_labels].map((found) => mistakes(Array.from(found), truth));
    return {
      box: [-9, 9, -6.75, 6.75],
      n,
      errors: [first, second],
      shares: [(100 * first) / n, (100 * second) / n],
      methods: ["k-means", "mixture"],
      sample_handles: sampleHandle(state, memo.base, "kmeans"),
    };
  },

  handles: (state, { sample_handles }) => sample_handles,
  move: (state, id, x, y) => samplePlaced(state, x, y),

  grab: sampleGrabbed,

  hover: (state, panel, x, y, { memo, values }) => sampleUnder(state, memo, memo.base, values.box, [x, y]),
  click: (state, panel, x, y, { memo, values }) => (state.editing
    ? sampleClicked(state, memo, memo.base, values.box, [x, y]) : state),
  act: (state, action, { memo }) => sampleAction(state, action, memo.base, FEWEST) ?? state,
  set: (state, key, value, { data }) => (key === "editing" ? editingSet(state, value, data.labels.length)
    : { ...state, [key]: value }),
};
