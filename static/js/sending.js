// Saves a one-to-one. Without a network, or signed out meanwhile, it is kept on the device and sent later. Without this the form
// posts as any other.

import { closed, written } from "./drafts.js";
import { tell } from "./outbox.js";
import { forget, Full, keep, MOST, WAITING } from "./outbox/items.js";
import { deliver, parcelOf } from "./outbox/post.js";
import { Locked, SomebodyElse, unlock } from "./outbox/vault.js";

const PATIENCE = 400;
const UNREACHABLE = "Not sent. Keep this page open: it is sent when the connection is back.";
const SIGNED_OUT = "Not saved: you are signed out. Keep this page open, sign in again in another tab, then save it here.";
const GONE = "Not saved: you can no longer record for this pupil. What you typed is still here. Copy what matters, or ask your SENCO.";
const KEEPS_NOTHING = "This browser cannot keep it for you: it is a private window, or its storage is full.";
const NO_ROOM = `There is no room on this device: ${MOST} one-to-ones are waiting to send already.`;

const cover = document.getElementById("sign-in-again");
const stay = (event) => event.preventDefault();
let unkept = null; // the form that nothing can keep: the page itself has to wait

export const isUnkept = (form) => unkept === form;

export function sends(form) {
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // the device goes to the pupil: nothing is saved by that
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    const done = showBusy(form);
    await written();
    await save(form);
    if (closed.has(form)) return;
    done();
    isBusy = false;
  });
  form.addEventListener("input", () => unkept === form && letGo()); // what is typed on is not sent by itself
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
    letGo();
    await forget(form.elements.client_id.value).catch(() => {});
    location.assign(outcome.page);
  } else if (outcome.state === "refused") {
    letGo();
    form.submit(); // the server says at each field what is wrong
  } else if (outcome.state === "gone") {
    letGo();
    say(form, GONE);
  } else await keepForLater(form, parcel, outcome.state);
}

async function send(form, parcel) {
  const outcome = await deliver(parcel, form.elements.csrfmiddlewaretoken.value);
  if (outcome.state !== "stale") return outcome;
  const token = await unlock().catch(() => ""); // somebody signed in again in another tab
  const again = token ? await deliver(parcel, token) : outcome;
  return again.state === "stale" && token ? { state: "gone" } : again;
}

async function keepForLater(form, parcel, state) {
  closed.add(form);
  try {
    await keep(form.elements.client_id.value, WAITING, parcel);
  } catch (problem) {
    closed.delete(form);
    notKept(form, state, problem);
    return;
  }
  letGo();
  if (state === "signed-out") {
    location.replace(location.pathname + location.search); // to sign-in and back; then it is sent
    return;
  }
  await tell();
  form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
}

// ---------------------------------------------------------------------------------------------------------- where nothing can be kept

function say(form, words) {
  const line = form.querySelector("[data-not-saved]");
  line.hidden = !words;
  line.textContent = words;
}

function notKept(form, state, problem) {
  const why = problem instanceof Full ? NO_ROOM : problem instanceof Locked ? "" : KEEPS_NOTHING;
  say(form, `${state === "signed-out" ? SIGNED_OUT : UNREACHABLE} ${why}`.trim());
  unkept = form;
  window.addEventListener("beforeunload", stay);
  if (state === "signed-out") showCover();
}

export function letGo() {
  if (unkept) say(unkept, "");
  unkept = null;
  window.removeEventListener("beforeunload", stay);
}

for (const moment of ["outbox:again", "outbox:open"]) {
  document.addEventListener(moment, () => unkept?.isConnected && !cover.open && navigator.onLine && unkept.requestSubmit());
}

// Signed out, the page covers itself and stays, until the same person has signed in again.
function showCover() {
  cover.querySelector("[data-other]").hidden = true;
  if (!cover.open) cover.showModal();
}

async function goOn() {
  if (!cover.open) return;
  const problem = await unlock().then(() => null, (failed) => failed);
  cover.querySelector("[data-other]").hidden = !(problem instanceof SomebodyElse);
  if (problem) return;
  cover.close();
  unkept?.requestSubmit();
}

document.addEventListener("session:over", (event) => {
  if (!unkept?.isConnected) return;
  event.preventDefault();
  showCover();
});
cover.addEventListener("cancel", stay);
cover.querySelector("[data-go-on]").addEventListener("click", goOn);
window.addEventListener("focus", goOn);
