// Gaussian mixtures in the browser. A test runs these same lines and compares them with NumPy to 1e-6.
// Samples are flat typed arrays (x0, y0, x1, y1, ...); parameters are nested arrays with the contract's names.

export const LOG_2PI = Math.log(2 * Math.PI);

export const sum = (values) => values.reduce((total, value) => total + value, 0);
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
/** A place within a box of limits, one pair for each coordinate. @param {number[]} place @param {number[][]} box */
export const inside = (place, box) => place.map((value, j) => clamp(value, box[j][0], box[j][1]));
export const evenly = (low, high, count) =>
  Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

export const gaussianDensity = (x, mean, variance) =>
  Math.exp((-0.5 * (x - mean) ** 2) / variance) / Math.sqrt(2 * Math.PI * variance);

// Lower triangle [l11, l21, l22] of the Cholesky factor; null where the matrix is not positive definite.
export function cholesky([[a, b], [, c]]) {
  if (!(a > 0)) return null;
  const l11 = Math.sqrt(a);
  const l21 = b / l11;
  const rest = c - l21 * l21;
  return rest > 0 ? [l11, l21, Math.sqrt(rest)] : null;
}

// Variances along the principal axes, the larger first, and the angle of the first axis in radians.
export function principalAxes([[a, b], [, c]]) {
  const middle = (a + c) / 2;
  const half = Math.hypot((a - c) / 2, b);
  return { variances: [middle + half, middle - half], angle: 0.5 * Math.atan2(2 * b, a - c) };
}

export function covarianceFromAxes(angle, [first, second]) {
  const [u, v] = [Math.cos(angle), Math.sin(angle)];
  const [p, q] = [first * first, second * second];
  return [
    [p * u * u + q * v * v, (p - q) * u * v],
    [(p - q) * u * v, p * v * v + q * u * u],
  ];
}

// The angle of the first axis in degrees, -180 to 180, when the end of axis j is (dx, dy) from the mean.
export function angleOfAxis(dx, dy, j) {
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI - 90 * j;
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/** A mixture from the flat arrays that Python sends. @param {Record<string, ArrayLike<number>>} flat */
export function mixtureOf({ weights, means, covariances }) {
  const components = Array.from(weights, (_, k) => k);
  return {
    weights: Array.from(weights),
    means: components.map((k) => [means[2 * k], means[2 * k + 1]]),
    covariances: components.map((k) => [0, 2].map((row) => [covariances[4 * k + row], covariances[4 * k + row + 1]])),
  };
}

// (n * K) log weight + log density, row by row; null where a covariance is not positive definite.
export function logJoint(X, { weights, means, covariances }) {
  const n = X.length / 2;
  const K = weights.length;
  const joint = new Float64Array(n * K);
  for (let k = 0; k < K; k++) {
    const factor = cholesky(covariances[k]);
    if (!factor) return null;
    const [l11, l21, l22] = factor;
    const [mx, my] = means[k];
    const constant = Math.log(weights[k]) - LOG_2PI - Math.log(l11) - Math.log(l22);
    const [across, up] = [1 / l11, 1 / l22];
    for (let i = 0; i < n; i++) {
      const a = (X[2 * i] - mx) * across;
      const b = (X[2 * i + 1] - my - l21 * a) * up;
      joint[i * K + k] = constant - 0.5 * (a * a + b * b);
    }
  }
  return joint;
}

// Responsibilities (n * K) and the log density of each sample, from the log joint.
export function posterior(joint, K) {
  const n = joint.length / K;
  const responsibilities = new Float64Array(n * K);
  const logDensities = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * K;
    let top = -Infinity;
    for (let k = 0; k < K; k++) if (joint[row + k] > top) top = joint[row + k];
    let total = 0;
    for (let k = 0; k < K; k++) {
      responsibilities[row + k] = Math.exp(joint[row + k] - top);
      total += responsibilities[row + k];
    }
    for (let k = 0; k < K; k++) responsibilities[row + k] /= total;
    logDensities[i] = top + Math.log(total);
  }
  return { responsibilities, logDensities };
}

// Density of a mixture on a grid of nx by ny nodes over the box [x0, x1, y0, y1]; rows run along x.
export function densityGrid(parameters, [x0, x1, y0, y1], nx, ny) {
  const grid = new Float64Array(nx * ny);
  parameters.weights.forEach((weight, k) => {
    const factor = cholesky(parameters.covariances[k]);
    if (!factor) return;
    const [l11, l21, l22] = factor;
    const [mx, my] = parameters.means[k];
    const top = weight / (2 * Math.PI * l11 * l22);
    for (let i = 0; i < nx; i++) {
      const a = (x0 + ((x1 - x0) * i) / (nx - 1) - mx) / l11;
      const first = 0.5 * a * a;
      for (let j = 0; j < ny; j++) {
        const b = (y0 + ((y1 - y0) * j) / (ny - 1) - my - l21 * a) / l22;
        grid[j * nx + i] += top * Math.exp(-first - 0.5 * b * b);
      }
    }
  });
  return grid;
}

export function maximumIndex(values, from = 0, count = values.length) {
  let best = from;
  for (let k = from + 1; k < from + count; k++) if (values[k] > values[best]) best = k;
  return best - from;
}

// The i-th number of the stream `seed`, uniform on [0, 1): Mulberry32, whose state is a counter, so that any
// number of the stream can be had without those before it and NumPy can make the same ones at once.
export function uniform(seed, i) {
  let a = (Math.imul(seed, 0x9e3779b1) + Math.imul(i + 1, 0x6d2b79f5)) | 0;
  a = Math.imul(a ^ (a >>> 15), a | 1);
  a ^= a + Math.imul(a ^ (a >>> 7), a | 61);
  return ((a ^ (a >>> 14)) >>> 0) / 4294967296;
}

// Two independent standard normals (Box and Muller) from the i-th pair of the stream.
function normalPair(seed, i) {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, 2 * i)));
  const angle = 2 * Math.PI * uniform(seed, 2 * i + 1);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/**
 * The first samples of a mixture in the plane, and their labels, for a seed.
 * @param {number} n @param {number} seed @param {any} mixture
 */
export function mixtureSamples(n, seed, { weights, means, covariances }) {
  const labels = new Int32Array(n);
  const X = new Float64Array(2 * n);
  const factors = covariances.map(cholesky);
  for (let i = 0; i < n; i++) {
    const u = uniform(2 * seed, i);
    let k = 0;
    for (let below = weights[0]; u >= below && k < weights.length - 1; below += weights[k]) k++;
    const [a, b] = normalPair(2 * seed + 1, i);
    const [l11, l21, l22] = factors[k];
    labels[i] = k;
    X[2 * i] = means[k][0] + l11 * a;
    X[2 * i + 1] = means[k][1] + l21 * a + l22 * b;
  }
  return { labels, X };
}
