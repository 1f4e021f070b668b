// The marks of which every picture is made: each is drawn from named values, and knows nothing of mixtures.
import { contourSegments } from "./contours.js";
import { densePoints, packed } from "./dense.js";
import { principalAxes } from "./maths.js";

const SHAPES = ["circle", "square", "triangle", "diamond"];
const list = (value) => (value && !ArrayBuffer.isView(value) ? value.flat() : (value ?? []));
const ROUND = 2 * Math.PI;

export const colourOf = (theme, name) =>
  name === undefined || name === "ink" ? theme.ink
  : name === "soft" ? theme.soft
  : theme.components[Number(name) % theme.components.length];

// Adds one sign of a shape to the path; all shapes have about the same area.
export function sign(path, k, x, y, r) {
  const shape = SHAPES[k % SHAPES.length];
  if (shape === "circle") {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, ROUND);
  } else if (shape === "square") path.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
  else {
    const corners = shape === "triangle" ? [[0, -1.25], [1.15, 0.8], [-1.15, 0.8]] : [[0, -1.3], [1.1, 0], [0, 1.3], [-1.1, 0]];
    corners.forEach(([u, v], i) => (i ? path.lineTo(x + u * r, y + v * r) : path.moveTo(x + u * r, y + v * r)));
    path.closePath();
  }
}

// Colour and sign of a row of responsibilities, as one number: the palette mixed, in sixteenths, so that few
// different ones occur.
function blend(theme, rows, i, K) {
  let [r, g, b, top, best] = [0, 0, 0, -1, 0];
  for (let k = 0; k < K; k++) {
    const exact = rows[i * K + k];
    if (exact > top) {
      top = exact;
      best = k;
    }
    const share = Math.round(16 * exact) / 16;
    const colour = theme.rgb[k % theme.rgb.length];
    r += share * colour[0];
    g += share * colour[1];
    b += share * colour[2];
  }
  const packed = (Math.min(255, r) << 16) | (Math.min(255, g) << 8) | Math.min(255, b);
  return packed * SHAPES.length + (best % SHAPES.length);
}

// Thousands of points are little squares, set pixel by pixel (`dense.js`); fewer are signs, from pictures of them that
// are kept: several times faster than paths, and so is one change of colour for all points that share it.
export const FEW = 2000;

function points(g, frame, mark, scope, theme) {
  const xy = list(scope[mark.xy]);
  const rows = mark.blend && scope[mark.blend];
  const labels = mark.labels && scope[mark.labels];
  const n = xy.length / 2;
  const K = rows ? rows.length / n : 0;
  const size = (mark.size ?? 3) * (n > 8 * FEW ? 0.34 : n > FEW ? 0.55 : n > 800 ? 0.75 : 1) * theme.scale;
  if (n > FEW) {
    densePoints(g, frame, xy, size, rows ? rowColours(theme, rows, n, K) : labelColours(theme, labels, n, mark.colour));
    return;
  }
  const bins = new Map();
  for (let i = 0; i < n; i++) {
    const key = rows ? blend(theme, rows, i, K) : labels ? labels[i] : 0;
    const bin = bins.get(key);
    if (bin) bin.push(i);
    else bins.set(key, [i]);
  }
  for (const [key, members] of bins) {
    const packed = Math.floor(key / SHAPES.length);
    const colour = rows ? `rgb(${packed >> 16},${(packed >> 8) & 255},${packed & 255})`
      : colourOf(theme, labels ? key : (mark.colour ?? "soft"));
    const shape = (rows || labels ? key : (mark.shape ?? 0)) % SHAPES.length;
    const picture = pictureOf(colour, shape, size, mark.outline ? theme.ink : "");
    for (const i of members) {
      const [x, y] = [frame.px(xy[2 * i]), frame.py(xy[2 * i + 1])];
      g.drawImage(picture, x - picture.half, y - picture.half, 2 * picture.half, 2 * picture.half);
    }
  }
}

// One colour for each point: the palette mixed by its row of responsibilities.
/** @param {any} theme @param {ArrayLike<number>} rows @param {number} n @param {number} K */
function rowColours(theme, rows, n, K) {
  const colours = new Uint32Array(n);
  const palette = Array.from({ length: K }, (_, k) => theme.rgb[k % theme.rgb.length]);
  for (let i = 0; i < n; i++) {
    let [r, g, b] = [0, 0, 0];
    for (let k = 0; k < K; k++) {
      const share = rows[i * K + k];
      r += share * palette[k][0];
      g += share * palette[k][1];
      b += share * palette[k][2];
    }
    colours[i] = packed(r, g, b);
  }
  return colours;
}

