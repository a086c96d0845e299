// Counts the words of a form while they are typed. The server counts them again; nobody is stopped from typing.

const counter = document.querySelector("[data-word-counter]");
const boxes = [...document.querySelectorAll("textarea[data-words]")];

const wordsIn = (text) => text.split(/\s+/).filter(Boolean).length;

function count() {
  const words = boxes.reduce((sum, box) => sum + wordsIn(box.value), 0);
  const most = Number(counter.dataset.wordCounter);
  counter.querySelector("b").textContent = words;
  counter.classList.toggle("is-over", words > most);
}

if (counter) {
  for (const box of boxes) box.addEventListener("input", count);
  count();
}
