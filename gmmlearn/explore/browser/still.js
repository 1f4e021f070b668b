// A notebook has a still of each exploration before its view, for where no widget can be; the view takes its place.

/**
 * Hides the still before a view.
 * @param {HTMLElement} el The element of the view, in its page.
 * @param {string} bytes Some of the bytes of the still, as its address has them; JupyterLab leaves its words out.
 * @returns {() => void} What shows it again.
 */
export function replaceStill(el, bytes) {
  for (let node = el; node.parentElement && node !== document.body; node = node.parentElement) {
    const before = /** @type {HTMLElement | null} */ (node.previousElementSibling);
    const inside = before ? [before, ...before.querySelectorAll("img")] : [];
    // Its own output and nothing else: never a cell in which there is more.
    if (!before || before.textContent?.trim() || !inside.some((one) => one.getAttribute("src")?.includes(bytes))) continue;
    before.style.display = "none";
    return () => { before.style.display = ""; };
  }
  return () => {};
}
