// Says on the page where one logs in which site it is, and what logging in takes. Decap (3.16.3) shows a button and nothing else.

/** Add it whenever Decap shows that page. `words` is a sentence. */
export function explainLogin(words) {
  const name = document.title.replace(/^Redigér – /, "");
  const text = document.createElement("div");
  text.className = "login-text";
  text.append(Object.assign(document.createElement("h1"), { textContent: `Redigér ${name}` }), Object.assign(document.createElement("p"), { textContent: words }));
  const place = () => {
    const page = document.querySelector('[class*="AuthenticationPage"]');
    if (page && text.parentElement !== page) page.prepend(text);
  };
  new MutationObserver(place).observe(document.body, { childList: true, subtree: true });
}
