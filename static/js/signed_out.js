// For a page that holds unsaved work: whose page it is, and the cover over it while that person is signed out. What is not saved
// stays under the cover, and the page goes on once the same person has signed in again.

const dialog = document.getElementById("signed-out");
const limits = document.getElementById("time-limits");

// The token of now: signing in again makes a new one.
function token() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
}

// What every request of such a page carries: the server refuses one of a page that belongs to somebody else.
export function headers() {
  return { Accept: "application/json", "X-CSRFToken": token(), "X-Person": limits.dataset.person };
}

// `isSaved` says whether the page may be left, `stop` and `goOn` hold its sending and let it go.
export function watchSession({ isSaved, stop, goOn }) {
  const other = dialog.querySelector("[data-other]");
  let isOut = false;
  let isAsking = false;
  for (const words of document.querySelectorAll("[data-unsaved]")) words.textContent = "What is not saved yet waits on this page until you sign in again.";

  function cover(said = {}) {
    isOut = true;
    stop();
    if (!dialog.open) {
      other.hidden = true;
      dialog.showModal();
    }
    if (said.other) other.hidden = false;
  }

  // True: the page's person is signed in, and everything on the page knows the session of now. Null: the server was not reached.
  async function check() {
    const reply = await fetch(limits.dataset.stay, { method: "POST", headers: headers() }).catch(() => null);
    if (!reply || reply.status >= 500) return null;
    const said = await reply.json().catch(() => ({}));
    if (!reply.ok) {
      cover(said);
      return false;
    }
    isOut = false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token();
    document.dispatchEvent(new CustomEvent("session:again", { detail: said }));
    dialog.close();
    return true;
  }

  async function tryAgain() {
    if (!isOut || isAsking) return;
    isAsking = true;
    const isBack = await check();
    isAsking = false;
    if (isBack) goOn();
  }

  // timeout.js asks before it leaves a page that is over.
  document.addEventListener("session:over", (event) => {
    if (isSaved()) return;
    event.preventDefault();
    cover();
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => isOut && dialog.showModal()); // a browser lets nobody prevent a second Escape
  dialog.querySelector("[data-go-on]").addEventListener("click", tryAgain);
  for (const kind of ["focus", "online"]) window.addEventListener(kind, tryAgain);
  document.addEventListener("visibilitychange", () => document.hidden || tryAgain());

  return { cover, check, isOut: () => isOut };
}
