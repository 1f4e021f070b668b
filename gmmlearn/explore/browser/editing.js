// Samples in the reader's hand: which of them are elsewhere than they were, which are away, and which one is held.
// Each sample has the number that it has in the data; samples that were added follow.

/** @typedef {import("./types.js").State} State */

const KEYS = {
  PageDown: "sample_next", N: "sample_next", PageUp: "sample_previous", P: "sample_previous",
  Delete: "sample_remove", Backspace: "sample_remove",
};

/** @param {ArrayLike<number>} base @param {State} state */
function placed(base, { added = [], moved = [] }) {
  const X = new Float64Array(base.length + 2 * added.length);
  X.set(base);
  X.set(added.flat(), base.length);
  for (const [i, x, y] of moved) [X[2 * i], X[2 * i + 1]] = [x, y];
  return X;
}

/** The samples that are there. @param {ArrayLike<number>} base @param {State} state @returns {Float64Array} */
export function edited(base, state) {
  const X = placed(base, state);
  if (!state.removed?.length) return X;
  const away = new Set(state.removed);
  return X.filter((_, j) => !away.has(j >> 1));
}

/** Whether what is elsewhere or away are samples, and enough are left. @param {State} state @param {number} count @param {number} fewest */
export const editsFit = ({ moved = [], removed = [] }, count, fewest = 1) =>
  [...moved.map(([i]) => i), ...removed].every((i) => i < count) && count - removed.length >= fewest;

/** A text that is the same while the samples are. @param {State} state */
export const editsKey = ({ added = [], moved = [], removed = [] }) => JSON.stringify([added, moved, removed]);

/** The handle of the sample that is held. @param {State} state @param {ArrayLike<number>} base @param {string} panel */
export function sampleHandle(state, base, panel) {
  const { picked, editing, removed } = state;
  if (!editing || picked < 0) return [];
  const X = placed(base, state);
  if ( 2 * picked >= X.length || removed.includes(picked)) return [];
  const [x, y] = [X[2 * picked], X[2 * picked + 1]];
  return [{ id: "sample", label: `Sample ${picked + 1} of ${X.length / 2}`, panel, component: 4, x, y, keys: KEYS,
    text: `Sample ${picked + 1}: x ${x.toFixed(2)}, y ${y.toFixed(2)}` }];
}

/** @param {State} state @param {number} x @param {number} y @returns {State} */
export const samplePlaced = (state, x, y) => ({
  ...state, moved: [...state.moved.filter(([i]) => i !== state.picked), [state.picked, x, y]],
});

/** The next sample that is there, from one that may be away. @param {State} state @param {number} count @param {number} way */
function following({ picked, removed }, count, way) {
  for (let i = 1; i <= count; i++) {
    const next = (picked + way * i + 2 * count) % count;
    if (!removed.includes(next)) return next;
  }
  return -1;
}

/**
 * What the keys and buttons of samples do; `fewest` is how many have to be left.
 * @param {State} state @param {string} action @param {ArrayLike<number>} base @param {number} fewest @returns {State | null}
 */
export function sampleAction(state, action, base, fewest) {
  const count = base.length / 2 + (state.added ?? []).length;
  if (action === "sample_next" || action === "sample_previous")
    return { ...state, picked: following(state, count, action === "sample_next" ? 1 : -1) };
  if (action === "samples_back") return { ...state, moved: [], removed: [], ...(state.added && { added: [] }) };
  if (action !== "sample_remove") return null;
  if (state.picked < 0 || count - state.removed.length <= fewest || state.removed.includes(state.picked)) return state;
  const removed = [...state.removed, state.picked];
  return { ...state, removed, picked: following({ ...state, removed }, count, 1) };
}

/** Begins or ends the editing, with the first sample in the hand. @param {State} state @param {boolean} editing @param {number} count */
export const editingSet = (state, editing, count) => ({ ...state, editing,
  picked: !editing || state.picked >= 0 ? state.picked : following({ ...state, picked: -1 }, count, 1) });

/**
 * The sample nearest to a place, within a twenty-fifth of the axes, or -1.
 * @param {State} state @param {ArrayLike<number>} base @param {number[]} box @param {number} x @param {number} y
 */
function nearest(state, base, [x0, x1, y0, y1], x, y) {
  const X = placed(base, state);
  const away = new Set(state.removed);
  let [best, found] = [0.04 ** 2, -1];
  for (let i = 0; i < X.length / 2; i++) {
    const distance = ((X[2 * i] - x) / (x1 - x0)) ** 2 + ((X[2 * i + 1] - y) / (y1 - y0)) ** 2;
    if (distance < best && !away.has(i)) [best, found] = [distance, i];
  }
  return found;
}

/** A sample that was grabbed is kept, as one that was clicked. @param {State} state @param {string} id @param {any} context */
export function sampleGrabbed(state, id, { memo }) {
  if (id === "sample") memo.keeps = true;
}

// The mouse takes up the sample that it comes near; one that was clicked or dragged stays until another is clicked,
// so that the way to a button does not change it.
/** @param {State} state @param {any} memo @param {ArrayLike<number>} base @param {number[]} box @param {number[]} place */
export function sampleUnder(state, memo, base, box, place) {
  if (!state.editing || memo.keeps) return state;
  const found = nearest(state, base, box, place[0], place[1]);
  return found < 0 || found === state.picked ? state : { ...state, picked: found };
}

/** @param {State} state @param {any} memo @param {ArrayLike<number>} base @param {number[]} box @param {number[]} place */
export function sampleClicked(state, memo, base, box, place) {
  const found = nearest(state, base, box, place[0], place[1]);
  memo.keeps = found >= 0;
  return found < 0 ? state : { ...state, picked: found };
}
