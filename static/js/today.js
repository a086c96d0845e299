// Opens the form of a card where it stands: it is in the page already, so no network is asked. One is open at a time.
// After a sign-out in the middle, the form that was open opens again with its draft.

import { start } from "./one_to_one.js";
import { DRAFT, newId, WAITING } from "./outbox/items.js";
import { byForm, restore } from "./sending.js";

const OPEN = "open-form"; // in this tab: the address of the form that is open, which names nobody
const list = document.querySelector(".today");
const search = document.querySelector("[data-shortcut]");
const offline = document.getElementById("offline");

const buttonOf = (card) => card.querySelector("a.btn-tap");
const formOf = (card) => buttonOf(card).pathname;

async function open(card) {
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
  const draft = (await byForm(DRAFT)).get(formOf(card));
  if (draft && form.isConnected) restore(form, draft);
}

function close() {
  sessionStorage.removeItem(OPEN);
  const card = list.querySelector(".is-open");
  if (!card) return null;
  card.querySelector(".one-open").remove();
  card.classList.remove("is-open");
  list.classList.remove("has-open");
  return card;
}

// Says on a card what is kept of it on this device: "kept-on-device" or "has-draft".
function note(card, kind) {
  card.querySelector("[data-kept]")?.remove();
  card.querySelector(".card-head div").append(document.getElementById(kind).content.cloneNode(true));
}

function showKept() {
  const card = close();
  note(card, "kept-on-device");
  card.querySelector("[data-kept]").focus();
}

list?.addEventListener("click", (event) => {
  const button = event.target.closest("a.btn-tap");
  const card = event.target.closest(".one");
  if (button && card?.querySelector("template")) {
    event.preventDefault();
    open(card);
  } else if (event.target.closest("[data-close-form]")) {
    const closed = close();
    if (closed) buttonOf(closed).focus();
  }
});
list?.addEventListener("kept", showKept);
document.addEventListener("outbox", ({ detail }) => {
  if (detail.waiting === 0) for (const line of document.querySelectorAll("[data-kept]")) line.remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  search.focus();
});

const showConnection = () => (offline.hidden = navigator.onLine);
for (const kind of ["online", "offline"]) window.addEventListener(kind, showConnection);
showConnection();

// Says on each card what is kept of it, and opens the form that was open.
async function showWhatIsKept() {
  const wasOpen = sessionStorage.getItem(OPEN);
  const [waiting, drafts] = [await byForm(WAITING), await byForm(DRAFT)];
  for (const card of list.querySelectorAll(".one")) {
    if (!card.querySelector("template")) continue;
    if (waiting.has(formOf(card))) note(card, "kept-on-device");
    else if (drafts.has(formOf(card))) {
      note(card, "has-draft");
      if (formOf(card) === wasOpen && !list.querySelector(".is-open")) await open(card);
    }
  }
}

if (list) showWhatIsKept();
