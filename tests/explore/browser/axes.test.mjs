// Labels of axes: short, and right also where the numbers are far from 0, tiny or huge.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, ticks } from "../../../gmmlearn/explore/browser/axes.js";

const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

// What a label says, by its note alone.
function meant(label, note) {
  const plain = (text) => Number(text.replace("−", "-"));
  const power = note.match(/10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/);
  const exponent = power ? (power[1] ? -1 : 1) * Number([...power[2]].map((d) => DIGITS.indexOf(d)).join("")) : 0;
  const shift = note.match(/^ ([−+]) ([\d.]+)/);
  const offset = shift ? (shift[1] === "−" ? 1 : -1) * Number(shift[2]) : 0;
  return offset + plain(label) * 10 ** exponent;
}

const RANGES = [[0, 1], [-8, 8], [-0.2, 5], [410000, 560000], [1e9 - 3, 1e9 + 3], [-1e9 - 2, -1e9 + 5], [-3e-9, 5e-9],
  [-2e12, 7e12], [1e15, 1e15 + 40], [-4.2135, -4.2035], [0, 1e6], [99999.5, 100000.5], [3e-60, 9e-60]];

for (const [low, high] of RANGES)
  test(`from ${low} to ${high}`, () => {
    const { marks, note } = ticks(low, high, 7);
    assert.ok(marks.length >= 3 && marks.length <= 16, `${marks.length} marks`);
    for (const { value, label } of marks) {
      assert.ok(value >= low - 1e-6 * (high - low) && value <= high + 1e-6 * (high - low), `${value}`);
      assert.ok(label.length <= 7, label);
      assert.ok(Math.abs(meant(label, note) - value) < 1e-3 * (high - low), `${label}${note} for ${value}`);
    }
    assert.equal(new Set(marks.map(({ label }) => label)).size, marks.length);
  });

test("the title of a panel names a run only beside another", () => {
  const title = { when: "compare", then: "feature 1 (run A)", otherwise: "feature 1" };
  const spec = { panels: [{ id: "a", box: "box", aspect: 1, title }, { id: "c", box: "box", aspect: 1, title: "trace" }] };
  const titles = (compare) => {
    const { frames } = arrange(spec, { compare, box: [0, 1, 0, 1] }, 900);
    return [frames.a.panel.title, frames.c.panel.title];
  };
  assert.deepEqual(titles(false), ["feature 1", "trace"]);
  assert.deepEqual(titles(true), ["feature 1 (run A)", "trace"]);
});
