// The mark of samples: signs while there are few, pixels where there are thousands.
import { densePoints, packed } from "./dense.js";
import { SHAPES, colourOf, list, sign } from "./signs.js";
import { channels } from "./theme.js";

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
  const mixed = (Math.min(255, r) << 16) | (Math.min(255, g) << 8) | Math.min(255, b);
  return mixed * SHAPES.length + (best % SHAPES.length);
}

// Thousands of points are little squares, set pixel by pixel (`dense.js`); fewer are signs, from pictures of them that
// are kept: several times faster than paths, and so is one change of colour for all points that share it.
const FEW = 2000;

export function points(g, frame, mark, scope, theme) {
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
    const mixed = Math.floor(key / SHAPES.length);
    const colour = rows ? `rgb(${mixed >> 16},${(mixed >> 8) & 255},${mixed & 255})`
      : colourOf(theme, labels ? key : (mark.colour ?? "soft"));
    const shape = (rows || labels ? key : (mark.shape ?? 0)) % SHAPES.length;
    const picture = pictureOf(colour, shape, size, mark.outline ? theme.ink : "", theme.ground);
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
  const plain = (/** @type {number[]} */ [r, g, b]) => packed(r, g, b);
  if (!labels) return new Uint32Array(n).fill(plain(channels(colourOf(theme, name))));
  const palette = theme.rgb.map(plain);
  return Uint32Array.from(labels, (label) => palette[label % palette.length]);
}

const pictures = new Map();

// With a rim of the page's colour around it, as the ground may be coloured, and so that samples close together stay apart.
function pictureOf(colour, shape, size, outline, ground) {
  const ratio = window.devicePixelRatio || 1;
  const key = `${colour} ${shape} ${size} ${outline} ${ground} ${ratio}`;
  if (pictures.has(key)) return pictures.get(key);
  if (pictures.size > 3000) pictures.clear();
  const half = Math.ceil(1.4 * size + 2);
  const canvas = Object.assign(document.createElement("canvas"), { half, width: 2 * half * ratio, height: 2 * half * ratio });
  const g = canvas.getContext("2d");
  g.scale(ratio, ratio);
  g.beginPath();
  sign(g, shape, half, half, size);
  g.strokeStyle = ground;
  g.lineWidth = outline ? 3.5 : 2;
  g.stroke();
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
