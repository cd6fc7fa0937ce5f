// The search's own page: the address says what is searched for, and results show while the reader types.

import { PAUSE, Search, draftMark, element, pageCount, queryOf, withMarks } from "./results.js";

const AT_ONCE = 5; // the first are shown before the rest is fetched
const MORE = 10;
const SLOW = 300; // milliseconds until the reader is told to wait

const form = document.querySelector(".search-form");
const field = form.elements.q;
const status = document.querySelector(".search-status");
const hint = document.querySelector(".search-hint");
const list = document.querySelector("[data-search-results]");
const index = document.querySelector(".keyword-index");
const search = new Search(form);
const siteTitle = document.title;
const more = element("button", { type: "button", class: "more-results", hidden: "" });
list.after(more);

let latest = 0;
let slow;
let pause;
let settle = () => {};

/** The address and the title of the window say what is searched for. */
function note(query) {
  const address = new URL(location);
  if (query) {
    address.searchParams.set("q", query);
    address.hash = ""; // the letters are hidden
  } else address.searchParams.delete("q");
  if (address.href !== location.href) history.replaceState(null, "", address);
  document.title = query ? `${query} - ${siteTitle}` : siteTitle;
}

/** What is told to who cannot see it, when the reader has stopped typing; the address follows. */
function tell(text, query, { unseen = "", atOnce = false } = {}) {
  settle = () => {
    clearTimeout(pause);
    status.replaceChildren(text, element("span", { class: "visually-hidden" }, unseen));
    note(query);
  };
  if (atOnce) settle();
  else pause = setTimeout(settle, PAUSE);
}

/** Show what the field asks for; false if the reader has meanwhile asked for something else. */
async function update() {
  const query = queryOf(field);
  const turn = (latest += 1);
  list.setAttribute("aria-busy", "true");
  clearTimeout(pause);
  clearTimeout(slow);
  settle = () => note(query);
  slow = setTimeout(() => (status.textContent = "Søger …"), SLOW);
  let found;
  let fault = false;
  try {
    found = query ? await search.find(query, AT_ONCE) : undefined;
  } catch {
    fault = true;
  }
  if (turn !== latest) return false;
  clearTimeout(slow);
  list.removeAttribute("aria-busy");
  if (list.contains(document.activeElement)) return false; // nothing goes away under who is in it
  list.replaceChildren(...(found?.first ?? []).map(item));
  hint.replaceChildren(...(found ? hints(found) : []));
  index.hidden = Boolean(found?.count);
  more.hidden = true;
  if (fault) tell(form.dataset.fault, query, { atOnce: true });
  else if (!found) tell("", query);
  else tell(`${found.count ? pageCount(found.count) : "Ingen sider"} om »${query}«`, query, { unseen: ` ${hint.textContent}` });
  if (found?.count > AT_ONCE) add(found, AT_ONCE, MORE - AT_ONCE, turn);
  return true;
}

/** Put more results under those that show, and offer the rest. */
async function add(found, from, number, turn) {
  let rest = [];
  let fault = false;
  try {
    rest = await found.more(from, from + number);
  } catch {
    fault = true;
  }
  if (turn !== latest) return;
  if (fault && (await search.renew().catch(() => false))) return update();
  list.append(...rest.map(item));
  if (fault) tell(form.dataset.fault, queryOf(field), { atOnce: true });
  const left = found.count - from - rest.length;
  more.hidden = left <= 0;
  more.textContent = `Vis ${Math.min(left, MORE)} mere`;
  more.onclick = async () => {
    const shown = list.childElementCount;
    await add(found, shown, MORE, turn);
    list.children[shown]?.querySelector("a").focus();
  };
}

function hints({ suggestion, isVague, unknown, count }) {
  const made = [];
  if (suggestion) {
    const address = new URL(location);
    address.searchParams.set("q", suggestion);
    made.push(element("p", { class: "did-you-mean" }, "Mente du ", element("a", { href: address }, suggestion), "?"));
  }
  if (isVague) made.push(element("p", {}, "Søg også på et ord, der siger, hvad det handler om."));
  if (unknown.length && count) made.push(element("p", {}, `Ingen sider nævner ${unknown.map((word) => `»${word}«`).join(" eller ")}.`));
  if (!count) {
    made.push(element("p", {}, "Ingen sider svarer til det. Prøv et andet ord for det samme, eller færre ord. Du kan også finde emnet i stikordsregistret herunder."));
  }
  return made;
}

function item({ href, title, section, place, isDraft, excerpt: parts }) {
  const link = element("a", { href }, ...withMarks(title));
  if (section) link.append(element("span", { class: "result-section" }, ` › ${section}`));
  const heading = element("h2", {}, link);
  if (isDraft) heading.append(" ", draftMark());
  const made = element("li", {}, heading);
  if (place) made.prepend(element("p", { class: "result-place" }, place));
  if (parts.length) made.append(element("p", { class: "excerpt" }, ...withMarks(parts)));
  return made;
}

// WCAG 2.1.4: who speaks to the computer, or hits keys by accident, can turn keys off that do something by themselves.
const SHORTCUTS = "genvejstaster"; // read on every page, see main.html
const shortcuts = element("input", { type: "checkbox" });
shortcuts.checked = localStorage.getItem(SHORTCUTS) !== "fra";
shortcuts.addEventListener("change", () => {
  if (shortcuts.checked) localStorage.removeItem(SHORTCUTS);
  else localStorage.setItem(SHORTCUTS, "fra");
});
index.after(element("label", { class: "shortcuts" }, shortcuts, " Tasterne / og s fører til søgefeltet"));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!(await update())) return;
  settle();
  list.querySelector("a")?.focus();
});
field.addEventListener("input", update);
addEventListener("pagehide", () => settle()); // or going back would find an older query
list.addEventListener("click", () => settle());
field.value ||= new URLSearchParams(location.search).get("q") ?? ""; // unless the reader was faster than this script
if (!field.value) search.prepare();
update();
