// A way without dragging for all that can be dragged: choose it, then give numbers or click its new place.
import { element, freshId } from "./dom.js";

/** @typedef {import("./types.js").Handle} Handle */

/** @param {(id: string, x: number, y: number) => void} move */
export function moveBar(move) {
  const select = /** @type {HTMLSelectElement} */ (element("select", { id: freshId("move") }));
  const [across, up] = ["across", "up"].map((name) =>
    /** @type {HTMLInputElement} */ (element("input", { type: "number", step: "any", id: freshId(name) })));
  const aim = element("button", { type: "button", "aria-pressed": "false" }, "Click its new place");
  const node = element("details", { class: "gmmx-move" },
    element("summary", {}, "Move without dragging"),
    element("div", { class: "gmmx-row" },
      element("span", { class: "gmmx-field" }, element("label", { for: select.id }, "Move"), select),
      element("span", { class: "gmmx-field" }, element("label", { for: across.id }, "across"), across),
      element("span", { class: "gmmx-field" }, element("label", { for: up.id }, "up"), up), aim));
  /** @type {Handle[]} */
  let handles = [];
  let shown = "";
  let aiming = false;
  const chosen = () => handles.find(({ id }) => id === select.value);
  /** @param {boolean} on */
  const setAim = (on) => {
    aiming = on;
    aim.setAttribute("aria-pressed", String(on));
  };
  const byNumbers = () => {
    const [x, y] = [across, up].map((input) => (input.value === "" ? NaN : Number(input.value)));
    if (chosen() && Number.isFinite(x) && Number.isFinite(y)) move(select.value, x, y);
  };
  const fill = () => {
    const handle = chosen();
    if (!handle) return;
    for (const [input, value] of /** @type {[HTMLInputElement, number][]} */ ([[across, handle.x], [up, handle.y]]))
      if (document.activeElement !== input || input.dataset.of !== select.value)
        Object.assign(input, { value: String(Number(value.toPrecision(4))) }).dataset.of = select.value;
  };
  for (const input of [across, up]) {
    input.addEventListener("change", byNumbers);
    input.addEventListener("blur", fill);
  }
  select.addEventListener("change", fill);
  aim.addEventListener("click", () => setAim(!aiming));

  return {
    node,
    /** @param {Handle[]} fresh @param {Record<string, any>} frames */
    update(fresh, frames) {
      handles = fresh.filter(({ panel }) => frames[panel]);
      node.hidden = !handles.length;
      const names = handles.map(({ id, label }) => `${id}\n${label}`).join("\n\n");
      if (names !== shown) {
        const before = select.value;
        select.replaceChildren(...handles.map(({ id, label }) => element("option", { value: id }, label)));
        if (handles.some(({ id }) => id === before)) select.value = before;
        shown = names;
      }
      fill();
    },
    /** Whether a click in the picture was meant for this. @param {string} panel @param {number} x @param {number} y */
    clicked(panel, x, y) {
      const handle = aiming && chosen();
      if (!handle || handle.panel !== panel) return false;
      setAim(false);
      move(handle.id, x, y);
      return true;
    },
  };
}
