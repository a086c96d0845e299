// Beside the grid: the words of the steps of the row that is being judged, and the one-to-ones behind its evidence.

export function watchSides(form) {
  const strip = document.getElementById("looks-now");
  const side = document.getElementById("side");
  let back = null;
  let waiting = null;

  // The step that was typed is painted first, the words of the next row after it.
  form.addEventListener("focusin", (event) => {
    const row = event.target.matches(".code") && event.target.closest("[data-row]");
    strip.hidden = !row;
    clearTimeout(waiting);
    if (row) requestAnimationFrame(() => (waiting = setTimeout(() => show(row))));
  });

  // A skill's own words; a personal target uses the ladder's, with how one will know.
  function show(row) {
    const parts = [...(row.querySelector(".looks")?.cloneNode(true).children ?? [])].filter((each) => !each.matches("summary"));
    if (!parts.some((each) => each.matches(".looks-list"))) parts.push(ladder());
    strip.replaceChildren(...parts);
    strip.querySelector(`[data-step="${row.querySelector(".code").value}"]`)?.setAttribute("aria-current", "true");
  }

  function ladder() {
    const list = Object.assign(document.createElement("ol"), { className: "looks-list small" });
    for (const word of document.getElementById("step-words").content.querySelectorAll('[data-code]:not([data-code="X"])')) {
      const line = document.createElement("li");
      line.dataset.step = word.dataset.code;
      line.append(...word.cloneNode(true).children);
      list.append(line);
    }
    return list;
  }

  form.addEventListener("click", async (event) => {
    const link = event.target.closest(".ev-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      const reply = await fetch(link.href, { redirect: "error" });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      open(page.getElementById("evidence"), link);
    } catch {
      location.assign(link.href);
    }
  });

  function open(list, link) {
    list.querySelector("[data-page-only]")?.remove();
    side.querySelector("[data-list]").replaceChildren(...list.children);
    side.hidden = false;
    back = link;
    side.querySelector("h2").focus();
  }

  function close() {
    side.hidden = true;
    back?.focus();
  }

  side.querySelector("button").addEventListener("click", close);
  side.addEventListener("keydown", (event) => event.key === "Escape" && close());
}
