// A part of a page that could not be fetched says so in words; what is on the page stays as it is.

const REFUSED = new Set([400, 401, 403, 404]); // base.html keeps htmx from putting these and 5xx into the page
const notice = document.getElementById("failure");

function show(visible) {
  if (notice) notice.hidden = !visible;
}

document.addEventListener("htmx:error", (event) => {
  if (event.detail.error?.name !== "AbortError") show(true);
});
document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  if (status >= 500 || REFUSED.has(status)) show(true);
});
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.response?.status < 400) show(false);
});
