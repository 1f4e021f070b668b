// A formula with live numbers: each of its terms is a button, and lights up with its row, its bar and its ellipse.
import { element, say } from "./dom.js";
import { fill } from "./text.js";

/** @typedef {import("./light.js").Lit} Lit */

/**
 * @typedef {object} Lights
 * @property {(lit: Lit | null) => void} point Something is pointed at, or nothing any more.
 * @property {(lit: Lit) => void} pin It stays lit until it is chosen again.
 */

/** Lights up while it is pointed at or has the focus. @param {Element} node @param {() => Lit} what @param {Lights} lights */
export function lighting(node, what, { point }) {
  for (const kind of ["pointerenter", "focus"]) node.addEventListener(kind, () => point(what()));
  for (const kind of ["pointerleave", "blur"]) node.addEventListener(kind, () => point(null));
}

// One term: its symbol with the number of the component, its value below, and its name for those who hear it.
/** @param {any} spec @param {number | null} fixed Its component, or null where that is the one the formula is about. @param {Lights} lights */
function term({ part, symbol, says, value }, fixed, lights) {
  const index = element("sub");
  const number = element("span", { class: "gmmx-number" });
  const name = element("span", { class: "gmmx-hidden" });
  const node = element("button", { type: "button", class: "gmmx-term", "aria-pressed": "false" },
    element("span", {}, symbol, index), number, name);
  let component = fixed ?? 0;
  const what = () => ({ component, part });
  lighting(node, what, lights);
  node.addEventListener("click", () => lights.pin(what()));
  return {
    node,
    /** @param {any} scope */
    update(scope) {
      component = fixed ?? scope.about;
      say(index, String(component));
      say(number, fill(value, scope, component));
      say(name, `, ${says} of component ${component}`);
      node.style.setProperty("--gmmx-own", `var(--gmmx-c${component})`);
      node.classList.toggle("gmmx-lit", scope.lit === component && scope.lit_part === part);
      node.classList.toggle("gmmx-near", scope.lit === component);
      node.setAttribute("aria-pressed", String(scope.pinned === `${component} ${part}`));
    },
  };
}

/** @param {import("./types.js").Scene} spec @param {Lights} lights */
export function formula({ formula: spec }, lights) {
  const node = element("div", { class: "gmmx-formula" });
  if (!spec) {
    node.hidden = true;
    return { node, update() {} };
  }
  const caption = element("p");
  const row = element("div", { class: "gmmx-equation", role: "group", "aria-label": spec.label });
  const left = element("span", {}, spec.symbol, element("sub"));
  const over = element("span", { class: "gmmx-over" });
  const under = element("span", { class: "gmmx-under" });
  const result = term(spec.result, null, lights);
  row.append(left, "=", element("span", { class: "gmmx-fraction" }, over, under), "=", result.node);
  node.append(caption, row);
  const factors = spec.over.map((/** @type {any} */ part) => term(part, null, lights));
  over.append(...factors.flatMap((/** @type {any} */ made, /** @type {number} */ i) => (i ? ["·", made.node] : [made.node])));
  /** @type {any[]} */
  let summands = [];
  return {
    node,
    /** @param {any} scope */
    update(scope) {
      const K = scope[spec.each].length;
      if (summands.length !== K) {
        summands = Array.from({ length: K }, (_, k) => term(spec.under, k, lights));
        under.replaceChildren(...summands.flatMap((made, k) => (k ? ["+", made.node] : [made.node])));
      }
      say(caption, fill(spec.caption, scope));
      say(left.lastChild, String(scope.about));
      for (const made of [...factors, ...summands, result]) made.update(scope);
    },
  };
}
