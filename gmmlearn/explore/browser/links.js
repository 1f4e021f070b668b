// Links in a text that set the state of a picture: [drop it here](#responsibilities?point=[1,2]), as in its address.
import { parsed } from "./address.js";

/** Where a node is in the page itself: VS Code draws each text in a shadow tree. @param {Element} node @returns {Element} */
function inPage(node) {
  const tree = node.getRootNode();
  return tree instanceof ShadowRoot ? inPage(tree.host) : node;
}

/**
 * The view that a link is about: the first of its kind after the link, or else the last before it.
 * @param {Element} link @param {string} name
 */
function nearest(link, name) {
  const views = [...document.querySelectorAll(`.gmmx[data-name="${name}"]`)];
  const place = inPage(link);
  const after = views.find((view) => place.compareDocumentPosition(view) & Node.DOCUMENT_POSITION_FOLLOWING);
  return after ?? views.at(-1);
}

/**
 * @param {HTMLElement} root The view.
 * @param {(parts: import("./types.js").State) => boolean} take Whether the view can have that state, and then has it.
 * @returns {() => void} What stops it.
 */
export function followLinks(root, take) {
  const { name } = root.dataset;
  /** @param {MouseEvent} event */
  function follow(event) {
    const link = /** @type {HTMLAnchorElement | undefined} */ (event.composedPath().find((node) =>
      node instanceof HTMLAnchorElement && node.hash));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const [named, parts] = parsed(link.hash);
    if (named !== name || !Object.keys(parts).length || nearest(link, name) !== root || !take(parts)) return;
    // The host would scroll to a heading of that name.
    event.preventDefault();
    event.stopPropagation();
    root.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
}
