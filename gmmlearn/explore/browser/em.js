// Exploration 6: EM, half an iteration at a time. A state holds where each run starts and how many half steps
// it has gone; everything else is computed from that, so that one can scrub back and forth.
import { isCovariance, isShare } from "./address.js";
import { edited, editingSet, editsFit, editsKey, sampleAction, sampleClicked, sampleGrabbed, sampleHandle, samplePlaced, sampleUnder } from "./editing.js";
import { endOf, phaseOf, shortOf, shownOf } from "./em_shown.js";
import { emFrame, lloyd, mStep, oneHot, randomSamples, runEM, spreadSamples, variancesOf } from "./em_steps.js";
import { densityGrid, uniform } from "./maths.js";
import { pullsOn } from "./pulls.js";
import { softGrid } from "./regions.js";

const SHAPE = [81, 61];
// Colours that run into each other need fewer nodes than lines.
const SOFT_SHAPE = [41, 31];
const LEVELS = [0.02, 0.06, 0.12, 0.2, 0.32, 0.48, 0.66, 0.85];

const baseOf = ({ data: name, n_samples }, data) => data[name].subarray(0, name === "clusters" ? 2 * n_samples : undefined);

export function samples(state, data, memo) {
  const key = `${state.data} ${state.n_samples} ${editsKey(state)}`;
  if (memo.samplesKey !== key) {
    memo.samples = edited(baseOf(state, data), state);
    memo.samplesKey = key;
    memo.scale = variancesOf(memo.samples);
    memo.runs = {};
  }
  return memo.samples;
}

// The parameters from which a run starts.
function startOf(X, { n_components: K, start, covariance_type, reg_covar }, seed) {
  const options = { covariance_type, reg_covar };
  if (start === "samples") {
    const whole = mStep(X, new Float64Array(X.length / 2).fill(1), 1, options).covariances[0];
    return {
      weights: Array(K).fill(1 / K),
      means: randomSamples(X, K, seed),
      covariances: Array.from({ length: K }, () => whole.map((row) => row.map((value) => value / K))),
    };
  }
  if (start === "kmeans") return mStep(X, oneHot(lloyd(X, spreadSamples(X, K, seed)).labels, K), K, options);
  const random = Float64Array.from({ length: (X.length / 2) * K }, (_, i) => uniform(seed, i));
  for (let i = 0; i < random.length; i += K) {
    const total = random.subarray(i, i + K).reduce((a, b) => a + b, 0);
    for (let k = i; k < i + K; k++) random[k] /= total;
  }
  return mStep(X, random, K, options);
}

function restarted(state, data, memo) {
  const X = samples(state, data, memo);
  const seeds = state.compare ? [state.seed, state.seed + 1] : [state.seed];
  return { ...state, runs: seeds.map((seed) => startOf(X, state, seed)), step: 0, last: 0, playing: false };
}

// Frames of a run as far as they are needed; kept while the start stays the same.
function framesOf(start, X, last, { covariance_type, reg_covar }, memo, slot) {
  const key = JSON.stringify([start, covariance_type, reg_covar]);
  if (memo.runs[slot]?.key !== key)
    memo.runs[slot] = { key, frames: [emFrame(X, start, null, memo.scale)] };
  return runEM(memo.runs[slot].frames, X, last, { covariance_type, reg_covar }, memo.scale);
}

/** Whether a run has the parameters of K components. @param {any} run @param {number} K */
export const runFits = ({ weights, means, covariances }, K) => isShare(weights) && covariances.every(isCovariance)
  && [weights, means, covariances].every((part) => part.length === K) && means.every((mean) => mean.length === 2);

// The parameters of a run at the present step. Before the first M-step they are those of the start, which the state
// holds; what a kernel computed may be older.
function here(state, values, suffix) {
  return state.step < 2 && !values?.gliding ? state.runs[suffix ? 1 : 0] : parametersOf(values, suffix);
}

function parametersOf(values, suffix) {
  const [weights, means, covariances] = ["weights", "means", "covariances"].map((name) => values[`${name}${suffix}`]);
  return { weights, means, covariances };
}

