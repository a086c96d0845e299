// One part of the grid that is saved by itself: a row (one target), or what one pupil and the parents say.
// `base` is what the server holds as far as this page has seen it; what differs from it is not saved yet.

const UNSEEN = "X";
const rowName = /^(now|next|note|reason|not_seen|next_wording)-\d+$/;
const saidName = /^said-\d+-(.+)$/;

function fieldOf(name) {
  const row = name.match(rowName);
  if (row) return row[1] === "now" ? "step" : row[1];
  return name.match(saidName)?.[1] ?? null;
}

// The usual next action: done it closes, anything else keeps, nothing follows from nothing.
export function usual(step) {
  if (step === "") return "";
  return step === "4" ? "close" : "keep";
}

export class Part {
  constructor(element) {
    this.element = element;
    this.number = element.id?.slice(2) ?? "";
    this.isChosen = false; // a person chose what happens next
    this.isBroughtBack = false; // it came back with an undone step
    this.asking = null;
    this.problem = "";
    this.doubt = {};
    this.base = this.read();
    this.shown = { ...this.base }; // before the change of a control that tells only afterwards
    this.painted = this.base.step ?? "";
  }

  get isRow() {
    return "row" in this.element.dataset;
  }

  get path() {
    const { row, said } = this.element.dataset;
    return this.isRow ? `../rows/${row}/` : `../said/${said}/`;
  }

  get controls() {
    return [...this.element.querySelectorAll("input, select, textarea")].filter((each) => fieldOf(each.name));
  }

  read() {
    const values = {};
    for (const control of this.controls) {
      const field = fieldOf(control.name);
      if (control.type !== "radio") values[field] = control.value;
      else if (control.checked) values[field] = control.value;
      else values[field] ??= "";
    }
    if (this.isRow && values.step) values.step = values.step.toUpperCase();
    return values;
  }

  value(field) {
    return this.read()[field] ?? "";
  }

  write(field, value) {
    for (const control of this.controls) {
      if (fieldOf(control.name) !== field) continue;
      if (control.type === "radio") control.checked = control.value.toUpperCase() === value;
      else if (control.value !== value) control.value = value;
    }
    this.shown[field] = value;
  }

  // A next action that only followed the step is left to the server's own rule.
  get isNextDecided() {
    return this.isChosen || this.isBroughtBack;
  }

  // What a person changed. What was decided to happen next goes with a new step even where it is the old one.
  changes() {
    const values = this.read();
    const differs = (field) => values[field] !== (this.base[field] ?? "");
    const isSent = (field) => (field === "next" ? this.isNextDecided && (differs("next") || differs("step")) : differs(field));
    return Object.fromEntries(Object.entries(values).filter(([field]) => isSent(field)));
  }

  // A cell with what stands in it, for undoing; a step with what happens next.
  cell(field) {
    return { part: this, field, value: this.value(field), next: this.value("next"), isChosen: this.isChosen };
  }

  bringBack({ field, value, next, isChosen }) {
    this.write(field, value);
    if (field === "step") this.write("next", next);
    if (field === "step" || field === "next") [this.isChosen, this.isBroughtBack] = [isChosen, true];
    if (this.isRow) this.paint();
  }

  get isSaved() {
    return !this.asking && Object.keys(this.changes()).length === 0;
  }

  // The server's values, except where the person has typed on since `sent`.
  settle(values, sent) {
    const before = this.read();
    for (const [field, value] of Object.entries(values)) {
      const typedOn = field in before && before[field] !== (sent[field] ?? this.base[field] ?? "") && (field !== "next" || this.isNextDecided);
      this.base[field] = value;
      if (!typedOn) this.write(field, value);
    }
    if (!("next" in this.changes())) this.isChosen = this.isBroughtBack = false;
    if (this.isRow) this.paint();
  }

  // Put a step into the cell; what followed from the old one follows the new one.
  setStep(step) {
    const { step: old = "", next = "" } = this.read();
    this.write("step", step);
    if (!this.isChosen && (next === "" || next === usual(old))) this.write("next", usual(step));
    this.paint();
  }

  paint() {
    const step = this.value("step");
    this.painted = step;
    const word = this.element.querySelector(".code-cell > :last-child");
    if (word) word.replaceWith(this.drawn(step, word.id));
    this.askMore(step, this.value("next"));
  }

  drawn(step, id) {
    const { suggestion } = this.element.dataset;
    const shapes = document.getElementById("step-words").content;
    const hint = Object.assign(document.createElement("span"), { className: "hint" });
    if (step === "" && suggestion !== "") hint.textContent = `= ${shapes.querySelector(`[data-code="${suggestion}"]`).textContent.trim()}`;
    const drawn = step === "" ? hint : shapes.querySelector(`[data-code="${step}"] > *`).cloneNode(true);
    drawn.id = id;
    return drawn;
  }

  // Some decisions ask for a reason or for new words; their fields come and go with them.
  askMore(step, next) {
    const reached = step !== "" && step !== UNSEEN && step >= this.element.dataset.aim;
    this.toggle("not_seen", step === UNSEEN);
    this.toggle("reason", next === "change" || (next === "close" && !reached));
    this.toggle("next_wording", next === "change");
  }

  toggle(kind, isWanted) {
    const place = this.element.querySelector(`[data-more="${kind}"]`);
    if (!place || isWanted === Boolean(place.firstElementChild)) return;
    if (!isWanted) return place.replaceChildren();
    place.append(document.getElementById(`more-${kind}`).content.cloneNode(true));
    const person = this.element.closest("[data-pupil]").dataset.pupil;
    for (const control of place.querySelectorAll("[name]")) {
      for (const name of ["id", "name", "aria-labelledby"]) {
        control.setAttribute(name, control.getAttribute(name).replaceAll("NUMBER", this.number).replaceAll("PERSON", person));
      }
      control.value = this.base[kind] ?? "";
      this.shown[kind] = control.value;
    }
  }
}

export { fieldOf };
