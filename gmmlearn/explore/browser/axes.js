// Where the panels of a picture are, and their axes.

const MARGIN = { left: 46, right: 10, top: 24, bottom: 38 };
export const NARROW = 700;

export const visible = (panel, scope) => !panel.when || Boolean(scope[panel.when]);

// Frames of the visible panels for a picture of the given width, and its height.
export function arrange(spec, scope, width) {
  const panels = spec.panels.filter((panel) => visible(panel, scope));
  // A panel with `below` makes way for the panels of the first row when that part of the state is true.
  const rowOf = (panel) => (panel.below && scope[panel.below] ? 1 : 0);
  const rows = width < NARROW
    ? panels.map((panel) => [panel])
    : [...new Set(panels.map(rowOf))].map((row) => panels.filter((panel) => rowOf(panel) === row));
  const frames = {};
  let top = 0;
  for (const row of rows) {
    const shares = row.reduce((total, panel) => total + (panel.share ?? 1), 0);
    let left = 0;
    let height = 0;
    const made = row.map((panel) => {
      const outer = (width * (panel.share ?? 1)) / shares;
      const inner = outer - MARGIN.left - MARGIN.right;
      height = Math.max(height, panel.aspect ? panel.aspect * inner : panel.height ?? 0);
      const frame = { panel, left: left + MARGIN.left, top: top + MARGIN.top, width: inner };
      left += outer;
      return frame;
    });
    for (const frame of made) {
      frame.height = frame.panel.aspect ? frame.panel.aspect * frame.width : height;
      frames[frame.panel.id] = scaled(frame, scope[frame.panel.box]);
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

// Round values for tick marks, about `count` of them.
export function ticks(low, high, count) {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const out = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++)
    out.push({ value: i * step, label: (i * step).toFixed(digits).replace(/^-(0(\.0*)?)$/, "$1").replace("-", "−") });
  return out;
}

export function drawAxes(g, frame, theme) {
  const { panel, left, top, width, height, box } = frame;
  g.font = theme.font;
  g.lineWidth = 1;
  g.strokeStyle = theme.grid;
  g.fillStyle = theme.ink;
  g.strokeRect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(width), Math.round(height));
  g.textAlign = "center";
  g.textBaseline = "top";
  const across = panel.categories
    ? panel.categories.map((label, value) => ({ value, label }))
    : ticks(box[0], box[1], Math.max(3, Math.round(width / 62)));
  for (const { value, label } of across) {
    const x = Math.round(frame.px(value)) + 0.5;
    line(g, x, top + height, x, top + height + 4);
    g.fillText(label, x, top + height + 6);
  }
  if (panel.x) g.fillText(panel.x, left + width / 2, top + height + 21);
  g.textAlign = "right";
  g.textBaseline = "middle";
  for (const { value, label } of ticks(box[2], box[3], Math.max(3, Math.round(height / 48)))) {
    const y = Math.round(frame.py(value)) + 0.5;
    line(g, left - 4, y, left, y);
    g.fillText(label, left - 6, y);
  }
  g.textAlign = "left";
  g.textBaseline = "alphabetic";
  if (panel.title) g.fillText(panel.title, left, top - 8);
}

export function line(g, x0, y0, x1, y1) {
  g.beginPath();
  g.moveTo(x0, y0);
  g.lineTo(x1, y1);
  g.stroke();
}
