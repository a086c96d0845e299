// Sends what waits on this device: when a page opens, when the network or the tab comes back, once a minute, and at a tap.
// Says on every page how much waits, and asks before a sign-out.

import { expire, forget, mine, WAITING } from "./outbox/items.js";
import { deliver } from "./outbox/post.js";
import * as store from "./outbox/store.js";
import { isUnlocked, unlock, unseal } from "./outbox/vault.js";

const EVERY = 60_000;
const strip = document.getElementById("outbox");
const asking = document.getElementById("outbox-leaving");
const { session, neverSent, worker } = strip.dataset;

export const refusals = new Map();
let waiting = 0;
let sentHere = 0; // since the page was opened: what is said once stays there
let isSending = false;

const plural = (count, one, many) => `${count} one-to-one${count === 1 ? ` ${one}` : `s ${many}`}`;

// The key, if it can be had: then true. Asked for only where a form is in the page, or something waits.
export const unlocked = start();

async function start() {
  const isNeeded = document.querySelector("[data-one-to-one], .today template, #waiting") || (await store.all().catch(() => [])).length;
  if (!isNeeded) return false;
  try {
    const token = await unlock(session);
    const gone = await expire();
    if (gone.length) await report(gone, token);
  } catch {
    return isUnlocked();
  }
  sendAll(true);
  return true;
}

function report(gone, token) {
  const body = new URLSearchParams({ written_at: gone.map(Math.round).join(",") });
  return fetch(neverSent, { method: "POST", headers: { "X-CSRFToken": token, "X-Unattended": "1" }, body });
}

export async function sendAll(isUnattended = false) {
  if (isSending || !isUnlocked()) return;
  isSending = true;
  let sent = 0;
  try {
    const items = await mine(WAITING);
    if (items.length && navigator.onLine) sent = await send(items, isUnattended);
  } catch {
    // Signed out, or no network: it waits on.
  }
  isSending = false;
  await tell(sent);
}

async function send(items, isUnattended) {
  const token = await unlock(session);
  let sent = 0;
  for (const item of items) {
    if (isUnattended && refusals.has(item.client_id)) continue;
    const parcel = await unseal(item).catch(() => null);
    if (!parcel) continue; // it stays in the list, as one that cannot be opened
    const { state, errors } = await deliver(parcel, token, isUnattended);
    if (state === "sent") {
      await forget(item.client_id);
      sent += 1;
    } else if (state === "refused") refusals.set(item.client_id, errors);
    else break;
  }
  return sent;
}

export async function tell(sent = 0) {
  const items = await mine(WAITING).catch(() => []);
  for (const id of refusals.keys()) if (!items.some((item) => item.client_id === id)) refusals.delete(id);
  waiting = items.length;
  sentHere += sent;
  const words = [];
  if (sentHere) words.push(`${plural(sentHere, "was", "were")} sent just now.`);
  if (waiting) words.push(`${plural(waiting, "is", "are")} waiting to send. ${waiting === 1 ? "It is" : "They are"} safe on this device.`);
  if (refusals.size) words.push("Not everything could be taken: look at what waits.");
  strip.hidden = words.length === 0;
  strip.querySelector("[data-outbox-words]").textContent = words.join(" ");
  strip.querySelector("[data-waiting]").hidden = waiting === 0;
  document.dispatchEvent(new CustomEvent("outbox", { detail: { sent, waiting } }));
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
}

asking.querySelector("[data-try]").addEventListener("click", async () => {
  await sendAll();
  if (waiting === 0) leaving.submit();
  else askAgain();
});
asking.querySelector("[data-leave-anyway]").addEventListener("click", () => leaving.submit());

// ---------------------------------------------------------------------------------------------------------- when it is tried again

strip.querySelector("[data-send-now]").addEventListener("click", () => sendAll());
window.addEventListener("online", () => sendAll(true));
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendAll(true));
setInterval(() => sendAll(true), EVERY);
navigator.serviceWorker?.register(worker, { updateViaCache: "none" }).catch(() => {});
