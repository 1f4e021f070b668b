// States and arrays as they come from outside: from a kernel, a link or the page.

/** @typedef {import("./types.js").State} State */

/** @param {Record<string, any>} entries */
export const decoded = (entries) => Object.fromEntries(Object.entries(entries).map(([name, value]) => {
  if (!ArrayBuffer.isView(value)) return [name, value];
  return [name, new Float64Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength))];
}));

/** The state without playing; not every exploration plays. @param {State} state @returns {State} */
export const atRest = (state) => ("playing" in state ? { ...state, playing: false } : state);

/**
 * Whether a state can be drawn: what a link or another cell gives may be right in each part, and not as a whole.
 * @param {import("./types.js").Exploration} exploration @param {State} state @param {any} data Arrays.
 */
export function drawable(exploration, state, data) {
  const memo = {};
  try {
    const values = exploration.compute(state, data, memo);
    const scope = { ...state, ...values, ...exploration.derive(state, values, data, memo) };
    const finite = exploration.handles(state, scope).every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
    return finite && (exploration.agrees?.(state, data) ?? true);
  } catch {
    return false;
  }
}
