// Numbers and sentences: templates such as "mean {mean:2}" are filled from the state and the values.

/** @param {number} power */
export const powerOfTen = (power) =>
  `10${String(power).replace(/./g, (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]))}`;

// A number with `digits` decimals, or in powers of ten where these would hide it.
export function number(value, digits = 2) {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === undefined || value === null) return "–";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (digits > 0 && size > 0 && (size < 0.5 * 10 ** -digits || size >= 1e12)) {
    const [mantissa, exponent] = value.toExponential(1).split("e");
    return `${mantissa.replace("-", "−").replace(".0", "")}·${powerOfTen(Number(exponent))}`;
  }
  // Where four decimals are wanted, an exact zero is worth telling from a small number.
  if (value === 0 && digits > 3) return "0";
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** @param {any} value @param {number} digits @returns {string} */
function shown(value, digits) {
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `(${Array.from(/** @type {number[]} */ (value), (part) => shown(part, digits)).join(", ")})`;
  return number(value, digits);
}

/** A name, or `{when, then, otherwise}`: one of two, by a part of the state. @param {any} name @param {any} scope @returns {string} */
export const nameFor = (name, scope) =>
  (name && typeof name === "object" ? name[scope[name.when] ? "then" : "otherwise"] : name ?? "");

// `{name:digits}` is the value, or its k-th part where k is given; `{k}` counts from zero, as the course does.
export function fill(template, scope, k) {
  return template.replace(/\{(\w+)(?::(\d))?\}/g, (_, name, digits) => {
    if (name === "k") return String(k);
    const value = scope[name];
    const part = k !== undefined && (Array.isArray(value) || ArrayBuffer.isView(value)) ? value[k] : value;
    return shown(part, digits === undefined ? 2 : Number(digits));
  });
}

// A text is a template, or `{each, text, join}`: the template for every part of the value `each`.
export function compose(parts, scope) {
  return [parts].flat().map((part) => {
    if (typeof part === "string") return fill(part, scope);
    const value = scope[part.each];
    return Array.from(value, (_, k) => fill(part.text, scope, k)).join(part.join ?? ", ");
  }).join("");
}
