// Saves a form's own words while they are typed; the button does the same without this. One request at a time, the last value wins.

const WAIT = 800;
const FAILED = "Not saved yet. We will try again; the Save button works too.";
const SIGNED_OUT = "Not saved: you are signed out. Copy your words, sign in again and put them in.";
const AGAIN = 5000;

for (const form of document.querySelectorAll("form[data-live]")) keep(form);

function keep(form) {
  const said = form.querySelector("[data-live-said]");
  if (!said) return;
  const copies = [...form.querySelectorAll("[data-live-copy]")].map((copy) => [copy, form.elements[copy.dataset.liveCopy]]);
  const names = new Set(["parents_view", "parents_met_on"]);
  let timer = 0;
  let isBusy = false;
  let isChanged = false;
  let pressed = null; // a button pressed while a save is under way waits for it, or one would clash with oneself

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function say(words) {
    if (said.textContent !== words) said.textContent = words;
  }

  async function save() {
    if (isBusy || !isChanged) return;
    isBusy = true;
    isChanged = false;
    let wait = WAIT;
    try {
      const sent = new FormData();
      for (const name of ["csrfmiddlewaretoken", "opened", ...names]) sent.append(name, form.elements[name].value);
      sent.append("live", "1");
      const answer = await fetch(location.href, { method: "POST", body: sent, redirect: "manual" });
      await tell(answer);
    } catch {
      isChanged = true;
      wait = AGAIN;
      say(FAILED);
    }
    isBusy = false;
    if (pressed) form.requestSubmit(pressed);
    else if (isChanged) later(wait);
  }

  async function tell(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      isChanged = false;
      return say(SIGNED_OUT);
    }
    if (answer.status >= 500) throw new Error("try again");
    const { said: words, opened } = await answer.json();
    if (opened) form.elements.opened.value = opened;
    say(words);
  }

  form.addEventListener("input", (event) => {
    if (!names.has(event.target.name)) return;
    for (const [copy, box] of copies) copy.textContent = box.value;
    isChanged = true;
    say("");
    later(WAIT);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged || isBusy) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    isChanged = false;
    if (!isBusy) return;
    event.preventDefault();
    pressed = event.submitter;
  });
}
