// What is lit in a view: a component, and a part of the formula about it.

/** @typedef {{component: number, part: string}} Lit */

/** @param {Lit | null} one @param {Lit | null} other */
const same = (one, other) => one?.component === other?.component && one?.part === other?.part;

export class Light {
  constructor() {
    /** What is pointed at. @type {Lit | null} */
    this.pointed = null;
    /** What was chosen to stay lit. @type {Lit | null} */
    this.pinned = null;
    /** The component that was lit last. */
    this.about = 0;
  }

  /** Whether that changes anything. @param {Lit | null} lit */
  point(lit) {
    if (same(lit, this.pointed)) return false;
    this.pointed = lit;
    // What stays lit is what the formula is about again once the mouse has left the others.
    this.about = (lit ?? this.pinned)?.component ?? this.about;
    return true;
  }

  /** @param {Lit} lit */
  pin(lit) {
    const again = same(lit, this.pinned);
    this.pinned = again ? null : lit;
    // What was put out is dark, also while the mouse or the focus is still there.
    if (again) this.pointed = null;
    this.about = lit.component;
  }

  /** As scenes and marks name it. */
  get values() {
    const lit = this.pointed ?? this.pinned;
    return {
      lit: lit?.component ?? -1,
      lit_part: lit?.part ?? "",
      pinned: this.pinned ? `${this.pinned.component} ${this.pinned.part}` : "",
      about: this.about,
    };
  }
}
