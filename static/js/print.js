// Shows the button that only a script can serve. Without it people print from their browser's menu.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
