// Spreads cells copied out of a spreadsheet over the grid, from the cell in focus on: counted first, then put in and undone as one.
// What does not fit from that cell on, such as a column of names, goes on to the paste page as it was copied.

import { UNCLEAR, rowsOf } from "./clipboard.js";

const FIELDS = ["step", "next", "note"];
const CELLS = [".code", 'select[name^="next-"]', 'input[name^="note-"]'];
const LETTERS = { n: "0", s: "1", g: "2", a: "3", d: "4", x: "X", "not seen": "X", "not seen this time": "X" };
const MISFITS = ["The first column seems to hold no steps", "The first column seems to hold no next actions", "Only notes go into this column"];
const LEADS_ON =
  "Nothing is put in here. The paste page asks whom names mean and what new words mean, and shows every change before it is put in.";
const LISTED = 5;

const form = document.getElementById("grid");
const panel = document.getElementById("paste-panel");
if (form && panel) watch();

function watch() {
  const steps = knownSteps();
  const onwards = document.getElementById("paste-on");
  let waiting = [];
  let from = null;

  form.addEventListener("paste", (event) => {
    const column = CELLS.findIndex((selector) => event.target.matches(selector));
    const text = event.clipboardData.getData("text/plain").replace(/[\r\n]+$/, "");
    if (column < 0 || !/[\t\r\n]/.test(text)) return; // a single cell: as the browser has it
    event.preventDefault();
    from = event.target;
    const rows = [...form.querySelectorAll("[data-row]")];
    const below = rows.slice(rows.indexOf(from.closest("[data-row]")));
    const { rows: lines, unclear } = rowsOf(text);
    if (unclear) ask({ understood: [], left: [`row ${unclear}. ${UNCLEAR}`] });
    else if (isMisfit(lines, column)) lead(text, MISFITS[column]);
    else ask(read(lines, below, column));
  });
  panel.querySelector("[data-put]").addEventListener("click", () => {
    form.dispatchEvent(new CustomEvent("grid:put", { detail: waiting }));
    close();
  });
  panel.querySelector("[data-cancel]").addEventListener("click", close);

  // From the cell in focus on, the first column must be what that cell takes; else notes and steps would go where none belongs.
  function isMisfit(lines, column) {
    const filled = (place) => lines.map((cells) => plain(cells[place] ?? "")).filter(Boolean);
    const known = (place) => filled(place).filter((cell) => steps.has(cell)).length;
    if (FIELDS[column] === "note") return lines.some((cells) => cells.slice(1).some((cell) => cell.trim()));
    if (!filled(0).length) return false;
    if (FIELDS[column] === "next") return !filled(0).some((cell) => option(from, cell));
    return !known(0) || known(1) > known(0);
  }

  function lead(text, heading) {
    ask({ understood: [], left: [] });
    panel.querySelector("[data-heading]").textContent = heading;
    panel.querySelector("[data-left]").textContent = LEADS_ON;
    panel.querySelector("[data-on]").hidden = false;
    onwards.elements.text.value = text;
  }

  function read(lines, rows, column) {
    const understood = [];
    const left = [];
    lines.forEach((cells, line) =>
      cells.forEach((cell, place) => {
        if (!cell.trim()) return;
        const change = meant(rows[line], FIELDS[column + place], cell);
        if (change) understood.push(change);
        else left.push(`row ${line + 1}: “${cell.trim().slice(0, 20)}”`);
      }),
    );
    return { understood, left };
  }

  function meant(row, field, cell) {
    const box = row?.querySelector(CELLS[FIELDS.indexOf(field)] ?? "none");
    if (!box) return null; // below the last row, beside the last column, or a closed target
    const value = { step: () => steps.get(plain(cell)), next: () => option(box, cell), note: () => note(cell) }[field]();
    return value === undefined ? null : { number: row.id.slice(2), field, value };
  }

  function ask({ understood, left }) {
    waiting = understood;
    const cells = understood.length === 1 ? "1 cell" : `${understood.length} cells`;
    const listed = left.slice(0, LISTED).join(", ") + (left.length > LISTED ? ", …" : "");
    panel.querySelector("[data-heading]").textContent = `${cells} will change, ${left.length} not understood`;
    panel.querySelector("[data-left]").textContent = listed && `Left out: ${listed}.`;
    panel.querySelector("[data-put]").hidden = !understood.length;
    panel.querySelector("[data-on]").hidden = true;
    panel.hidden = false;
    panel.querySelector("[data-heading]").focus();
  }

  function close() {
    waiting = [];
    panel.hidden = true;
    from?.focus();
  }
}

// Everything that stands for a step here. A school's old word never changes what a letter or a word of the ladder means.
function knownSteps() {
  const steps = new Map();
  const learn = (words) => words.forEach(({ dataset, textContent }) => steps.set(plain(textContent), dataset.code));
  learn(document.getElementById("old-words").content.querySelectorAll("[data-code]"));
  learn(document.getElementById("step-words").content.querySelectorAll("[data-code]"));
  for (const code of "01234") steps.set(code, code);
  for (const [letter, code] of Object.entries(LETTERS)) steps.set(letter, code);
  return steps;
}

function plain(text) {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

function option(select, cell) {
  return [...select.options].find(({ value, textContent }) => value && [plain(value), plain(textContent)].includes(plain(cell)))?.value;
}

function note(cell) {
  const words = cell.trim().replace(/\s+/g, " ");
  return words.length <= 200 ? words : undefined;
}
