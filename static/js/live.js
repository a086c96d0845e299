// Saves a form's own words while they are typed; the button does the same without this. One request at a time, the last value wins.
// Nothing typed is given up: what is not saved stays on the page through a sign-out, and leaving the page asks first.

import { headers, watchSession } from "./signed_out.js";

const WAIT = 800;
const AGAIN = 5000;
const FAILED = "Not saved yet. We will try again; the Save button works too.";
const UNREACHABLE = "Nothing was sent: the server cannot be reached. What you typed is still here. Press again in a moment.";
const GONE = "Not saved. You cannot change this any more. Copy your words, then load the page again.";
const SAVED_BY_ITSELF = ["parents_view", "parents_met_on"];
const ADDED_BY_BUTTON = ["what", "who", "due_on"];

for (const form of document.querySelectorAll("form[data-live]")) if (form.querySelector("[data-live-said]")) keep(form);

function keep(form) {
  const said = form.querySelector("[data-live-said]");
  const copies = [...form.querySelectorAll("[data-live-copy]")].map((copy) => [copy, form.elements[copy.dataset.liveCopy]]);
  let timer = 0;
  let isBusy = false;
  let typed = form.dataset.live === "typed" ? 1 : 0; // counts what was typed; up to `saved` the server has it
  let saved = 0;
  let pressed = null; // a button pressed while a save is under way waits for it, or one would clash with oneself
  let isLeaving = false;

  const isUnadded = () => ADDED_BY_BUTTON.some((name) => form.elements[name]?.value);
  const isSaved = () => typed === saved && !isBusy && !isUnadded();
  const session = watchSession({ isSaved, stop: () => clearTimeout(timer), goOn: () => (pressed ? press() : save()) });

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function say(words) {
    if (said.textContent !== words) said.textContent = words;
  }

  async function save() {
    if (isBusy || typed === saved || session.isOut()) return;
    isBusy = true;
    const now = typed;
    const wait = await send(now);
    isBusy = false;
    if (pressed) press();
    else if (typed !== now) later(WAIT);
    else if (wait) later(wait);
  }

  // Returns how long to wait before the same is sent again, or nothing: what was refused waits for a person.
  async function send(now) {
    const body = new FormData();
    for (const name of ["opened", "asked", ...SAVED_BY_ITSELF]) body.append(name, form.elements[name].value);
    body.append("live", "1");
    const answer = await fetch(location.href, { method: "POST", headers: headers(), body, redirect: "error" }).catch(() => null);
    const reply = await answer?.json().catch(() => ({}));
    if (!answer || answer.status >= 500) say(FAILED);
    else if (answer.status === 401 || answer.status === 403) session.cover(reply);
    else say(reply.said ?? GONE);
    if (answer?.status === 200) {
      saved = now;
      [form.elements.opened.value, form.elements.asked.value] = [reply.opened, reply.asked];
    }
    return !answer || answer.status >= 500 ? AGAIN : 0;
  }

  // The form goes as any other once it is sure that it arrives with this person.
  async function press() {
    const isIn = await session.check();
    if (isIn) {
      isLeaving = true;
      form.requestSubmit(pressed);
    } else if (isIn === null) {
      pressed = null;
      say(UNREACHABLE);
      if (typed !== saved) later(AGAIN);
    }
  }

  form.addEventListener("input", (event) => {
    if (!SAVED_BY_ITSELF.includes(event.target.name)) return;
    for (const [copy, box] of copies) copy.textContent = box.value;
    typed += 1;
    if (said.textContent !== FAILED) say(""); // said once, however long it lasts
    later(WAIT);
  });
  form.addEventListener("submit", (event) => {
    if (isLeaving) return;
    event.preventDefault();
    clearTimeout(timer);
    const isPressed = Boolean(pressed);
    pressed = event.submitter;
    if (!isBusy && !isPressed) press();
  });
  window.addEventListener("beforeunload", (event) => isLeaving || isSaved() || event.preventDefault());
}
