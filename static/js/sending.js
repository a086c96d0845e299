// Saves a one-to-one. Without a network, or signed out meanwhile, it is kept on the device and sent later. While it is typed, a
// draft is kept there, so that a sign-out in the middle loses nothing. Without this the form posts as any other.

import { unlocked, tell } from "./outbox.js";
import { DRAFT, forget, keep, readable, WAITING } from "./outbox/items.js";
import { deliver, parcelOf } from "./outbox/post.js";
import { isUnlocked, otherDay, unlock } from "./outbox/vault.js";

const PATIENCE = 400;
const PAUSE = 400;
const session = document.getElementById("outbox").dataset.session;

const idOf = (form) => form.elements.client_id.value;
const stay = (event) => event.preventDefault();
const closed = new WeakSet(); // forms that are sent or kept: no later draft of theirs
let writing = Promise.resolve(); // drafts are written one after the other, and all before the form is sent

export function sends(form) {
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // the device goes to the pupil: nothing is saved by that
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    const done = showBusy(form);
    await writing;
    await save(form);
    if (closed.has(form)) return; // another page comes
    done();
    isBusy = false;
  });
}

function showBusy(form) {
  const button = form.querySelector(".save-bar .btn-primary");
  const words = button.querySelector("span");
  const before = words.textContent;
  const clock = setTimeout(() => {
    button.setAttribute("aria-disabled", "true");
    words.textContent = "Saving…";
  }, PATIENCE);
  return () => {
    clearTimeout(clock);
    button.removeAttribute("aria-disabled");
    words.textContent = before;
  };
}

async function save(form) {
  const parcel = parcelOf(form);
  const outcome = navigator.onLine ? await send(form, parcel) : { state: "unreachable" };
  if (outcome.state === "sent") {
    closed.add(form);
    await forget(idOf(form)).catch(() => {});
    window.removeEventListener("beforeunload", stay);
    location.assign(outcome.page);
  } else if (outcome.state === "refused") form.submit(); // the server says at each field what is wrong
  else await keepForLater(form, parcel, outcome.state);
}

async function send(form, parcel) {
  const outcome = await deliver(parcel, form.elements.csrfmiddlewaretoken.value);
  if (outcome.state !== "stale") return outcome;
  const token = await unlock(session).catch(() => ""); // somebody signed in again in another tab
  return deliver(parcel, token);
}

async function keepForLater(form, parcel, state) {
  try {
    closed.add(form);
    await keep(idOf(form), WAITING, parcel);
  } catch {
    closed.delete(form);
    notKept(form);
    return;
  }
  if (state === "signed-out") {
    location.replace(location.pathname + location.search); // to sign-in and back; then it is sent
    return;
  }
  await tell();
  form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
}

// Nothing can be kept here: the page itself has to wait.
function notKept(form) {
  form.querySelector("[data-not-kept]").hidden = false;
  window.addEventListener("beforeunload", stay);
  window.addEventListener("online", () => form.isConnected && form.requestSubmit(), { once: true });
}

// ---------------------------------------------------------------------------------------------------------- drafts

export function drafted(form) {
  let clock = null;
  form.addEventListener("input", () => {
    clearTimeout(clock);
    clock = setTimeout(() => (writing = writing.then(() => draft(form))), PAUSE);
  });
}

async function draft(form) {
  if (!isUnlocked() || !form.isConnected || closed.has(form)) return;
  const isKept = await keep(idOf(form), DRAFT, parcelOf(form)).then(() => true, () => false);
  if (!isKept) return;
  for (const words of document.querySelectorAll("[data-unsaved]")) words.textContent = "Your work is saved as a draft.";
}

// The newest parcel of a kind for each form, by the address of the form.
export async function byForm(kind) {
  if (!(await unlocked)) return new Map();
  const found = await readable(kind).catch(() => []);
  return new Map(found.reverse().map((each) => [each.url, each]));
}

// What a form of its own page brings back: what waits, where the address names it, else the newest draft.
export async function parcelFor(form) {
  const id = new URLSearchParams(location.search).get("waiting");
  if (id && (await unlocked)) return (await readable(WAITING).catch(() => [])).find((each) => each.id === id);
  return (await byForm(DRAFT)).get(new URL(form.action).pathname);
}

export function restore(form, { fields, created }) {
  for (const box of form.elements) {
    const given = fields.filter(([name]) => name === box.name).map(([, value]) => value);
    if (box.type === "radio" || box.type === "checkbox") box.checked = given.includes(box.value);
    else if (given.length) box.value = given[0];
    const isFilled = box.type === "checkbox" ? box.checked : box.matches("textarea, [type=date]") && box.value !== box.defaultValue;
    const fold = box.closest("details");
    if (fold && isFilled) fold.open = true;
  }
  form.dispatchEvent(new Event("change"));
  sayRestored(form, created);
}

function sayRestored(form, created) {
  const line = form.querySelector("[data-draft]");
  const time = new Date(created).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  line.hidden = false;
  line.querySelector("[data-draft-words]").textContent = `What you typed at ${time} is back.`;
  line.querySelector("button").onclick = async () => {
    await forget(idOf(form)).catch(() => {});
    form.reset();
    line.hidden = true;
    form.dispatchEvent(new Event("change"));
  };
}

// Where the device's clock is a day off, says so kindly beside the day: the server's day decides.
export async function tellDay(form) {
  await unlocked;
  const day = otherDay();
  const line = form.querySelector("[data-clock]");
  line.hidden = !day;
  if (day) line.querySelector("span").textContent = `The clock of this device is wrong. That does not matter here: by our clock it is ${day}.`;
}
