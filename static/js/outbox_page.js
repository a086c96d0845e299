// Lists what waits on this device. Until it is unlocked there is only a time: everything else is ciphertext.

import { refusals, sendAll, unlocked } from "./outbox.js";
import { forget, mine, WAITING } from "./outbox/items.js";
import { unseal } from "./outbox/vault.js";

const list = document.getElementById("waiting");
const status = document.getElementById("waiting-status");
const empty = list.firstElementChild;
const template = document.getElementById("waiting-item");

const when = (moment) => new Date(moment).toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

function wordsFor(fields) {
  const steps = fields.filter(([name, value]) => name.startsWith("step-") && value).length;
  const hasNote = fields.some(([name, value]) => name.startsWith("note") && value);
  return `${steps} target${steps === 1 ? "" : "s"}${hasNote ? ", a note" : ""}.`;
}

async function draw(item) {
  const card = template.content.cloneNode(true).firstElementChild;
  const parcel = await unseal(item).catch(() => null);
  card.querySelector("[data-when]").textContent = `One-to-one, ${when(item.created)}`;
  card.querySelector("[data-what]").textContent = parcel ? wordsFor(parcel.fields) : "It cannot be read with the key of this device.";
  const open = card.querySelector("[data-open]");
  if (parcel) open.href = `${parcel.url}?waiting=${item.client_id}`;
  else open.remove();
  const refused = card.querySelector("[data-refused]");
  const errors = refusals.get(item.client_id);
  refused.hidden = !errors;
  refused.textContent = errors ? `It was not taken: ${errors.join(" ")}` : "";
  card.querySelector("[data-remove]").addEventListener("click", () => remove(item, card));
  return card;
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

if (await unlocked) {
  document.addEventListener("outbox", show);
  await show();
}
