// Warns two minutes before a sign-out. All tabs share one clock; the server ends the session by itself, with or without this.
// A signed-out page tells the other tabs, so that none goes on showing what was on it.

const WARNING = 120;
const LAST_MINUTE = 60;
const SIGN_OF_LIFE = 60; // seconds between two signs of life while somebody types or taps

const tabs = new BroadcastChannel("session");
const limits = document.getElementById("time-limits");
if (limits) watch(limits.dataset);
else tabs.postMessage({ over: true });

function watch({ idle, left, stay }) {
  const loadedAt = Date.now();
  const asking = dialogOf("timeout");
  const telling = dialogOf("timeout-final");
  let seenAt = loadedAt;
  let sentAt = loadedAt;
  let endsAt = loadedAt + left * 1000; // whatever anybody does
  let isTold = false;
  let isOver = false;

  const secondsFrom = (moment) => (Date.now() - moment) / 1000;
  const idleLeft = () => idle - secondsFrom(seenAt);
  const finalLeft = () => -secondsFrom(endsAt);

  function seen(moment) {
    seenAt = Math.max(seenAt, moment);
    asking.close();
  }

  async function sayHere() {
    sentAt = Date.now();
    const token = document.querySelector("[data-leave] [name=csrfmiddlewaretoken]").value;
    const answer = await fetch(stay, { method: "POST", headers: { "X-CSRFToken": token } });
    if (answer.status === 401) leave();
    if (answer.ok) goOn(sentAt, await answer.json());
  }

  // Somebody is here, in a session that the server says ends later: a page may outlive the one it was opened in.
  function goOn(moment, said) {
    endsAt = Date.now() + said.left * 1000;
    if (finalLeft() > WARNING) {
      isTold = false;
      telling.close();
    }
    seen(moment);
    tabs.postMessage({ seenAt });
  }

  function leave() {
    if (isOver || isKept()) return;
    isOver = true;
    const form = document.querySelector("[data-leave]");
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "time", value: "over" }));
    form.requestSubmit();
  }

  // A page that holds unsaved work covers itself and stays until it is sent.
  function isKept() {
    return !document.dispatchEvent(new CustomEvent("session:over", { cancelable: true }));
  }

  function tick() {
    if (isOver) return;
    const toIdle = idleLeft();
    const toFinal = finalLeft();
    if (Math.min(toIdle, toFinal) <= 0) leave();
    else if (toFinal <= WARNING && !isTold) {
      isTold = true;
      asking.close();
      telling.open();
    } else if (toFinal > WARNING && toIdle <= WARNING) asking.open();
    asking.count(toIdle);
    telling.count(toFinal);
  }

  tabs.onmessage = ({ data }) => (data.over ? isKept() || location.replace(location.pathname + location.search) : seen(data.seenAt));
  for (const kind of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(kind, () => asking.isOpen() || secondsFrom(sentAt) < SIGN_OF_LIFE || sayHere().catch(() => {}), { passive: true });
  }
  asking.element.addEventListener("cancel", () => sayHere().catch(() => {})); // Escape means: stay
  asking.element.querySelector("[data-keep]").addEventListener("click", () => sayHere().catch(() => {}));
  telling.element.querySelector("[data-close]").addEventListener("click", () => telling.close());
  document.addEventListener("session:again", ({ detail }) => goOn(Date.now(), detail)); // signed_out.js heard it
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, 1000);
  tabs.postMessage({ seenAt });
}

// One warning: opened once, told politely at two minutes and at one, counted for the eye in the last minute.
function dialogOf(name) {
  const element = document.getElementById(name);
  const seconds = element.querySelector("[data-seconds]");
  const said = element.querySelector("[data-said]");
  const isOpen = () => element.open;
  const say = (words) => {
    if (said.textContent !== words) said.textContent = words;
  };
  return {
    element,
    isOpen,
    open() {
      if (isOpen()) return;
      element.showModal();
      element.querySelector("button").focus();
      say("We will sign you out in 2 minutes.");
    },
    close() {
      if (isOpen()) element.close();
      seconds.hidden = true;
      said.textContent = "";
    },
    count(left) {
      if (!isOpen() || left > LAST_MINUTE) return;
      seconds.hidden = false;
      seconds.textContent = `${Math.max(0, Math.ceil(left))} seconds left`;
      say("We will sign you out in 1 minute.");
    },
  };
}
