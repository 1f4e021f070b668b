
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
