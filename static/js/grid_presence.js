// Who else is in this class now.

import { headers } from "./signed_out.js";

const EVERY = 20000;

export function watchPresence({ form, saver }) {
  const line = document.querySelector("[data-presence]");
  const url = new URL(form.dataset.presence, location.href);

  async function ask() {
    try {
      const reply = await fetch(url, { method: "POST", headers: { ...headers(), "X-Unattended": "1" }, redirect: "error" });
      return reply.ok ? await reply.json() : null;
    } catch {
      return null;
    }
  }

  async function poll() {
    if (document.hidden || saver.isSignedOut) return;
    const said = await ask();
    if (!said) return;
    line.hidden = !said.words;
    line.querySelector("span").textContent = said.words;
  }

  setInterval(poll, EVERY);
  poll();
}
