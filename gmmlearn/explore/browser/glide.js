// Values that glide to their new ones when a step is taken, so that a movement can be seen.

const GLIDE_MS = 400;

/** @param {any} from @param {any} to @param {number} t @returns {any} */
const between = (from, to, t) => (typeof to === "number" ? from + t * (to - from)
  : Array.from(to, (value, i) => between(from[i], value, t)));
/** @param {any} value @returns {string} */
const shapeOf = (value) => (typeof value === "number" ? "" : value ? `${value.length}(${shapeOf(value[0])})` : "-");

/** Values as nested lists: a kernel sends parameters so, and the browser computes them so. */
export class Glide {
  /** @param {import("./types.js").Scene} spec `glide` names the part of the state whose steps these are, and the values. */
  constructor({ glide }) {
    this.spec = glide;
    /** @type {any} */
    this.step = undefined;
    /** @type {Record<string, any>} */
    this.drawn = {};
    /** @type {Record<string, any>} */
    this.from = {};
    this.began = -Infinity;
    this.lasts = GLIDE_MS;
  }

  /**
   * What is to be drawn now.
   * @param {import("./session.js").Session} session @param {number} now
   * @param {boolean} calm Whether it jumps.
   * @returns {{scope: any, moving: boolean}}
   */
  at(session, now, calm) {
    const { scope, state, grabbed } = session;
    if (!this.spec) return { scope, moving: false };
    const { step, values } = this.spec;
    if (state[step] !== this.step) {
      const known = this.step !== undefined;
      Object.assign(this, { step: state[step], from: this.drawn, began: known && !calm ? now : -Infinity });
      this.lasts = state.playing ? Math.min(GLIDE_MS, 900 / state.speed) : GLIDE_MS;
    }
    if (grabbed) this.began = -Infinity;
    const t = (now - this.began) / this.lasts;
    const moving = t < 1 && values.every((/** @type {string} */ name) => shapeOf(this.from[name]) === shapeOf(scope[name]));
    this.drawn = Object.fromEntries(values.map((/** @type {string} */ name) =>
      [name, moving && scope[name] ? between(this.from[name], scope[name], t * t * (3 - 2 * t)) : scope[name]]));
    return { scope: moving ? session.scopeWith({ ...this.drawn, gliding: true }) : scope, moving };
  }
}
