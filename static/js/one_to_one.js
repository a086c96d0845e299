// The form of a one-to-one works without this; here are its short cuts: the steps of last time at one tap, a step taken
// back by tapping it again, letters counted where they get short, and how many targets are answered.

const COUNTED_FROM = 200;

const pickers = (form) => [...form.querySelectorAll(".picker")];
const isAnswered = (picker) => Boolean(picker.querySelector("input:checked"));

function tellAnswered(form) {
  const all = pickers(form);
  const done = all.filter(isAnswered).length;
  form.querySelector("[data-answered]").textContent = `${done} of ${all.length} target${all.length === 1 ? "" : "s"} answered. `;
}

function sameAsLastTime(form) {
  for (const label of form.querySelectorAll(".picker-tile.is-last")) form.querySelector(`#${CSS.escape(label.htmlFor)}`).checked = true;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// A step that is tapped again, or chosen with the space bar again, is taken back.
function takesBack(form) {
  let chosenBefore = null;
  const note = ({ target }) => {
    chosenBefore = target.closest(".picker-option")?.querySelector("input:checked") ?? null;
  };
  form.addEventListener("pointerdown", note);
  form.addEventListener("keydown", (event) => event.key === " " && note(event));
  form.addEventListener("click", ({ target }) => {
    if (!target.matches(".picker input") || target !== chosenBefore) return;
    target.checked = false;
    chosenBefore = null;
    target.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function count(box) {
  const most = Number(box.dataset.letters);
  const left = most - box.value.length;
  let line = box.parentElement.querySelector(".counter");
  if (!line) {
    line = document.createElement("p");
    line.className = "counter";
    box.after(line);
  }
  line.textContent = box.value.length < COUNTED_FROM ? "" : `${box.value.length} of ${most} characters`;
  line.classList.toggle("is-over", left < 0);
}

export function start(form) {
  form.querySelector("[data-same]")?.addEventListener("click", (event) => {
    event.preventDefault();
    sameAsLastTime(form);
  });
  takesBack(form);
  form.addEventListener("change", () => tellAnswered(form));
  form.addEventListener("input", ({ target }) => target.matches("[data-letters]") && count(target));
  form.querySelectorAll("[data-letters]").forEach(count);
  tellAnswered(form);
}

const page = document.querySelector("[data-one-to-one]");
if (page) start(page);
