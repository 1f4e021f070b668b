// Questions without a picture: a prediction, a quiz, recall. Where it knows what to read about each, it says so in the end.
import { element, say, watchKeys } from "./dom.js";
import { question } from "./questions.js";
import { dress, themeNow, watchTheme } from "./theme.js";

/**
 * How many were right at once, and where to read about the others.
 * @param {import("./questions.js").Question[]} list
 * @param {boolean} linked
 */
function result(list, linked) {
  const score = element("p", { role: "status" });
  const again = element("ul");
  const node = element("div", { class: "gmmx-result" }, score, again);
  /** The first choice of each. @type {Map<string, number>} */
  const first = new Map(list.filter((item) => item.chosen?.length).map((item) => [item.key, item.chosen?.[0] ?? 0]));
  const update = () => {
    const answered = list.filter((item) => first.has(item.key));
    const wrong = answered.filter((item) => !item.answers[first.get(item.key) ?? 0]?.correct);
    const right = answered.length - wrong.length;
    say(score, `${answered.length} of ${list.length} answered, ${right} right at once.${wrong.length ? " Read again:" : ""}`);
    const sections = new Map(wrong.map(({ read }) => [read?.title ?? "", read?.href ?? ""]));
    again.replaceChildren(...[...sections].map(([title, href]) =>
      element("li", {}, linked ? element("a", { href }, title) : title)));
  };
  update();
  return { node, told(/** @type {{question: string, choice: number}} */ { question: key, choice }) {
    if (!first.has(key)) first.set(key, choice);
    update();
  } };
}

/**
 * @param {HTMLElement} el
 * @param {{heading: string, questions: import("./questions.js").Question[]}} asked
 * @param {(answer: any) => void} [keep]
 * @param {boolean} [linked] Whether an address leads somewhere from here.
 * @returns {() => void} What ends it.
 */
export function ask(el, { heading, questions: list }, keep = () => {}, linked = true) {
  const end = list.some((item) => item.read) ? result(list, linked) : null;
  const root = element("div", { class: "gmmx gmmx-quiz", role: "group", "aria-label": heading },
    element("p", {}, element("strong", {}, heading)),
    ...list.map((item, i) => question(item, list.length > 1 ? i + 1 : 0, (answer) => {
      keep(answer);
      end?.told(answer);
    }).node), ...(end ? [end.node] : []));
  el.append(root);
  const colour = () => dress(root, themeNow(root.clientWidth, el));
  colour();
  const unwatch = [watchTheme(colour), watchKeys(root)];
  return () => {
    unwatch.forEach((stop) => stop());
    root.remove();
  };
}

export function render({ model, el }) {
  const asked = { heading: model.get("heading"), questions: model.get("questions") };
  return ask(el, asked, (answer) => model.send(answer), false);
}
