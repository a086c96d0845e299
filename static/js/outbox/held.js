// One at a time, in all tabs together: what is open to be changed is not sent meanwhile, and what is being sent is not opened.

export const TAKEN = Symbol("taken");
const here = new Set(); // where the browser has no locks, this tab alone looks
const name = (id) => `unsent ${id}`;

// Takes it until the page is left; waits while it is being sent.
export function hold(id) {
  here.add(id);
  if (!navigator.locks) return Promise.resolve();
  return new Promise((taken) => {
    navigator.locks.request(name(id), () => {
      taken();
      return new Promise(() => {});
    });
  });
}

// Acts while nobody has it; answers TAKEN where somebody does.
export async function ifFree(id, act) {
  if (here.has(id)) return TAKEN;
  if (!navigator.locks) return act();
  return navigator.locks.request(name(id), { ifAvailable: true }, (lock) => (lock ? act() : TAKEN));
}
