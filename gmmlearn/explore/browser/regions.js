// Soft regions of the plane: to whom each place would belong, and where two components answer for it alike.
import { LOG_2PI, cholesky } from "./maths.js";

// At the nodes of a grid over the box: the share of each component, and by how much the log joint density of each
// component but the last leads that of the best other one. A component that has collapsed is left out.
/** @param {any} parameters @param {number[]} box @param {number[]} shape Nodes along each axis. */
export function softGrid({ weights, means, covariances }, [x0, x1, y0, y1], [nx, ny]) {
  const K = weights.length;
  const count = nx * ny;
  const joint = new Float64Array(K * count).fill(-Infinity);
  for (let k = 0; k < K; k++) {
    const factor = cholesky(covariances[k]);
    if (!factor) continue;
    const [l11, l21, l22] = factor;
    const [mx, my] = means[k];
    const top = Math.log(weights[k]) - LOG_2PI - Math.log(l11) - Math.log(l22);
    for (let i = 0; i < nx; i++) {
      const a = (x0 + ((x1 - x0) * i) / (nx - 1) - mx) / l11;
      const first = top - 0.5 * a * a;
      const shift = my + l21 * a;
      for (let j = 0; j < ny; j++) {
        const b = (y0 + ((y1 - y0) * j) / (ny - 1) - shift) / l22;
        joint[k * count + j * nx + i] = first - 0.5 * b * b;
      }
    }
  }
  return sharedOut(joint, K, count);
}

/** @param {Float64Array} joint @param {number} K @param {number} count */
function sharedOut(joint, K, count) {
  const shares = new Float64Array(K * count);
  const leads = new Float64Array((K - 1) * count);
  for (let node = 0; node < count; node++) {
    let [best, second, winner] = [-Infinity, -Infinity, 0];
    for (let k = 0; k < K; k++) {
      const value = joint[k * count + node];
      if (value > best) [second, best, winner] = [best, value, k];
      else if (value > second) second = value;
    }
    if (best === -Infinity) continue;
    let total = 0;
    for (let k = 0; k < K; k++) total += shares[k * count + node] = Math.exp(joint[k * count + node] - best);
    for (let k = 0; k < K; k++) shares[k * count + node] /= total;
    for (let k = 0; k < K - 1; k++) leads[k * count + node] = joint[k * count + node] - (k === winner ? second : best);
  }
  return { shares, leads };
}
