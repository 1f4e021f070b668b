// Buttons, sliders, choices and the read-out: plain elements made from the scene.
import { lighting } from "./formula.js";
import { compose, fill, nameFor, number } from "./text.js";
import { element, freshId, say, signOf } from "./dom.js";

function button(control, apply) {
  const node = element("button", { type: "button" }, control.label);
  // A button whose turn it is not keeps the focus; the exploration ignores its action.
  const allowed = (scope) => !control.enabled || scope[control.enabled[0]] === control.enabled[1];
  node.addEventListener("click", () => apply.act(control.action));
  const update = (scope) => {
    node.setAttribute("aria-disabled", String(!allowed(scope)));
    if (control.action === "play") say(node, scope.playing ? "Pause" : control.label);
  };
  return { node, update };
}

// A slider of a closed range; `values` lists what its notches mean where they are not evenly spaced.
function slider(control, apply) {
  const id = freshId(control.key);
  const notches = control.values;
  const input = element("input", {
    type: "range", id, min: notches ? 0 : control.min, max: notches ? notches.length - 1 : control.max,
    step: notches ? 1 : control.step,
  });
  const output = element("output", { for: id });
  input.addEventListener("input", () => apply.slide(control.key, notches ? notches[input.value] : Number(input.value)));
  const update = (scope) => {
    if (control.maxOf) input.max = Math.max(1, scope[control.maxOf]);
    const value = scope[control.key];
    // Between two notches it is at the lower one.
    const notch = notches ? notches.findLastIndex((/** @type {number} */ one) => one <= value) : value;
    if (Number(input.value) !== notch) input.value = notch;
    const text = number(value, value === 0 ? 0 : control.digits ?? 0);
    input.setAttribute("aria-valuetext", text);
    say(output, text);
  };
  const label = element("label", { for: id }, control.label);
  return { node: element("span", { class: "gmmx-field" }, label, input, output), update };
}

function select(control, apply) {
  const id = freshId(control.key);
  const input = element("select", { id });
  control.options.forEach(([, label], i) => input.append(element("option", { value: i }, label)));
  input.addEventListener("change", () => apply.set(control.key, control.options[input.value][0]));
  const update = (scope) => {
    input.value = control.options.findIndex(([value]) => value === scope[control.key]);
    // Options that are numbers may be only those below a number of the state.
    if (control.below) control.options.forEach(([value], i) => { input.options[i].hidden = value >= scope[control.below]; });
  };
  return { node: element("span", { class: "gmmx-field" }, element("label", { for: id }, control.label), input), update };
}

function check(control, apply) {
  const input = element("input", { type: "checkbox" });
  input.addEventListener("change", () => apply.set(control.key, input.checked));
  return {
    node: element("label", { class: "gmmx-field" }, input, control.label),
    update: (scope) => { input.checked = Boolean(scope[control.key]); },
  };
}

// Who computes, where there is a choice.
/** @param {[string, string][]} sources @param {(source: string) => void} choose */
export function sourceChoice(sources, choose) {
  const control = { label: "Computed by", key: "source", options: sources };
  const { node, update } = select(control, { set: (/** @type {string} */ key, /** @type {string} */ value) => choose(value) });
  node.hidden = !sources.length;
  return { node, update: (/** @type {string} */ source) => update({ source }) };
}

const KINDS = { button, slider, select, check };

// The first `shown` rows are always there; the others are folded away at first, so that the picture is near the text.
export function toolbar(controls, apply, shown = 9) {
  const rows = controls.map((row) => row.map((control) => ({ control, ...KINDS[control.kind](control, apply) })));
  const lines = rows.map((row) => element("div", { class: "gmmx-row" }, ...row.map((made) => made.node)));
  const node = element("div", { class: "gmmx-controls" }, ...lines.slice(0, shown));
  const folded = element("details", {}, element("summary", {}, "More settings"), ...lines.slice(shown));
  if (lines.length > shown) node.append(folded);
  const update = (scope) => rows.flat().forEach((made) => {
    made.node.hidden = Boolean(made.control.when) && !scope[made.control.when];
    made.update(scope);
  });
  return { node, update };
}

