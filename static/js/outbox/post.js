// Sends a filled form as its button would, and says what became of it.

const PATIENCE = 20_000;

export function parcelOf(form) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return { url: new URL(form.action).pathname, fields };
}

export async function deliver({ url, fields }, token, isUnattended = false) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  if (isUnattended) headers["X-Unattended"] = "1";
  const giveUp = new AbortController();
  const clock = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields), signal: giveUp.signal });
    return await meaning(answer);
  } catch {
    return { state: "unreachable" };
  } finally {
    clearTimeout(clock);
  }
}

async function meaning(answer) {
  if (answer.status === 201) return { state: "sent", ...(await answer.json()) };
  if (answer.status === 401) return { state: "signed-out" };
  if (answer.status === 403) return { state: "stale" };
  if (answer.status === 404) return { state: "gone" };
  if (answer.status === 422) return { state: "refused", ...(await answer.json()) };
  return { state: "unreachable" };
}
