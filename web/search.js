// The search page finds sections. Sphinx's own search finds pages: it shows of each where one of the words came first,
// be it in a list of contents, and loads every page that it lists whole, with its films.
const MOST = 30;
const BEFORE = 60;
const SHOWN = 220;

const plain = (text) => ` ${text.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, " ").trim()} `;

// A word of four letters or more stands for its other forms as well: responsibility, responsibilities.
const wanted = (word) => (word.length < 4 ? ` ${word} ` : ` ${word.length > 4 ? word.replace(/(ies|es|s|y)$/, "") : word}`);

const times = (text, word) => text.split(word).length - 1;

/** How well a section answers, 0 where it lacks a word. */
function worth(section, words, phrase) {
  const [title, text] = [plain(section.title), plain(section.text)];
  if (!words.every((word) => title.includes(word) || text.includes(word))) return 0;
  const named = words.filter((word) => title.includes(word)).length / words.length;
  return 1 + 40 * (title === phrase) + 20 * named + 10 * title.includes(phrase.trimEnd()) + 5 * text.includes(phrase.trimEnd())
    + Math.min(5, ...words.map((word) => times(text, word)));
}

/** Some words of the text around the first place of a word, which is marked. */
function excerpt(text, query, words) {
  const forms = words.map((word) => word.trim() + (word.endsWith(" ") ? "(?![\\p{L}\\p{N}_])" : ""));
  const any = new RegExp(`(?<![\\p{L}\\p{N}_])(${forms.join("|")})[\\p{L}\\p{N}_]*`, "giu");
  const whole = text.toLowerCase().indexOf(query.trim().toLowerCase());
  const first = whole >= 0 ? whole : Math.max(0, text.search(any));
  const from = first > BEFORE ? text.indexOf(" ", first - BEFORE) + 1 : 0;
  const part = text.slice(from, from + SHOWN);
  const made = document.createElement("p");
  made.className = "context";
  let at = 0;
  made.append(from ? "… " : "");
  for (const match of part.matchAll(any)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    made.append(part.slice(at, match.index), mark);
    at = match.index + match[0].length;
  }
  made.append(part.slice(at), from + SHOWN < text.length ? " …" : "");
  return made;
}

function item(section, query, words) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${section.page}#${section.place}`;
  link.textContent = section.title === section.of ? section.title : `${section.of}: ${section.title}`;
  line.append(link, excerpt(section.text, query, words));
  return line;
}

async function search(query) {
  const place = document.querySelector("#search-results");
  const said = document.createElement("p");
  said.className = "search-summary";
  said.role = "status";
  const list = document.createElement("ul");
  list.className = "search";
  place.replaceChildren(said, list);
  const phrase = plain(query);
  const words = phrase.trim() ? phrase.trim().split(" ").map(wanted) : [];
  const all = await (await fetch(new URL("sections.json", import.meta.url))).json();
  const found = all.map((section) => ({ section, worth: words.length ? worth(section, words, phrase) : 0 }))
    .filter((one) => one.worth).sort((a, b) => b.worth - a.worth);
  const how = words.length > 1 ? "all these words" : "this word";
  said.textContent = !found.length ? `No section has ${how}. Try another word, or fewer.`
    : `${found.length} section${found.length > 1 ? "s have" : " has"} ${how}${found.length > MOST ? `; here are the best ${MOST}` : ""}.`;
  list.append(...found.slice(0, MOST).map(({ section }) => item(section, query, words)));
}

// Sphinx's own begins once the page is read, which is after this.
if (typeof Search !== "undefined") Search.performSearch = search;
