// Word files on this machine (`serve.py --admin`): a guideline that begins with what a file says, and the answers of a questionnaire. Two buttons
// above the list of guidelines, each of which opens a dialog with the report afterwards.

import { say } from "./phrases.js";

const LIST = "#/collections/retningslinjer"; // whatever the folder of that collection is called
const MAX_BYTES = 35_000_000; // what the server takes at once, when it is encoded
const WAYS = [
  {
    action: "importGuideline",
    title: "Begynd en retningslinje fra en Word-fil",
    text: "Siden får strategiens regler, alle spørgsmål og jeres egen tekst. Intet bliver besluttet for jer.",
    hasName: true,
    label: "Word-fil eller tekst (.docx, .txt eller .md)",
    kinds: ".docx,.txt,.md",
    submit: "Begynd retningslinjen",
    done: "Retningslinjen er begyndt",
  },
  {
    action: "applyAnswers",
    title: "Sæt svarene ind fra et udfyldt skema",
    text: "Kun de spørgsmål, I har svaret på i skemaet, bliver ændret. Programmet finder selv siden.",
    hasName: false,
    label: "Det udfyldte skema (.docx)",
    kinds: ".docx",
    submit: "Sæt svarene ind",
    done: "Svarene er sat ind",
  },
];

/** Show the two buttons at the list of guidelines whenever Decap (3.16.3) shows it. `url` is the server's. */
export function offerWordFiles(url) {
  const bar = element("div", { className: "word-files" });
  for (const way of WAYS) bar.append(element("button", { type: "button", textContent: way.title, onclick: () => openDialog(way, url) }));
  const isNarrow = matchMedia("(max-width: 799px)");
  const place = () => {
    const top = location.hash.split("?")[0] === LIST ? document.querySelector('[class*="-CollectionTopContainer"]') : null;
    if (!top) bar.remove();
    else if (isNarrow.matches && top.parentElement.lastElementChild !== bar) top.parentElement.append(bar); // the list comes first on a phone
    else if (!isNarrow.matches && top.nextSibling !== bar) top.after(bar);
  };
  isNarrow.addEventListener("change", place);
  new MutationObserver(place).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("hashchange", place);
}

function openDialog(way, url) {
  const dialog = element("dialog", { className: "word-dialog" });
  dialog.setAttribute("aria-labelledby", "word-title");
  const title = element("h2", { id: "word-title", textContent: way.title, tabIndex: -1 });
  const form = element("form", { noValidate: true });
  const name = way.hasName && element("input", { type: "text", id: "word-name", maxLength: 60, autocomplete: "off" });
  const file = element("input", { type: "file", id: "word-file", accept: way.kinds });
  const fault = element("div", { className: "word-fault", id: "word-fault" });
  fault.setAttribute("role", "alert");
  const progress = element("p", { className: "word-progress" });
  progress.setAttribute("role", "status");
  const submit = element("button", { type: "submit", textContent: way.submit });
  form.append(element("p", { textContent: say(way.text) }));
  if (name) form.append(element("label", { htmlFor: name.id, textContent: say("Fagområdets navn") }), name);
  form.append(element("label", { htmlFor: file.id, textContent: way.label }), file, fault, progress);
  form.append(buttons(submit, element("button", { type: "button", textContent: "Fortryd", onclick: () => dialog.close() })));

  const refuse = (text, field = null) => {
    fault.replaceChildren(...linesOf(text));
    for (const one of [name, file]) one && (one === field ? one.setAttribute("aria-invalid", "true") : one.removeAttribute("aria-invalid"));
    field?.setAttribute("aria-describedby", fault.id);
    (field ?? submit).focus();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    const chosen = file.files[0];
    if (name && !name.value.trim()) return refuse(say("Skriv fagområdets navn."), name);
    if (!chosen) return refuse("Vælg en fil.", file);
    if (chosen.size > MAX_BYTES) return refuse(`${chosen.name}: Filen fylder for meget. Den må højst fylde ${MAX_BYTES / 1e6} MB. Gør billederne mindre.`, file);
    fault.replaceChildren();
    progress.textContent = "Filen bliver læst …";
    submit.disabled = true;
    try {
      const params = { ...(name && { name: name.value }), file: { name: chosen.name, content: await base64Of(chosen) } };
      showReport(dialog, title, way, await ask(url, way.action, params));
    } catch (error) {
      progress.textContent = "";
      submit.disabled = false;
      refuse(error instanceof RefusedError ? error.message : "Filen blev ikke læst. Se, om forhåndsvisningen stadig kører, og prøv igen.");
    }
  });
  dialog.append(title, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  (name || file).focus();
}

/** Show what has become of a file, in the place of the form. */
function showReport(dialog, title, way, { path, changed, report }) {
  title.textContent = changed ? way.done : "Siden er ikke ændret: Der er ingen nye svar";
  const place = `${LIST}/entries/${path.split("/").at(-1).replace(/\.md$/, "")}`;
  const text = element("div", { className: "word-report", tabIndex: 0 });
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", "Rapport");
  text.append(...linesOf(report));
  const told = element("p", { className: "word-progress" });
  told.setAttribute("role", "status");
  const open = element("a", { href: place, textContent: "Åbn siden", onclick: (event) => (event.preventDefault(), leave(place)) });
  const copy = element("button", { type: "button", textContent: "Kopiér rapporten", onclick: () => copyText(report, text, told) });
  const close = element("button", { type: "button", textContent: "Luk", onclick: () => dialog.close() });
  const advice = "Læs rapporten, før du går videre. Den bliver ikke gemt, men du kan kopiere den.";
  dialog.querySelector("form").replaceWith(element("p", { textContent: advice }), text, told, buttons(open, copy, close));
  if (changed) dialog.addEventListener("close", () => leave(LIST));
  title.focus();
}

/** Go to a place in the editor and load it anew, since Decap does not know what has been written. */
function leave(place) {
  location.hash = place;
  location.reload();
}

async function copyText(words, shown, told) {
  try {
    await navigator.clipboard.writeText(words);
    told.textContent = "Rapporten er kopieret.";
  } catch {
    getSelection().selectAllChildren(shown);
    told.textContent = "Rapporten er markeret. Tryk Ctrl+C (på Mac: Cmd+C) for at kopiere den.";
  }
}

async function ask(url, action, params) {
  const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ action, params }) });
  const result = await answer.json();
  if (!answer.ok) throw new RefusedError(result.error);
  return result;
}

/** What the server says when it refuses. */
class RefusedError extends Error {}

async function base64Of(file) {
  const reader = new FileReader();
  await new Promise((resolve, reject) => {
    Object.assign(reader, { onload: resolve, onerror: () => reject(new RefusedError(`${file.name}: Filen kan ikke læses. Vælg den igen.`)) });
    reader.readAsDataURL(file);
  });
  return reader.result.slice(reader.result.indexOf(",") + 1);
}

function linesOf(text) {
  return text.trimEnd().split("\n").map((line) => element("p", { textContent: line }));
}

function buttons(...elements) {
  const row = element("div", { className: "word-buttons" });
  row.append(...elements);
  return row;
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