/** @param {any} theme @param {any} labels @param {number} n @param {string} [name] Colour where there are no labels. */
function labelColours(theme, labels, n, name = "soft") {
  const plain = (/** @type {string} */ colour) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    return packed(r, g, b);
  };
  if (!labels) return new Uint32Array(n).fill(plain(colourOf(theme, name)));
  const palette = theme.components.map(plain);
  return Uint32Array.from(labels, (label) => palette[label % palette.length]);
}

const pictures = new Map();

function pictureOf(colour, shape, size, outline) {
  const ratio = window.devicePixelRatio || 1;
  const key = `${colour} ${shape} ${size} ${outline} ${ratio}`;
  if (pictures.has(key)) return pictures.get(key);
  if (pictures.size > 3000) pictures.clear();
  const half = Math.ceil(1.4 * size + 2);
  const canvas = Object.assign(document.createElement("canvas"), { half, width: 2 * half * ratio, height: 2 * half * ratio });
  const g = canvas.getContext("2d");
  g.scale(ratio, ratio);
  g.beginPath();
  sign(g, shape, half, half, size);
  g.fillStyle = colour;
  g.fill();
  if (outline) {
    g.strokeStyle = outline;
    g.lineWidth = 1.5;
    g.stroke();
  }
  pictures.set(key, canvas);
  return canvas;
}

function polyline(g, frame, x, y, from = 0) {
  g.beginPath();
  let open = false;
  for (let i = 0; i < x.length; i++) {
    const value = y[from + i];
    if (!Number.isFinite(value)) open = false;
    else if (open) g.lineTo(frame.px(x[i]), frame.py(value));
    else {
      g.moveTo(frame.px(x[i]), frame.py(value));
      open = true;
    }
  }
}

function stroke(g, mark, theme, colour) {
  g.strokeStyle = colour;
  g.lineWidth = (mark.width ?? 1.5) * theme.scale;
  g.setLineDash(mark.dash ?? []);
  g.stroke();
  g.setLineDash([]);
}

function curve(g, frame, mark, scope, theme) {
  const x = scope[mark.x];
  polyline(g, frame, x, scope[mark.y]);
  stroke(g, mark, theme, colourOf(theme, mark.colour));
}

function curves(g, frame, mark, scope, theme) {
  const [x, y] = [scope[mark.x], scope[mark.y]];
  for (let k = 0; k < y.length / x.length; k++) {
    const colour = colourOf(theme, k);
    polyline(g, frame, x, y, k * x.length);
    stroke(g, mark, theme, colour);
    if (!mark.fill) continue;
    g.lineTo(frame.px(x.at(-1)), frame.py(0));
    g.lineTo(frame.px(x[0]), frame.py(0));
    g.globalAlpha = 0.15;
    g.fillStyle = colour;
    g.fill();
    g.globalAlpha = 1;
  }
}

function ellipses(g, frame, mark, scope, theme) {
  const [sx, sy] = [frame.px(1) - frame.px(0), frame.py(1) - frame.py(0)];
  scope[mark.covariances].forEach((covariance, k) => {
    const [[a, b], [, c]] = covariance;
    // The axes of the picture may be scaled differently, so the ellipse is that of the covariance in pixels.
    const { variances, angle } = principalAxes([[a * sx * sx, b * sx * sy], [b * sx * sy, c * sy * sy]]);
    if (!(variances[0] >= 0)) return;
    const [x, y] = scope[mark.means][k];
    for (const scale of mark.scales ?? [1, 2]) {
      const [first, second] = variances.map((variance) => scale * Math.sqrt(Math.max(0, variance)));
      g.beginPath();
      g.ellipse(frame.px(x), frame.py(y), first, second, angle, 0, ROUND);
      if (mark.fill) {
        g.globalAlpha = 0.12;
        g.fillStyle = colourOf(theme, k);
        g.fill();
        g.globalAlpha = 1;
      }
      stroke(g, mark, theme, colourOf(theme, mark.colour ?? k));
    }
  });
}

// Level lines stay with their grid: a picture in which the grid stays has them once.
const kept = new WeakMap();

function contours(g, frame, mark, scope, theme) {
  const [nx, ny] = scope[mark.shape];
  const levels = [...scope[mark.levels]];
  const grid = scope[mark.grid];
  if (!kept.has(grid)) kept.set(grid, new Map());
  levels.forEach((level, j) => {
    if (!kept.get(grid).has(level)) kept.get(grid).set(level, contourSegments(grid, nx, ny, frame.box, level));
    const segments = kept.get(grid).get(level);
    g.beginPath();
    for (let i = 0; i < segments.length; i += 4) {
      g.moveTo(frame.px(segments[i]), frame.py(segments[i + 1]));
      g.lineTo(frame.px(segments[i + 2]), frame.py(segments[i + 3]));
    }
    // The faintest line keeps a contrast of 3 to 1.
    g.globalAlpha = 0.8 + (0.2 * (j + 1)) / levels.length;
    stroke(g, { width: 1, ...mark }, theme, colourOf(theme, mark.colour ?? "soft"));
    g.globalAlpha = 1;
  });
}

