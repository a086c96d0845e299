// The grid of a class: every change saves itself as a draft, every key of the key map works, every change can be undone.
// The page is a plain form without this. A paste puts many values in at once: dispatch "grid:put" on the form with
// detail [{ number, field, value }]; it is saved, painted and undone as one change.

import { showConflict, readConflict } from "./grid_conflict.js";
import { watchKeys } from "./grid_keys.js";
import { Part, fieldOf } from "./grid_parts.js";
import { watchPresence } from "./grid_presence.js";
import { Saver } from "./grid_save.js";
import { watchSides } from "./grid_sides.js";
import { watchSession } from "./signed_out.js";

const NARROW = "(max-width: 699px)";
const SPEAK_EVERY = 10000;
const form = document.getElementById("grid");

function start() {
  const parts = [...form.querySelectorAll("[data-row], [data-said]")].map((element) => new Part(element));
  const rows = parts.filter((part) => part.isRow);
  const byElement = new Map(parts.map((part) => [part.element, part]));
  const partOf = (element) => byElement.get(element.closest("[data-row], [data-said]"));
  const undoable = [];
  const unsaved = new Set();
  const live = speaker(document.getElementById("grid-live"));
  const saver = new Saver({ url: new URL(form.dataset.url, location.href), tell: teller() });
  let lastSaved = "";
  let saying = null;

  function teller() {
    return {
      changed: showLine,
      saved(part, said) {
        lastSaved = clock();
        mark(part, "", said.state ?? `Saved ${lastSaved}`);
        if (part.isRow) countRow(part, said);
        else sumUp(part, said.values);
        live.saved();
        if (said.kept) live.say(said.kept);
        if (said.closed) live.say("This target was closed meanwhile. Its closing step stands; your note is kept.");
        showLine(part);
      },
      clash(part, said) {
        showConflict(part, said);
        mark(part, "row-conflict", stateOf("changed", said.by === "You" ? "Changed in another window" : `Changed by ${said.by}`));
        live.say(`${said.by} changed this row too. Choose which to keep.`);
        showLine(part);
      },
      refused(part, said) {
        part.problem = said.refused ?? (Object.values(said.errors ?? {}).join(" ") || "You cannot change this any more. Load the page again.");
        mark(part, "row-unsaved", stateOf("not-saved", `Not saved. ${part.problem}`));
        live.say(part.problem);
        showLine(part);
      },
      failing: (part) => mark(part, "row-unsaved", stateOf("not-saved", "Not saved – trying again")),
      failed: () => live.say("Your last changes are not saved yet. We are trying again."),
      recovered: () => live.say("Your changes are saved again."),
      signedOut: (said) => session.cover(said),
    };
  }

  function change(changes, isPaste = false) {
    remember(changes, isPaste);
    for (const { part, field, value } of changes) {
      if (field === "step") part.setStep(value);
      else {
        if (field === "next") part.isChosen = true;
        part.write(field, value);
        part.askMore(part.value("step"), part.value("next"));
      }
    }
    saveAll(changes);
  }

  function remember(changes, isPaste = false) {
    undoable.push({ cells: changes.map(({ part, field }) => part.cell(field)), isPaste, typedIn: new Set() });
  }

  function saveAll(changes) {
    for (const part of new Set(changes.map((each) => each.part))) saver.soon(part);
  }

  function undo() {
    const cells = undoable.pop()?.cells;
    if (!cells) return live.say("Nothing to undo.");
    for (const cell of cells) cell.part.bringBack(cell);
    saveAll(cells);
    live.say(cells.length === 1 ? "Undone." : `${cells.length} changes undone.`);
    cells[0].part.element.querySelector(".code, select")?.focus();
  }

  // As it was saved last, with what happened next then.
  function restore(part, field) {
    remember([{ part, field }]);
    part.bringBack({ field, value: part.base[field] ?? "", next: part.base.next ?? "", isChosen: false });
    saver.soon(part);
  }

  // In a text the browser undoes what was typed; a paste over many cells it does not know.
  function undoesPaste(text) {
    const last = undoable.at(-1);
    return Boolean(last?.isPaste) && !last.typedIn.has(text);
  }

  // Only the part that changed is looked at: with 200 rows, asking all of them at every key would be felt.
  function showLine(part) {
    if (part?.isSaved) unsaved.delete(part);
    else if (part) unsaved.add(part);
    clearTimeout(saying);
    saying = setTimeout(sayUnsaved); // after the step that was typed is painted
  }

  function sayUnsaved() {
    const asking = [...unsaved].filter((each) => each.asking).length;
    const waiting = unsaved.size - asking;
    const words = [];
    if (waiting) words.push(`${waiting} ${waiting === 1 ? "row is" : "rows are"} not saved yet.`);
    if (asking) words.push(`${asking} ${asking === 1 ? "needs" : "need"} your choice.`);
    if (!words.length && lastSaved) words.push(`All changes saved ${lastSaved}.`);
    form.ownerDocument.querySelector("[data-saving]").textContent = words.join(" ");
  }

  function countRow(part, said) {
    part.element.dataset.done = said.done ? "1" : "0";
    part.element.dataset.counts = said.counts ? "1" : "0";
    showCounts(rows, part);
  }

  const grid = { rows, change, undo, undoesPaste, restore, say: live.say, movesDown: () => !document.getElementById("grid-stay")?.checked };
  const session = watchSession({
    isSaved: () => parts.every((part) => part.isSaved),
    stop: () => (saver.isSignedOut = true),
    goOn() {
      saver.isSignedOut = false;
      saver.resume(parts);
    },
  });
  watchPresence({ form, saver });
  watchKeys(form, grid);
  watchSides(form);

  // A choice tells only after it was made: it is put back, and made once more as every other change, so that it can be undone.
  form.addEventListener("change", (event) => {
    const field = fieldOf(event.target.name);
    const part = field && partOf(event.target);
    if (!part || event.target.matches(".code")) return;
    if (!event.target.matches("select, [type=radio]")) return saver.soon(part);
    const value = part.value(field);
    part.write(field, part.shown[field] ?? "");
    change([{ part, field, value }]);
  });
  form.addEventListener("input", (event) => {
    undoable.at(-1)?.typedIn.add(event.target);
    if (event.target.matches("textarea, input:not(.code):not([type=radio])") && fieldOf(event.target.name)) saver.soon(partOf(event.target));
  });
  form.addEventListener("focusout", (event) => {
    const part = partOf(event.target);
    if (part && !part.element.contains(event.relatedTarget)) saver.now(part);
  });
  form.addEventListener("click", (event) => {
    const question = event.target.closest("[data-question]");
    if (!question || !event.target.closest("button")) return;
    event.preventDefault();
    const part = parts.find((each) => each.asking?.element === question);
    const answer = part && readConflict(part);
    if (!answer) return live.say("Choose one for each.");
    saver.answer(part, answer.values, answer.unchosen);
    part.element.querySelector(".code, select, textarea, input:not([type=hidden])")?.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault(); // Enter in a line of text: everything is on its way already
    saver.resume(parts);
  });
  form.addEventListener("grid:put", (event) => {
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    change(event.detail.map(({ number, field, value }) => ({ part: byNumber.get(String(number)), field, value })).filter(({ part }) => part), true);
  });
  window.addEventListener("online", () => saver.resume(parts));
  document.addEventListener("visibilitychange", () => document.hidden && saver.resume(parts));
  window.addEventListener("beforeunload", (event) => parts.every((part) => part.isSaved) || event.preventDefault());

  for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;
  for (const each of document.querySelectorAll("[data-keys]")) each.hidden = false;
  document.querySelector("[data-intro]").textContent = "Your work is saved as you go.";
  showLine();
}

