// The picture of a view: how wide it is, where its panels lie, and what a mouse or finger points at in it.
import { arrange } from "./axes.js";
import { element } from "./dom.js";
import { paint } from "./drawing.js";
import { Room } from "./room.js";

const WIDEST = 860;

export class Picture {
  /** @param {import("./types.js").Scene} spec */
  constructor(spec) {
    this.spec = spec;
    this.canvas = /** @type {HTMLCanvasElement} */ (element("canvas", { role: "img", "aria-label": spec.title }));
    this.node = element("div", { class: "gmmx-picture" }, this.canvas);
    this.room = new Room();
    this.width = 0;
    /** @type {Record<string, import("./types.js").Frame>} Where each panel lies. */
    this.frames = {};
    /** @type {Record<string, number[]> | null} The axes of the panel in which something is held: they stay while it is. */
    this.held = null;
  }

  /** Takes the width that there is. @param {HTMLElement} root @param {number} width @param {number} now */
  fit(root, width, now) {
    const room = this.room.of(width, now);
    root.style.maxWidth = this.room.isHeld ? `${Math.min(WIDEST, room)}px` : "";
    // While JupyterLab changes its theme it hides everything: nothing has a width then, and the old one will do.
    this.width = Math.min(this.spec.widest ?? WIDEST, room) || this.width;
  }

  /** @param {any} scope @param {any} theme */
  draw(scope, theme) {
    const layout = arrange(this.spec, scope, this.width, this.held);
    this.frames = layout.frames;
    paint(this.canvas, layout, this.width, scope, theme);
  }

  /** @param {string} panel */
  hold(panel) {
    this.held = { [panel]: this.frames[panel].box };
  }

  letGo() {
    this.held = null;
  }

  /** Panel and place of a mouse or finger. @param {MouseEvent} event @returns {[string, number, number] | undefined} */
  place(event) {
    const rect = this.canvas.getBoundingClientRect();
    const [left, top] = [event.clientX - rect.left, event.clientY - rect.top];
    const frame = Object.values(this.frames).find((one) =>
      left >= one.left && left <= one.left + one.width && top >= one.top && top <= one.top + one.height);
    return frame && [frame.panel.id, frame.x(left), frame.y(top)];
  }
}
