// While a one-to-one is typed, a draft is kept on the device, so that a sign-out in the middle loses nothing. And the form says
// what is kept: a draft that is back, what was saved and waits to be sent, or that this browser keeps nothing.

import { ready } from "./outbox.js";
import { hold } from "./outbox/held.js";
import { DRAFT, forget, keep, mine, readable, Waiting, WAITING } from "./outbox/items.js";
import { parcelOf } from "./outbox/post.js";
import { isUnlocked, now, otherDay } from "./outbox/vault.js";

const PAUSE = 400;
export const closed = new WeakSet(); // forms that are sent or kept: no later draft of theirs
let writing = Promise.resolve(); // drafts are written one after the other, and all before the form is sent

export const written = () => writing;
const idOf = (form) => form.elements.client_id.value;
const urlOf = (form) => new URL(form.action).pathname;
const isTouched = (form) => "touched" in form.dataset;

export function drafted(form) {
  let clock = null;
  const write = () => {
    clearTimeout(clock);
    clock = null;
    writing = writing.then(() => draft(form));
  };
  form.addEventListener("input", () => {
    form.dataset.touched = "";
    clearTimeout(clock);
    clock = setTimeout(write, PAUSE);
  });
  form.addEventListener("reset", () => clearTimeout(clock));
  form.addEventListener("closing", () => clock && write());
  document.addEventListener("outbox:open", () => form.isConnected && isTouched(form) && write());
}

async function draft(form) {
  if (closed.has(form) || !isUnlocked()) return;
  const problem = await keep(idOf(form), DRAFT, parcelOf(form)).then(() => null, (failed) => failed);
  form.querySelector("[data-no-drafts]").hidden = !problem || problem instanceof Waiting;
  if (problem) return;
  for (const words of document.querySelectorAll("[data-unsaved]")) words.textContent = "Your work is saved as a draft.";
}

// ---------------------------------------------------------------------------------------------------------- what is kept

// The newest parcel of a kind for each form, by the address of the form.
export async function byForm(kind) {
  if (!(await ready())) return new Map();
  const found = await readable(kind).catch(() => []);
  return new Map(found.reverse().map((each) => [each.url, each]));
}

// Once the key is there: what the address names or the form itself holds of what waits; else the newest draft, where nobody typed yet.
export function bringsBack(form) {
  const bring = () => form.isConnected && bringBack(form).catch(() => (form.querySelector("[data-no-drafts]").hidden = false));
  if (isUnlocked()) bring();
  else document.addEventListener("outbox:open", bring, { once: true });
  document.addEventListener("outbox", () => form.isConnected && isUnlocked() && sayWhatWaits(form));
}

async function bringBack(form) {
  const named = new URLSearchParams(location.search).get("waiting") ?? "";
  const isSent = !("fresh" in form.dataset); // the server sent it back with what is wrong
  if (named || (isSent && (await mine(WAITING)).some((item) => item.client_id === idOf(form)))) await change(form, named, isSent);
  else if (!isSent) await bringDraft(form);
  await sayWhatWaits(form);
}

async function change(form, named, isSent) {
  const id = named || idOf(form);
  await hold(id);
  const parcel = (await readable(WAITING)).find((each) => each.id === id);
  if (!parcel) return say(form, await whyNot(id));
  if (!isSent) fill(form, parcel);
  say(form, `You are changing what you saved ${at(parcel.created)}. It is not sent while this page is open.`);
}

async function whyNot(id) {
  const isThere = (await mine(WAITING)).some((item) => item.client_id === id);
  if (isThere) return "This device can no longer open it. Record it again.";
  return "What you wanted to change is sent by now, or removed. You find what is sent on Today, under what is done.";
}

async function bringDraft(form) {
  const parcel = (await byForm(DRAFT)).get(urlOf(form));
  if (!parcel || isTouched(form) || !form.isConnected) return;
  fill(form, parcel);
  say(form, `What you typed ${at(parcel.created)} is back. It is not saved yet.`, true);
}

function fill(form, { fields }) {
  for (const box of form.elements) {
    const given = fields.filter(([name]) => name === box.name).map(([, value]) => value);
    if (box.type === "radio" || box.type === "checkbox") box.checked = given.includes(box.value);
    else if (given.length) box.value = given[0];
    const isFilled = box.type === "checkbox" ? box.checked : box.matches("textarea, [type=date]") && box.value !== box.defaultValue;
    const fold = box.closest("details");
    if (fold && isFilled) fold.open = true;
  }
  form.dispatchEvent(new Event("change"));
}

// at 14:32, or of another day: on Monday at 14:32
function at(moment) {
  const [then, today] = [new Date(moment), new Date(now())];
  const time = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = then.toDateString() === today.toDateString() ? "" : `on ${then.toLocaleDateString("en-GB", { weekday: "long" })} `;
  return `${day}at ${time}`;
}

// ---------------------------------------------------------------------------------------------------------- what the form says of it

function say(form, words, mayStartAfresh = false) {
  const line = form.querySelector("[data-draft]");
  const button = line.querySelector("button");
  line.hidden = false;
  line.querySelector("[data-draft-words]").textContent = words;
  button.hidden = !mayStartAfresh;
  button.onclick = () => startAfresh(form, line);
}

function startAfresh(form, line) {
  const id = idOf(form);
  form.reset();
  delete form.dataset.touched;
  line.hidden = true;
  form.dispatchEvent(new Event("change"));
  form.querySelector("h3, summary, input:not([type=hidden])")?.focus();
  writing = writing.then(() => forget(id).catch(() => {}));
}

// A form that is begun beside something that waits is another one-to-one, and says so.
async function sayWhatWaits(form) {
  const waiting = (await readable(WAITING).catch(() => [])).filter(({ id, url }) => url === urlOf(form) && id !== idOf(form));
  const line = form.querySelector("[data-waiting-too]");
  line.hidden = waiting.length === 0;
  if (line.hidden) return;
  const saved = waiting.length === 1 ? `You saved a one-to-one ${at(waiting[0].created)}. It is` : `You saved ${waiting.length} one-to-ones. They are`;
  line.querySelector("[data-words]").textContent = `${saved} not sent yet. What you type here is another one.`;
}

// Where the device's clock is a day off, says so kindly beside the day: the server's day decides.
export async function tellDay(form) {
  await ready();
  const day = otherDay();
  const line = form.querySelector("[data-clock]");
  line.hidden = !day;
  if (day) line.querySelector("span").textContent = `The clock of this device is wrong. That does not matter here: by our clock it is ${day}.`;
}
