// The search page: the URL holds the query, who searches and what is left out, and results show while the reader types.

import { audienceMark, draftMark, element, pageCount, ruleSign, stateMark, withMarks } from "../dom.js";
import { ANNOUNCE_DELAY_MS, Search, inTurn, queryOf } from "./client.js";

const FIRST_RESULTS = 5; // shown before the others are downloaded
const RESULTS_PER_BATCH = 10;
const WAIT_MESSAGE_DELAY_MS = 300;

const form = document.querySelector(".search-form");
const field = form.elements.q;
const { for: audiences, andre: others, udgaver: editions } = form.elements; // the last one is only there if there are other editions
const othersName = form.querySelector(".others-name");
const LEFT_OUT = "nej"; // in the URL, where the reader has turned pages for other readers off
const ASKED_FOR = "ja"; // likewise, where the reader has asked for other editions
const status = document.querySelector(".search-status");
const hint = document.querySelector(".search-hint");
const list = document.querySelector("[data-search-results]");
const index = document.querySelector(".keyword-index");
const search = new Search(form);
const editionSearch = new Search(form, "search/editions.json"); // reads nothing until it is asked
const siteTitle = document.title;
const moreButton = element("button", { type: "button", class: "more-results", hidden: "" });
list.after(moreButton);

let latestTurn = 0;
let waitMessage;
let announcement;
let settle = () => {}; // does at once what waits for the reader to stop typing

/** Return the URL of the page for a query and the reader's choices. */
function urlOf(query) {
  const url = search.urlOf(query, location.href);
  if (query) url.hash = ""; // the index of terms, which it may point into, is hidden
  if (others.checked) url.searchParams.delete("andre");
  else url.searchParams.set("andre", LEFT_OUT);
  if (editions?.checked) url.searchParams.set("udgaver", ASKED_FOR);
  else url.searchParams.delete("udgaver");
  return url;
}

/** Put the query into the URL and the title. */
function showQuery(query) {
  const url = urlOf(query);
  if (url.href !== location.href) history.replaceState(null, "", url);
  document.title = query ? `${query} - ${siteTitle}` : siteTitle;
}

const searches = () => (editions?.checked ? [search, editionSearch] : [search]);

/** Resolves to what a query finds: in the edition in force and what belongs to it, and then, if the reader asks, in the others. */
async function find(query) {
  const [found, after] = await Promise.all(searches().map((one) => one.find(query, FIRST_RESULTS, !others.checked)));
  return found && after ? inTurn(found, after, FIRST_RESULTS) : found;
}

/** Announce a text, with `hiddenText` for screen readers only, when the reader has stopped typing; then update the URL. */
function announce(text, query, { hiddenText = "", atOnce = false } = {}) {
  settle = () => {
    clearTimeout(announcement);
    status.replaceChildren(text, element("span", { class: "visually-hidden" }, hiddenText));
    showQuery(query);
  };
  if (atOnce) settle();
  else announcement = setTimeout(settle, ANNOUNCE_DELAY_MS);
}

/** Show the results of the query in the field. Resolves to false if the reader has typed another query meanwhile. */
async function update() {
  const query = queryOf(field);
  const turn = (latestTurn += 1);
  list.setAttribute("aria-busy", "true");
  clearTimeout(announcement);
  clearTimeout(waitMessage);
  settle = () => showQuery(query);
  waitMessage = setTimeout(() => (status.textContent = "Søger …"), WAIT_MESSAGE_DELAY_MS);
  let found;
  let hasFailed = false;
  try {
    found = query ? await find(query) : undefined;
  } catch {
    hasFailed = true;
  }
  if (turn !== latestTurn) return false;
  clearTimeout(waitMessage);
  list.removeAttribute("aria-busy");
  if (list.contains(document.activeElement)) return false; // the list must not change while the focus is in it
  list.replaceChildren(...(found?.first ?? []).map(resultItem));
  hint.replaceChildren(...(found ? hints(found) : []));
  index.hidden = Boolean(found?.count);
  moreButton.hidden = true;
  if (hasFailed) announce(form.dataset.fault, query, { atOnce: true });
  else if (!found) announce("", query);
  else announce(`${found.count ? pageCount(found.count) : "Ingen sider"} om »${query}«`, query, { hiddenText: ` ${hint.textContent}` });
  if (found?.count > FIRST_RESULTS) addResults(found, FIRST_RESULTS, RESULTS_PER_BATCH - FIRST_RESULTS, turn);
  return true;
}

