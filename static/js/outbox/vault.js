// Holds the key to a person's unsent work: in memory alone, not extractable, as long as the page is open. The server gives the
// same key to the same person on the same device, and tells its clock: the device's own may be wrong.

const A_DAY_OFF = 12 * 60 * 60 * 1000;
const { session, owner: reader } = document.getElementById("outbox").dataset;

let held = null;

export class SomebodyElse extends Error {}
export class Locked extends Error {}

export const isUnlocked = () => held !== null;
export const owner = () => reader; // whose page this is: known without the key
export const now = () => Date.now() + (held?.ahead ?? 0);

// The server's day, where the device's clock is so wrong that its own day may be another.
export const otherDay = () => (held && Math.abs(held.ahead) > A_DAY_OFF ? held.today : "");

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const bound = (item) => new TextEncoder().encode(`${item.client_id} ${item.user_hash} ${item.kind}`);

// Fetches the key, and a fresh token for what is sent next.
export async function unlock() {
  const answer = await fetch(session, { headers: { Accept: "application/json", "X-Unattended": "1" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { key, owner, token, now, today } = await answer.json();
  if (owner !== reader) throw new SomebodyElse(); // somebody else by now: this page is still its person's
  held = {
    key: held ? held.key : await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]),
    ahead: now - Date.now(),
    today,
  };
  return token;
}

export async function seal(id, kind, parcel) {
  if (!held) throw new Locked();
  const item = { client_id: id, user_hash: reader, kind, created: now(), iv: crypto.getRandomValues(new Uint8Array(12)) };
  const plain = new TextEncoder().encode(JSON.stringify(parcel));
  item.blob = await crypto.subtle.encrypt({ name: "AES-GCM", iv: item.iv, additionalData: bound(item) }, held.key, plain);
  return item;
}

export async function unseal(item) {
  if (!held) throw new Locked();
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: item.iv, additionalData: bound(item) }, held.key, item.blob);
  return JSON.parse(new TextDecoder().decode(plain));
}
