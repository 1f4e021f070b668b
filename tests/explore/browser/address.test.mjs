// A state in an address: the same picture from the link, and nothing from a link that no reader could have made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, asPython, parsed, stateFrom } from "../../../gmmlearn/explore/browser/address.js";

const BASE = { weights: [0.5, 0.5], point: [0, 0], means: [[0, 0], [1, 1]], start: "samples", live: true, step: 0,
  runs: [{ weights: [1] }], playing: false };
const SPEC = { controls: [[{ key: "start", options: [["samples", "a"], ["random", "b"]] }]],
  limits: { weights: [0.02, 0.98], point: [[-4, 6], [-4, 6]], means: [[-5, 5], [-4, 4]], step: [0, 400] } };

test("what differs goes into the address and comes back", () => {
  const state = { ...BASE, weights: [0.25, 0.75], means: [[1.5, -2], [3, 3]], start: "random", live: false, playing: true };
  const [name, parts] = parsed(addressOf("em", state, BASE));
  assert.equal(name, "em");
  assert.deepEqual(stateFrom(parts, BASE, SPEC), { ...state, playing: false });
  assert.equal(addressOf("em", { ...BASE, playing: true }, BASE), "#em");
});

const WRONG = [{ step: 1e6 }, { step: "3" }, { step: null }, { weights: [0.5, "a"] }, { weights: 3 }, { means: [[0, 99]] },
  { means: [0, 1] }, { start: "<img src=x onerror=alert(1)>" }, { start: "kmeans" }, { nothing: 1 }, { live: 1 },
  { playing: true }, { runs: [{ weights: [1], more: 2 }] }, { point: [9, 0] }, { __proto__x: 1 }];
for (const parts of WRONG)
  test(`a link with ${JSON.stringify(parts)} is not followed`, () => assert.equal(stateFrom(parts, BASE, SPEC), null));

for (const hash of ["", "#", "#em", "#em?", "#em?%", "#em?step", "#em?step=%", "#em?&"])
  test(`an address that ends early, ${JSON.stringify(hash)}, gives nothing`, () => assert.deepEqual(parsed(hash)[1], {}));

test("an address can be read and typed", () => {
  const state = { ...BASE, means: [[0, 0], [1.5, -2]], start: "random", runs: [{ weights: [0.25] }] };
  const address = addressOf("em", state, BASE);
  assert.equal(address, "#em?means=[[0,0],[1.5,-2]]&start=random&runs=[%7B%22weights%22:[0.25]%7D]");
  assert.deepEqual(parsed("#em?start=random&live=false&step=3&point=[1, 2]"),
    ["em", { start: "random", live: false, step: 3, point: [1, 2] }]);
});

test("the lines of Python name what differs", () => {
  assert.equal(asPython("em", BASE, BASE), "from gmmlearn import explore\n\npicture = explore.em()\npicture\n");
  assert.match(asPython("em", { ...BASE, live: false, data: "yours" }, { ...BASE, data: "yours" }),
    /explore\.em\(X\)\npicture\.put\(\n {4}live=False,\n\)/);
});
