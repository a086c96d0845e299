// Unsent work of one person: what waits to be sent, and drafts. It is kept for 72 hours by the server's clock.

import * as store from "./store.js";
import * as vault from "./vault.js";

export const WAITING = "waiting";
export const DRAFT = "draft";

const HOUR = 60 * 60 * 1000;
const KEPT_FOR = 72 * HOUR;
const TOLD_FOR = 30 * 24 * HOUR;
export const MOST = 20;

const ofMine = (item, kind) => item.user_hash === vault.owner() && item.kind === kind && item.blob;

export async function mine(kind) {
  const found = (await store.all()).filter((item) => ofMine(item, kind));
  return found.sort((one, other) => one.created - other.created);
}

// An id for a form, so that sending it twice makes one row. It needs no TLS, as crypto.randomUUID would.
export const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export class Full extends Error {}
export class Waiting extends Error {}

// Keeps a parcel; fails where it cannot be kept. A draft makes room for itself; what waits is never pushed out, nor turned into a draft.
export async function keep(id, kind, parcel) {
  if (kind === DRAFT && (await mine(WAITING)).some((item) => item.client_id === id)) throw new Waiting();
  const before = (await mine(kind)).filter((item) => item.client_id !== id);
  if (before.length >= MOST) {
    if (kind === WAITING) throw new Full();
    await store.remove(before[0].client_id);
  }
  await store.put(await vault.seal(id, kind, parcel));
}

export const forget = (id) => store.remove(id);

// What is kept of one kind and can be read, newest first.
export async function readable(kind) {
  const found = [];
  for (const item of await mine(kind)) {
    const parcel = await vault.unseal(item).catch(() => null);
    if (parcel) found.unshift({ id: item.client_id, created: item.created, ...parcel });
  }
  return found;
}

// Takes away what is too old. Of what waited the time alone stays, so that its writer can be told: of one's own until the server
// knows of it, of somebody else's for a month. Returns one's own.
export async function tooOld() {
  const gone = [];
  for (const item of await store.all()) {
    const age = vault.now() - item.created;
    if (age < KEPT_FOR) continue;
    const isMine = item.user_hash === vault.owner();
    if (item.kind === DRAFT || (!isMine && age > TOLD_FOR)) await store.remove(item.client_id);
    else if (item.blob) await store.put({ ...item, iv: null, blob: null });
    if (isMine && item.kind === WAITING) gone.push(item);
  }
  return gone;
}
