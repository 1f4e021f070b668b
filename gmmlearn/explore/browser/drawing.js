// A picture on its canvas, from frames and named values.
import { drawAxes, visible } from "./axes.js";
import { MARKS } from "./marks.js";

/** @param {HTMLCanvasElement} canvas @param {any} layout @param {number} width @param {any} scope @param {any} theme */
export function paint(canvas, { frames, height }, width, scope, theme) {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const g = canvas.getContext("2d");
  if (!g) return;
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.fillStyle = theme.ground;
  g.fillRect(0, 0, width, height);
  for (const frame of Object.values(frames)) {
    g.save();
    g.beginPath();
    g.rect(frame.left, frame.top, frame.width, frame.height);
    g.clip();
    for (const mark of frame.panel.marks)
      if (visible(mark, scope) && !(mark.unless && scope[mark.unless])) MARKS[mark.mark](g, frame, mark, scope, theme);
    g.restore();
    drawAxes(g, frame, theme);
  }
}