// What stands in the closed line above what pupil and parents say.
function sumUp(part, values) {
  const state = part.controls.find((control) => fieldOf(control.name) === "pupil_view_state");
  const words = values.pupil_view || state.selectedOptions[0].textContent.trim().toLowerCase();
  part.element.closest("details").querySelector("summary b").textContent = words;
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function stateOf(name, words) {
  const state = document.getElementById(`state-${name}`).content.firstElementChild.cloneNode(true);
  state.querySelector("span").textContent = words;
  return state.outerHTML;
}

function mark(part, css, state) {
  part.element.classList.remove("row-unsaved", "row-conflict");
  if (css) part.element.classList.add(css);
  const place = part.element.querySelector("[data-state], [data-said-state]");
  if (state !== undefined) place.innerHTML = state;
}

function showCounts(rows, part) {
  const counted = (some) => some.filter((row) => row.element.dataset.counts === "1");
  const done = (some) => some.filter((row) => row.element.dataset.done === "1").length;
  const total = counted(rows).length;
  document.querySelector("[data-done-words]").textContent = `${done(rows)} of ${total} done.`;
  document.querySelector("[data-progress] rect").setAttribute("width", `${(100 * done(rows)) / (total || 1)}%`);
  document.querySelector("[data-left]").textContent = done(rows) < total ? `${done(rows)} of ${total} are done.` : "All are done.";
  const pupil = part.element.closest("[data-pupil]");
  const own = rows.filter((row) => row.element.closest("[data-pupil]") === pupil);
  const words = pupil.querySelector("[data-pupil-state] span span");
  if (words) words.textContent = `${done(own)} of ${counted(own).length} done`;
}

// One polite voice: what needs somebody is said at once, savings are summed up every ten seconds at most.
function speaker(place) {
  let rows = 0;
  let timer = null;
  let spokeAt = 0;
  const say = (words) => {
    place.textContent = "";
    requestAnimationFrame(() => (place.textContent = words));
  };
  return {
    say,
    saved() {
      rows += 1;
      if (timer) return;
      timer = setTimeout(() => {
        say(rows === 1 ? "1 row saved." : `${rows} rows saved.`);
        [rows, timer, spokeAt] = [0, null, Date.now()];
      }, Math.max(1000, SPEAK_EVERY - (Date.now() - spokeAt)));
    },
  };
}

function fitsWidth() {
  const asked = new URLSearchParams(location.search);
  if (asked.has("view") || form.dataset.view === "cards" || !matchMedia(NARROW).matches) return false;
  asked.set("view", "cards");
  asked.set("auto", "1");
  location.replace(`?${asked}`);
  return true;
}

if (form && !fitsWidth()) start();
