// The pace of words: the first at once, then not faster than they can be read, and the description when all is quiet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Words } from "../../../gmmlearn/explore/browser/words.js";

/** Words of which both lists grow, on a clock that stands still until it is moved. */
function made(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 1000;
  t.mock.method(performance, "now", () => now);
  const [told, described] = [[], []];
  const words = new Words((scope) => told.push(scope), (scope) => described.push(scope));
  const follow = (scope) => words.follow(scope, now);
  const wait = (ms) => {
    now += ms;
    t.mock.timers.tick(ms);
  };
  return { words, told, described, follow, wait };
}

test("what glides by is told at a pace, the last of it always", (t) => {
  const { told, follow, wait } = made(t);
  follow(1);
  assert.deepEqual(told, [1]);
  for (const scope of [2, 3, 4]) {
    wait(16);
    follow(scope);
  }
  assert.deepEqual(told, [1]);
  wait(90);
  assert.deepEqual(told, [1, 4]);
});

test("after a hurry the next is told at once", (t) => {
  const { words, told, follow, wait } = made(t);
  follow(1);
  wait(16);
  words.hurry();
  follow(2);
  assert.deepEqual(told, [1, 2]);
});

test("the description waits until all is quiet, and for ever after the end", (t) => {
  const { words, described, follow, wait } = made(t);
  for (const scope of [1, 2, 3]) {
    follow(scope);
    wait(300);
  }
  assert.deepEqual(described, []);
  wait(100);
  assert.deepEqual(described, [3]);
  follow(4);
  words.end();
  wait(1000);
  assert.deepEqual(described, [3]);
});
