// Opens the form of a card where it stands: it is in the page already, so no network is asked. One is open at a time.

import { start } from "./one_to_one.js";

const list = document.querySelector(".today");
const search = document.querySelector("[data-shortcut]");

function open(card) {
  close();
  card.append(card.querySelector("template").content.cloneNode(true));
  card.classList.add("is-open");
  list.classList.add("has-open");
  start(card.querySelector("form"));
  const heading = card.querySelector(".one-open h3");
  heading.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

function close() {
  const card = list.querySelector(".is-open");
  if (!card) return null;
  card.querySelector(".one-open").remove();
  card.classList.remove("is-open");
  list.classList.remove("has-open");
  return card;
}

list?.addEventListener("click", (event) => {
  const button = event.target.closest("a.btn-tap");
  const card = event.target.closest(".one");
  if (button && card?.querySelector("template")) {
    event.preventDefault();
    open(card);
  } else if (event.target.closest("[data-close-form]")) close()?.querySelector("a.btn-tap").focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  search.focus();
});
