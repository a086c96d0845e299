// Who else is in this class now, and whether this person is still signed in. A signed-out page covers itself, keeps what is
// not saved, and goes on once the same person has signed in again.

const EVERY = 20000;

export function watchPresence({ form, saver, parts, token }) {
  const line = document.querySelector("[data-presence]");
  const dialog = document.getElementById("grid-signin");
  const url = new URL(form.dataset.presence, location.href);

  async function ask() {
    const headers = { Accept: "application/json", "X-CSRFToken": token(), "X-Unattended": "1" };
    try {
      const reply = await fetch(url, { method: "POST", headers, redirect: "error" });
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

  async function goOn() {
    if (!saver.isSignedOut) return;
    const said = await ask();
    if (!said) return;
    if (String(said.person) !== form.dataset.person) {
      dialog.querySelector("[data-other]").hidden = false;
      return;
    }
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token();
    dialog.close();
    saver.resume(parts);
  }

  // The page is not left while it holds what nobody has saved; timeout.js asks before it leaves a page that is over.
  document.addEventListener("session:over", (event) => {
    if (parts.every((part) => part.isSaved)) return;
    event.preventDefault();
    saver.signedOut();
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("[data-go-on]").addEventListener("click", goOn);
  window.addEventListener("focus", goOn);
  document.addEventListener("visibilitychange", () => document.hidden || goOn());
  setInterval(poll, EVERY);
  poll();

  return {
    askToSignIn() {
      dialog.querySelector("[data-other]").hidden = true;
      if (!dialog.open) dialog.showModal();
    },
  };
}
