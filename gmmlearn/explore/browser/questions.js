// A question, as it is asked everywhere: choose, check, read why. An exploration can then show it in the picture.
import { element, freshId, say } from "./dom.js";

/**
 * @typedef {object} Question
 * @property {string} key Its name in the record of progress.
 * @property {string} question
 * @property {{answer: string, correct: boolean, feedback: string}[]} answers
 * @property {any[]} [before] What sets the picture up.
 * @property {any[]} [after] What shows the answer in the picture.
 * @property {number[]} [chosen] What the kernel remembers: the first choice, and the latest.
 * @property {{title: string, href: string}} [read] Where to read about it.
 */

/** The latest choice by key, for a question that a page asks twice. A kernel remembers longer. @type {Map<string, number>} */
const remembered = new Map();

/**
 * @param {Question} item
 * @param {number} place Its number; 0 where it is the only one.
 * @param {(answer: {question: string, choice: number}) => void} keep Told of each choice that is checked.
 * @param {any} [apply] The picture of an exploration, which sets it up and shows the answer.
 * @param {() => void} [forgetAll]
 */
export function question(item, place, keep, apply = null, forgetAll = () => {}) {
  const name = freshId("choice");
  const feedback = element("p", { class: "gmmx-feedback", role: "status" });
  // A verdict is about one choice and one state of the picture: it goes with either.
  const forget = () => {
    say(feedback, "");
    delete feedback.dataset.right;
    show.hidden = true;
  };
  const inputs = item.answers.map(() => element("input", { type: "radio", name, onchange: forget }));
  const setUp = () => {
    forgetAll();
    apply.steps(item.before);
  };
  const judge = () => {
    const choice = inputs.findIndex((input) => input.checked);
    if (choice < 0) {
      say(feedback, "Choose one first.");
      return -1;
    }
    const { correct, feedback: why } = item.answers[choice];
    feedback.dataset.right = String(correct);
    say(feedback, `${correct ? "Right." : "Not quite."} ${why}`);
    show.hidden = !(apply && item.after);
    remembered.set(item.key, choice);
    return choice;
  };
  const check = () => {
    const choice = judge();
    if (choice >= 0) keep({ question: item.key, choice });
  };
  const showIt = () => {
    forgetAll();
    judge();
    apply.steps(item.after);
  };
  const button = (/** @type {string} */ label, /** @type {() => void} */ onclick, hidden = false) =>
    element("button", { type: "button", hidden, onclick }, label);
  const show = button("Show it in the picture", showIt, true);
  const node = element("fieldset", {},
    element("legend", {}, place ? `${place}. ${item.question}` : item.question),
    ...inputs.map((input, i) => element("label", {}, input, element("span", {}, item.answers[i].answer))),
    element("div", { class: "gmmx-row" },
      ...(apply && item.before ? [button("Set the picture up", setUp)] : []), button("Check my answer", check), show),
    feedback);
  const before = remembered.get(item.key) ?? item.chosen?.at(-1);
  if (before !== undefined && inputs[before]) {
    inputs[before].checked = true;
    if (!apply) judge();
  }
  return { node, forget };
}

/** Those of an exploration, folded away. @param {Question[]} list @param {(answer: any) => void} keep @param {any} apply */
export function questions(list, keep, apply) {
  const forget = () => made.forEach((one) => one.forget());
  const made = list.map((item, i) => question(item, i + 1, keep, apply, forget));
  const node = element("details", { class: "gmmx-questions" },
    element("summary", {}, `Predict, then look: ${list.length} questions`), ...made.map((one) => one.node));
  return { node, forget };
}
