// The form of a one-to-one works without this; here are its short cuts: the steps of last time at one tap, a step taken
// back by tapping it again, letters counted where they get short, and how many targets are answered.

const form = document.querySelector("[data-one-to-one]");
const COUNTED_FROM = 200;
const PATIENCE = 400;

const pickers = () => [...form.querySelectorAll(".picker")];
const isAnswered = (picker) => Boolean(picker.querySelector("input:checked"));

function tellAnswered() {
  const all = pickers();
  const done = all.filter(isAnswered).length;
  form.querySelector("[data-answered]").textContent = `${done} of ${all.length} target${all.length === 1 ? "" : "s"} answered. `;
}

function sameAsLastTime(event) {
  event.preventDefault();
  for (const label of form.querySelectorAll(".picker-tile.is-last")) document.getElementById(label.htmlFor).checked = true;
  tellAnswered();
}

let chosenBefore = null;

function noteChosen(event) {
  const option = event.target.closest(".picker-option");
  chosenBefore = option?.querySelector("input:checked") ?? null;
}

function takeBack(event) {
  if (event.target !== chosenBefore) return;
  event.target.checked = false;
  chosenBefore = null;
  tellAnswered();
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

function sending() {
  const button = form.querySelector(".save-bar .btn-primary");
  setTimeout(() => {
    button.setAttribute("aria-disabled", "true");
    button.querySelector("span").textContent = "Saving…";
  }, PATIENCE);
}

if (form) {
  form.querySelector("[data-same]")?.addEventListener("click", sameAsLastTime);
  form.addEventListener("pointerdown", noteChosen);
  form.addEventListener("keydown", (event) => event.key === " " && noteChosen(event));
  form.addEventListener("click", (event) => event.target.matches(".picker input") && takeBack(event));
  form.addEventListener("change", tellAnswered);
  form.addEventListener("submit", sending);
  for (const box of form.querySelectorAll("[data-letters]")) {
    box.addEventListener("input", () => count(box));
    count(box);
  }
  tellAnswered();
}
