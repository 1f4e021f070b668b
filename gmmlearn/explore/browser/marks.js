// The marks of which every picture is made: each is drawn from named values, and knows nothing of mixtures.
import { contourSegments } from "./contours.js";
import { principalAxes } from "./maths.js";
import { points } from "./points.js";
import { regions } from "./region_mark.js";
import { ROUND, colourOf, list, sign } from "./signs.js";

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

// On what may be coloured: between a line and its ground is a rim of the page's colour, to which it has its contrast.
function rimmed(g, mark, theme, colour) {
  stroke(g, { ...mark, width: (mark.width ?? 1.5) + 2 / theme.scale }, theme, theme.ground);
  stroke(g, mark, theme, colour);
}

function shade(g, opacity, colour) {
  g.globalAlpha = opacity;
  g.fillStyle = colour;
  g.fill();
  g.globalAlpha = 1;
}

function curves(g, frame, mark, scope, theme) {
  const [x, y] = [scope[mark.x], scope[mark.y]];
  for (let k = 0; k < y.length / x.length; k++) {
    polyline(g, frame, x, y, k * x.length);
    rimmed(g, mark, theme, colourOf(theme, k));
  }
}

// The ground below such curves.
function areas(g, frame, mark, scope, theme) {
  const [x, y] = [scope[mark.x], scope[mark.y]];
  for (let k = 0; k < y.length / x.length; k++) {
    polyline(g, frame, x, y, k * x.length);
    g.lineTo(frame.px(x.at(-1)), frame.py(0));
    g.lineTo(frame.px(x[0]), frame.py(0));
    shade(g, 0.15, colourOf(theme, k));
  }
}

/** @param {(k: number) => void} draw Called with each ellipse as the path. */
function eachEllipse(g, frame, mark, scope, draw) {
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
      draw(k);
    }
  });
}

function ellipses(g, frame, mark, scope, theme) {
  eachEllipse(g, frame, mark, scope, (k) => {
    const lit = mark.lit && scope[mark.lit] === k;
    rimmed(g, lit ? { ...mark, width: 5 } : mark, theme, colourOf(theme, mark.colour ?? k));
  });
}

// The ground inside such ellipses: under the samples, whose colours it would change.
function discs(g, frame, mark, scope, theme) {
  eachEllipse(g, frame, mark, scope, (k) => shade(g, 0.12, colourOf(theme, k)));
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

// The way of each place: a line through where it was, to where it is now.
function trails(g, frame, mark, scope, theme) {
  const [way, places] = [scope[mark.way], scope[mark.at]];
  const K = places.length;
  places.forEach((place, k) => {
    const xy = [];
    for (let i = k; i < way.length / 2 - K; i += K) xy.push([way[2 * i], way[2 * i + 1]]);
    if (!xy.length) return;
    g.beginPath();
    [...xy, place].forEach(([x, y], i) => (i ? g.lineTo(frame.px(x), frame.py(y)) : g.moveTo(frame.px(x), frame.py(y))));
    stroke(g, { width: 4 }, theme, theme.ground);
    stroke(g, { width: 2 }, theme, theme.ink);
    g.beginPath();
    xy.forEach(([x, y]) => sign(g, k, frame.px(x), frame.py(y), 3.5 * theme.scale));
    g.fillStyle = colourOf(theme, k);
    g.fill();
    stroke(g, { width: 1 }, theme, theme.ink);
  });
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
    if (mark.lit && scope[mark.lit] === k) stroke(g, { width: 9 * share + 5 }, theme, theme.ink);
    const width = (mark.thinnest ?? 0.5) + (mark.width ?? 9) * share;
    stroke(g, { width }, theme, colourOf(theme, mark.component ? scope[mark.component] : k));
  });
}

function bars(g, frame, mark, scope, theme) {
  const zero = frame.py(Math.max(0, frame.box[2]));
  Array.from(scope[mark.heights]).forEach((height, k) => {
    const [left, right, top] = [frame.px(k - 0.36), frame.px(k + 0.36), frame.py(height)];
    if (mark.outline) {
      g.beginPath();
      g.rect(left - 3, top, right - left + 6, zero - top);
      rimmed(g, { dash: [5, 3] }, theme, theme.ink);
      return;
    }
    g.fillStyle = colourOf(theme, k);
    g.fillRect(left, top, right - left, zero - top);
    if (mark.ringed && scope[mark.ringed] === k) {
      g.strokeStyle = theme.ink;
      g.lineWidth = 3;
      g.strokeRect(left, top, right - left, zero - top);
    }
    if (!mark.numbers) return;
    g.fillStyle = theme.ink;
    g.font = theme.font;
    g.textAlign = "center";
    g.textBaseline = "bottom";
    g.fillText(height.toFixed(2), (left + right) / 2, top - 2);
  });
}

// Parts of one height, one upon the other: the value holds the place on the axis and then the parts.
function slices(g, frame, mark, scope, theme) {
  const [place, ...parts] = scope[mark.slices];
  const x = frame.px(place);
  let from = 0;
  parts.forEach((part, k) => {
    const [bottom, top] = [frame.py(from), frame.py(from + part)];
    g.fillStyle = colourOf(theme, k);
    g.fillRect(x - 4, top, 8, bottom - top);
    from += part;
  });
  g.strokeStyle = theme.ink;
  g.lineWidth = 1;
  g.strokeRect(x - 4, frame.py(from), 8, frame.py(0) - frame.py(from));
}

// A square around a place: its middle and half its width.
function window_(g, frame, mark, scope, theme) {
  const [x, y, half] = scope[mark.window];
  g.beginPath();
  g.rect(frame.px(x - half), frame.py(y + half), frame.px(x + half) - frame.px(x - half), frame.py(y - half) - frame.py(y + half));
  stroke(g, { width: 2 }, theme, theme.ink);
}

// An error on each side of a height.
function whiskers(g, frame, mark, scope, theme) {
  Array.from(scope[mark.at]).forEach((height, k) => {
    const length = scope[mark.lengths][k];
    if (!Number.isFinite(length)) return;
    const [x, low, high] = [frame.px(k), frame.py(height - length), frame.py(height + length)];
    g.beginPath();
    for (const y of [low, high]) {
      g.moveTo(x - 6, y);
      g.lineTo(x + 6, y);
    }
    g.moveTo(x, low);
    g.lineTo(x, high);
    stroke(g, { width: 4 }, theme, theme.ground);
    stroke(g, { width: 2 }, theme, theme.ink);
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

export const MARKS = { points, areas, curve, curves, discs, ellipses, contours, path, arrows, links, bars, names, people, regions, slices, trails, whiskers, window: window_ };
