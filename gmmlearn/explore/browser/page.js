// The door of the static page: the same view, with a model that lives in the page alone, and its state in the address.
import { addressOf, parsed, stateFrom } from "./address.js";
import { EXPLORATIONS } from "./widget.js";
import { ask } from "./quiz.js";
import { decoded, drawable } from "./states.js";
import { storage } from "./tour.js";
import { show } from "./view.js";

// Browsers take about a hundred changes of an address in half a minute.
const ADDRESS_MS = 500;

/** @param {Record<string, any>} parts @param {() => void} saved @returns {import("./types.js").HostModel} */
function localModel(parts, saved) {
  /** @type {Record<string, (() => void)[]>} */
  const handlers = {};
  return {
    get: (name) => parts[name],
    set(name, value) {
      parts[name] = value;
      for (const handler of handlers[`change:${name}`] ?? []) handler();
    },
    save_changes: saved,
    on: (event, handler) => (handlers[event] ??= []).push(handler),
    off(event, handler) {
      handlers[event] = (handlers[event] ?? []).filter((other) => other !== handler);
    },
  };
}

/** @param {string} text */
function bytes(text) {
  const raw = atob(text);
  return new DataView(Uint8Array.from(raw, (character) => character.charCodeAt(0)).buffer);
}

/** The state that the address gives a picture, if it can be drawn. @param {string} name @param {any} parts */
function linked(name, { spec, initial, data }) {
  const [named, given] = parsed(location.hash);
  const state = named === name && Object.keys(given ?? {}).length ? stateFrom(given, initial, spec) : null;
  return state && drawable(EXPLORATIONS[spec.name], state, decoded(data)) ? state : null;
}

// Fills every element that names an exploration with `data-exploration`.
/** @param {Record<string, any>} library */
export function open(library) {
  /** @type {Record<string, number>} */
  const count = {};
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-exploration]"))) {
    const { spec, state, data } = library[place.dataset.exploration ?? ""];
    const packed = Object.fromEntries(Object.entries(data).map(([name, text]) => [name, bytes(text)]));
    const parts = { spec, data: packed, initial: state, state, given: {}, request: 0, source: "browser", note: "" };
    count[spec.name] = (count[spec.name] ?? 0) + 1;
    // In the address the second picture of a kind is `em.2`.
    const name = count[spec.name] > 1 ? `${spec.name}.${count[spec.name]}` : spec.name;
    const first = linked(name, parts);
    if (first) parts.state = first;
    let timer = 0;
    const model = localModel(parts, () => {
      clearTimeout(timer);
      timer = window.setTimeout(() =>
        history.replaceState(null, "", addressOf(name, parts.state, parts.initial)), ADDRESS_MS);
    });
    show(EXPLORATIONS[spec.name], model, place);
    if (first) place.scrollIntoView();
    window.addEventListener("hashchange", () => {
      const next = linked(name, parts);
      if (!next) return;
      model.set("state", next);
      place.scrollIntoView();
    });
  }
}

const ANSWERS = "gmmlearn-answers";

/** The choices of earlier visits by the key of a question: the first, and the latest. @returns {Record<string, number[]>} */
function answered() {
  try {
    return JSON.parse(storage()?.getItem(ANSWERS) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** @param {{question: string, choice: number}} answer */
function keep({ question, choice }) {
  const answers = answered();
  answers[question] = [answers[question]?.[0] ?? choice, choice];
  try {
    storage()?.setItem(ANSWERS, JSON.stringify(answers));
  } catch {
    // Full, or refused: the next visit begins anew.
  }
}

// Fills every element that brings questions along; what is answered is remembered in the reader's browser.
export function openQuestions() {
  const before = answered();
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".questions"))) {
    const brought = place.querySelector("script");
    if (!brought) continue;
    place.replaceChildren();
    const asked = JSON.parse(brought.textContent ?? "");
    for (const one of asked.questions) one.chosen = before[one.key] ?? one.chosen;
    ask(place, asked, keep);
  }
}
