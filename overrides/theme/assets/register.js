// The rule register's filter: shows the rules that hold every word that is typed.
// Without this script, the field is hidden and every rule shows.
(() => {
  const form = document.querySelector("form.filter");
  const field = form.querySelector("input");
  const told = form.querySelector("[role=status]");
  const plain = (text) => text.toLocaleLowerCase("da").normalize("NFC");

  // Each list of rules, with the headings above it.
  const lists = [...document.querySelectorAll("ul.register")].map((list) => {
    const headings = [];
    for (let above = list.previousElementSibling; above; above = above.previousElementSibling) {
      if (above.tagName === "H3" && !headings.length) headings.push(above);
      if (above.tagName === "H2") {
        headings.push(above);
        break;
      }
    }
    const words = headings.map((heading) => heading.textContent.replace("#", "")).join(" ");
    return { headings, rules: [...list.children].map((rule) => ({ rule, text: plain(`${rule.firstChild.textContent} ${words}`) })), list };
  });

  function filter() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const shown = new Set();
    let number = 0;
    for (const { headings, rules, list } of lists) {
      let found = 0;
      for (const { rule, text } of rules) {
        rule.hidden = !words.every((word) => text.includes(word));
        if (!rule.hidden) found += 1;
      }
      list.hidden = !found;
      if (found) headings.forEach((heading) => shown.add(heading));
      number += found;
    }
    for (const { headings } of lists) for (const heading of headings) heading.hidden = !shown.has(heading);
    const all = form.dataset.rules;
    told.textContent = number ? `Viser ${number} af ${all} regler.` : "Ingen regler indeholder de ord. Prøv med færre eller kortere ord.";
    const address = new URL(location.href);
    if (field.value) address.searchParams.set("vis", field.value);
    else address.searchParams.delete("vis");
    history.replaceState(history.state, "", address);
  }

  // `?q=` would open the theme's own search.
  field.value = new URLSearchParams(location.search).get("vis") ?? "";
  field.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A link to a channel that is filtered away shows it again.
  function showTarget() {
    const target = document.querySelector(":target");
    if (!target?.hidden) return;
    field.value = "";
    filter();
    target.scrollIntoView();
  }
  addEventListener("hashchange", showTarget);
  form.hidden = false;
  if (field.value) filter();
  showTarget();
})();
