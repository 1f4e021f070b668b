// The one view of all explorations: builds the page around a session, and draws when the session has changed.
import { arrange } from "./axes.js";
import { asking } from "./asking.js";
import { readout, sourceChoice, toolbar } from "./controls.js";
import { copying } from "./copying.js";
import { element, say, watchKeys } from "./dom.js";
import { paint } from "./drawing.js";
import { formula } from "./formula.js";
import { Glide } from "./glide.js";
import { handleLayer } from "./handles.js";
import { followLinks } from "./links.js";
import { moveBar } from "./move_bar.js";
import { questions } from "./questions.js";
import { Room } from "./room.js";
import { Session } from "./session.js";
import { replaceStill } from "./still.js";
import { compose } from "./text.js";
import { dress, themeNow, watchPixels, watchTheme } from "./theme.js";
import { tour } from "./tour.js";
import { Words } from "./words.js";

const WIDEST = 860;

/**
 * @param {import("./types.js").Exploration} exploration
 * @param {import("./types.js").HostModel} model
 * @param {HTMLElement} el
 * @returns {() => void} What ends the view.
 */
export function show(exploration, model, el) {
  let [asked, stale, ended, inSight, width] = [false, true, false, true, 0];
  const session = new Session(exploration, model, (pictureToo) => {
    if (pictureToo) stale = true;
    ask();
  });
  const { spec } = session;
  /** @type {{frames: Record<string, import("./types.js").Frame>, height: number}} */
  let layout = { frames: {}, height: 0 };
  /** The axes of the panel in which something is held: they stay while it is. @type {Record<string, number[]> | null} */
  let held = null;
  const steady = new Room();
  const words = new Words(tell, describe);
  /** What was read aloud last. @type {string[] | null} */
  let aloud = null;
  const glide = new Glide(spec);
  let restoreStill = () => {};

  const canvas = /** @type {HTMLCanvasElement} */ (element("canvas", { role: "img", "aria-label": spec.title }));
  const picture = element("div", { class: "gmmx-picture" }, canvas);
  const live = element("p", { class: "gmmx-hidden", "aria-live": "polite" });
  const note = element("p", { class: "gmmx-note", role: "status" });
  const apply = {
    slide: (/** @type {string} */ key, /** @type {number} */ value) => session.change(key, value),
    set(/** @type {string} */ key, /** @type {any} */ value) {
      session.change(key, value);
      words.hurry();
    },
    act(/** @type {string} */ action) {
      if (action === "reset") asks.forget();
      session.act(action);
      words.hurry();
    },
    steps(/** @type {any[]} */ list) {
      session.steps(list);
      picture.scrollIntoView({ block: "nearest" });
    },
  };
  const [first, ...rest] = spec.controls;
  const reset = { kind: "button", action: "reset", label: "Reset" };
  const undo = { kind: "button", action: "undo", label: "Undo", enabled: ["undoable", true] };
  const controls = toolbar([[...first, undo, reset], ...rest], apply, spec.rows_shown);
  const source = sourceChoice(spec.sources ?? [], (chosen) => session.choose(chosen));
  const lights = {
    point: (/** @type {import("./light.js").Lit | null} */ lit) => session.point(lit),
    pin: (/** @type {import("./light.js").Lit} */ lit) => session.pin(lit),
  };
  const rule = formula(spec, lights);
  const read = readout(spec, lights);
  const asker = asking(spec.ask, apply);
  const keep = (/** @type {any} */ answer) => model.send?.(answer);
  const asks = questions(spec.questions, keep, apply);
  const handles = handleLayer(picture, {
    find: (id) => session.handles().find((handle) => handle.id === id),
    grab(panel, id) {
      session.grab(id);
      held = { [panel]: layout.frames[panel].box };
    },
    move: (id, x, y) => session.move(id, x, y),
    release() {
      held = null;
      session.release();
    },
    cancel() {
      held = null;
      session.cancel();
    },
    press: apply.act,
    point: lights.point,
  });
  const mover = moveBar((id, x, y) => {
    session.move(id, x, y);
    session.sync();
  });
  const guide = tour(spec.tour, () => root);
  const python = copying(spec, () => session.state);
  const root = /** @type {any} */ (element("section", { class: "gmmx", "data-name": spec.name, "aria-label": spec.title },
    element("p", { class: "gmmx-intro" }, spec.intro), guide.node, controls.node, picture, live, rule.node, asker.node,
    mover.node, python.node,
    element("div", { class: "gmmx-row" }, source.node, note), read.node, asks.node));
  el.append(root);

  /** Panel and place of a mouse or finger. @param {MouseEvent} event @returns {[string, number, number] | undefined} */
  function place(event) {
    const rect = canvas.getBoundingClientRect();
    const [left, top] = [event.clientX - rect.left, event.clientY - rect.top];
    const frame = Object.values(layout.frames).find((one) =>
      left >= one.left && left <= one.left + one.width && top >= one.top && top <= one.top + one.height);
    return frame && [frame.panel.id, frame.x(left), frame.y(top)];
  }
  canvas.addEventListener("click", (event) => {
    const at = place(event);
    if (!at || mover.clicked(...at)) return;
    const lit = exploration.pointedAt?.(...at, session.scope);
    if (lit) session.pin(lit);
    session.click(...at);
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = !event.buttons && place(event);
    if (at) session.hover(...at);
    if (at && exploration.pointedAt) session.point(exploration.pointedAt(...at, session.scope));
  });
  canvas.addEventListener("pointerleave", () => session.point(null));

  function ask() {
    if (!asked && !ended) requestAnimationFrame(draw);
    asked = true;
  }
  function repaint() {
    stale = true;
    ask();
  }
  /** @param {number} now */
  function draw(now) {
    asked = false;
    if (ended) return;
    try {
      picturise(now);
    } catch (error) {
      // A fault of ours: say so where the reader looks, and in full in the console.
      say(note, `This state cannot be drawn: ${/** @type {Error} */ (error).message}. Reset brings the picture back.`);
      console.error(error);
    }
  }
  /** @param {number} now */
  function picturise(now) {
    // While JupyterLab changes its theme it hides everything: nothing has a width then, and the old one will do.
    const room = steady.of(el.clientWidth || root.clientWidth, now);
    root.style.maxWidth = steady.isHeld ? `${Math.min(WIDEST, room)}px` : "";
    width = Math.min(spec.widest ?? WIDEST, room) || width;
    if (!width) return;
    const theme = themeNow(width, el);
    if (stale) dress(root, theme);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (session.state.playing && room) session.advance(now, calm);
    const { state, given, scope } = session;
    const { scope: drawn, moving } = glide.at(session, now, calm);
    if (stale || moving) {
      layout = arrange(spec, drawn, width, held);
      paint(canvas, layout, width, drawn, theme);
      // Once more when it has arrived.
      stale = moving;
    }
    const grips = exploration.handles(state, drawn);
    handles.update(grips, layout.frames);
    mover.update(grips, layout.frames);
    rule.update(scope);
    read.light(scope);
    words.follow(scope, now);
    if (!root.painted) {
      if (model.get("still")) restoreStill = replaceStill(el, model.get("still"));
      guide.start();
    }
    root.painted = { state, given, late: session.late, at: performance.now() };
    // Hidden behind another tab it rests; the observer of its size wakes it.
    if ((state.playing || moving) && room && inSight) ask();
  }
  /** @param {any} scope */
  function tell(scope) {
    controls.update(scope);
    source.update(model.get("source"));
    read.update(scope);
    asker.update(scope);
    python.update();
    handles.describe();
    say(note, session.note);
  }
  /** @param {any} scope */
  function describe(scope) {
    const text = compose(spec.alt, scope);
    canvas.setAttribute("aria-label", text);
    // Aloud only what has changed, and nothing when the page opens.
    const told = spec.told.map((/** @type {string} */ part) => compose(part, scope));
    const before = aloud;
    if (before) say(live, told.filter((/** @type {string} */ one, /** @type {number} */ i) => one !== before[i]).join(" ").trim());
    aloud = told;
  }

  const unwatch = [watchTheme(repaint), watchPixels(repaint), watchKeys(root),
    followLinks(root, (parts) => session.follow(parts))];
  const resized = new ResizeObserver(repaint);
  resized.observe(el);
  // What plays out of sight waits there: nobody sees it, and every frame takes time from those in sight.
  const sight = new IntersectionObserver((entries) => {
    inSight = entries[entries.length - 1].isIntersecting;
    if (inSight) ask();
  });
  sight.observe(root);
  ask();
  return () => {
    ended = true;
    session.end();
    unwatch.forEach((end) => end());
    resized.disconnect();
    sight.disconnect();
    words.end();
    root.remove();
    restoreStill();
  };
}