/** Add results from position `from` on to the list, and a button for those after them. */
async function addResults(found, from, count, turn) {
  let added = [];
  let hasFailed = false;
  try {
    added = await found.more(from, from + count);
  } catch {
    hasFailed = true;
  }
  if (turn !== latestTurn) return;
  if (hasFailed && (await hasNewIndex().catch(() => false))) return update();
  list.append(...added.map(resultItem));
  if (hasFailed) announce(form.dataset.fault, queryOf(field), { atOnce: true });
  const left = found.count - from - added.length;
  moreButton.hidden = left <= 0;
  moreButton.textContent = `Vis ${Math.min(left, RESULTS_PER_BATCH)} mere`;
  moreButton.onclick = async () => {
    const shown = list.childElementCount;
    await addResults(found, shown, RESULTS_PER_BATCH, turn);
    list.children[shown]?.querySelector("a").focus();
  };
}

/** Whether the site has been rebuilt since the results were found. */
const hasNewIndex = async () => (await Promise.all(searches().map((one) => one.refresh()))).includes(true);

function hints({ suggestion, isVague, unknown, count }) {
  const paragraphs = [];
  if (suggestion) {
    paragraphs.push(element("p", { class: "did-you-mean" }, "Mente du ", element("a", { href: urlOf(suggestion) }, suggestion), "?"));
  }
  if (isVague) paragraphs.push(element("p", {}, "Søg også på et ord, der siger, hvad det handler om."));
  if (unknown.length && count) paragraphs.push(element("p", {}, `Ingen sider nævner ${unknown.map((word) => `»${word}«`).join(" eller ")}.`));
  if (!count) {
    const advice = "Prøv et andet ord for det samme, eller færre ord. Du kan også finde emnet i stikordsregistret herunder.";
    paragraphs.push(element("p", {}, `Ingen sider svarer til det. ${advice}`));
    if (!others.checked) paragraphs.push(element("p", {}, `Du har slået noget fra: »${othersName.textContent}«.`));
  }
  return paragraphs;
}

function resultItem({ href, title, language, section, place, isDraft, state, otherAudience, rule, excerpt: parts }) {
  const link = element("a", { href, ...language }, ...withMarks(title));
  if (section) link.append(element("span", { class: "result-section" }, ` › ${section}`));
  const heading = element("h2", {}, link);
  if (isDraft) heading.append(" ", draftMark());
  if (state) heading.append(" ", stateMark(state));
  if (otherAudience) heading.append(" ", audienceMark(otherAudience));
  const item = element("li", {}, heading);
  if (place) item.prepend(element("p", { class: "result-place" }, place));
  if (parts.length) item.append(element("p", { class: "excerpt", ...language }, ...(rule ? [ruleSign(rule), " "] : []), ...withMarks(parts)));
  return item;
}

// WCAG 2.1.4: readers who use speech input, or press keys by accident, can turn off single-key shortcuts.
const SHORTCUTS = "genvejstaster"; // read by site.js on every page
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

const nameOthers = () => (othersName.textContent = othersName.dataset[search.audience]);
form.querySelector(".search-choices").addEventListener("change", async () => {
  nameOthers();
  if (await update()) settle();
});
addEventListener("pagehide", () => settle()); // otherwise going back would show an older query
list.addEventListener("click", () => settle());
const asked = new URLSearchParams(location.search);
for (const choice of audiences) choice.checked = choice.value === asked.get("for") || choice.defaultChecked;
others.checked = asked.get("andre") !== LEFT_OUT;
if (editions) editions.checked = asked.get("udgaver") === ASKED_FOR;
nameOthers();
field.value ||= asked.get("q") ?? ""; // unless the reader has already typed something
if (!field.value) search.prepare();
const hasFocus = document.activeElement && document.activeElement !== document.body; // the reader was faster than this script
if (!field.value && !location.hash && !hasFocus) field.focus(); // the reader has come for the field
update();
