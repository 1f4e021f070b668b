// The page of a view: its parts in their order, each wired to the session. What they show is told to them by the view.
import { asking } from "./asking.js";
import { readout, sourceChoice, toolbar } from "./controls.js";
import { copying } from "./copying.js";
import { element } from "./dom.js";
import { formula } from "./formula.js";
import { handleLayer } from "./handles.js";
import { moveBar } from "./move_bar.js";
import { questions } from "./questions.js";
import { tour } from "./tour.js";

/**
 * @param {import("./session.js").Session} session
 * @param {import("./picture.js").Picture} picture
 * @param {() => void} decided Called after a button or a choice.
 */
export function parts(session, picture, decided) {
  const { spec, model } = session;
  const apply = {
    slide: (/** @type {string} */ key, /** @type {number} */ value) => session.change(key, value),
    set(/** @type {string} */ key, /** @type {any} */ value) {
      session.change(key, value);
      decided();
    },
    act(/** @type {string} */ action) {
      if (action === "reset") asks.forget();
      session.act(action);
      decided();
    },
    steps(/** @type {any[]} */ list) {
      session.steps(list);
      picture.node.scrollIntoView({ block: "nearest" });
    },
  };
  const lights = {
    point: (/** @type {import("./light.js").Lit | null} */ lit) => session.point(lit),
    pin: (/** @type {import("./light.js").Lit} */ lit) => session.pin(lit),
  };
  const live = element("p", { class: "gmmx-hidden", "aria-live": "polite" });
  const note = element("p", { class: "gmmx-note", role: "status" });
  const [first, ...rest] = spec.controls;
  const reset = { kind: "button", action: "reset", label: "Reset" };
  const undo = { kind: "button", action: "undo", label: "Undo", enabled: ["undoable", true] };
  const controls = toolbar([[...first, undo, reset], ...rest], apply, spec.rows_shown);
  const source = sourceChoice(spec.sources ?? [], (chosen) => session.choose(chosen));
  const rule = formula(spec, lights);
  const read = readout(spec, lights);
  const asker = asking(spec.ask, apply);
  const asks = questions(spec.questions, (/** @type {any} */ answer) => model.send?.(answer), apply);
  const handles = handleLayer(picture.node, {
    find: (id) => session.handles().find((handle) => handle.id === id),
    grab(panel, id) {
      session.grab(id);
      picture.hold(panel);
    },
    move: (id, x, y) => session.move(id, x, y),
    release() {
      picture.letGo();
      session.release();
    },
    cancel() {
      picture.letGo();
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
    element("p", { class: "gmmx-intro" }, spec.intro), guide.node, controls.node, picture.node, live, rule.node,
    asker.node, mover.node, python.node,
    element("div", { class: "gmmx-row" }, source.node, note), read.node, asks.node));
  return { root, live, note, controls, source, rule, read, asker, handles, mover, guide, python };
}
