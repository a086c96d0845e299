"""Whether a page fits its window: no words are cut off, nothing lies on something else, and in forced colours every control has an edge."""

from playwright.sync_api import Page

CONTROLS = "a.btn, a.voice-tile, button, summary, label.voice-tile, label.picker-tile, label.chip, label.face-tile, label.choice"
PROBLEMS = """([root, controls]) => {
  const others = "h1, h2, h3, p, legend, dt, dd, textarea, canvas, input:not([type=hidden])";
  const isHidden = (part) => part.closest(".visually-hidden, .btn-check");
  const isSeen = (part) => part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !isHidden(part);
  const parts = [...document.querySelector(root).querySelectorAll(`${others}, ${controls}`)].filter(isSeen);
  const name = (part) => `${part.tagName.toLowerCase()} “${part.innerText?.trim().replace(/\\s+/g, " ").slice(0, 40) ?? ""}”`;
  const wordsIn = (part) => {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (!text.data.trim() || isHidden(text.parentElement) || !text.parentElement.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      found.push(...range.getClientRects());
    }
    return found;
  };
  const boxes = parts.map((part) => ({ part, box: part.getBoundingClientRect() }));
  const found = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} px wide`);
  const isOutside = (words, box) =>
    words.left < box.left - 1 || words.right > box.right + 1 || words.top < box.top - 1 || words.bottom > box.bottom + 1;
  for (const { part, box } of boxes) {
    if (box.left < -0.5 || box.right > innerWidth + 0.5) found.push(`out of the window: ${name(part)}`);
    if (part.matches(controls) && wordsIn(part).some((words) => isOutside(words, box))) found.push(`cut off: ${name(part)}`);
  }
  const isStuck = (part) => part.closest(".save-bar"); // it sticks over what scrolls below it
  const across = (one, other, from, to) => Math.min(one[to], other[to]) - Math.max(one[from], other[from]);
  const meet = (one, other) => across(one, other, "left", "right") > 1 && across(one, other, "top", "bottom") > 1;
  for (const [place, one] of boxes.entries())
    for (const other of boxes.slice(0, place)) {
      if (one.part.contains(other.part) || other.part.contains(one.part) || isStuck(one.part) || isStuck(other.part)) continue;
      if (meet(one.box, other.box)) found.push(`on each other: ${name(other.part)} and ${name(one.part)}`);
    }
  return found;
}"""

NO_EDGE = """(root) => [...document.querySelector(root).querySelectorAll("button, a.btn, a.voice-tile, label.voice-tile, textarea, canvas")]
  .filter((part) => part.checkVisibility() && !part.matches(".visually-hidden"))
  .filter((part) => ["Top", "Right", "Bottom", "Left"].some((side) => {
    const style = getComputedStyle(part);
    return style[`border${side}Style`] === "none" || parseFloat(style[`border${side}Width`]) < 1;
  }))
  .map((part) => part.outerHTML.slice(0, 120))"""


def problems(page: Page, root: str = "main") -> list[str]:
    return page.evaluate(PROBLEMS, [root, CONTROLS])


def without_an_edge(page: Page, root: str = "main") -> list[str]:
    """In forced colours a fill says nothing: what can be pressed needs a border."""
    return page.evaluate(NO_EDGE, root)
