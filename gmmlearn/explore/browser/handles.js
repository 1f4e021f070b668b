// Handles over the canvas: real elements, so that Tab, arrow keys, touch and screen readers reach them.
import { element, signOf } from "./dom.js";
import { clamp } from "./maths.js";
import { number } from "./text.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// A handle may name actions of its own for keys; with Ctrl, Alt or Meta a key belongs to the browser.
function actionOf({ key, ctrlKey, altKey, metaKey }, { keys }) {
  if (ctrlKey || altKey || metaKey) return undefined;
  return keys?.[key.length === 1 ? key.toUpperCase() : key];
}

/**
 * Positions are in the units of the panel.
 * @typedef {object} Hand
 * @property {(id: string) => import("./types.js").Handle | undefined} find
 * @property {(panel: string, id: string) => void} grab
 * @property {(lit: import("./light.js").Lit | null) => void} point
 * @property {(id: string, x: number, y: number) => void} move
 * @property {() => void} release
 * @property {() => void} cancel Puts back what was grabbed.
 * @property {(action: string) => void} press
 */

/** @param {HTMLElement} picture @param {Hand} on */
export function handleLayer(picture, on) {
  const nodes = new Map();
  let frames = {};

  function make(id) {
    const node = element("div", { class: "gmmx-handle", role: "slider", tabindex: 0, "data-handle": id });
    /** @type {{dx: number, dy: number, pointer: number} | null} */
    let grip = null;
    node.addEventListener("pointerdown", (event) => {
      // The right button opens a menu, and a second finger is not the one that holds.
      if (event.button > 0 || grip) return;
      // An event made by a script has no pointer to capture.
      if (event.isTrusted) node.setPointerCapture(event.pointerId);
      const { x, y } = node.place;
      const rect = picture.getBoundingClientRect();
      grip = { dx: event.clientX - rect.left - x, dy: event.clientY - rect.top - y, pointer: event.pointerId };
      node.focus();
      event.preventDefault();
      on.grab(node.spec.panel, id);
    });
    node.addEventListener("pointermove", (event) => {
      if (grip?.pointer !== event.pointerId) return;
      const rect = picture.getBoundingClientRect();
      const frame = frames[node.spec.panel];
      const left = clamp(event.clientX - rect.left - grip.dx, frame.left, frame.left + frame.width);
      const top = clamp(event.clientY - rect.top - grip.dy, frame.top, frame.top + frame.height);
      on.move(id, frame.x(left), frame.y(top));
    });
    /** @param {PointerEvent} event */
    const drop = (event) => {
      if (grip?.pointer !== event.pointerId) return;
      grip = null;
      on.release();
    };
    for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) node.addEventListener(kind, drop);
    for (const kind of ["pointerenter", "focus"]) node.addEventListener(kind, () => on.point(node.spec.lit ?? null));
    for (const kind of ["pointerleave", "blur"]) node.addEventListener(kind, () => on.point(null));
    node.addEventListener("keydown", (event) => {
      const arrow = !event.ctrlKey && !event.metaKey && !event.altKey && ARROWS[event.key];
      if (event.key === "Escape" && grip) {
        grip = null;
        on.cancel();
      } else if (arrow) {
        // Where the handle is now, not where it was drawn last: keys may come faster than frames.
        const spec = on.find(id);
        if (!spec) return;
        const { box } = frames[spec.panel];
        const share = event.shiftKey ? 0.05 : 0.01;
        const notch = spec.notch ?? [share * (box[1] - box[0]), share * (box[3] - box[2])];
        on.move(id, spec.x + arrow[0] * notch[0], spec.y + arrow[1] * notch[1]);
        on.release();
      } else if (event.key === "Enter" && !event.shiftKey && node.spec.press) on.press(node.spec.press);
      else if (actionOf(event, node.spec)) on.press(actionOf(event, node.spec));
      else return;
      event.preventDefault();
    });
    picture.append(node);
    return node;
  }

  function update(handles, now) {
    frames = now;
    const wanted = new Set(handles.map(({ id }) => id));
    for (const [id, node] of nodes)
      if (!wanted.has(id)) {
        node.remove();
        nodes.delete(id);
      }
    for (const handle of handles) {
      const frame = frames[handle.panel];
      if (!nodes.has(handle.id)) nodes.set(handle.id, make(handle.id));
      const node = nodes.get(handle.id);
      if (node.spec?.component !== handle.component) node.replaceChildren(signOf(handle.component));
      node.spec = handle;
      node.hidden = !frame;
      if (!frame) continue;
      // What is beyond the axes waits at their edge, where it can be taken and brought back.
      const [x, y] = [frame.px(handle.x), frame.py(handle.y)];
      node.place = { x: clamp(x, frame.left, frame.left + frame.width), y: clamp(y, frame.top, frame.top + frame.height) };
      node.classList.toggle("gmmx-beyond", Math.abs(node.place.x - x) > 1 || Math.abs(node.place.y - y) > 1);
      node.style.transform = `translate(${node.place.x.toFixed(1)}px, ${node.place.y.toFixed(1)}px)`;
      node.classList.toggle("gmmx-small", Boolean(handle.small));
      node.classList.toggle("gmmx-bare", Boolean(handle.bare));
      if (!node.hasAttribute("aria-valuenow")) describe(node, handle, frame.box);
    }
  }
  function describeAll() {
    for (const node of nodes.values()) if (!node.hidden) describe(node, node.spec, frames[node.spec.panel].box);
  }
  return { update, describe: describeAll };
}

// What a screen reader says of a handle.
function describe(node, { label, x, y, text, keys }, [x0, x1]) {
  const said = {
    "aria-label": label,
    "aria-valuenow": String(Number(x.toPrecision(12))),
    "aria-valuemin": String(Number(x0.toPrecision(12))),
    "aria-valuemax": String(Number(x1.toPrecision(12))),
    "aria-valuetext": text ?? `x ${number(x)}, y ${number(y)}`,
    ...(keys && { "aria-keyshortcuts": Object.keys(keys).join(" ") }),
  };
  for (const [name, value] of Object.entries(said))
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
