// The filter of the rule register: shows only the rules that contain every typed word.
// Without this script, the field is hidden and all rules show.

const form = document.querySelector("form.filter");
const field = form.querySelector("input");
const status = form.querySelector("[role=status]");
const normalized = (text) => text.toLocaleLowerCase("da").normalize("NFC");

// Each list of rules with its headings: the nearest h3, if any, and the h2. Rules are found by the words of those too.
const lists = [...document.querySelectorAll("ul.register")].map((list) => {
  const headings = [];
  for (let above = list.previousElementSibling; above; above = above.previousElementSibling) {
    if (above.tagName === "H3" && !headings.length) headings.push(above);
    if (above.tagName === "H2") {
      headings.push(above);
      break;
    }
  }
  const words = headings.map((heading) => heading.textContent).join(" ");
  return { headings, rules: [...list.children].map((rule) => ({ rule, text: normalized(`${rule.firstChild.textContent} ${words}`) })), list };
});

function filter() {
  const words = normalized(field.value).split(/\s+/).filter(Boolean);
  const visibleHeadings = new Set();
  let total = 0;
  for (const { headings, rules, list } of lists) {
    let count = 0;
    for (const { rule, text } of rules) {
      rule.hidden = !words.every((word) => text.includes(word));
      if (!rule.hidden) count += 1;
    }
    list.hidden = !count;
    if (count) headings.forEach((heading) => visibleHeadings.add(heading));
    total += count;
  }
  for (const { headings } of lists) for (const heading of headings) heading.hidden = !visibleHeadings.has(heading);
  const all = form.dataset.rules;
  status.textContent = total ? `Viser ${total} af ${all} regler.` : "Ingen regler indeholder de ord. Prøv med færre eller kortere ord.";
  const url = new URL(location.href);
  if (field.value) url.searchParams.set("vis", field.value);
  else url.searchParams.delete("vis");
  history.replaceState(history.state, "", url);
}

/** Clear the filter when the URL's fragment is a channel that it hides. */
function showTarget() {
  const target = document.querySelector(":target");
  if (!target?.hidden) return;
  field.value = "";
  filter();
  target.scrollIntoView();
}

// Not `?q=`, which belongs to the search: site.js reads it on every page.
field.value = new URLSearchParams(location.search).get("vis") ?? "";
field.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", showTarget);
form.hidden = false;
if (field.value) filter();
showTarget();
