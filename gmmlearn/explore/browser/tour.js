// A tour of an exploration for the first minute. Each step is a box in the flow of the page, beside what it speaks of,
// so that it covers nothing. Once left, it is not shown again by itself.
import { element, freshId, say } from "./dom.js";

const LEFT = "gmmlearn-tour-left";

// A page may be refused its storage, or have none; then nothing is remembered.
/** @returns {Storage | null} */
export function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function wasLeft() {
  try {
    return storage()?.getItem(LEFT) === "yes";
  } catch {
    return false;
  }
}

function remember() {
  try {
    storage()?.setItem(LEFT, "yes");
  } catch {
    // Full, or refused: the tour may be shown again.
  }
}

/**
 * @param {{at: string, say: string}[] | undefined} steps `at` selects what a step speaks of, below the root.
 * @param {() => HTMLElement} rootOf
 */
export function tour(steps, rootOf) {
  if (!steps) return { node: "", start() {} };
  const title = element("p", { id: freshId("tour") });
  const text = element("p", { id: freshId("tour") });
  const back = element("button", { type: "button", onclick: () => go(step - 1) }, "Back");
  // It has the focus from step to step, and a screen reader reads the step with its name.
  const next = element("button", { type: "button", "aria-describedby": `${title.id} ${text.id}`,
    onclick: () => (step + 1 < steps.length ? go(step + 1) : leave()) });
  const close = element("button", { type: "button", onclick: () => leave() }, "Leave the tour");
  const box = element("div", { class: "gmmx-tour", role: "group", "aria-labelledby": title.id }, title, text,
    element("div", { class: "gmmx-row" }, back, next, close));
  const again = element("button", { type: "button", onclick: () => begin() }, "Take the tour");
  let step = -1;
  /** @type {Element | null} */
  let lit = null;

  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  });

  function unlight() {
    lit?.classList.remove("gmmx-toured");
    lit = null;
  }
  /** @param {number} to @param {boolean} [quietly] Without taking the focus. */
  function go(to, quietly = false) {
    const root = rootOf();
    unlight();
    step = to;
    const { at, say: words } = steps?.[to] ?? { at: "", say: "" };
    say(title, `Tour, step ${to + 1} of ${steps?.length}`);
    say(text, words);
    back.hidden = to === 0;
    say(next, to + 1 === steps?.length ? "Done" : "Next");
    close.hidden = to + 1 === steps?.length;
    lit = root.querySelector(at);
    lit?.classList.add("gmmx-toured");
    // Before the part of the page in which it is: a sign of the picture is in the picture.
    let part = lit;
    while (part && part.parentElement !== root) part = part.parentElement;
    if (part) part.before(box);
    else root.prepend(box);
    if (quietly) return;
    next.focus({ preventScroll: true });
    lit?.scrollIntoView({ block: "nearest" });
    box.scrollIntoView({ block: "nearest" });
  }
  function begin() {
    again.hidden = true;
    go(0);
  }
  function leave() {
    const had = box.contains(document.activeElement);
    unlight();
    box.remove();
    again.hidden = false;
    remember();
    if (had) again.focus();
  }

  return {
    node: again,
    /** Shows the first step to whoever has not left the tour yet; the focus stays where it is. */
    start() {
      if (wasLeft()) return;
      again.hidden = true;
      go(0, true);
    },
  };
}
