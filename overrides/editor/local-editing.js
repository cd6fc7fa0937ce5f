// Editing on this machine (`serve.py --admin`): the preview itself checks each save and shows pages.

const SHOW_PAGE = "showPage";

/** Return a function that renders a page's own part on the server. */
export function renderOnServer(url) {
  return async (page) => {
    const answer = await shown(url, page);
    const result = await answer.json();
    if (!answer.ok) throw new Error(result.diagnostics?.length ? "Siden kan først vises, når fejlene er rettet." : `${result.error}.`);
    return result.html;
  };
}

/** Return a function that returns the problems that the server finds in a page, or null if it cannot tell. */
export function checkOnServer(url) {
  return async (page) => {
    const answer = page.path.endsWith(".md") ? await shown(url, page) : null;
    if (answer?.ok) return [];
    return answer?.status === 422 ? ((await answer.json()).diagnostics ?? null) : null;
  };
}

function shown(url, { path, text }) {
  return fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ action: SHOW_PAGE, params: { path, text } }) });
}

/** Call a function with the problems of each save that the server refuses. Decap shows its message only. */
export function watchSaves(url, onProblems) {
  const known = window.fetch;
  window.fetch = async (...request) => {
    const answer = await known(...request);
    const isShown = String(request[1]?.body ?? "").startsWith(`{"action":"${SHOW_PAGE}"`); // the preview says itself that it cannot show the page
    if (String(request[0]?.url ?? request[0]) === url && answer.status === 422 && !isShown) {
      const { diagnostics } = await answer.clone().json();
      if (diagnostics?.length) onProblems(diagnostics);
    }
    return answer;
  };
}