function path(g, frame, mark, scope, theme) {
  const xy = list(scope[mark.xy]);
  if (!xy.length) return;
  const [x, y] = [0, 1].map((odd) => Array.from({ length: xy.length / 2 }, (_, i) => xy[2 * i + odd]));
  polyline(g, frame, x, y);
  const colour = colourOf(theme, mark.colour);
  stroke(g, mark, theme, colour);
  g.beginPath();
  x.forEach((value, i) => sign(g, mark.shape ?? 0, frame.px(value), frame.py(y[i]), (mark.dots ?? 2) * theme.scale));
  g.fillStyle = colour;
  g.fill();
}

function arrows(g, frame, mark, scope, theme) {
  scope[mark.to].forEach(([x, y], k) => {
    const [from, to] = [scope[mark.from], [x, y]].map(([u, v]) => [frame.px(u), frame.py(v)]);
    g.beginPath();
    g.moveTo(...from);
    g.lineTo(...to);
    stroke(g, mark, theme, colourOf(theme, k + 1));
  });
}

// Lines whose width is a share between 0 and 1.
function links(g, frame, mark, scope, theme) {
  scope[mark.pairs].forEach(([from, to], k) => {
    const share = scope[mark.shares][k];
    g.beginPath();
    g.moveTo(frame.px(from[0]), frame.py(from[1]));
    g.lineTo(frame.px(to[0]), frame.py(to[1]));
    stroke(g, { width: 0.5 + 9 * share }, theme, colourOf(theme, k));
  });
}

function bars(g, frame, mark, scope, theme) {
  const zero = frame.py(Math.max(0, frame.box[2]));
  Array.from(scope[mark.heights]).forEach((height, k) => {
    const [left, right, top] = [frame.px(k - 0.36), frame.px(k + 0.36), frame.py(height)];
    if (mark.outline) {
      g.strokeStyle = theme.ink;
      g.lineWidth = 1.5 * theme.scale;
      g.setLineDash([5, 3]);
      g.strokeRect(left - 3, top, right - left + 6, zero - top);
      g.setLineDash([]);
      return;
    }
    g.fillStyle = colourOf(theme, k);
    g.globalAlpha = mark.lit === undefined || scope[mark.lit] < 0 || scope[mark.lit] === k ? 1 : 0.35;
    g.fillRect(left, top, right - left, zero - top);
    g.globalAlpha = 1;
    if (!mark.numbers) return;
    g.fillStyle = theme.ink;
    g.font = theme.font;
    g.textAlign = "center";
    g.textBaseline = "bottom";
    g.fillText(height.toFixed(2), (left + right) / 2, top - 2);
  });
}

// Names beside places, on a ground that keeps them readable.
function names(g, frame, mark, scope, theme) {
  g.font = `bold ${theme.font}`;
  g.textAlign = "left";
  g.textBaseline = "middle";
  scope[mark.at].forEach(([x, y], k) => {
    const text = scope[mark.names][k];
    const [left, top] = [frame.px(x) + 9, frame.py(y) - 9];
    g.fillStyle = theme.ground;
    g.globalAlpha = 0.8;
    g.fillRect(left - 3, top - 9, g.measureText(text).width + 6, 18);
    g.globalAlpha = 1;
    g.fillStyle = theme.ink;
    g.fillText(text, left, top);
  });
}

// A teacher stands at each mean: head, dress and arms in the colour of the component.
function people(g, frame, mark, scope, theme) {
  scope[mark.at].forEach(([x, y], k) => {
    const [cx, cy, u] = [frame.px(x), frame.py(y), 9 * theme.scale];
    g.lineWidth = 2 * theme.scale;
    g.strokeStyle = theme.ink;
    g.fillStyle = colourOf(theme, k);
    g.beginPath();
    g.moveTo(cx - 1.5 * u, cy - 0.2 * u);
    g.lineTo(cx, cy - 0.6 * u);
    g.lineTo(cx + 1.5 * u, cy - 0.2 * u);
    g.stroke();
    g.beginPath();
    g.moveTo(cx, cy - u);
    g.lineTo(cx + u, cy + 1.4 * u);
    g.lineTo(cx - u, cy + 1.4 * u);
    g.closePath();
    g.moveTo(cx + 0.65 * u, cy - 1.5 * u);
    g.arc(cx, cy - 1.5 * u, 0.65 * u, 0, ROUND);
    g.fill();
    g.stroke();
  });
}

export const MARKS = { points, curve, curves, ellipses, contours, path, arrows, links, bars, names, people };
