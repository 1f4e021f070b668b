// A width that goes to and fro by itself is answered with one width; every other change is followed.
import assert from "node:assert/strict";
import test from "node:test";
import { Room } from "../../../gmmlearn/explore/browser/room.js";

/** What is answered to widths that are there at some times. */
function answers(...given) {
  const room = new Room();
  return given.map(([width, now]) => room.of(width, now));
}

test("a bar for scrolling that comes with the height ends the widths at the narrower one", () => {
  // A host: the bar is there when the view is wider than 690, as it is higher then.
  const room = new Room();
  const seen = [];
  let bar = false;
  for (let frame = 0; frame < 20; frame++) {
    const width = room.of(bar ? 685 : 700, 16 * frame);
    bar = width > 690;
    seen.push(width);
  }
  assert.deepEqual(new Set(seen.slice(3)), new Set([685]));
});

test("a window that is made narrower and wider again, later, is followed", () => {
  assert.deepEqual(answers([700, 0], [600, 1000], [700, 5000]), [700, 600, 700]);
});

test("what is hidden for a moment comes back as wide as it was", () => {
  assert.deepEqual(answers([700, 0], [0, 16], [700, 32], [0, 48], [700, 64]), [700, 0, 700, 0, 700]);
});

test("a third width ends it", () => {
  assert.deepEqual(answers([700, 0], [685, 16], [700, 32], [685, 900], [720, 5000], [700, 9000]), [700, 685, 685, 685, 720, 700]);
});
