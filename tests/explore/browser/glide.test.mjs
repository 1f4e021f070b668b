// Components glide to their new place when a step is taken, and only then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Glide } from "../../../gmmlearn/explore/browser/glide.js";

const SPEC = { glide: { step: "step", values: ["means"] } };

function sessionAt(step, means, more = {}) {
  const state = { step, playing: false, speed: 3, ...more };
  const scope = { ...state, means };
  return { state, scope, grabbed: null, scopeWith: (other) => ({ ...scope, ...other }) };
}

test("from the old place to the new one, slow at both ends, and still when it has arrived", () => {
  const glide = new Glide(SPEC);
  assert.equal(glide.at(sessionAt(1, [[0, 0]]), 0, false).moving, false);
  const seen = [100, 200, 300, 400, 500, 600].map((now) => glide.at(sessionAt(2, [[10, 20]]), now, false));
  assert.deepEqual(seen.map(({ moving }) => moving), [true, true, true, true, false, false]);
  const x = seen.map(({ scope }) => scope.means[0][0]);
  assert.deepEqual([x[0], x[2], x[4], x[5]], [0, 5, 10, 10]);
  assert.ok(x[0] < x[1] && x[1] < x[2] && x[2] < x[3] && x[3] < x[4]);
  assert.equal(seen[2].scope.means[0][1], 10);
});

test("a step during a glide goes on from where it is seen", () => {
  const glide = new Glide(SPEC);
  glide.at(sessionAt(1, [[0]]), 0, false);
  glide.at(sessionAt(2, [[10]]), 100, false);
  const halfway = glide.at(sessionAt(2, [[10]]), 300, false).scope.means[0][0];
  assert.equal(glide.at(sessionAt(4, [[30]]), 301, false).scope.means[0][0], halfway);
});

test("it jumps for those who want no motion, in a hand, and where there are other components", () => {
  for (const [calm, grabbed, means] of [[true, null, [[10]]], [false, {}, [[10]]], [false, null, [[10], [20]]]]) {
    const glide = new Glide(SPEC);
    glide.at(sessionAt(1, [[0]]), 0, false);
    const { scope, moving } = glide.at({ ...sessionAt(2, means), grabbed }, 10, calm);
    assert.deepEqual([scope.means, moving], [means, false]);
  }
});

test("played fast, it is over before the next step", () => {
  const glide = new Glide(SPEC);
  glide.at(sessionAt(1, [[0]]), 0, false);
  const fast = { playing: true, speed: 30 };
  assert.equal(glide.at(sessionAt(2, [[10]], fast), 10, false).moving, true);
  assert.equal(glide.at(sessionAt(2, [[10]], fast), 10 + 1000 / 30, false).moving, false);
});
