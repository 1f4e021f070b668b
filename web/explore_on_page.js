
// On a page of the site each exploration brings its parts along.
const library = {};
for (const [number, place] of document.querySelectorAll(".exploration").entries()) {
  const parts = place.querySelector("script");
  const name = `exploration-${number}`;
  library[name] = JSON.parse(parts.textContent);
  parts.remove();
  place.dataset.exploration = name;
}
modules.page.open(library);
modules.page.openQuestions();

// What axe asks for beyond the theme: names, roles, and a wide formula that can be scrolled by keys.
const names = {};
for (const section of document.querySelectorAll("main section[aria-label]")) {
  const name = section.getAttribute("aria-label");
  names[name] = (names[name] ?? 0) + 1;
  if (names[name] > 1) section.setAttribute("aria-label", `${name} (${names[name]})`);
}
// What a panel is called is a heading of the fourth rank, wherever its cell is.
let rank = 1;
for (const heading of document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")) {
  const own = Number(heading.tagName[1]);
  if (own > rank + 1) heading.setAttribute("aria-level", String(rank + 1));
  rank = Math.min(own, rank + 1);
}
const sidebar = document.querySelector(".bd-sidebar-primary");
sidebar?.setAttribute("role", "region");
sidebar?.setAttribute("aria-label", "Chapters");
globalThis.MathJax?.startup?.promise?.then(() => {
  for (const formula of document.querySelectorAll("mjx-container[display=true]")) {
    if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
  }
});
