// The theme of the host, and what follows it.
import { THEMES } from "./colours.js";

/** Red, green and blue of a colour of the palette. @param {string} hex */
export const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** Red, green, blue and opacity of a computed colour. @param {string} text */
const parts = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);

/** The ground on which an element is seen: that of its nearest ancestor that has one. @param {Element | null} el */
function groundIsDark(el) {
  for (let node = el; node; node = node.parentElement) {
    const [r, g, b, opacity = 1] = parts(getComputedStyle(node).backgroundColor);
    if (opacity > 0.5 && b !== undefined) return 0.299 * r + 0.587 * g + 0.114 * b < 128;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

// Hosts say on <body> or <html> which theme they wear; elsewhere the ground of the page shows it.
/** @param {Element | null} [el] Where the picture is. */
function isDark(el = null) {
  const { dataset, classList } = document.body;
  const jupyter = dataset.jpThemeLight ?? dataset.themeLight;
  if (jupyter) return jupyter === "false";
  const code = dataset.vscodeThemeKind ?? [...classList].find((name) => name.startsWith("vscode-")) ?? "";
  if (code.startsWith("vscode-")) return !code.includes("light");
  const colab = document.documentElement.getAttribute("theme");
  if (colab) return colab === "dark";
  return groundIsDark(el);
}

/** @param {number} width @param {Element | null} [el] */
export function themeNow(width, el = null) {
  const name = isDark(el?.parentElement) ? "dark" : "light";
  return {
    name,
    ...THEMES[name],
    rgb: THEMES[name].components.map(channels),
    font: "12px system-ui, sans-serif",
    scale: width < 420 ? 0.8 : 1,
  };
}

/** Sets the colours of the page around a picture or a question. @param {any} root @param {any} theme */
export function dress(root, theme) {
  if (root.dataset.theme === theme.name) return;
  root.dataset.theme = theme.name;
  // What the browser draws itself, as boxes to tick and lists: else dark in a light picture on a dark page.
  root.style.colorScheme = theme.name;
  theme.components.forEach((/** @type {string} */ colour, /** @type {number} */ k) =>
    root.style.setProperty(`--gmmx-c${k}`, colour));
  for (const name of ["ink", "soft", "grid", "ground", "focus"]) root.style.setProperty(`--gmmx-${name}`, theme[name]);
}

// Calls `changed` when the theme may have changed; returns what ends the watch.
export function watchTheme(changed) {
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  const attributeFilter = ["data-jp-theme-light", "data-theme-light", "data-vscode-theme-kind", "class", "style", "theme"];
  for (const node of [document.body, document.documentElement]) observer.observe(node, { attributes: true, attributeFilter });
  return () => {
    media.removeEventListener("change", changed);
    observer.disconnect();
  };
}

// Calls `changed` when the window may have other pixels, on another screen or at another zoom; returns what ends it.
/** @param {() => void} changed */
export function watchPixels(changed) {
  window.addEventListener("resize", changed);
  const media = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  media.addEventListener("change", changed);
  return () => {
    window.removeEventListener("resize", changed);
    media.removeEventListener("change", changed);
  };
}
