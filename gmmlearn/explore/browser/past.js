// What has been done, so that it can be taken back.

/** @typedef {import("./types.js").State} State */

const MOST = 100;

export class Past {
  constructor() {
    /** @type {State[]} The states before what was done, the newest last. */
    this.states = [];
    this.last = "";
  }

  /**
   * Keeps a state before something is done to it; the same thing again, such as one more arrow key, is one with the
   * last.
   * @param {State} state @param {string} what Empty where each is one of its own.
   */
  keep(state, what) {
    if (what && what === this.last) return;
    this.last = what;
    if (state !== this.states.at(-1)) this.states = [...this.states, state].slice(-MOST);
  }

  /** Whether there is anything to take back. @param {State} state */
  differs(state) {
    return this.states.some((one) => one !== state);
  }

  /** The state before the last thing that changed anything. @param {State} state @returns {State | undefined} */
  before(state) {
    while (this.states.at(-1) === state) this.states.pop();
    this.last = "";
    return this.states.pop();
  }
}
