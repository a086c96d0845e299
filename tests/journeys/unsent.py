"""What journeys with unsent work share: what a device keeps, and people who come to it one after the other."""

from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.conftest import PASSWORD, sign_in
from tests.journeys.day import KEY_WORKER, TODAY, choose, open_form

KEPT_HERE = """async () => {
  const text = (value) => value instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(value))
    : value instanceof Uint8Array ? String.fromCharCode(...value)
    : value && typeof value === "object" ? Object.values(value).map(text).join(" ") : String(value);
  const read = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  let found = JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage });
  for (const { name } of await indexedDB.databases()) {
    const database = await read(indexedDB.open(name));
    for (const table of database.objectStoreNames) found += text(await read(database.transaction(table).objectStore(table).getAll()));
    database.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found += request.url + await (await caches.match(request)).text();
  return found;
}"""

KEPT_ITEMS = "import('/static/js/outbox/store.js').then(({ all }) => all()).then((items) => items.length)"

DRAFT_IS_KEPT = """async (word) => {
  const { readable } = await import("/static/js/outbox/items.js");
  return (await readable("draft")).some(({ fields }) => fields.some(([, value]) => value.includes(word)));
}"""

MAKE_OLDER = """async (hours) => {
  const { all, put } = await import("/static/js/outbox/store.js");
  for (const item of await all()) await put({ ...item, created: item.created - hours * 60 * 60 * 1000 });
}"""


def sign_out(page: Page) -> None:
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def sign_in_again(page: Page, email: str) -> None:
    """Sign in where the person has said before whose device it is."""
    page.goto("/signin/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation").first).to_be_visible()


def begin(page: Page, typed: str = "") -> tuple[Locator, str]:
    """Sign in as the key worker and begin a form; return it with the pupil's name."""
    sign_in(page, KEY_WORKER)
    page.goto(TODAY)
    form, name = open_form(page)
    choose(form, "Almost")
    if typed:
        note_of(form).fill(typed)
    return form, name


def note_of(form: Locator) -> Locator:
    return form.get_by_role("textbox", name="Note", exact=False).last


def save(form: Locator) -> None:
    form.get_by_role("button", name="Save one-to-one").click()


def record_while_unreachable(page: Page, typed: str = "") -> tuple[Locator, str]:
    """Save a form that does not reach the server, though the device takes itself to be connected."""
    form, name = begin(page, typed)
    page.context.route("**/one-to-one/", fail_to_send)
    save(form)
    expect(page.get_by_text("Not sent yet – saved on this device.")).to_be_visible()
    return form, name


def reachable(page: Page) -> None:
    page.context.unroute("**/one-to-one/", fail_to_send)


def fail_to_send(route: Route) -> None:
    """The form does not reach the server; its page does."""
    route.abort() if route.request.method == "POST" else route.continue_()
