// Level lines of a grid by marching squares, as flat segments (x0, y0, x1, y1) in the units of the box.

export function contourSegments(grid, nx, ny, [x0, x1, y0, y1], level) {
  const dx = (x1 - x0) / (nx - 1);
  const dy = (y1 - y0) / (ny - 1);
  const out = [];
  for (let j = 0; j < ny - 1; j++)
    for (let i = 0; i < nx - 1; i++) {
      const a = grid[j * nx + i] - level;
      const b = grid[j * nx + i + 1] - level;
      const c = grid[(j + 1) * nx + i + 1] - level;
      const d = grid[(j + 1) * nx + i] - level;
      const above = Number(a > 0) + Number(b > 0) + Number(c > 0) + Number(d > 0);
      if (above === 0 || above === 4) continue;
      const x = x0 + i * dx;
      const y = y0 + j * dy;
      const crossings = [];
      if (a > 0 !== b > 0) crossings.push(x + (dx * a) / (a - b), y);
      if (b > 0 !== c > 0) crossings.push(x + dx, y + (dy * b) / (b - c));
      if (c > 0 !== d > 0) crossings.push(x + (dx * d) / (d - c), y + dy);
      if (d > 0 !== a > 0) crossings.push(x, y + (dy * a) / (a - d));
      out.push(...crossings.slice(0, 4));
      // A saddle: four crossings make two segments; pairing them in order is as good as any other.
      if (crossings.length === 8) out.push(...crossings.slice(4));
    }
  return out;
}
