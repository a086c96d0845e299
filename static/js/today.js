// Opens the form of a card where it stands: it is in the page already, so no network is asked. One is open at a time.
// After a sign-out in the middle, the form that was open opens again with its draft.

import { byForm, written } from "./drafts.js";
import { start } from "./one_to_one.js";
import { DRAFT, newId, WAITING } from "./outbox/items.js";
import { isUnlocked } from "./outbox/vault.js";
import { isUnkept, letGo } from "./sending.js";

const OPEN = "open-form"; // in this tab: the address of the form that is open, which names nobody
const LOSE = "This one-to-one is not sent, and this browser cannot keep it. Close the form and lose what you typed?";
const list = document.querySelector(".today");
const offline = document.getElementById("offline");

const buttonOf = (card) => card.querySelector("a.btn-tap");
const formOf = (card) => buttonOf(card).pathname;

function open(card) {
  if (!mayClose()) return;
  close();
  card.append(card.querySelector("template").content.cloneNode(true));
  card.classList.add("is-open");
  list.classList.add("has-open");
  const form = card.querySelector("form");
  form.elements.client_id.value = newId(); // opened a second time it is another one-to-one
  start(form);
  card.querySelector(".one-open h3").focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
  sessionStorage.setItem(OPEN, formOf(card));
}

function mayClose() {
  const form = list.querySelector(".is-open form");
  return !form || !isUnkept(form) || window.confirm(LOSE);
}

function close() {
  sessionStorage.removeItem(OPEN);
  const card = list.querySelector(".is-open");
  if (!card) return null;
  const form = card.querySelector("form");
  if (isUnkept(form)) letGo();
  form.dispatchEvent(new Event("closing"));
  card.querySelector(".one-open").remove();
  card.classList.remove("is-open");
  list.classList.remove("has-open");
  return card;
}

// Says on a card what is kept of it on this device: what waits to be sent, and what was begun and not saved.
function note(card, kinds) {
  if (card.dataset.kept === kinds.join(" ")) return;
  card.dataset.kept = kinds.join(" ");
  for (const line of card.querySelectorAll("[data-kept-line]")) line.remove();
  const head = card.querySelector(".card-head div");
  for (const kind of kinds) head.append(document.getElementById(kind).content.cloneNode(true));
}

async function noteAll() {
  await written();
  const [waiting, drafts] = [await byForm(WAITING), await byForm(DRAFT)];
  for (const card of list.querySelectorAll(".one")) {
    const kinds = [waiting.has(formOf(card)) && "kept-on-device", drafts.has(formOf(card)) && "has-draft"];
    note(card, kinds.filter(Boolean));
  }
  return drafts;
}

list?.addEventListener("click", (event) => {
  const button = event.target.closest("a.btn-tap");
  const card = event.target.closest(".one");
  if (button && card?.querySelector("template")) {
    event.preventDefault();
    open(card);
  } else if (event.target.closest("[data-close-form]") && mayClose()) {
    const closed = close();
    if (closed) buttonOf(closed).focus();
    noteAll();
  }
});
list?.addEventListener("kept", async () => {
  const card = close();
  await noteAll();
  card.querySelector("[data-kept-line]")?.focus();
});

const showConnection = () => (offline.hidden = navigator.onLine);
for (const kind of ["online", "offline"]) window.addEventListener(kind, showConnection);
showConnection();

// Opens the form that was open, where a draft of it is kept.
async function reopen() {
  const wasOpen = sessionStorage.getItem(OPEN);
  const drafts = await noteAll();
  const card = [...list.querySelectorAll(".one")].find((each) => each.querySelector("template") && formOf(each) === wasOpen);
  if (card && drafts.has(wasOpen) && !list.querySelector(".is-open")) open(card);
}

if (list) {
  document.addEventListener("outbox", noteAll);
  document.addEventListener("outbox:open", reopen);
  if (isUnlocked()) reopen();
}
