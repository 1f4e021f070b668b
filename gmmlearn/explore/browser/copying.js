// The picture as Python: lines to read, to select, and to copy by one button.
import { asPython } from "./address.js";
import { element, freshId, say } from "./dom.js";

/** @param {import("./types.js").Scene} spec @param {() => import("./types.js").State} stateNow */
export function copying(spec, stateNow) {
  const id = freshId("python");
  const lines = element("textarea", { id, readonly: true, rows: 6, spellcheck: "false" });
  const said = element("span", { role: "status" });
  const write = () => {
    const text = asPython(spec.name, stateNow(), spec.defaults);
    if (lines.value !== text) lines.value = text;
  };
  const copy = element("button", { type: "button", async onclick() {
    write();
    try {
      await navigator.clipboard.writeText(lines.value);
      say(said, "Copied.");
    } catch {
      // Some hosts keep the clipboard from a page: the lines are selected, and the keys of the system copy them.
      lines.select();
      say(said, "Selected: copy with Ctrl+C or ⌘C.");
    }
  } }, "Copy");
  const node = element("details", { class: "gmmx-python", ontoggle: write },
    element("summary", {}, "This picture as Python"),
    element("label", { for: id }, "Lines that make it in a notebook"), lines,
    element("div", { class: "gmmx-row" }, copy, said));
  return { node, update: () => {
    if (!node.open) return;
    const before = lines.value;
    write();
    if (lines.value !== before) say(said, "");
  } };
}
