// Colours of the two themes. The palette is that of Okabe and Ito, lighter on a dark ground.

const COMPONENTS = {
  light: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"],
  dark: ["#4DA3DD", "#F0824A", "#2DBE97", "#DE9BC2", "#F0B840", "#86CBF2"],
};
const GROUND = {
  light: { ink: "#1a1a1a", soft: "#6b6b6b", grid: "#8a8a8a", ground: "#ffffff" },
  dark: { ink: "#f0f0f0", soft: "#a8a8a8", grid: "#8a8a8a", ground: "#141414" },
};
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// JupyterLab says on <body> which theme it wears; a page without it follows the system.
export function isDark() {
  const said = document.body.dataset.jpThemeLight ?? document.body.dataset.themeLight;
  return said ? said === "false" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function themeNow(width) {
  const name = isDark() ? "dark" : "light";
  return {
    name,
    ...GROUND[name],
    components: COMPONENTS[name],
    rgb: COMPONENTS[name].map(channels),
    font: "12px system-ui, sans-serif",
    scale: width < 420 ? 0.8 : 1,
  };
}

// Calls `changed` when the theme may have changed; returns what ends the watch.
export function watchTheme(changed) {
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-theme-light"] });
  return () => {
    media.removeEventListener("change", changed);
    observer.disconnect();
  };
}