// A two by two matrix in brackets.
function matrixOf({ label, value, digits }) {
  const cells = [0, 1, 2, 3].map(() => element("span"));
  const node = element("p", { class: "gmmx-matrix" }, label, element("span", { class: "gmmx-entries" }, ...cells));
  return { node, update: (scope) => scope[value].flat().forEach((entry, i) => say(cells[i], number(entry, digits))) };
}

// Head of a row of the table: the sign of the component unless the rows are something else, and a name or number.
const nameOf = ({ signs, first, names }, k) => [
  ...(signs === false ? [] : [signOf(k + (first ?? 0))]), String(names?.[k] ?? k),
];

// What is below the picture: a key of the lines, sentences, and a table with a row for each component.
/** @param {any} spec @param {import("./formula.js").Lights} lights */
export function readout(spec, lights) {
  const node = element("div", { class: "gmmx-read" });
  if (spec.legend)
    node.append(element("p", { class: "gmmx-legend", role: "list" }, ...spec.legend.map(({ colour, dash, label }) => {
      const swatch = element("span", { class: "gmmx-swatch", "aria-hidden": "true" });
      swatch.style.borderTopStyle = dash ? "dashed" : "solid";
      swatch.style.borderTopColor = /\d/.test(colour) ? `var(--gmmx-c${colour})` : `var(--gmmx-${colour})`;
      return element("span", { role: "listitem" }, swatch, label);
    })));
  const matrix = spec.matrix ? matrixOf(spec.matrix) : null;
  if (matrix) node.append(matrix.node);
  const lines = (spec.lines ?? []).map((template) => ({ template, node: element("p") }));
  node.append(...lines.map((line) => line.node));
  const table = spec.table ? element("table") : null;
  const caption = element("caption");
  const body = element("tbody");
  /** @type {any} */
  let reach = null;
  if (table) {
    const head = element("tr", {}, ...[spec.table.rows, ...spec.table.columns.map(([label]) => label)]
      .map((label) => element("th", { scope: "col" }, label)));
    table.append(caption, element("thead", {}, head), body);
    reach = element("div", { class: "gmmx-scroll" }, table);
    node.append(reach);
  }
  let cells = [];
  /** @type {any[]} */
  let rows = [];
  const light = (/** @type {any} */ scope) => rows.forEach((row, k) => {
    row.classList.toggle("gmmx-near", scope.lit === k);
    spec.table.parts?.forEach((/** @type {string} */ part, /** @type {number} */ j) =>
      cells[k][j].classList.toggle("gmmx-lit", scope.lit === k && scope.lit_part === part));
  });
  const update = (scope) => {
    matrix?.update(scope);
    lines.forEach(({ template, node: line }) => say(line, compose(template, scope)));
    if (!table) return;
    say(caption, nameFor(spec.table.caption, scope));
    const K = scope[spec.table.each].length;
    if (cells.length !== K) {
      cells = Array.from({ length: K }, () => spec.table.columns.map(() => element("td")));
      rows = cells.map((row, k) => element("tr", {}, element("th", { scope: "row" }, ...nameOf(spec.table, k)), ...row));
      body.replaceChildren(...rows);
      // Cells may be parts of the formula.
      spec.table.parts?.forEach((/** @type {string} */ part, /** @type {number} */ j) =>
        cells.forEach((row, k) => {
          lighting(row[j], () => ({ component: k, part }), lights);
          row[j].addEventListener("click", () => lights.pin({ component: k, part }));
        }));
    }
    cells.forEach((row, k) => row.forEach((cell, j) => say(cell, fill(spec.table.columns[j][1], scope, k))));
    // Only a table that scrolls is a stop of the Tab key.
    const scrolls = reach.scrollWidth > reach.clientWidth;
    if (scrolls === reach.hasAttribute("tabindex")) return;
    const said = { tabindex: "0", role: "group", "aria-label": nameFor(spec.table.caption, scope) };
    for (const [name, value] of Object.entries(said))
      if (scrolls) reach.setAttribute(name, value);
      else reach.removeAttribute(name);
  };
  return { node, update, light };
}
