// Two people changed one field: the question stands beside the row until it is answered, and the row waits.

export function showConflict(part, said) {
  part.asking?.element.remove();
  const isTable = part.element.matches("tr");
  const element = document.createElement(isTable ? "tr" : "div");
  element.dataset.question = part.number;
  if (isTable) {
    element.className = "conflict-row";
    const cell = element.insertCell();
    cell.colSpan = 7;
    cell.innerHTML = said.html;
  } else element.innerHTML = said.html;
  if (isTable) part.element.after(element);
  else part.element.append(element);
  part.asking = { element, ...said };
  Object.assign(part.base, said.theirs);
}

// What was chosen, and what was not; null while a field has no answer. The row goes on from there.
export function readConflict(part) {
  const { element, theirs, names } = part.asking;
  const values = {};
  const unchosen = {};
  for (const [field, name] of Object.entries(names)) {
    const chosen = element.querySelector(`[name="${name}"]:checked`)?.value;
    if (!chosen) return null;
    const mine = part.value(field);
    values[field] = chosen === "theirs" ? theirs[field] : mine;
    unchosen[field] = chosen === "theirs" ? mine : theirs[field];
  }
  for (const [field, value] of Object.entries(values)) part.write(field, value);
  if ("next" in values) part.isChosen = true;
  element.remove();
  part.asking = null;
  if (part.isRow) part.paint();
  return { values, unchosen };
}
