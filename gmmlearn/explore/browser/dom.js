// Small pieces of the page: elements, signs of the components, and what a screen reader says.

const SUPPRESS = "data-lm-suppress-shortcuts";

// What the host does with these stays the host's: saving, running the cell.
/** @param {KeyboardEvent} event */
const isTheHosts = ({ key, ctrlKey, metaKey, shiftKey }) => ctrlKey || metaKey || (key === "Enter" && shiftKey);

/**
 * Keeps plain keys from a notebook's commands, and leaves it its own combinations. Jupyter listens on the document
 * before any element does, so its permission is given one step earlier, on the window.
 * @param {HTMLElement} root
 * @returns {() => void} What ends it.
 */
export function watchKeys(root) {
  /** @param {KeyboardEvent} event */
  const before = (event) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || !root.contains(target)) return;
    if (isTheHosts(event)) target.removeAttribute(SUPPRESS);
    else target.setAttribute(SUPPRESS, "true");
  };
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" && !isTheHosts(event)) event.stopPropagation();
  });
  window.addEventListener("keydown", before, true);
  return () => window.removeEventListener("keydown", before, true);
}

const FOCUSABLE = ["a", "button", "input", "select", "summary", "textarea"];

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {(string | Node)[]} children
 * @returns {any}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  // Jupyter's shortcuts are stopped at the element that has the focus; one around it is not asked.
  if (FOCUSABLE.includes(tag) || "tabindex" in attributes) node.setAttribute(SUPPRESS, "true");
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
  svg.style.setProperty("--gmmx-fill", `var(--gmmx-c${k})`);
  // Twice: below is the rim by which it stands out from samples of its own colour.
  for (const part of ["gmmx-rim", "gmmx-sign"]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", part);
    path.setAttribute("d", OUTLINES[k % OUTLINES.length]);
    svg.append(path);
  }
  return svg;
}

/**
 * An id that nothing else in the document has. Each widget of a notebook loads a script of its own, so they count together.
 * @param {string} name
 */
export function freshId(name) {
  const counted = /** @type {{gmmxIds?: number}} */ (globalThis);
  counted.gmmxIds = (counted.gmmxIds ?? 0) + 1;
  return `gmmx-${name}-${counted.gmmxIds}`;
}
