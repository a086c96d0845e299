// Letters are checked with links and buttons; J, K and A press them. Whoever is in the way of single keys turns them off here.

const CHOICE = "letter-keys";
const line = document.querySelector("[data-keys]");
const button = line?.querySelector("[data-keys-off]");
const isOff = () => localStorage.getItem(CHOICE) === "off";

function tell() {
  button.textContent = isOff() ? "Turn them on" : "Turn them off";
}

if (line) {
  line.hidden = false;
  tell();
  button.addEventListener("click", () => {
    localStorage.setItem(CHOICE, isOff() ? "on" : "off");
    tell();
  });
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select");
  if (!line || isOff() || isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"] .btn`)?.click();
});
