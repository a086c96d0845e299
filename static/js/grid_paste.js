// Spreads cells copied out of a spreadsheet over the grid, from the cell in focus on: counted first, then put in and undone as one.
// Names and a school's own words are for the paste page, to which the panel leads.

import { UNCLEAR, rowsOf } from "./clipboard.js";

const FIELDS = ["step", "next", "note"];
const CELLS = [".code", 'select[name^="next-"]', 'input[name^="note-"]'];
const LETTERS = { n: "0", s: "1", g: "2", a: "3", d: "4", x: "X", "not seen": "X" };
const LISTED = 5;

const form = document.getElementById("grid");
const panel = document.getElementById("paste-panel");
if (form && panel) watch();

function watch() {
  const steps = { ...LETTERS };
  for (const word of document.getElementById("step-words").content.querySelectorAll("[data-code]")) {
    const code = word.dataset.code;
    steps[plain(code)] = steps[plain(word.textContent)] = code;
  }
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
    else ask(read(lines, below, column));
  });
  panel.querySelector("[data-put]").addEventListener("click", () => {
    form.dispatchEvent(new CustomEvent("grid:put", { detail: waiting }));
    close();
  });
  panel.querySelector("[data-cancel]").addEventListener("click", close);

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
    const value = { step: () => steps[plain(cell)], next: () => option(box, cell), note: () => note(cell) }[field]();
    return value === undefined ? null : { number: row.id.slice(2), field, value };
  }

  function ask({ understood, left }) {
    waiting = understood;
    const cells = understood.length === 1 ? "1 cell" : `${understood.length} cells`;
    const listed = left.slice(0, LISTED).join(", ") + (left.length > LISTED ? ", …" : "");
    panel.querySelector("[data-heading]").textContent = `${cells} will change, ${left.length} not understood`;
    panel.querySelector("[data-left]").textContent = listed && `Left out: ${listed}.`;
    panel.querySelector("[data-put]").hidden = !understood.length;
    panel.hidden = false;
    panel.querySelector("[data-heading]").focus();
  }

  function close() {
    waiting = [];
    panel.hidden = true;
    from?.focus();
  }
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
