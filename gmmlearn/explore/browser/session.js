// The state of one view: who changes it, who computes its values, and when it is told to the kernel. No page here.
import { stateFrom } from "./address.js";
import { Light } from "./light.js";
import { Past } from "./past.js";
import { atRest, decoded, drawable } from "./states.js";

/** @typedef {import("./types.js").State} State */

// While something moves the kernel is told now and then, and at once when it comes to rest: every message costs
// JupyterLab tens of milliseconds.
const SYNC_MS = 300;
// A kernel that has not answered by then is late, and the browser computes until it does.
export const LATE_MS = 900;
export const BY_BROWSER = "Computed by the browser, as gmmlearn.library does.";
export const LATE = "Python does not answer: it may be busy, or it was stopped or restarted (then run this cell again). "
  + "Until it answers, the browser computes, as gmmlearn.library does.";

export class Session {
  /**
   * @param {import("./types.js").Exploration} exploration
   * @param {import("./types.js").HostModel} model
   * @param {(pictureToo: boolean) => void} changed Called when there is something new to show.
   */
  constructor(exploration, model, changed) {
    this.exploration = exploration;
    this.model = model;
    this.changed = changed;
    this.spec = model.get("spec");
    this.data = decoded(model.get("data"));
    /** @type {import("./types.js").Memo} */
    this.memo = {};
    /** @type {State} */
    this.state = model.get("state");
    this.sent = JSON.stringify(this.state);
    this.requested = model.get("request") ?? 0;
    /** @type {{request: number, state: State, values: any} | null} */
    this.given = null;
    this.late = false;
    /** @type {State | null} The state at which something was grabbed. */
    this.grabbed = null;
    this.past = new Past();
    this.light = new Light();
    /** @type {any} */
    this.values = null;
    /** @type {{sync: any, late: any}} */
    this.timers = { sync: 0, late: 0 };
    this.lastTick = 0;
    this.watched = {
      "change:state": () => this.adopt(), "change:given": () => this.receive(), "change:source": () => this.receive(),
      "change:note": () => this.changed(false),
    };
    for (const [name, handler] of Object.entries(this.watched)) model.on(name, handler);
    this.receive();
  }

  get byKernel() {
    return this.model.get("source") !== "browser";
  }

  // What the kernel computed may lag behind a drag for a moment, but never belongs to a picture of another shape.
  get answered() {
    const { given, state } = this;
    return Boolean(this.byKernel && given && !this.late && this.spec.signature.every((key) =>
      JSON.stringify(given.state[key]) === JSON.stringify(state[key])));
  }

  /** Whether the kernel has not answered the newest request. */
  get owed() {
    return this.byKernel && this.requested > (this.given?.request ?? 0);
  }

  get context() {
    const session = this;
    return {
      data: this.data, memo: this.memo, limits: this.spec.limits,
      // Only computed when it is asked for: moves come faster than pictures.
      get values() {
        return session.compute();
      },
    };
  }

  /** State and values together, as the templates and marks of a scene name them. */
  get scope() {
    return { ...this.state, ...this.compute(), ...this.ofTheView };
  }

  /** What is of this view alone. */
  get ofTheView() {
    return { undoable: this.past.differs(this.state), ...this.light.values };
  }

  /** @param {import("./light.js").Lit | null} lit */
  point(lit) {
    if (this.light.point(lit)) this.changed(true);
  }

  /** @param {import("./light.js").Lit} lit */
  pin(lit) {
    this.light.pin(lit);
    this.changed(true);
  }

  /** The same with other values in the place of some. @param {import("./types.js").Values} other */
  scopeWith(other) {
    const { exploration, state, data, memo } = this;
    const values = { ...this.compute(), ...other };
    return { ...state, ...values, ...exploration.derive(state, values, data, memo), ...this.ofTheView };
  }

  get note() {
    if (!this.spec.sources) return "";
    if (!this.byKernel) return BY_BROWSER;
    return this.late ? LATE : this.model.get("note");
  }

  compute() {
    if (this.values) return this.values;
    const { exploration, state, data, memo } = this;
    const computed = exploration.compute(state, data, memo);
    if (this.answered) Object.assign(computed, this.given?.values);
    this.values = { ...computed, ...exploration.derive(state, computed, data, memo) };
    return this.values;
  }

  handles() {
    return this.exploration.handles(this.state, this.scope);
  }

  /** @param {State | undefined} next */
  become(next) {
    if (!next || next === this.state) return;
    this.state = next;
    this.values = null;
    // Where the kernel computes, the picture waits for its answer, and only the handles run ahead.
    this.changed(!(this.grabbed && this.answered));
    if (this.byKernel) this.sync();
    else this.timers.sync ||= setTimeout(() => this.sync(), SYNC_MS);
  }

  /** Keeps the state for Undo, before something is done. @param {string} what */
  remember(what) {
    if (!this.grabbed) this.past.keep(this.state, what);
  }