export const em = {
  compute(state, data, memo) {
    const X = samples(state, data, memo);
    const last = Math.max(state.last, state.step);
    const values = { X };
    state.runs.forEach((start, slot) => {
      const frames = framesOf(start, X, Math.floor(last / 2), state, memo, slot);
      const shown = shownOf(frames, state.step, last);
      for (const [name, value] of Object.entries(shown)) values[slot ? `${name}_b` : name] = value;
    });
    return values;
  },

  derive(state, values, data, memo) {
    const { X, trace, bounds, trace_steps, collapsed, converged_at, log_likelihood } = values;
    if (memo.boxKey !== memo.samplesKey) Object.assign(memo, { boxKey: memo.samplesKey, box: boxOf(X) });
    const box = memo.box;
    const extra = { box, shape: SHAPE, soft_shape: SOFT_SHAPE };
    for (const suffix of state.runs.length > 1 ? ["", "_b"] : [""]) {
      const parameters = parametersOf(values, suffix);
      if (state.regions) {
        const { shares, leads } = softGrid(parameters, box, SOFT_SHAPE);
        Object.assign(extra, { [`soft_shares${suffix}`]: shares, [`soft_leads${suffix}`]: leads });
      }
      if (!state.contours) continue;
      const grid = densityGrid(parameters, box, ...SHAPE);
      const top = grid.reduce((a, b) => Math.max(a, b), 0);
      extra[`grid${suffix}`] = grid;
      extra[`levels${suffix}`] = LEVELS.map((share) => share * top);
    }
    const heights = [trace, state.bound_shown && bounds, values.trace_b, state.bound_shown && values.bounds_b]
      .flatMap((line) => (line ? [...line] : [])).filter(Number.isFinite);
    const [low, high] = heights.length ? [Math.min(...heights), Math.max(...heights)] : [-1, 0];
    const room = Math.max(0.08 * (high - low), 0.005);
    const t = Math.floor(state.step / 2);
    const at = Math.min(state.step, trace.length - 1);
    return {
      ...extra,
      ...pullsOn(X, values.responsibilities, values.means, state.watched),
      trace_box: [-0.2, Math.max(5, Math.ceil(Math.max(state.last, state.step) / 2)) + 0.2, low - room, high + room],
      here: at >= 0 ? [[trace_steps[at], trace[at]]] : [],
      furthest: Math.max(state.last, state.step),
      sized: state.data === "clusters",
      iteration: t,
      n: X.length / 2,
      // More components than are told apart at a glance have their numbers beside them.
      many: state.n_components > 6,
      numbers: values.weights.map((_, k) => String(k)),
      next: state.step % 2 ? "M" : "E",
      phase: phaseOf(state.step, t, collapsed, state.kindergarten),
      short: shortOf(state.step, collapsed, converged_at > 0 && t >= converged_at),
      end: endOf(state, converged_at, t, memo.scale),
      height: collapsed >= 0 ? Infinity : log_likelihood,
      sample_handles: sampleHandle(state, baseOf(state, data), "a"),
    };
  },

  agrees(state, data) {
    const { n_components: K, runs, added, removed } = state;
    const count = baseOf(state, data).length / 2 + added.length;
    return runs.length < 3 && runs.every((run) => runFits(run, K)) && editsFit(state, count) && count - removed.length >= K;
  },

  handles(state, values) {
    const of = (suffix, panel, name) => here(state, values, suffix).means.map(([x, y], k) => ({
      id: `mean${suffix} ${k}`, label: `${name}Mean of component ${k}`, panel, component: k, x, y,
      bare: state.kindergarten,
    }));
    const handles = of("", "a", state.compare ? "Run A: " : "");
    if (state.runs.length > 1) handles.push(...of("_b", "b", "Run B: "));
    if (state.adding) handles.push({ id: "cursor", label: "Place for a new point; Enter adds it", panel: "a", component: 4,
      x: state.cursor[0], y: state.cursor[1], press: "add" });
    return [...handles, ...values.sample_handles];
  },

  // A dragged mean starts a new run from the parameters on the screen; its colours follow at once if `live`.
  move(state, id, x, y, context) {
    if (id === "cursor") return { ...state, cursor: [x, y] };
    if (id === "sample") return samplePlaced(state, x, y);
    const [kind, index] = id.split(" ");
    const values = state.step < 2 ? null : context.values;
    const runs = state.runs.map((_, slot) => {
      const suffix = slot ? "_b" : "";
      const now = here(state, values, suffix);
      const moved = (k) => kind === `mean${suffix}` && k === Number(index);
      return { ...now, means: now.means.map((mean, k) => (moved(k) ? [x, y] : mean)) };
    });
    const step = state.live ? 1 : 0;
    return { ...state, runs, step, last: step, playing: false };
  },

  grab: sampleGrabbed,

  hover: (state, panel, x, y, { data, memo, values }) => (panel === "a"
    ? sampleUnder(state, memo, baseOf(state, data), values.box, [x, y]) : state),

  click(state, panel, x, y, { data, memo, values }) {
    if (panel !== "a") return state;
    if (state.editing && !state.adding) return sampleClicked(state, memo, baseOf(state, data), values.box, [x, y]);
    if (!state.adding) return state;
    const step = state.live ? 1 : 0;
    return { ...state, added: [...state.added, [x, y]], cursor: [x, y], step, last: step };
  },

  act(state, action, { data, memo, values, limits }) {
    const go = (step) => (step > limits.step[1] ? state
      : { ...state, step, last: Math.max(step, state.last), playing: false });
    const order = [...state.runs[0].weights.keys()];
    if (action === "e" || action === "m") return values.next.toLowerCase() === action ? go(state.step + 1) : state;
    const edit = sampleAction(state, action, baseOf(state, data), Math.max(2, state.n_components));
    if (edit) return edit;
    if (action === "add") return em.click(state, "a", ...state.cursor, { data, memo, values });
    if (action === "new") return restarted({ ...state, seed: state.seed + 2 }, data, memo);
    if (action === "shuffle") {
      const shuffled = [...order.slice(1), order[0]];
      const runs = state.runs.map(({ weights, means, covariances }) => ({
        weights: shuffled.map((k) => weights[k]),
        means: shuffled.map((k) => means[k]),
        covariances: shuffled.map((k) => covariances[k]),
      }));
      return { ...state, runs };
    }
    if (action === "collapse") {
      const X = samples(state, data, memo);
      const [sx, sy] = memo.scale.map((/** @type {number} */ variance) => variance * 1e-4);
      const runs = state.runs.map((_, slot) => {
        const suffix = slot ? "_b" : "";
        return {
          weights: values[`weights${suffix}`],
          means: values[`means${suffix}`].map((mean, k) => (k ? mean : [X[0], X[1]])),
          covariances: values[`covariances${suffix}`].map((old, k) => (k ? old : [[sx, 0], [0, sy]])) };
      });
      return { ...state, runs, reg_covar: 0, covariance_type: "full", step: 0, last: 0, playing: true };
    }
    return state;
  },

  set(state, key, value, { data, memo }) {
    const next = { ...state, [key]: value };
    if (key === "editing") return editingSet(state, value, baseOf(state, data).length / 2 + state.added.length);
    if (key === "data") Object.assign(next, { added: [] });
    if (["data", "n_samples"].includes(key)) Object.assign(next, { moved: [], removed: [], picked: -1, editing: false });
    if (["data", "n_samples", "n_components", "start", "compare"].includes(key)) return restarted(next, data, memo);
    if (["covariance_type", "reg_covar"].includes(key)) return { ...next, step: 0, last: 0 };
    if (key === "step") return { ...next, last: Math.max(state.last, value), playing: false };
    return next;
  },

  tick(state, seconds, { values, memo, limits }) {
    memo.due = (memo.due ?? 0) + state.speed * seconds;
    if (memo.due < 1) return state;
    memo.due = 0;
    const done = (suffix) => {
      const converged = values[`converged_at${suffix}`];
      return values[`collapsed${suffix}`] >= 0 || (converged > 0 && state.step >= 2 * converged + 1);
    };
    const over = done("") && (state.runs.length < 2 || done("_b"));
    if (over || state.step >= limits.step[1]) return { ...state, playing: false };
    return { ...state, step: state.step + 1, last: Math.max(state.last, state.step + 1) };
  },
};

// Room around the samples; the shape is that of the picture.
function boxOf(X) {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < X.length; i += 2) {
    x0 = Math.min(x0, X[i]);
    x1 = Math.max(x1, X[i]);
    y0 = Math.min(y0, X[i + 1]);
    y1 = Math.max(y1, X[i + 1]);
  }
  const [px, py] = [0.08 * (x1 - x0) || 1, 0.08 * (y1 - y0) || 1];
  return [x0 - px, x1 + px, y0 - py, y1 + py];
}
