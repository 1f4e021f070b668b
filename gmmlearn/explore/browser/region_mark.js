// The mark of soft regions: the ground coloured by shares, with a line where two of them are equal.
import { contourSegments } from "./contours.js";
import { packed, sheetOf } from "./dense.js";

const OPACITY = 0.22;

/** With a pixel for each node of the grid. @type {import("./dense.js").Sheet | null} */
let sheet = null;

/**
 * @param {CanvasRenderingContext2D} g
 * @param {import("./types.js").Frame} frame
 * @param {any} mark
 * @param {any} scope
 * @param {any} theme
 */
export function regions(g, frame, mark, scope, theme) {
  const [nx, ny] = scope[mark.shape];
  const shares = scope[mark.shares];
  const count = nx * ny;
  const K = shares.length / count;
  sheet = sheetOf(sheet, nx, ny);
  const { canvas, g: onSheet, image, pixels } = sheet;
  for (let node = 0; node < count; node++) {
    let [red, green, blue] = [0, 0, 0];
    for (let k = 0; k < K; k++) {
      const share = shares[k * count + node];
      const colour = theme.rgb[k % theme.rgb.length];
      red += share * colour[0];
      green += share * colour[1];
      blue += share * colour[2];
    }
    // Rows of a picture run down, those of the grid up.
    const row = ny - 1 - Math.floor(node / nx);
    pixels[row * nx + (node % nx)] = packed(red, green, blue);
  }
  onSheet.putImageData(image, 0, 0);
  // A node is the middle of its pixel, so the sheet is half a pixel larger than the frame on each side.
  const [dx, dy] = [frame.width / (nx - 1), frame.height / (ny - 1)];
  g.globalAlpha = OPACITY;
  g.drawImage(canvas, frame.left - dx / 2, frame.top - dy / 2, frame.width + dx, frame.height + dy);
  g.globalAlpha = 1;
  const leads = scope[mark.leads];
  g.beginPath();
  for (let from = 0; from < leads.length; from += count) {
    const segments = contourSegments(leads.subarray(from, from + count), nx, ny, /** @type {any} */ (frame.box), 0);
    for (let i = 0; i < segments.length; i += 4) {
      g.moveTo(frame.px(segments[i]), frame.py(segments[i + 1]));
      g.lineTo(frame.px(segments[i + 2]), frame.py(segments[i + 3]));
    }
  }
  g.strokeStyle = theme.ink;
  g.lineWidth = 1.5 * theme.scale;
  g.setLineDash([1, 3]);
  g.stroke();
  g.setLineDash([]);
}
