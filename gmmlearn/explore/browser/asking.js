// A question about the present state, with buttons of its own: the answer is a part of the state.
import { element, freshId, say } from "./dom.js";

/**
 * @param {any} spec `key` is the part that holds the answer, -1 while there is none; `of` names the part that chooses
 *   one of `items`; an item has `ask`, `choices` and perhaps `reasons`, one for each choice. Without reasons the value
 *   `told` is said, and before the question the value `lead`. `actions` are the buttons.
 * @param {{set: (key: string, value: any) => void, act: (action: string) => void}} apply
 */
export function asking(spec, apply) {
  if (!spec) return { node: "", update() {} };
  const lead = element("p", { hidden: !spec.lead });
  const legend = element("legend");
  const choices = element("div", { class: "gmmx-choices" });
  const said = element("p", { class: "gmmx-feedback", role: "status" });
  const buttons = (spec.actions ?? []).map((/** @type {any} */ control) => ({
    control, node: element("button", { type: "button", onclick: () => apply.act(control.action) }, control.label),
  }));
  const row = element("div", { class: "gmmx-row" }, ...buttons.map((/** @type {any} */ one) => one.node));
  const node = element("div", { class: "gmmx-ask" }, lead, element("fieldset", {}, legend, choices, row, said));
  /** @type {any[]} */
  let inputs = [];
  /** @type {any} */
  let shown = null;
  return {
    node,
    /** @param {any} scope */
    update(scope) {
      const item = spec.items[spec.of ? scope[spec.of] : "all"];
      if (item !== shown) {
        const name = freshId("ask");
        say(legend, item.ask);
        inputs = item.choices.map((/** @type {string} */ _, /** @type {number} */ i) =>
          element("input", { type: "radio", name, onchange: () => apply.set(spec.key, i) }));
        choices.replaceChildren(...item.choices.map((/** @type {string} */ text, /** @type {number} */ i) =>
          element("label", {}, inputs[i], text)));
        shown = item;
      }
      if (spec.lead) say(lead, scope[spec.lead]);
      const chosen = scope[spec.key];
      inputs.forEach((input, i) => { input.checked = i === chosen; });
      for (const { control, node: button } of buttons) {
        button.hidden = Boolean(control.when) && !scope[control.when];
        button.setAttribute("aria-disabled", String(Boolean(control.enabled) && !scope[control.enabled]));
      }
      const verdict = item.answer === chosen ? "Right. " : "Not quite. ";
      if (item.reasons && chosen >= 0) said.dataset.right = String(item.answer === chosen);
      else delete said.dataset.right;
      const remedy = item.remedy && item.answer === chosen ? ` Remedy: ${item.remedy}` : "";
      say(said, item.reasons ? (chosen < 0 ? "" : verdict + item.reasons[chosen] + remedy) : scope[spec.told]);
    },
  };
}
