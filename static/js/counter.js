// Counts the letters of a box while they get short. The server counts them again; nobody is stopped from typing, and a paste keeps its end.

const COUNTED_FROM = 2 / 3;

function count(box) {
  const most = Number(box.dataset.letters);
  const isCounted = box.value.length >= most * COUNTED_FROM;
  let line = box.parentElement.querySelector(".counter");
  if (!line) {
    if (!isCounted) return;
    line = document.createElement("p");
    line.className = "counter";
    box.after(line);
  }
  line.textContent = isCounted ? `${box.value.length} of ${most} characters` : "";
  line.classList.toggle("is-over", box.value.length > most);
}

export function countsLetters(form) {
  form.addEventListener("input", ({ target }) => target.matches?.("[data-letters]") && count(target));
  form.querySelectorAll("[data-letters]").forEach(count);
}

document.querySelectorAll("form[data-counted]").forEach(countsLetters);
