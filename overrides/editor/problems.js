// Shows in the editor what is wrong with a page, each line as a button that leads to the place, and where the rest is told.

import { onChange, openPage } from "./open-page.js";

const SECONDS_OF_REST = 0.7; // after a change, before a page is checked again
let page = { file: "", text: "" };
let inForm = (problem) => problem;
let labels = {};
let checkAgain = null;
let shown = []; // the problems of the page that is open
let timer = 0;
const listeners = new Set();

/** Call a function with the problems that are shown from now on. Returns what ends that. */
export function onProblems(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Tell how problems are said in the words of the form, what the fields are called, and what checks the open page again (it returns its problems, or null if it cannot):
 * while they are shown, each change may have mended them.
 */
export function sayInForm(words, labelsOfFields, check) {
  [inForm, labels, checkAgain] = [words, labelsOfFields, check];
}

/** Remember the text of the file that is being saved: the lines of problems are counted in it. */
export function rememberPage(file, text) {
  page = { file, text: text.replace(/\r\n?/g, "\n") };
}

/** Show problems, `[{file, line, message, hint}]`, or with a `key` instead of the line, in the place of any shown. `title` says what has not happened. */
export function showProblems(problems, title = titleFor(problems)) {
  for (const listener of listeners) listener(problems);
  shown = problems;
  const panel = show("alert", element("h2", title), listOf(problems));
  panel.querySelector("h2").focus();
}

function listOf(problems) {
  const list = element("ul");
  for (const problem of problems) {
    const entry = item(problem);
    if (![...list.children].some((one) => one.textContent === entry.textContent)) list.append(entry); // braces are often typed twice in a box
  }
  return list;
}

/** Check the open page again, and take away what has been mended. */
async function update() {
  const open = openPage();
  const panel = document.querySelector(".problems-alert");
  if (!panel || !open || open.path !== page.file || open.text === page.text || !shown.some(({ file }) => file === page.file)) return;
  const problems = await checkAgain(open);
  if (!problems || panel !== document.querySelector(".problems-alert")) return;
  if (!problems.length) return clearProblems();
  rememberPage(open.path, open.text);
  shown = problems;
  panel.querySelector("h2").textContent = titleFor(problems);
  panel.querySelector("ul").replaceWith(listOf(problems));
}

onChange(() => {
  clearTimeout(timer);
  if (checkAgain && document.querySelector(".problems-alert")) timer = setTimeout(update, SECONDS_OF_REST * 1000);
});

/** Remove what is shown. */
export function clearProblems() {
  document.querySelector(".problems")?.remove();
}

window.addEventListener("hashchange", () => document.querySelector(".problems-alert")?.remove()); // the notice stays: a new page gets its URL when it is saved

function titleFor(problems) {
  const what = problems.every(({ file }) => file.endsWith(".csv")) ? "Tallene" : "Siden";
  return `${what} er ikke gemt: ${problems.length === 1 ? "én ting skal rettes" : `${problems.length} ting skal rettes`}`;
}

function show(role, heading, content) {
  clearProblems();
  const panel = element("section");
  panel.className = `problems problems-${role}`;
  heading.id = "problems-title";
  heading.tabIndex = -1;
  panel.setAttribute("aria-labelledby", heading.id);
  const close = element("button", "Luk");
  Object.assign(close, { type: "button", className: "problems-close", ariaLabel: "Luk beskeden", onclick: clearProblems });
  const message = element("div"); // a screen reader reads it aloud as soon as it is there
  message.setAttribute("role", role);
  panel.append(message, close);
  document.body.append(panel);
  message.append(heading, content);
  return panel;
}

function item(problem) {
  const entry = element("li");
  const isHere = problem.file === page.file;
  const key = isHere ? (problem.key ?? keyAt(problem.line)) : "";
  const { message, hint, isMacro } = inForm(problem);
  const box = isHere && !key ? boxAt(problem.line) : "";
  const place = !isHere ? problem.file : key ? (labels[key]?.label ?? key) : box || (labels.body && controlOf("body")?.classList.contains("page-text") ? "Teksten" : `Linje ${problem.line}`);
  const [what, advice] = isMacro && box ? inBox(problem.line) : [message, hint];
  const button = element(isHere ? "button" : "strong", `${place}: ${what}`);
  if (isHere) Object.assign(button, { type: "button", onclick: () => (problem.key ? focusField(problem.key) : goTo(problem.line)) });
  entry.append(button, element("span", asSentence(advice)));
  return entry;
}

/** Return the name of the key that a line of the file belongs to, or an empty text if it is not above the page's text. */
function keyAt(line) {
  const lines = page.text.split("\n");
  if (line - 1 > endOfFields(lines)) return "";
  return lines.slice(1, line).map((text) => /^["']?([A-Za-z_][\w-]*)["']?[ \t]*:/.exec(text)?.[1]).findLast(Boolean) ?? "";
}

/** Return the index of the line that ends the fields at the top of the file, or -1 if there are none. */
function endOfFields(lines) {
  return lines[0].trimEnd() === "---" ? lines.findIndex((text, number) => number > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(text)) : -1;
}

/** Return what the form calls the box with a line of the file, or an empty text if it has none. */
function boxAt(line) {
  const lines = page.text.split("\n");
  const open = openPage();
  return open?.nameOfLine(Math.max(0, line - 1 - firstLineOf(open.data.body ?? "", lines, endOfFields(lines)))) ?? "";
}

/** Say in a form, where nobody has heard of macros, that braces are the site's own signs. */
function inBox(line) {
  const found = new Set((page.text.split("\n")[line - 1] ?? "").match(/\{\{|\}\}|\{%|%\}|\{#|#\}/g) ?? ["{{"]);
  return [`her står ${[...found].join(" og ")}`, "de tegn bruger hjemmesiden selv: slet dem, og skriv det med almindelige ord"];
}

/** Return a message or a hint, which have neither a capital letter nor a full stop, as a sentence. */
function asSentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?…]$/.test(text) ? "" : ".");
}

function element(tag, text = "") {
  const result = document.createElement(tag);
  result.textContent = text;
  return result;
}

/** Put the cursor into the field with a line of the file; in the text of the page, select the line. */
function goTo(line) {
  const lines = page.text.split("\n");
  const end = endOfFields(lines);
  if (line - 1 <= end) return focusField(keyAt(line));
  const title = controlOf("title");
  if (title && /^#[ \t]/.test(lines[line - 1])) {
    title.focus();
    return;
  }
  const area = controlOf("body");
  if (area?.classList.contains("page-text")) selectLine(area, lines, line, end);
  else {
    const shown = openPage()?.data.body ?? "";
    openPage()?.focusLine(Math.max(0, line - 1 - firstLineOf(shown, lines, end)));
  }
}

/** Put the cursor into a field, or into the page's text if there is no such field. */
function focusField(key) {
  const control = controlOf(key) ?? controlOf("body");
  unfold(control);
  control?.focus();
  control?.scrollIntoView({ block: "center" });
}

/** Show the folded facts of the page if a field is among them. */
function unfold(control) {
  if (control && !control.offsetParent) document.querySelector('[id^="facts-field-"] [data-testid="expand-button"]')?.click();
}

/** Return the control of a field in Decap (3.16.3), whose ids begin with the name of the field. */
function controlOf(name) {
  const found = name ? document.querySelector(`[id^="${name}-field-"]`) : null;
  return found?.matches("input, textarea, select, button") ? found : (found?.querySelector("input, textarea, select, button, [tabindex]") ?? null);
}

function selectLine(area, lines, line, end) {
  const shown = area.value.split("\n");
  const wanted = lines[line - 1] ?? "";
  const firstLine = firstLineOf(area.value, lines, end);
  const expected = Math.min(Math.max(line - 1 - firstLine, 0), shown.length - 1);
  // What has been changed since then may have moved the line.
  const same = shown.flatMap((text, number) => (text === wanted ? [number] : []));
  const number = same.sort((one, other) => Math.abs(one - expected) - Math.abs(other - expected))[0] ?? expected;
  const start = shown.slice(0, number).join("\n").length + (number ? 1 : 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, start + shown[number].length);
  scrollTo(area, start);
}

/** Return the index of the line of the file that the text in the field begins with: the field has no empty lines around it, and may lack the title. */
function firstLineOf(value, lines, end) {
  const text = lines.join("\n");
  const place = value ? text.lastIndexOf(value) : -1;
  if (place >= 0) return text.slice(0, place).split("\n").length - 1;
  const first = lines.findIndex((line, number) => number > end && line.trim() !== "" && !(controlOf("title") && /^#[ \t]/.test(line)));
  return first < 0 ? end + 1 : first;
}

/** Scroll a place in a field to the upper third of the window, above the panel. */
function scrollTo(area, place) {
  const copy = document.createElement("div");
  const style = getComputedStyle(area);
  for (const name of ["font", "lineHeight", "letterSpacing", "padding", "border", "boxSizing", "wordBreak", "overflowWrap"]) copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", width: `${area.offsetWidth}px`, top: 0 });
  copy.textContent = area.value.slice(0, place);
  const mark = element("span", "x");
  copy.append(mark);
  document.body.append(copy);
  const offset = mark.offsetTop;
  copy.remove();
  area.scrollTop = Math.max(0, offset - area.clientHeight / 3);
  for (let holder = area.parentElement; holder; holder = holder.parentElement) {
    const isScrolled = holder.scrollHeight > holder.clientHeight && /auto|scroll/.test(getComputedStyle(holder).overflowY);
    if (!isScrolled && holder !== document.documentElement) continue;
    const position = area.getBoundingClientRect().top - area.scrollTop + offset;
    holder.scrollTop += position - window.innerHeight / 3;
  }
}
