// The search's own page: the address says what is searched for, and results show while the reader types.

import { Search, draftMark, element, excerpt, pageCount } from "./results.js";

const AT_ONCE = 5; // the first are shown before the rest is fetched
const MORE = 10;
const PAUSE = 600; // milliseconds without a key before the count is told, and the address changed

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
let pause;
let settle = () => {};

/** What is told to who cannot see it, when the reader has stopped typing; the address follows. */
function tell(text, query) {
  clearTimeout(pause);
  settle = () => {
    clearTimeout(pause);
    status.textContent = text;
    const address = new URL(location);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (address.href !== location.href) history.replaceState(null, "", address);
    document.title = query ? `${query} - ${siteTitle}` : siteTitle;
  };
  pause = setTimeout(settle, PAUSE);
}

function begin() {
  list.replaceChildren();
  hint.replaceChildren();
  more.hidden = true;
  index.hidden = false;
}

async function update() {
  const query = field.value.trim();
  const turn = (latest += 1);
  if (!query) {
    begin();
    return tell("", "");
  }
  let found;
  let first;
  try {
    found = await search.find(query);
    first = await Promise.all(found.results.slice(0, AT_ONCE).map(found.show));
  } catch {
    if (turn !== latest) return;
    begin();
    hint.append(element("p", {}, form.dataset.fault));
    return tell("Søgningen virker ikke lige nu.", query);
  }
  if (turn !== latest) return;
  begin();
  hint.append(...hints(found));
  list.replaceChildren(...first.map(item));
  index.hidden = first.length > 0;
  tell(first.length ? `${pageCount(found.results.length)} om »${query}«` : `Ingen sider om »${query}«`, query);
  await add(found, AT_ONCE, MORE - AT_ONCE, turn);
}

async function add(found, from, number, turn) {
  const rest = await Promise.all(found.results.slice(from, from + number).map(found.show));
  if (turn !== latest) return;
  const items = rest.map(item);
  list.append(...items);
  const left = found.results.length - from - number;
  more.hidden = left <= 0;
  more.textContent = `Vis ${Math.min(left, MORE)} mere`;
  more.onclick = async () => {
    await add(found, from + number, MORE, turn);
    list.children[from + number]?.querySelector("a").focus();
  };
}

function hints({ suggestion, unknown, results }) {
  const made = [];
  if (suggestion) {
    const address = new URL(location);
    address.searchParams.set("q", suggestion);
    made.push(element("p", { class: "did-you-mean" }, "Mente du ", element("a", { href: address }, suggestion), "?"));
  }
  if (unknown.length && results.length) made.push(element("p", {}, `Ingen sider nævner ${unknown.map((word) => `»${word}«`).join(" eller ")}.`));
  if (!results.length) {
    made.push(element("p", {}, "Ingen sider svarer til det. Prøv et andet ord for det samme, eller færre ord. Du kan også finde emnet i stikordsregistret herunder."));
  }
  return made;
}

function item({ href, title, section, place, isDraft, excerpt: parts }) {
  const link = element("a", { href }, title);
  if (section) link.append(element("span", { class: "result-section" }, ` › ${section}`));
  const heading = element("h2", {}, link);
  if (isDraft) heading.append(" ", draftMark());
  const made = element("li", {}, heading);
  if (place) made.prepend(element("p", { class: "result-place" }, place));
  if (parts.length) made.append(excerpt(parts));
  return made;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await update();
  settle();
  list.querySelector("a")?.focus();
});
field.addEventListener("input", update);
addEventListener("pagehide", () => settle()); // or going back would find an older query
list.addEventListener("click", () => settle());
field.value ||= new URLSearchParams(location.search).get("q") ?? ""; // unless the reader was faster than this script
update();
