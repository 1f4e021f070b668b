// E-step, M-step and the starts of EM for samples in the plane.
import { logJoint, maximumIndex, posterior, uniform } from "./maths.js";

// A component this much narrower than the data has collapsed onto a point, in units of the spread of each feature.
const COLLAPSE = 1e-9;

// Variance of each feature.
export function variancesOf(X) {
  const n = X.length / 2;
  let [sx, sy, xx, yy] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    sx += X[2 * i];
    sy += X[2 * i + 1];
  }
  for (let i = 0; i < n; i++) {
    xx += (X[2 * i] - sx / n) ** 2;
    yy += (X[2 * i + 1] - sy / n) ** 2;
  }
  return [xx / n, yy / n];
}

// Weights, means and covariances from responsibilities.
export function mStep(X, responsibilities, K, { covariance_type, reg_covar }) {
  const n = X.length / 2;
  const counts = new Array(K).fill(0);
  const means = Array.from({ length: K }, () => [0, 0]);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < K; k++) {
      const r = responsibilities[i * K + k];
      counts[k] += r;
      means[k][0] += r * X[2 * i];
      means[k][1] += r * X[2 * i + 1];
    }
  means.forEach((mean, k) => {
    mean[0] /= counts[k];
    mean[1] /= counts[k];
  });
  const scatters = means.map(([mx, my], k) => {
    let [a, b, c] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const r = responsibilities[i * K + k];
      const dx = X[2 * i] - mx;
      const dy = X[2 * i + 1] - my;
      a += r * dx * dx;
      b += r * dx * dy;
      c += r * dy * dy;
    }
    return [a / counts[k], b / counts[k], c / counts[k]];
  });
  const weights = counts.map((count) => count / n);
  return { weights, means, covariances: constrained(scatters, weights, covariance_type, reg_covar) };
}

// The covariance types of scikit-learn, made from the full scatters [a, b, c].
function constrained(scatters, weights, covarianceType, regCovar) {
  let rows = scatters;
  if (covarianceType === "tied") {
    const pooled = [0, 1, 2].map((j) => scatters.reduce((total, row, k) => total + weights[k] * row[j], 0));
    rows = scatters.map(() => pooled);
  } else if (covarianceType === "diag") rows = scatters.map(([a, , c]) => [a, 0, c]);
  else if (covarianceType === "spherical") rows = scatters.map(([a, , c]) => [(a + c) / 2, 0, (a + c) / 2]);
  return rows.map(([a, b, c]) => [
    [a + regCovar, b],
    [b, c + regCovar],
  ]);
}

// Index of the first component that has collapsed, or -1.
function collapsedComponent(covariances, [sx, sy]) {
  return covariances.findIndex(([[a, b], [, c]]) => {
    const [u, v, w] = [a / sx, b / Math.sqrt(sx * sy), c / sy];
    return !((u * w - v * v) / (u + w) > COLLAPSE);
  });
}

// Frame t of EM holds the parameters with which iteration t begins, their responsibilities and mean
// log-likelihood, and the lower bound at these parameters under the responsibilities of the frame before.
export function emFrame(X, parameters, before, scale) {
  const K = parameters.weights.length;
  const collapsed = collapsedComponent(parameters.covariances, scale);
  const joint = collapsed < 0 ? logJoint(X, parameters) : null;
  if (!joint) return { ...parameters, collapsed: Math.max(collapsed, 0) };
  const { responsibilities, logDensities } = posterior(joint, K);
  const n = logDensities.length;
  const logLikelihood = logDensities.reduce((total, value) => total + value, 0) / n;
  let bound = null;
  if (before) {
    bound = 0;
    for (let i = 0; i < joint.length; i++)
      if (before[i] > 0) bound += before[i] * (joint[i] - Math.log(before[i]));
    bound /= n;
  }
  return { ...parameters, responsibilities, logLikelihood, bound, collapsed: -1 };
}

// Extends `frames` to frame `last`, or to the frame in which a component collapses.
export function runEM(frames, X, last, options, scale) {
  while (frames.length <= last && frames.at(-1).collapsed < 0) {
    const { responsibilities, weights } = frames.at(-1);
    const next = mStep(X, responsibilities, weights.length, options);
    frames.push(emFrame(X, next, responsibilities, scale));
  }
  return frames;
}

export const oneHot = (labels, K) => {
  const responsibilities = new Float64Array(labels.length * K);
  labels.forEach((label, i) => (responsibilities[i * K + label] = 1));
  return responsibilities;
};

// K different samples, drawn with the stream `seed`.
export function randomSamples(X, K, seed) {
  const n = X.length / 2;
  const chosen = new Set();
  for (let i = 0; chosen.size < Math.min(K, n); i++) chosen.add(Math.floor(uniform(seed, i) * n));
  return [...chosen].map((i) => [X[2 * i], X[2 * i + 1]]);
}

// Lloyd's algorithm from the given centres, until no label changes.
export function lloyd(X, start, maxIterations = 100) {
  const n = X.length / 2;
  const K = start.length;
  let centres = start;
  const labels = new Int32Array(n).fill(-1);
  for (let round = 0; round < maxIterations; round++) {
    let changed = false;
    const totals = Array.from({ length: K }, () => [0, 0, 0]);
    for (let i = 0; i < n; i++) {
      const nearness = centres.map(([x, y]) => -((X[2 * i] - x) ** 2) - (X[2 * i + 1] - y) ** 2);
      const label = maximumIndex(nearness);
      changed ||= labels[i] !== label;
      labels[i] = label;
      totals[label][0] += X[2 * i];
      totals[label][1] += X[2 * i + 1];
      totals[label][2] += 1;
    }
    if (!changed) break;
    centres = totals.map(([x, y, count], k) => (count ? [x / count, y / count] : centres[k]));
  }
  return { labels, centres };
}

// k-means++ start: each further centre is a sample drawn with probability proportional to its squared distance.
export function spreadSamples(X, K, seed) {
  const n = X.length / 2;
  const centres = [randomSamples(X, 1, seed)[0]];
  while (centres.length < K) {
    const distances = Float64Array.from({ length: n }, (_, i) =>
      Math.min(...centres.map(([x, y]) => (X[2 * i] - x) ** 2 + (X[2 * i + 1] - y) ** 2)),
    );
    let left = uniform(seed, 1000 + centres.length) * distances.reduce((total, value) => total + value, 0);
    let i = 0;
    while (i < n - 1 && (left -= distances[i]) > 0) i++;
    centres.push([X[2 * i], X[2 * i + 1]]);
  }
  return centres;
}
