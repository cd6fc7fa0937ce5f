// The search field at the top of every page: shows the first results while the reader types, and links to the search page.

import { audienceMark, draftMark, element, pageCount, ruleSign, withMarks } from "../dom.js";
import { ANNOUNCE_DELAY_MS, Search, queryOf } from "./client.js";

const MAX_RESULTS = 5;

const form = document.querySelector(".site-search-form");
const field = form.elements.q;
const search = new Search(form);
const list = element("ul", { "aria-label": "Resultater" });
const danish = document.documentElement.lang === "da" ? {} : { lang: "da", dir: "ltr" }; // what the search says itself, on a page in another language
const status = element("p", { class: "visually-hidden", role: "status", ...danish });
const panel = element("div", { class: "site-search-panel", hidden: "", ...danish }, list);
form.parentElement.append(panel, status);

let latestTurn = 0;
let announcement;

/** Announce a text to screen readers when the reader has stopped typing. */
function announce(text) {
  clearTimeout(announcement);
  announcement = setTimeout(() => (status.textContent = text), ANNOUNCE_DELAY_MS);
}

function close() {
  latestTurn += 1;
  panel.hidden = true;
  announce("");
}

async function update() {
  const query = queryOf(field);
  const turn = (latestTurn += 1);
  const content = query && (await panelContent(query));
  if (turn !== latestTurn || panel.contains(document.activeElement)) return; // the panel must not change while the focus is in it
  if (!content) return close();
  list.replaceChildren(...content.items);
  panel.hidden = false;
  announce(content.message);
}

/** Return the items of the panel for a query, and the message for screen readers. */
async function panelContent(query) {
  let found;
  try {
    found = await search.find(query, MAX_RESULTS);
  } catch {
    return { items: [linkItem("Søgningen virker ikke lige nu. Se stikordene fra A til Å", form.action)], message: "Søgningen virker ikke lige nu." };
  }
  if (!found) return undefined;
  const { count, first, suggestion } = found;
  const items = first.map(resultItem);
  const question = suggestion ? ` Mente du ${suggestion}?` : "";
  if (question) items.push(linkItem(question.trim(), search.urlOf(suggestion)));
  if (!count) {
    items.push(linkItem("Ingen sider svarer til det. Se stikordene fra A til Å", search.urlOf(query)));
    return { items, message: "Ingen sider fundet." };
  }
  items.push(linkItem(count === 1 ? "Se resultatet" : `Se alle ${pageCount(count)}`, search.urlOf(query)));
  return { items, message: `${pageCount(count)} fundet.${question} Pil ned fører til dem.` };
}

function resultItem({ href, title, language, section, place, isDraft, otherAudience, rule }) {
  const link = element("a", { href }, element("span", { class: "result-title", ...language }, ...withMarks(title)));
  if (isDraft) link.append(" ", draftMark());
  if (otherAudience) link.append(" ", audienceMark(otherAudience));
  if (section) link.append(" ", element("span", { class: "result-section" }, section));
  const item = element("li", {}, link);
  if (place) item.append(" ", element("span", { class: "result-place" }, place, ...(rule ? [" ", ruleSign(rule)] : [])));
  return item;
}

const linkItem = (text, url) => element("li", { class: "more" }, element("a", { href: url }, text));

function handleKey(event) {
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
    const current = stops.indexOf(document.activeElement);
    stops[(current + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length].focus();
  } else return;
  event.preventDefault();
}

field.addEventListener("input", update);
field.addEventListener("focus", () => panel.hidden && update());
form.parentElement.addEventListener("keydown", handleKey);
panel.addEventListener("mousedown", (event) => event.preventDefault()); // otherwise Safari takes the focus out of the field, which closes the panel
form.parentElement.addEventListener("focusout", ({ relatedTarget }) => form.parentElement.contains(relatedTarget) || close());
search.prepare();
if (document.activeElement === field) update();
