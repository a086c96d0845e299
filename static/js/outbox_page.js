// Lists what waits on this device. Until it is unlocked there is only a time: everything else is ciphertext.

import { refusals, sendAll } from "./outbox.js";
import { forget, mine, WAITING } from "./outbox/items.js";
import { isUnlocked, unseal } from "./outbox/vault.js";

const CLOSED = "It is locked until we can reach our server. We keep trying.";
const UNREADABLE = "This device can no longer open it. Record it again.";
const list = document.getElementById("waiting");
const status = document.getElementById("waiting-status");
const empty = list.firstElementChild;
const template = document.getElementById("waiting-item");

const when = (moment) => new Date(moment).toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

const notesOf = (fields) => fields.filter(([name, value]) => name.startsWith("note") && value).map(([, value]) => value);

function wordsFor(fields) {
  const steps = fields.filter(([name, value]) => name.startsWith("step-") && value).length;
  return `${steps} target${steps === 1 ? "" : "s"}${notesOf(fields).length ? ", a note" : ""}.`;
}

async function draw(item) {
  const card = template.content.cloneNode(true).firstElementChild;
  const parcel = await unseal(item).catch(() => null);
  const refusal = refusals.get(item.client_id);
  card.querySelector("[data-when]").textContent = `One-to-one, ${when(item.created)}`;
  card.querySelector("[data-what]").textContent = parcel ? wordsFor(parcel.fields) : isUnlocked() ? UNREADABLE : CLOSED;
  const open = card.querySelector("[data-open]");
  if (parcel && !refusal?.isGone) open.href = `${parcel.url}?waiting=${item.client_id}`;
  else open.remove();
  if (parcel && refusal?.isGone) showNotes(card, notesOf(parcel.fields));
  const refused = card.querySelector("[data-refused]");
  refused.hidden = !refusal;
  refused.textContent = refusal ? `It was not taken: ${refusal.errors.join(" ")}` : "";
  card.querySelector("[data-remove]").addEventListener("click", () => remove(item, card));
  return card;
}

// The form opens no more: what was written can still be copied.
function showNotes(card, notes) {
  card.querySelector("[data-notes]").hidden = notes.length === 0;
  card.querySelector("[data-notes] ul").append(...notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })));
}

async function remove(item, card) {
  if (!window.confirm("Remove this one-to-one unsent? It cannot be brought back.")) return;
  await forget(item.client_id);
  card.remove();
  status.textContent = "Removed.";
  await sendAll(true);
}

async function show() {
  const items = await mine(WAITING).catch(() => []);
  list.replaceChildren(...(await Promise.all(items.map(draw))));
  if (!items.length) list.append(empty);
}

for (const moment of ["outbox", "outbox:open"]) document.addEventListener(moment, show);
show();
