// Which samples pull hardest on a mean. In the M-step a mean moves by the sum over all samples of
// r / N times the way from the mean to the sample; the length of one term is the pull of that sample.

const SHOWN = 12;

/** @param {Float64Array} X @param {ArrayLike<number> | null} rows @param {number[][]} means @param {number} k */
export function pullsOn(X, rows, means, k) {
  if (!(k >= 0 && k < means.length)) return { pull_links: [], pull_shares: [], pull_points: [], pull_words: "" };
  if (!rows) {
    const pull_words = `Nothing pulls on component ${k} yet: the E-step has to share out the samples first.`;
    return { pull_links: [], pull_shares: [], pull_points: [], pull_words };
  }
  const [n, K] = [X.length / 2, means.length];
  const [mx, my] = means[k];
  let [count, total, dx, dy] = [0, 0, 0, 0];
  const pulls = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const r = rows[i * K + k];
    const [u, v] = [X[2 * i] - mx, X[2 * i + 1] - my];
    pulls[i] = r * Math.hypot(u, v);
    count += r;
    total += pulls[i];
    dx += r * u;
    dy += r * v;
  }
  const hardest = strongest(pulls);
  const places = hardest.map((i) => [X[2 * i], X[2 * i + 1]]);
  const part = hardest.reduce((sum, i) => sum + pulls[i], 0) / (total || 1);
  return {
    pull_links: places.map((place) => [means[k], place]),
    pull_shares: hardest.map((i) => pulls[i] / (pulls[hardest[0]] || 1)),
    pull_points: places,
    pull_words: `A sample pulls on a mean by r / N times its distance from it: r is its responsibility, N the sum of `
      + `all r. The ${hardest.length} samples that pull hardest on component ${k} make ${(100 * part).toFixed(0)} % of `
      + `all pull. All pulls together move its mean by (${signed(dx / count)}, ${signed(dy / count)}).`,
  };
}

// The places of the largest values, the largest first.
/** @param {Float64Array} values @returns {number[]} */
function strongest(values) {
  /** @type {number[]} */
  const best = [];
  values.forEach((value, i) => {
    if (best.length === SHOWN && value <= values[best[SHOWN - 1]]) return;
    let at = best.length;
    while (at > 0 && values[best[at - 1]] < value) at--;
    best.splice(at, 0, i);
    best.length = Math.min(best.length, SHOWN);
  });
  return best;
}

/** @param {number} value */
const signed = (value) => (Math.abs(value) < 0.005 ? "0.00" : value.toFixed(2).replace("-", "−"));