  /** Takes the state of a link, if this exploration can have it. @param {State} parts */
  follow(parts) {
    const next = stateFrom(parts, this.model.get("initial"), this.spec);
    if (!next || !drawable(this.exploration, next, this.data)) return false;
    this.remember("");
    this.become(atRest(next));
    this.sync();
    return true;
  }

  /** Tells the kernel the present state, if it does not know it. */
  sync() {
    clearTimeout(this.timers.sync);
    this.timers.sync = 0;
    const text = JSON.stringify(this.state);
    if (text === this.sent) return;
    this.sent = text;
    this.model.set("state", JSON.parse(text));
    this.request();
  }

  request() {
    this.requested = Math.max(this.requested, this.model.get("request") ?? 0) + 1;
    this.model.set("request", this.requested);
    if (this.byKernel) this.timers.late ||= setTimeout(() => this.giveUp(), LATE_MS);
    this.model.save_changes();
  }

  giveUp() {
    this.timers.late = 0;
    this.late = true;
    this.values = null;
    this.changed(true);
  }

  /** Who computes from now on. @param {string} source */
  choose(source) {
    this.model.set("source", source);
    this.request();
    this.receive();
  }

  receive() {
    const fresh = this.model.get("given") ?? {};
    this.given = fresh.state ? { ...fresh, values: decoded(fresh.values) } : null;
    clearTimeout(this.timers.late);
    // An older answer shows that the kernel lives: the newest request gets its time again.
    this.timers.late = this.owed ? setTimeout(() => this.giveUp(), LATE_MS) : 0;
    if (!this.owed) this.late = false;
    this.values = null;
    this.changed(true);
  }

  adopt() {
    this.requested = Math.max(this.requested, this.model.get("request") ?? 0);
    const text = JSON.stringify(this.model.get("state"));
    if (this.grabbed || text === this.sent) return;
    this.sent = text;
    this.state = JSON.parse(text);
    this.values = null;
    this.changed(true);
  }

  /** @param {string} key @param {any} value */
  change(key, value) {
    this.remember(`set ${key}`);
    const { exploration, state } = this;
    this.become(exploration.set ? exploration.set(state, key, value, this.context) : { ...state, [key]: value });
  }

  /** @param {string} action */
  act(action) {
    if (action === "undo") {
      const before = this.past.before(this.state);
      if (before) this.become(atRest(before));
      this.sync();
      return;
    }
    this.remember("");
    if (action === "play") {
      this.lastTick = 0;
      this.become({ ...this.state, playing: !this.state.playing });
    } else if (action === "reset") {
      this.light.pinned = null;
      this.become(structuredClone(this.model.get("initial")));
    }
    else this.become(this.exploration.act?.(this.state, action, this.context));
    this.sync();
  }

  /** @param {{set?: Record<string, any>, act?: string}[]} list */
  steps(list) {
    for (const step of list) {
      Object.entries(step.set ?? {}).forEach(([key, value]) => this.change(key, value));
      if (step.act) this.act(step.act);
    }
    this.sync();
  }

  /** @param {string} id @param {number} x @param {number} y */
  move(id, x, y) {
    this.remember(`move ${id}`);
    this.become(this.exploration.move?.(this.state, id, x, y, this.context));
  }

  /** @param {string} panel @param {number} x @param {number} y */
  click(panel, x, y) {
    this.remember("");
    this.become(this.exploration.click?.(this.state, panel, x, y, this.context));
    this.sync();
  }

  /** @param {string} panel @param {number} x @param {number} y */
  hover(panel, x, y) {
    this.become(this.exploration.hover?.(this.state, panel, x, y, this.context));
  }

  /** @param {string} [id] */
  grab(id = "") {
    this.remember("");
    this.exploration.grab?.(this.state, id, this.context);
    this.grabbed = this.state;
  }

  release() {
    const untouched = this.state === this.grabbed;
    this.grabbed = null;
    // What a cell has set meanwhile: a drag is newer than that, a hand that has moved nothing is not.
    if (untouched) this.adopt();
    else if (JSON.stringify(this.model.get("state")) !== this.sent) this.sent = "";
    this.changed(true);
    this.sync();
  }

  /** Puts back what was grabbed. */
  cancel() {
    if (this.grabbed) this.become(this.grabbed);
    this.release();
  }

  /** One step of playing. @param {number} now @param {boolean} calm Reduced motion: the same, twice a second. */
  advance(now, calm) {
    if (this.owed && !this.late) return;
    const seconds = this.lastTick ? Math.min(0.1, (now - this.lastTick) / 1000) : 0;
    if (calm && now - this.lastTick < 500) return;
    this.lastTick = now;
    this.become(this.exploration.tick?.(this.state, calm ? 0.5 : seconds, this.context));
  }

  end() {
    for (const [name, handler] of Object.entries(this.watched)) this.model.off(name, handler);
    clearTimeout(this.timers.sync);
    clearTimeout(this.timers.late);
  }
}
