// Menus are <details>: they open without a script. This closes them on Escape, on a click elsewhere, and when focus leaves.

const menus = [...document.querySelectorAll("details[data-menu]")];
const open = () => menus.filter((menu) => menu.open);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  }
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
}
