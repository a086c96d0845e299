// The form of a one-to-one works without this; here are its short cuts: the steps of last time at one tap, a step taken
// back by tapping it again, letters counted where they get short, and how many targets are answered.

import { countsLetters } from "./counter.js";
import { bringsBack, byForm, drafted, tellDay } from "./drafts.js";
import { WAITING } from "./outbox/items.js";
import { sends } from "./sending.js";

const pickers = (form) => [...form.querySelectorAll(".picker")];
const isAnswered = (picker) => Boolean(picker.querySelector("input:checked"));

function tellAnswered(form) {
  const all = pickers(form);
  const done = all.filter(isAnswered).length;
  form.querySelector("[data-answered]").textContent = `${done} of ${all.length} target${all.length === 1 ? "" : "s"} answered. `;
}

// A change made by a script: told as one made by hand.
function changed(form) {
  for (const kind of ["input", "change"]) form.dispatchEvent(new Event(kind));
}

function sameAsLastTime(form) {
  for (const label of form.querySelectorAll(".picker-tile.is-last")) form.querySelector(`#${CSS.escape(label.htmlFor)}`).checked = true;
  changed(form);
}

// A step that is tapped again, or chosen with the space bar again, is taken back.
function takesBack(form) {
  let chosenBefore = null;
  let released = null; // the space bar still has to come up, which in some browsers would choose the step again
  const back = (radio) => {
    radio.checked = false;
    changed(form);
  };
  form.addEventListener("pointerdown", ({ target }) => {
    chosenBefore = target.closest(".picker-option")?.querySelector("input:checked") ?? null;
  });
  form.addEventListener("click", ({ target }) => {
    if (target !== chosenBefore) return;
    chosenBefore = null;
    back(target);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches(".picker input:checked")) return;
    event.preventDefault();
    released = event.target;
    back(event.target);
  });
  form.addEventListener("keyup", (event) => {
    if (event.key !== " " || event.target !== released) return;
    event.preventDefault();
    released = null;
  });
}

export function start(form) {
  form.querySelector("[data-same]")?.addEventListener("click", (event) => {
    event.preventDefault();
    sameAsLastTime(form);
  });
  takesBack(form);
  form.addEventListener("change", () => tellAnswered(form));
  countsLetters(form);
  tellAnswered(form);
  sends(form);
  drafted(form);
  bringsBack(form);
  tellDay(form);
}

// The form on a page of its own: what is kept for later stands in its place, until it is sent.
const page = document.querySelector("[data-one-to-one]");
if (page) {
  start(page);
  page.addEventListener("kept", () => {
    const url = new URL(page.action).pathname;
    page.parentElement.replaceWith(document.getElementById("kept-on-device").content.cloneNode(true));
    const line = document.querySelector("main [data-kept-line]");
    line.focus();
    document.addEventListener("outbox", async () => (await byForm(WAITING)).has(url) || line.replaceChildren("Sent. It is saved now."));
  });
}
