// The filter of the rule register: shows only the rules of the chosen kind that contain every typed word.
// Without this script, the field is hidden and all rules show.

const form = document.querySelector("form.filter");
const field = form.querySelector("input");
const kind = form.querySelector("select");
const status = form.querySelector("[role=status]");
const contents = document.querySelector(".contents");
const normalized = (text) => text.toLocaleLowerCase("da").normalize("NFC");

/** Return the words of a rule: what leads up to it, its text, and what kind of rule it is. */
function wordsOf(rule) {
  const own = [...rule.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE || node.className === "rule-lead");
  return [...own.map((node) => node.textContent), rule.querySelector(".rule-kind").getAttribute("aria-label")].join(" ");
}

// Each list of rules with its headings: the line that leads up to it, the nearest h3, if any, and the h2. Rules are found by the words of
// the headings too.
const lists = [...document.querySelectorAll("ul.register")].map((list) => {
  const headings = [];
  const lead = list.previousElementSibling?.matches(".rules-lead") ? list.previousElementSibling : undefined;
  for (let above = list.previousElementSibling; above; above = above.previousElementSibling) {
    if (above.tagName === "H3" && !headings.length) headings.push(above);
    if (above.tagName === "H2") {
      headings.push(above);
      break;
    }
  }
  const words = headings.map((heading) => heading.textContent).join(" ");
  return { headings, lead, rules: [...list.children].map((rule) => ({ rule, text: normalized(`${wordsOf(rule)} ${words}`) })), list };
});

function filter() {
  const words = normalized(field.value).split(/\s+/).filter(Boolean);
  const visibleHeadings = new Set();
  let total = 0;
  let inText = 0; // sentences of the running text, which are no rules
  for (const { headings, lead, rules, list } of lists) {
    let count = 0;
    for (const { rule, text } of rules) {
      rule.hidden = Boolean(kind.value && rule.dataset.kind !== kind.value) || !words.every((word) => text.includes(word));
      if (rule.hidden) continue;
      count += 1;
      if (rule.dataset.rule) total += 1;
      else inText += 1;
    }
    list.hidden = !count;
    if (lead) lead.hidden = !count;
    if (count) headings.forEach((heading) => visibleHeadings.add(heading));
  }
  for (const heading of lists.flatMap(({ headings }) => headings)) {
    heading.hidden = !visibleHeadings.has(heading);
    const entry = contents?.querySelector(`a[href="#${heading.id}"]`);
    if (entry) entry.hidden = heading.hidden;
  }
  const more = inText ? ` ${inText === 1 ? "Et forbud" : `${inText} forbud`} i selve teksten står nederst.` : "";
  status.textContent = total || inText ? `Viser ${total} af ${form.dataset.rules} ${form.dataset.rules === "1" ? "regel" : "regler"}.${more}` : "Ingen regler indeholder de ord. Prøv med færre eller kortere ord, eller med alle slags regler.";
  const url = new URL(location.href);
  for (const control of [field, kind]) {
    if (control.value) url.searchParams.set(control.name, control.value);
    else url.searchParams.delete(control.name);
  }
  history.replaceState(history.state, "", url);
}

/** Clear the filter when the URL's fragment is a channel that it hides. */
function showTarget() {
  const target = document.querySelector(":target");
  if (!target?.closest("[hidden]")) return;
  field.value = kind.value = "";
  filter();
  target.scrollIntoView();
}

// Not `?q=`, which belongs to the search: site.js reads it on every page.
const wanted = new URLSearchParams(location.search);
field.value = wanted.get("vis") ?? "";
if ([...kind.options].some(({ value }) => value === wanted.get("slags"))) kind.value = wanted.get("slags");
field.addEventListener("input", filter);
kind.addEventListener("change", filter);
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", showTarget);
form.hidden = false;
if (field.value || kind.value) filter();
showTarget();
