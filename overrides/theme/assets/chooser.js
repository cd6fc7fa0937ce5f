// The channel chooser, one step at a time. Without this script the page shows every step.
//
// The first step is the list of situations, or the first question where there is no such list. The URL holds the path of answers,
// `?vej=<previous steps>#<step>`, so that it can be shared, and the browser's back button undoes one answer. The way from the situations
// to the questions is no answer, so a path of questions begins with the first question.

import { element } from "./dom.js";

const ANSWER = ".answer a:has(+ .leads-to)";

const steps = new Map([...document.querySelectorAll(".step")].map((step) => [step.dataset.step, step]));
const first = document.querySelector(".step[data-first]").dataset.step;
const page = document.querySelector(".md-content__inner");
const siteTitle = document.title;
const trail = element("nav", { class: "trail", "aria-label": "Dine svar" });
const printButton = element("button", { class: "print-outcome", type: "button", hidden: "" }, "Udskriv resultatet på én side");
const showAllButton = element("button", { class: "show-all", type: "button" });

const PRINT_NOTE = "Resultaterne udskrives ét ad gangen: Vælg en situation, og udskriv det, der så vises.";

const answersOf = (id) => [...steps.get(id).querySelectorAll(ANSWER)];
const headingOf = (id) => steps.get(id).querySelector("h2, h3");
const isKind = (id, kind) => steps.get(id).classList.contains(kind);
const titles = [...document.querySelectorAll(".steps-title")];
const titleAbove = (id) => titles.filter((title) => title.compareDocumentPosition(steps.get(id)) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
const isOneAtATime = () => page.classList.contains("one-at-a-time");

const titleOf = (id) => headingOf(id).textContent.trim();

/** Return the URL of a path through the steps, of which the last is the one that shows. */
function urlOf(path) {
  const previous = path.slice(0, -1).join(".");
  const last = path[path.length - 1];
  if (!previous) return last === first ? location.pathname : `${location.pathname}#${last}`;
  return `${location.pathname}?vej=${previous}#${last}`;
}

/** Return the element that the URL's fragment names. */
function targetInUrl() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // a malformed fragment, such as `#%`
  }
}

/** Return the id of the step that the URL's fragment is, or lies inside. */
const stepInUrl = () => targetInUrl()?.closest(".step")?.dataset.step;

/** Return the path in the URL; only its last step, or the first of all, when the answers no longer lead that way. */
function pathInUrl() {
  const last = stepInUrl();
  const previous = (new URLSearchParams(location.search).get("vej") ?? "").split(".").filter(Boolean);
  const path = last ? [...previous, last] : previous;
  const isValid = path.every((id, n) => steps.has(id) && (n === 0 || answersOf(path[n - 1]).some((link) => link.dataset.to === id)));
  if (path.length && isValid) return path;
  return last ? [last] : [first];
}

function showAll(all) {
  page.classList.toggle("one-at-a-time", !all);
  showPrintButton();
  showAllButton.textContent = all ? "Vis ét spørgsmål ad gangen" : "Vis alle spørgsmål og resultater";
}

/** An outcome alone goes on one sheet; the whole page does not. */
function showPrintButton() {
  printButton.hidden = !isOneAtATime() || !document.querySelector(".outcome.current");
}

function show(path, { focus }) {
  const current = path[path.length - 1];
  for (const [id, step] of steps) {
    step.classList.toggle("current", id === current);
    for (const link of answersOf(id)) link.href = `#${link.dataset.to}`;
  }
  for (const link of answersOf(current)) {
    const { to } = link.dataset;
    link.href = urlOf(isKind(current, "situations") && isKind(to, "question") ? [to] : [...path, to]);
  }
  for (const title of titles) title.classList.toggle("idle", title !== titleAbove(current));
  const list = element("ol");
  path.slice(0, -1).forEach((id, n) => {
    const answer = answersOf(id).find((link) => link.dataset.to === path[n + 1]).textContent;
    const [label, name, words] = isKind(id, "situations")
      ? ["Situation:", "Vælg en anden situation", "Vælg en anden"]
      : [titleOf(id), `Ret svaret på: ${titleOf(id)}`, "Ret svar"];
    const changeLink = element("a", { href: urlOf(path.slice(0, n + 1)), "aria-label": name }, words);
    list.append(element("li", {}, `${label} `, element("strong", {}, answer), " ", changeLink));
  });
  trail.replaceChildren();
  if (path.length > 1) trail.append(element("p", { class: "trail-title" }, "Dine svar"), list);
  if (current !== first) trail.append(element("a", { href: urlOf([first]), class: "restart" }, "Begynd forfra"));
  showPrintButton();
  trail.hidden = !trail.childElementCount;
  document.title = current === first ? siteTitle : `${titleOf(current)} - ${siteTitle}`;
  if (focus) {
    headingOf(current).tabIndex = -1;
    headingOf(current).focus({ preventScroll: true });
    steps.get(current).scrollIntoView();
  }
}

function followAnswer(event) {
  const link = event.target.closest(`${ANSWER}, .trail a`);
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!isOneAtATime()) return; // while all steps show, answers are ordinary links
  event.preventDefault();
  history.pushState(null, "", link.href);
  show(pathInUrl(), { focus: true });
}

// `show` changes the href of the answers, so the step that each leads to is stored apart from it.
for (const link of document.querySelectorAll(ANSWER)) link.dataset.to = decodeURIComponent(link.hash.slice(1));
[...steps.values()].pop().after(element("p", { class: "print-note" }, PRINT_NOTE), printButton, trail, showAllButton);
page.addEventListener("click", followAnswer);
showAllButton.addEventListener("click", () => {
  showAll(isOneAtATime());
  (isOneAtATime() ? document.querySelector(".step.current") : steps.get(first)).scrollIntoView();
});
printButton.addEventListener("click", () => print());
addEventListener("popstate", () => {
  // A link to something else on the page, such as the skip link, does not change the step.
  if (location.hash && !stepInUrl()) return;
  show(pathInUrl(), { focus: isOneAtATime() });
});
for (const reasons of document.querySelectorAll(".reasons")) reasons.open = reasons === targetInUrl();
showAll(false);
show(pathInUrl(), { focus: false });
// The browser may have gone to the step before the others were hidden.
if (stepInUrl()) (targetInUrl() === headingOf(stepInUrl()) ? steps.get(stepInUrl()) : targetInUrl()).scrollIntoView();
