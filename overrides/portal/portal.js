// The front page of a portal: the search over all municipalities, and the list of them by name.

import { draftMark, element, pageCount, withMarks } from "./dom.js";
import { ANNOUNCE_DELAY_MS, Search, queryOf } from "./search/client.js";

const RESULTS_PER_BATCH = 10;

document.documentElement.className = "js";
try {
  document.documentElement.dataset.appearance = localStorage.getItem("udseende") || ""; // as chosen on one of the sites
} catch {
  // Storage is turned off: the device's setting applies.
}

const form = document.querySelector(".search-form");
const field = form.elements.q;
const status = document.querySelector(".search-status");
const hint = document.querySelector(".search-hint");
const list = document.querySelector("[data-search-results]");
const moreButton = element("button", { type: "button", class: "more-results", hidden: "" });
list.after(moreButton);
const search = new Search(form);
let latestTurn = 0;
let announcement;

/** Announce a text when the reader has stopped typing, and put the query into the URL. */
function announce(text, query) {
  clearTimeout(announcement);
  announcement = setTimeout(() => {
    status.textContent = text;
    const url = search.urlOf(query, location.href);
    if (!query) url.searchParams.delete("q");
    if (url.href !== location.href) history.replaceState(null, "", url);
  }, ANNOUNCE_DELAY_MS);
}

function resultItem({ href, title, place, isDraft, excerpt }) {
  const heading = element("h2", {}, element("a", { href }, ...withMarks(title)));
  if (isDraft) heading.append(" ", draftMark());
  const item = element("li", {}, element("p", { class: "result-place" }, place), heading);
  if (excerpt.length) item.append(element("p", { class: "excerpt" }, ...withMarks(excerpt)));
  return item;
}

/** Show what the query in the field finds. */
async function update() {
  const query = queryOf(field);
  const turn = (latestTurn += 1);
  let found;
  let hasFailed = false;
  try {
    found = query ? await search.find(query, RESULTS_PER_BATCH) : undefined;
  } catch {
    hasFailed = true;
  }
  if (turn !== latestTurn || list.contains(document.activeElement)) return;
  list.replaceChildren(...(found?.first ?? []).map(resultItem));
  hint.replaceChildren();
  if (found?.suggestion) {
    const url = search.urlOf(found.suggestion, location.href);
    hint.append(element("p", { class: "did-you-mean" }, "Mente du ", element("a", { href: url.href }, found.suggestion), "?"));
  }
  if (hasFailed) announce(form.dataset.fault, query);
  else if (!found) announce("", query);
  else announce(found.count ? `${pageCount(found.count)} om »${query}«` : `Ingen sider om »${query}«. Prøv et andet ord for det samme.`, query);
  showMore(found, turn);
}

/** Offer the results after those that are shown. */
function showMore(found, turn) {
  const shown = list.childElementCount;
  const left = (found?.count ?? 0) - shown;
  moreButton.hidden = left <= 0;
  moreButton.textContent = `Vis ${Math.min(left, RESULTS_PER_BATCH)} mere`;
  moreButton.onclick = async () => {
    const added = await found.more(shown, shown + RESULTS_PER_BATCH).catch(() => []);
    if (turn !== latestTurn) return;
    list.append(...added.map(resultItem));
    if (added.length) showMore(found, turn);
    list.children[shown]?.querySelector("a").focus();
  };
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  update();
});
field.addEventListener("input", update);
field.value ||= new URLSearchParams(location.search).get("q") ?? "";
if (field.value) update();

// The list by name. Letters that many keyboards lack are found by the two that stand for them: `aarhus`, `oe`.
const filter = document.querySelector(".portal-filter");
const nameField = filter.querySelector("input");
const count = filter.querySelector(".portal-count");
const plain = (text) => text.toLowerCase().replaceAll("å", "aa").replaceAll("æ", "ae").replaceAll("ø", "oe");
const items = [...document.querySelectorAll(".portal-list > li")];
filter.hidden = false;
nameField.addEventListener("input", () => {
  const asked = plain(nameField.value.trim());
  for (const item of items) item.hidden = !plain(item.textContent).includes(asked);
  const left = items.filter((item) => !item.hidden).length;
  count.textContent = left === 1 ? "1 kommune" : `${left || "Ingen"} kommuner`;
});
