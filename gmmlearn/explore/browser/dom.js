// Small pieces of the page: elements, signs of the components, and what a screen reader says.

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

// Changes the text of a node only where it differs, so that nothing is laid out or read aloud for nothing.
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const OUTLINES = [
  "M14 8A6 6 0 1 1 2 8A6 6 0 1 1 14 8Z",
  "M2.8 2.8H13.2V13.2H2.8Z",
  "M8 1.2L14.8 13.2H1.2Z",
  "M8 .6L14.8 8L8 15.4L1.2 8Z",
];

// The sign of component k: a shape besides a colour.
export function signOf(k) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.style.setProperty("--gmmx-fill", `var(--gmmx-c${k % 6})`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", OUTLINES[k % OUTLINES.length]);
  svg.append(path);
  return svg;
}

let counter = 0;
export const freshId = (name) => `gmmx-${name}-${(counter += 1)}`;
