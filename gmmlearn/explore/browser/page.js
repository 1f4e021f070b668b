// The door of the static page: the same view, with a model that lives in the page alone.
import { EXPLORATIONS } from "./widget.js";
import { show } from "./view.js";

function localModel(parts) {
  const handlers = {};
  return {
    get: (name) => parts[name],
    set(name, value) {
      parts[name] = value;
      for (const handler of handlers[`change:${name}`] ?? []) handler();
    },
    save_changes() {},
    on: (event, handler) => (handlers[event] ??= []).push(handler),
    off(event, handler) {
      handlers[event] = (handlers[event] ?? []).filter((other) => other !== handler);
    },
  };
}

function bytes(text) {
  const raw = atob(text);
  return new DataView(Uint8Array.from(raw, (character) => character.charCodeAt(0)).buffer);
}

// Fills every element that names an exploration with `data-exploration`.
export function open(library) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-exploration]"))) {
    const { spec, state, data } = library[place.dataset.exploration];
    const decoded = Object.fromEntries(Object.entries(data).map(([name, text]) => [name, bytes(text)]));
    const parts = { spec, data: decoded, initial: state, state, given: {}, request: 0, source: "browser", note: "" };
    show(EXPLORATIONS[spec.name], localModel(parts), place);
  }
}
