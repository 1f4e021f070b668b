// A state as a text: in the address of a page, and as lines of Python. What a link holds is trusted with nothing.

/** @typedef {import("./types.js").State} State */

/** @param {any} a @param {any} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The parts that are not as they are by default; whether it plays is of the moment. @param {State} state @param {State} base */
const differing = (state, base) => Object.fromEntries(
  Object.entries(state).filter(([name, value]) => name !== "playing" && !same(value, base[name])));

/** Readable where an address allows it: `means=[[0,1],[2,1]]`. @param {any} value */
function written(value) {
  const short = (/** @type {string} */ _, /** @type {any} */ one) =>
    (typeof one === "number" ? Number(one.toPrecision(6)) : one);
  const text = typeof value === "string" ? value : JSON.stringify(value, short);
  return text.replace(/[^\w.,:[\]-]/g, encodeURIComponent);
}

/** @param {string} name @param {State} state @param {State} base */
export function addressOf(name, state, base) {
  const parts = Object.entries(differing(state, base)).map(([part, value]) => `${part}=${written(value)}`);
  return parts.length ? `#${name}?${parts.join("&")}` : `#${name}`;
}

/** Whether a value is of the kind of another, and all its numbers finite. @param {any} value @param {any} model @returns {boolean} */
function fits(value, model) {
  if (Array.isArray(model)) return Array.isArray(value) && value.length <= 10000
    && value.every((item) => !model.length || fits(item, model[0]));
  if (model && typeof model === "object")
    return Boolean(value) && same(Object.keys(value).sort(), Object.keys(model).sort())
      && Object.keys(model).every((name) => fits(value[name], model[name]));
  return typeof value === typeof model && (typeof value !== "number" || Number.isFinite(value));
}

/** @param {any} value @param {any} limits @returns {boolean} */
function within(value, limits) {
  if (!limits) return true;
  if (Array.isArray(limits[0]))
    return Array.isArray(value[0]) ? value.every((/** @type {any} */ one) => within(one, limits))
      : value.every((/** @type {number} */ one, /** @type {number} */ j) => within(one, limits[j]));
  return [value].flat(3).every((one) => one >= (limits[0] ?? -Infinity) && one <= (limits[1] ?? Infinity));
}

/** @param {any} value @param {any[]} shape Shortest and longest that each axis may be. @returns {boolean} */
const shaped = (value, [axis, ...rest]) => (axis
  ? Array.isArray(value) && value.length >= axis[0] && value.length <= (axis[1] ?? Infinity)
    && value.every((item) => shaped(item, rest))
  : !Array.isArray(value));

/** @param {number[][]} matrix */
export const isCovariance = ([[a, b], [c, d]]) =>
  a > 0 && a * d - b * c > 0 && Math.abs(b - c) <= 1e-8 + 1e-5 * Math.abs(c);

/** @param {number[]} weights Rounded as an address has them. */
export const isShare = (weights) =>
  weights.every((weight) => weight > 0) && Math.abs(weights.reduce((a, b) => a + b, 0) - 1) < 1e-3;

/** Whether a value is as its part of the state has to be. @param {any} value @param {any} form @returns {boolean} */
function formed(value, form) {
  if (!form) return true;
  if (!shaped(value, form.shape) || (form.whole && !Number.isInteger(value)) || (form.share && !isShare(value))) return false;
  if (form.covariance && !(form.shape.length > 2 ? value : [value]).every(isCovariance)) return false;
  if (!form.distinct) return true;
  const indices = value.map((/** @type {any} */ row) => (Array.isArray(row) ? row[0] : row));
  return indices.every((/** @type {any} */ i) => Number.isInteger(i) && i >= 0) && new Set(indices).size === indices.length;
}

/** A number, list, truth value or object, or else a text. @param {string} text */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Which exploration an address names, and the parts that it gives. @param {string} hash @returns {[string, State]} */
export function parsed(hash) {
  const [name, text] = hash.slice(1).split(/\?(.*)/s);
  try {
    const pairs = (text ?? "").split("&").filter((pair) => pair.includes("=")).map((pair) => pair.split(/=(.*)/s));
    return [name, Object.fromEntries(pairs.map(([part, value]) => [part, read(decodeURIComponent(value))]))];
  } catch {
    return [name, {}];
  }
}

/**
 * The state with the parts of a link, or null where one of them is none that this exploration can have.
 * @param {State} parts @param {State} base @param {import("./types.js").Scene} spec
 */
export function stateFrom(parts, base, spec) {
  const options = Object.fromEntries(spec.controls.flat().filter((/** @type {any} */ one) => one.options)
    .map((/** @type {any} */ one) => [one.key, one.options.map((/** @type {any} */ option) => option[0])]));
  const good = parts && typeof parts === "object" && Object.entries(parts).every(([name, value]) =>
    name in base && name !== "playing" && fits(value, base[name]) && formed(value, spec.forms?.[name])
    && within(value, spec.limits[name])
    && (typeof value !== "string" || options[name]?.includes(value)));
  return good ? { ...structuredClone(base), ...parts } : null;
}

/** @param {any} value @returns {string} */
function python(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (value && typeof value === "object")
    return `{${Object.entries(value).map(([name, item]) => `"${name}": ${python(item)}`).join(", ")}}`;
  return JSON.stringify(value);
}

/** The lines that make the picture in a notebook. @param {string} name @param {State} state @param {State} base */
export function asPython(name, state, base) {
  const parts = Object.entries(differing(state, base));
  const samples = state.data === "yours" ? "X" : "";
  const put = parts.map(([part, value]) => `    ${part}=${python(value)},\n`).join("");
  return `from gmmlearn import explore\n\npicture = explore.${name}(${samples})\n`
    + `${parts.length ? `picture.put(\n${put})\n` : ""}picture\n`;
}
