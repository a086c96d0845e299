// The form of a target works without this; here is its short cut: the words of a step are taken over at one tap.

const form = document.querySelector("[data-target]");

function takeOver(button, box) {
  box.value = button.dataset.words;
  box.dispatchEvent(new Event("input", { bubbles: true })); // so that the hints beside the words are asked for
  box.focus();
}

if (form) {
  const box = form.querySelector("[name=wording]");
  for (const button of form.querySelectorAll("[data-words]")) {
    button.hidden = false;
    button.addEventListener("click", () => takeOver(button, box));
  }
}
