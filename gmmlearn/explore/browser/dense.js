// Thousands of points at once: their squares are written into the pixels of the frame, one by one.

// Red, green, blue as a pixel is stored, opaque; every machine that runs a browser is little-endian.
/** @param {number} r @param {number} g @param {number} b */
export const packed = (r, g, b) => (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;

/** @typedef {{canvas: HTMLCanvasElement, g: CanvasRenderingContext2D, image: ImageData, pixels: Uint32Array}} Sheet */

/**
 * A sheet of pixels of that size, the one of before where it fits: a new one for each picture costs more than the points.
 * @param {Sheet | null} sheet @param {number} width @param {number} height @returns {Sheet}
 */
export function sheetOf(sheet, width, height) {
  if (sheet?.canvas.width === width && sheet.canvas.height === height) return sheet;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = g.createImageData(width, height);
  return { canvas, g, image, pixels: new Uint32Array(image.data.buffer) };
}

/** @type {Sheet | null} */
let sheet = null;

/**
 * @param {CanvasRenderingContext2D} g
 * @param {import("./types.js").Frame} frame
 * @param {ArrayLike<number>} xy
 * @param {number} size Half the side of a square.
 * @param {Uint32Array} colours One for each point.
 */
export function densePoints(g, frame, xy, size, colours) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.ceil(frame.width * ratio), Math.ceil(frame.height * ratio)];
  sheet = sheetOf(sheet, width, height);
  const { canvas, g: onSheet, image, pixels } = sheet;
  pixels.fill(0);
  const side = Math.max(1, Math.round(2 * size * ratio));
  const [x0, x1, y0, y1] = frame.box;
  const [sx, sy] = [(frame.width * ratio) / (x1 - x0), (frame.height * ratio) / (y1 - y0)];
  for (let i = 0; i < colours.length; i++) {
    const left = Math.round((xy[2 * i] - x0) * sx - side / 2);
    const top = Math.round((y1 - xy[2 * i + 1]) * sy - side / 2);
    const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
    for (let row = Math.max(0, top); row < bottom; row++)
      for (let column = Math.max(0, left); column < right; column++) pixels[row * width + column] = colours[i];
  }
  onSheet.putImageData(image, 0, 0);
  g.drawImage(canvas, frame.left, frame.top, width / ratio, height / ratio);
}
