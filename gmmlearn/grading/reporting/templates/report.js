"use strict";
// A button in the head of a column sorts the rows below: largest first, then smallest first; empty cells stay last.
const text = new Intl.Collator(undefined, { numeric: true });
const value = (cell) => {
  const written = cell.textContent.trim();
  if (written === "") return null;
  if (written === "–") return -Infinity;
  const number = parseFloat(written);
  return Number.isNaN(number) || cell.tagName === "TH" ? written : number;
};
const compared = (one, other) =>
  typeof one === "number" && typeof other === "number" ? one - other : text.compare(one, other);
for (const button of document.querySelectorAll("th button")) {
  button.addEventListener("click", () => {
    const head = button.closest("th"), table = button.closest("table"), body = table.tBodies[0];
    const first = head.dataset.first ?? "descending";
    const other = first === "descending" ? "ascending" : "descending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const rows = Array.from(body.rows, (row) => [value(row.cells[head.cellIndex]), row]);
    rows.sort(([one], [other]) => (one === null) - (other === null) || (one === null ? 0 : sign * compared(one, other)));
    body.append(...rows.map(([, row]) => row));
    document.getElementById("said").textContent = `Sorted by ${button.textContent.trim()}, ${order}.`;
  });
}
