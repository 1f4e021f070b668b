// The width that a view has for itself.

const SOON_MS = 500;

/**
 * In some hosts a bar for scrolling comes and goes with the height of a view, and takes from the width on which that
 * height depends. A width that goes to and fro is answered with the narrower of the two, for as long as it does not
 * become a third one. What is hidden for a moment has no width, and comes back with its own.
 */
export class Room {
  constructor() {
    this.widths = [0, 0];
    this.since = -Infinity;
    this.isHeld = false;
  }

  /** @param {number} width What there is now. @param {number} now Milliseconds. */
  of(width, now) {
    if (!width) return 0;
    const [last, before] = this.widths;
    if (width !== last) {
      const returns = width === before;
      this.isHeld = returns && (this.isHeld || now - this.since < SOON_MS);
      this.widths = [width, last];
      this.since = now;
    }
    return this.isHeld ? Math.min(...this.widths) : width;
  }
}
