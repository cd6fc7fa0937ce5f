// The field at the top of every page: shows the first results while the reader types, and leads to the search's page.

import { PAUSE, Search, draftMark, element, pageCount, queryOf, withMarks } from "./results.js";

const MOST = 5;

const form = document.querySelector(".site-search-form");
const field = form.elements.q;
const search = new Search(form);
const list = element("ul", { "aria-label": "Resultater" });
const told = element("p", { class: "visually-hidden", role: "status" });
const panel = element("div", { class: "site-search-panel", hidden: "" }, list);
form.parentElement.append(panel, told);

let latest = 0;
let pause;

function tell(text) {
  clearTimeout(pause);
  pause = setTimeout(() => (told.textContent = text), PAUSE);
}

function close() {
  latest += 1;
  panel.hidden = true;
  tell("");
}

async function update() {
  const query = queryOf(field);
  const turn = (latest += 1);
  const answer = query && (await itemsOf(query));
  if (turn !== latest || panel.contains(document.activeElement)) return; // nothing goes away under who is in it
  if (!answer) return close();
  list.replaceChildren(...answer.items);
  panel.hidden = false;
  tell(answer.told);
}

/** What the panel holds for a query, and what is told of it. */
async function itemsOf(query) {
  let found;
  try {
    found = await search.find(query, MOST);
  } catch {
    return { items: [more("Søgningen virker ikke lige nu. Se stikordene fra A til Å", form.action)], told: "Søgningen virker ikke lige nu." };
  }
  if (!found) return undefined;
  const { count, first, suggestion } = found;
  const items = first.map(item);
  const meant = suggestion ? ` Mente du ${suggestion}?` : "";
  if (meant) items.push(more(meant.trim(), addressOf(suggestion)));
  if (!count) return { items: [...items, more("Ingen sider svarer til det. Se stikordene fra A til Å", addressOf(query))], told: "Ingen sider fundet." };
  items.push(more(count === 1 ? "Se resultatet" : `Se alle ${pageCount(count)}`, addressOf(query)));
  return { items, told: `${pageCount(count)} fundet.${meant} Pil ned fører til dem.` };
}

function addressOf(query) {
  const url = new URL(form.action);
  url.searchParams.set("q", query);
  return url;
}

function item({ href, title, section, place, isDraft }) {
  const link = element("a", { href }, element("span", { class: "result-title" }, ...withMarks(title)));
  if (isDraft) link.append(" ", draftMark());
  if (section) link.append(" ", element("span", { class: "result-section" }, section));
  const made = element("li", {}, link);
  if (place) made.append(" ", element("span", { class: "result-place" }, place));
  return made;
}

const more = (text, url) => element("li", { class: "more" }, element("a", { href: url }, text));

function move(event) {
  if (event.key === "Escape") {
    if (panel.hidden) field.value = "";
    field.focus();
    close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const stops = [field, ...panel.querySelectorAll("a")];
    if (panel.hidden) {
      update();
      return event.preventDefault();
    }
    const now = stops.indexOf(document.activeElement);
    stops[(now + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length].focus();
  } else return;
  event.preventDefault();
}

field.addEventListener("input", update);
field.addEventListener("focus", () => panel.hidden && update());
form.parentElement.addEventListener("keydown", move);
panel.addEventListener("mousedown", (event) => event.preventDefault()); // Safari takes the focus out of the field, which closes it
form.parentElement.addEventListener("focusout", ({ relatedTarget }) => form.parentElement.contains(relatedTarget) || close());
search.prepare();
if (document.activeElement === field) update();
