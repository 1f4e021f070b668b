// Where the panels of a picture are, and their axes.
import { nameFor, powerOfTen } from "./text.js";

const MARGIN = { left: 52, right: 10, top: 24, bottom: 38 };
const NARROW = 700;

export const visible = (panel, scope) => !panel.when || Boolean(scope[panel.when]);

// Frames of the visible panels for a picture of the given width, and its height.
// The panels in `held` keep their axes.
/** @param {any} spec @param {any} scope @param {number} width @param {Record<string, number[]> | null} held */
export function arrange(spec, scope, width, held = null) {
  const panels = spec.panels.filter((panel) => visible(panel, scope));
  // A panel with `below` makes way for the panels of the first row when that part of the state is true.
  const rowOf = (panel) => (panel.below && scope[panel.below] ? 1 : 0);
  const rows = width < NARROW
    ? panels.map((panel) => [panel])
    : [...new Set(panels.map(rowOf))].map((row) => panels.filter((panel) => rowOf(panel) === row));
  /** @type {Record<string, import("./types.js").Frame>} */
  const frames = {};
  let top = 0;
  for (const row of rows) {
    const shares = row.reduce((total, panel) => total + (panel.share ?? 1), 0);
    let left = 0;
    let height = 0;
    const made = row.map((given) => {
      const panel = { ...given, title: nameFor(given.title, scope) };
      const outer = (width * (panel.share ?? 1)) / shares;
      const inner = outer - MARGIN.left - MARGIN.right;
      height = Math.max(height, panel.aspect ? panel.aspect * inner : panel.height ?? 0);
      const frame = { panel, left: left + MARGIN.left, top: top + MARGIN.top, width: inner };
      left += outer;
      return frame;
    });
    for (const frame of made) {
      frame.height = frame.panel.aspect ? frame.panel.aspect * frame.width : height;
      frames[frame.panel.id] = scaled(frame, held?.[frame.panel.id] ?? scope[frame.panel.box]);
    }
    top += height + MARGIN.top + MARGIN.bottom;
  }
  return { frames, height: Math.ceil(top) };
}

function scaled(frame, [x0, x1, y0, y1]) {
  return Object.assign(frame, {
    box: [x0, x1, y0, y1],
    px: (x) => frame.left + ((x - x0) / (x1 - x0)) * frame.width,
    py: (y) => frame.top + ((y1 - y) / (y1 - y0)) * frame.height,
    x: (px) => x0 + ((px - frame.left) / frame.width) * (x1 - x0),
    y: (py) => y1 - ((py - frame.top) / frame.height) * (y1 - y0),
  });
}

// Round values for tick marks, about `count` of them. Where their labels would be long they are counted from `offset`
// in units of 10 to the `power`, and `note` says so of the axis.
/** @param {number} low @param {number} high @param {number} count */
export function ticks(low, high, count) {
  const raw = (high - low) / count;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = size * ([1, 2, 5].find((factor) => factor * size >= raw * 0.999) ?? 10);
  const finest = Math.floor(Math.log10(step) + 1e-9);
  const most = Math.max(Math.abs(low), Math.abs(high));
  const offset = most / step > 1e4 ? step * 10 * Math.round((low + high) / 20 / step) : 0;
  const largest = Math.floor(Math.log10(Math.max(Math.abs(low - offset), Math.abs(high - offset))));
  const power = largest > 3 || largest < -3 ? largest : 0;
  const digits = Math.max(0, power - finest);
  const first = Math.ceil((low - offset) / step - 1e-9);
  const last = Math.floor((high - offset) / step + 1e-9);
  const marks = Array.from({ length: Math.max(0, Math.min(100, last - first + 1)) }, (_, i) => {
    const value = (first + i) * step;
    const label = (value / 10 ** power).toFixed(digits).replace(/^-(0(\.0*)?)$/, "$1").replace("-", "−");
    return { value: offset + value, label };
  });
  return { marks, note: noteOf(offset, power, finest) };
}

/** @param {number} offset @param {number} power @param {number} finest */
function noteOf(offset, power, finest) {
  const sign = offset < 0 ? "+" : "−";
  const shift = offset ? ` ${sign} ${Math.abs(offset).toFixed(Math.max(0, -finest))}` : "";
  return shift + (power ? `, in units of ${powerOfTen(power)}` : "");
}

/** Ticks of both directions of a frame. @param {any} frame */
function ticksOf({ panel, box, width, height }) {
  const across = panel.categories
    ? { marks: panel.categories.map((/** @type {string} */ label, /** @type {number} */ value) => ({ value, label })), note: "" }
    : ticks(box[0], box[1], Math.max(3, Math.round(width / 62)));
  return { across, up: ticks(box[2], box[3], Math.max(3, Math.round(height / 48))) };
}

// The note is about the quantity, which is before a colon or a bracket where the title says more.
/** @param {string} title @param {string} note */
const titleOf = (title, note) => title.replace(/^[^:(]*?(?=:| \(|$)/, (name) => name + note);

export function drawAxes(g, frame, theme) {
  const { panel, left, top, width, height } = frame;
  g.font = theme.font;
  g.lineWidth = 1;
  g.strokeStyle = theme.grid;
  g.fillStyle = theme.ink;
  g.strokeRect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(width), Math.round(height));
  g.textAlign = "center";
  g.textBaseline = "top";
  const { across, up } = ticksOf(frame);
  for (const { value, label } of across.marks) {
    const x = Math.round(frame.px(value)) + 0.5;
    line(g, x, top + height, x, top + height + 4);
    g.fillText(label, x, top + height + 6);
  }
  if (panel.x || across.note) g.fillText(`${panel.x ?? ""}${across.note}`, left + width / 2, top + height + 21);
  g.textAlign = "right";
  g.textBaseline = "middle";
  for (const { value, label } of up.marks) {
    const y = Math.round(frame.py(value)) + 0.5;
    line(g, left - 4, y, left, y);
    g.fillText(label, left - 6, y);
  }
  g.textAlign = "left";
  g.textBaseline = "alphabetic";
  if (panel.title || up.note) g.fillText(titleOf(panel.title, up.note), left, top - 8);
}

function line(g, x0, y0, x1, y1) {
  g.beginPath();
  g.moveTo(x0, y0);
  g.lineTo(x1, y1);
  g.stroke();
}
