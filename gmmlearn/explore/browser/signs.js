// Signs and colours of the components, as every mark uses them.

export const SHAPES = ["circle", "square", "triangle", "diamond"];
export const list = (value) => (value && !ArrayBuffer.isView(value) ? value.flat() : (value ?? []));
export const ROUND = 2 * Math.PI;

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
