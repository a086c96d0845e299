// The keys of the grid, on top of a form that works without them. Selects and text stay as the browser has them.

const CODES = { N: "0", S: "1", G: "2", A: "3", D: "4", X: "X", 0: "0", 1: "1", 2: "2", 3: "3", 4: "4" };
const COLUMNS = [".code", 'select[name^="next-"]', 'input[name^="note-"]'];
const CHOICES = ".code, select, [type=radio]";
const CELL = 0;
const NOTE = 2;

export function watchKeys(form, grid) {
  const rows = grid.rows;
  const at = new Map(rows.map((row, place) => [row.element, place]));

  const columnOf = (element) => COLUMNS.findIndex((selector) => element.matches(selector));
  const placeOf = (element) => at.get(element.closest("[data-row]"));
  const cell = (place, column) => rows[place]?.element.querySelector(COLUMNS[column]);

  function go(place, column, by) {
    for (let next = place + by; next in rows; next += by) {
      const found = cell(next, column);
      if (found) return focus(found);
    }
  }

  function focus(element) {
    element.focus();
    if (element.matches("input")) element.select();
  }

  function goSideways(place, column, by) {
    const found = cell(place, column + by);
    if (found) focus(found);
  }

  function goToPupil(place, column, by) {
    const pupilOf = (here) => rows[here]?.element.closest("[data-pupil]");
    let next = place;
    while (next in rows && pupilOf(next) === pupilOf(place)) next += by;
    if (!(next in rows)) return;
    while (by < 0 && pupilOf(next - 1) === pupilOf(next)) next -= 1;
    const found = cell(next, column);
    if (found) focus(found);
    else go(next, column, 1);
  }

  // A due row without a step, or one whose step wants something more, such as a reason.
  function isLeft(row) {
    const { counts, done } = row.element.dataset;
    return row.value("step") === "" ? counts === "1" : row.isSaved && done === "0";
  }

  function goToNextToDo(place) {
    const order = [...rows.keys()].map((step) => (place + 1 + step) % rows.length);
    const next = order.find((here) => cell(here, CELL) && isLeft(rows[here]));
    if (next === undefined) grid.say("Nothing is left to do here.");
    else focus(cell(next, CELL));
  }

  function set(place, step) {
    grid.change([{ part: rows[place], field: "step", value: step }]);
    if (grid.movesDown()) go(place, CELL, 1);
  }

  function accept(place) {
    const { suggestion } = rows[place].element.dataset;
    if (suggestion === "") grid.say("There is no suggestion for this target.");
    else set(place, suggestion);
  }

  function restore(place, column) {
    grid.restore(rows[place], ["step", "next", "note"][column]);
  }

  const moves = {
    ArrowDown: (place, column) => go(place, column, 1),
    ArrowUp: (place, column) => go(place, column, -1),
    Enter: (place, column, event) => go(place, column, event.shiftKey ? -1 : 1),
    PageDown: (place, column) => goToPupil(place, column, 1),
    PageUp: (place, column) => goToPupil(place, column, -1),
    Escape: restore,
  };
  const inCell = {
    ...moves,
    ArrowLeft: (place, column) => goSideways(place, column, -1),
    ArrowRight: (place, column) => goSideways(place, column, 1),
    Delete: (place) => grid.change([{ part: rows[place], field: "step", value: "" }]),
    Backspace: (place) => grid.change([{ part: rows[place], field: "step", value: "" }]),
    "=": accept,
    u: goToNextToDo,
    U: goToNextToDo,
  };

  function typed(place, key) {
    const code = CODES[key.toUpperCase()];
    if (code === undefined) grid.say("Type 0 to 4, or X.");
    else set(place, code);
  }

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey;
    if (isUndo && (event.target.matches(CHOICES) || grid.undoesPaste(event.target))) {
      event.preventDefault();
      grid.undo();
      return;
    }
    const column = columnOf(event.target);
    if (column < 0) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const known = { [CELL]: inCell, [NOTE]: moves }[column];
    const action = known && Object.hasOwn(known, event.key) ? known[event.key] : null;
    const isCharacter = column === CELL && event.key.length === 1;
    if (!action && !isCharacter) return;
    event.preventDefault();
    if (action) action(placeOf(event.target), column, event);
    else typed(placeOf(event.target), event.key);
  });

  // Keyboards on glass send no keys, only what stands in the field afterwards.
  form.addEventListener("input", (event) => {
    if (columnOf(event.target) !== CELL) return;
    const key = event.target.value.slice(-1);
    const place = placeOf(event.target);
    event.target.value = rows[place].painted;
    if (key === "") grid.change([{ part: rows[place], field: "step", value: "" }]);
    else if (key === "=") accept(place);
    else typed(place, key);
  });
}
