// The text that a spreadsheet copies, cut into rows and cells, as assessments/filling/clipboard.py cuts it.
// A cell that holds a line break or a tab stands in quotation marks, with its own marks doubled.

// A mark within a cell, or one that is never closed, is a mark that somebody typed.
const CELL = /(?:"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g;
export const UNCLEAR =
  "It cannot be seen where a cell ends, so rows could go to other pupils. A quotation mark stands alone there, or a cell " +
  "begins with a line break. Take it out in your spreadsheet, copy the cells again and paste them";

// The rows; or in `unclear` the number of the row from which on they can be read in two ways.
export function rowsOf(text) {
  const rows = [[]];
  for (const [, quoted, bare, end] of text.replace(/\r\n?/g, "\n").matchAll(CELL)) {
    if (quoted && isUnclear(quoted)) return { rows: [], unclear: rows.length };
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (!end) break;
    if (end === "\n") rows.push([]);
  }
  return { rows, unclear: 0 };
}

// Two lone marks look like one cell that begins with a break, or that runs over breaks and tabs.
function isUnclear(quoted) {
  return /^[\t\n]/.test(quoted) || (quoted.includes("\n") && quoted.includes("\t"));
}
