// Drafts save themselves: 800 ms after the last change or on leaving the row, one request a row at a time, the last value wins.
// What could not be sent stays on the screen and in the queue: it is tried again, or sent after signing in.

import { headers } from "./signed_out.js";

const PAUSE = 800;
const RETRIES = [2000, 5000, 15000, 30000];

export class Saver {
  constructor({ url, tell }) {
    this.url = url;
    this.tell = tell;
    this.timers = new Map();
    this.flying = new Set();
    this.tries = new Map();
    this.isSignedOut = false;
    this.unchosen = new Map();
  }

  soon(part) {
    this.wait(part, PAUSE);
    this.tell.changed(part);
  }

  wait(part, pause) {
    clearTimeout(this.timers.get(part));
    this.timers.set(part, setTimeout(() => this.send(part), pause));
  }

  // On leaving a row there is nothing to wait for but what is being painted, unless the server could not be reached a moment ago.
  now(part) {
    if (!this.tries.get(part)) this.wait(part, 0);
  }

  answer(part, values, unchosen) {
    this.unchosen.set(part, { values, unchosen });
    this.send(part);
  }

  async send(part) {
    clearTimeout(this.timers.get(part));
    const answered = this.unchosen.get(part);
    const values = { ...part.changes(), ...answered?.values };
    if (this.flying.has(part) || this.isSignedOut || part.asking || !Object.keys(values).length) return this.tell.changed(part);
    this.flying.add(part);
    const sent = part.read();
    part.doubt = { ...part.doubt };
    const doubtful = "step" in values && "next" in sent ? { ...values, next: sent.next } : values; // with a step its next action is stored
    for (const [field, value] of Object.entries(doubtful)) part.doubt[field] = [...(part.doubt[field] ?? []), value];
    const reply = await this.patch(part, { base: part.base, values, unchosen: answered?.unchosen ?? {} });
    this.flying.delete(part);
    if (reply && reply.status < 500) this.unchosen.delete(part);
    this.take(part, reply, sent);
  }

  async patch(part, body) {
    const typed = { ...headers(), "Content-Type": "application/json" };
    try {
      const reply = await fetch(new URL(part.path, this.url), { method: "PATCH", headers: typed, body: JSON.stringify(body), redirect: "error" });
      const isJson = reply.headers.get("Content-Type")?.includes("json");
      return { status: reply.status, said: isJson ? await reply.json() : {} };
    } catch {
      return null;
    }
  }

  take(part, reply, sent) {
    if (!reply || reply.status >= 500) return this.again(part);
    const isLast = this.tries.delete(part) && !this.tries.size;
    if (reply.status === 401 || reply.status === 403) return this.tell.signedOut(reply.said); // without a cookie the token is what fails first
    if (reply.status === 200 && isLast) this.tell.recovered();
    if (reply.status === 200) this.saved(part, reply.said, sent);
    else if (reply.status === 409) this.clash(part, reply.said);
    else this.tell.refused(part, reply.said);
  }

  // Where an answer was lost on its way, the other value may be one's own from before: then there is nothing to ask. The server
  // says who saved last: a request that never arrived leaves a value in doubt as well, and a colleague may have chosen the same.
  clash(part, said) {
    const isOwn = ([field, value]) => part.doubt[field]?.includes(value);
    if (said.by !== "You" || !Object.entries(said.theirs).every(isOwn)) return this.tell.clash(part, said);
    Object.assign(part.base, said.theirs);
    this.send(part);
  }

  saved(part, said, sent) {
    part.problem = "";
    part.doubt = {};
    part.settle(said.values, sent);
    this.tell.saved(part, said);
    if (!part.isSaved) this.wait(part, PAUSE);
  }

  again(part) {
    const times = this.tries.get(part) ?? 0;
    if (!this.tries.size) this.tell.failed();
    this.tries.set(part, times + 1);
    this.tell.failing(part);
    this.wait(part, RETRIES[Math.min(times, RETRIES.length - 1)]);
  }

  // Everything that waits is sent: after signing in, when the network is back, or when the page goes out of sight.
  resume(parts) {
    for (const part of parts) if (!part.isSaved) this.send(part);
  }
}
