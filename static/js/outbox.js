// Sends what waits on this device: when a page opens, when the network or the tab comes back, once a minute, and at a tap.
// Says on every page how much waits, and asks before a sign-out.

import { ifFree, TAKEN } from "./outbox/held.js";
import { forget, mine, MOST, tooOld, WAITING } from "./outbox/items.js";
import { deliver } from "./outbox/post.js";
import * as store from "./outbox/store.js";
import { isUnlocked, unlock, unseal } from "./outbox/vault.js";

const EVERY = 60_000;
const NOT_YOURS = "You can no longer record for this pupil.";
const strip = document.getElementById("outbox");
const asking = document.getElementById("outbox-leaving");
const star = document.getElementById("outbox-reached");
const { neverSent, worker } = strip.dataset;

export const refusals = new Map(); // by id: what the server said, and whether the form can still be opened
let waiting = 0;
let sentHere = 0; // since the page was opened: what is said once stays there
let isSending = false;
let opening = null;

const plural = (count, one, many) => `${count} one-to-one${count === 1 ? ` ${one}` : `s ${many}`}`;

// True with the key in hand. It is asked for only where a form is in the page, or something waits; and again while it is missing.
export function ready() {
  if (isUnlocked()) return Promise.resolve(true);
  return (opening ??= open().finally(() => (opening = null)));
}

async function open() {
  const isNeeded = document.querySelector("[data-one-to-one], .today template, #waiting") || (await store.all().catch(() => [])).length;
  if (!isNeeded) return false;
  const isOpen = await unlock().then(() => true, () => false);
  if (isOpen) document.dispatchEvent(new Event("outbox:open"));
  return isOpen;
}

export async function sendAll(isUnattended = false) {
  if (isSending) return;
  isSending = true;
  const reached = [];
  let sent = 0;
  try {
    if (await ready()) sent = await send(isUnattended, reached);
  } catch {
    // Signed out, or no network: it waits on.
  }
  isSending = false;
  await tell(sent, reached);
}

async function send(isUnattended, reached) {
  const [old, items] = [await tooOld(), await mine(WAITING)];
  if (!navigator.onLine || !(old.length + items.length)) return 0;
  const token = await unlock();
  if (old.length) await ifFree("never-sent", () => report(token));
  let sent = 0;
  for (const { client_id: id } of items) {
    if (isUnattended && refusals.has(id)) continue;
    const outcome = await ifFree(id, () => sendOne(id, token, isUnattended));
    if (outcome === TAKEN || outcome.state === "passed") continue;
    if (outcome.state === "sent") {
      sent += 1;
      reached.push(...(outcome.reached ?? []));
    } else if (!noteRefusal(id, outcome)) break;
  }
  return sent;
}

async function sendOne(id, token, isUnattended) {
  const item = (await mine(WAITING)).find(({ client_id }) => client_id === id);
  const parcel = item && (await unseal(item).catch(() => null));
  if (!parcel) return { state: "passed" }; // another tab sent it; or it stays in the list, as one that cannot be opened
  const outcome = await deliver(parcel, token, isUnattended);
  if (outcome.state === "sent") await forget(id);
  return outcome;
}

// With a fresh token a 403 is no stale token any more: it is said like a 404.
function noteRefusal(id, { state, errors }) {
  if (state === "refused") refusals.set(id, { errors, isGone: false });
  else if (state === "gone" || state === "stale") refusals.set(id, { errors: [NOT_YOURS], isGone: true });
  else return false;
  return true;
}

// What was never sent is forgotten only once the server has noted it.
async function report(token) {
  const old = (await tooOld()).slice(0, MOST);
  const body = new URLSearchParams({ written_at: old.map(({ created }) => Math.round(created)).join(",") });
  const headers = { Accept: "application/json", "X-CSRFToken": token, "X-Unattended": "1" };
  const answer = old.length && (await fetch(neverSent, { method: "POST", headers, body }));
  if (answer?.status === 204) for (const { client_id } of old) await forget(client_id);
}

export async function tell(sent = 0, reached = []) {
  const items = await mine(WAITING).catch(() => []);
  for (const id of refusals.keys()) if (!items.some((item) => item.client_id === id)) refusals.delete(id);
  waiting = items.length;
  sentHere += sent;
  const words = [];
  if (sentHere) words.push(`${plural(sentHere, "was", "were")} sent just now.`);
  if (waiting) words.push(`${plural(waiting, "is", "are")} waiting to send. ${waiting === 1 ? "It is" : "They are"} safe on this device.`);
  if (refusals.size) words.push("Not everything could be taken: look at what waits.");
  for (const each of reached) celebrate(each);
  strip.hidden = words.length === 0;
  strip.querySelector("[data-outbox-words]").textContent = words.join(" ");
  strip.querySelector("[data-waiting]").hidden = waiting === 0;
  document.dispatchEvent(new CustomEvent("outbox", { detail: { sent, waiting } }));
}

// A target that reached its aim has its quiet moment, though the page that would have said so never came.
function celebrate({ words, certificate }) {
  const line = star.content.cloneNode(true);
  line.querySelector("[data-words]").textContent = words;
  if (certificate) line.querySelector("a").href = certificate;
  else line.querySelector("a").remove();
  strip.querySelector("[data-reached]").append(line);
}

// ---------------------------------------------------------------------------------------------------------- before a sign-out

let leaving = null;

document.addEventListener("submit", (event) => {
  const isSignOut = new URL(event.target.action).pathname === "/signout/" && !event.target.querySelector("[name=time]");
  if (!isSignOut || waiting === 0) return;
  event.preventDefault();
  leaving = event.target;
  askAgain();
  asking.showModal();
});

function askAgain() {
  asking.querySelector("h2").textContent = `${plural(waiting, "is", "are")} not sent.`;
  asking.querySelector("[data-leave-anyway]").textContent = `Sign out, keep ${waiting === 1 ? "it" : "them"} locked on this device`;
}

asking.querySelector("[data-try]").addEventListener("click", async () => {
  await sendAll();
  if (waiting === 0) leaving.submit();
  else askAgain();
});
asking.querySelector("[data-leave-anyway]").addEventListener("click", () => leaving.submit());

// ---------------------------------------------------------------------------------------------------------- when it is tried again

function again() {
  sendAll(true);
  document.dispatchEvent(new Event("outbox:again"));
}

strip.querySelector("[data-send-now]").addEventListener("click", () => sendAll());
window.addEventListener("online", again);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
setInterval(again, EVERY);
navigator.serviceWorker?.register(worker, { updateViaCache: "none" }).catch(() => {});
sendAll(true);
