// What is unsent, as ciphertext, in the browser's database. Every call fails where the browser keeps nothing: in a private
// window, or on a full disc.

const NAME = "unsent-work";
const ITEMS = "items";
let opening = null;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ITEMS, { keyPath: "client_id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  opening.catch(() => (opening = null));
  return opening;
}

async function run(mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(ITEMS, mode);
    const request = act(transaction.objectStore(ITEMS));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const all = () => run("readonly", (items) => items.getAll());
export const put = (item) => run("readwrite", (items) => items.put(item));
export const remove = (id) => run("readwrite", (items) => items.delete(id));
