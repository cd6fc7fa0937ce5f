// Editing on this machine (`serve.py --admin`): the preview itself checks each save and shows pages.

/** Return a function that renders a page's own part on the server. */
export function renderOnServer(url) {
  return async ({ path, text }) => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ action: "showPage", params: { path, text } }),
    });
    const result = await answer.json();
    if (!answer.ok) throw new Error(result.diagnostics?.length ? "Siden kan først vises, når fejlene er rettet." : `${result.error}.`);
    return result.html;
  };
}

/** Call a function with the problems of each save that the server refuses. Decap shows its message only. */
export function watchSaves(url, onProblems) {
  const known = window.fetch;
  window.fetch = async (...request) => {
    const answer = await known(...request);
    if (String(request[0]?.url ?? request[0]) === url && answer.status === 422) {
      const { diagnostics } = await answer.clone().json();
      if (diagnostics?.length) onProblems(diagnostics);
    }
    return answer;
  };
}
