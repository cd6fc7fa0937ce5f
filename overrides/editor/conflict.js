// Says that someone else has changed the page that was to be saved, what they have changed, and how to go on. Nothing that was typed is lost.

import { changesBetween, listOf } from "./changes.js";
import { newDialog } from "./dialog.js";

const AS_SAVED = "?som-gemt"; // asks for the page as it is saved, and not for what is unsaved in this browser

/** Show it, given the path of the page, the text that both began from, what was to be saved, and what is there now (null if it is deleted). */
export function showConflict({ base, mine, theirs }) {
  const { dialog, add, addButton, close, show } = newDialog("conflict-title", titleOf(base, theirs));
  add("p", "Du har ikke mistet noget. Det, du har skrevet, står stadig i felterne.");
  const steps = add("ol", "");
  if (theirs === null) add("li", "Spørg dem, der også retter siden, om den skal bruges.", steps);
  else {
    const step = add("li", "", steps);
    const link = Object.assign(document.createElement("a"), { href: `${AS_SAVED}${location.hash}`, target: "_blank", rel: "noopener" });
    link.textContent = "Åbn siden, som den er nu (nyt vindue)";
    step.append(link, ".");
    add("li", "Skriv dine ændringer ind dér, og gem.", steps);
    add("li", "Luk så dette vindue uden at gemme.", steps);
  }
  const own = changesBetween(base, mine);
  const told = add("p", "");
  told.setAttribute("role", "status");
  const buttons = Object.assign(add("div", ""), { className: "saved-buttons" });
  addButton("Kopiér mine ændringer", copy, buttons);
  addButton("Luk", close, buttons);
  if (theirs !== null) {
    add("h3", "Det har den anden ændret");
    listOf(base ? changesBetween(base, theirs) : [], dialog, "Se det på siden.");
  }
  add("h3", "Det har du ændret");
  const list = add("div", "");
  listOf(own, list, "Se det i felterne.");
  show();

  async function copy() {
    try {
      await navigator.clipboard.writeText(own.map(({ title: what, after }) => [what, after || "(intet)"].filter(Boolean).join("\n")).join("\n\n"));
      told.textContent = "Dine ændringer er kopieret.";
    } catch {
      getSelection().selectAllChildren(list);
      told.textContent = "Dine ændringer er markeret. Tryk Ctrl+C (på Mac: Cmd+C) for at kopiere dem.";
    }
  }
}

function titleOf(base, theirs) {
  if (theirs === null) return "Siden er ikke gemt: En anden har slettet den imens";
  return base ? "Siden er ikke gemt: En anden har ændret det samme imens" : "Siden er ikke gemt: Der er allerede en side med det navn";
}

/** If the page is opened by the link above, do not let Decap (3.16.3) ask whether to go on with the unsaved changes of the other window. `question` is its text. */
export function openAsSaved(question) {
  if (location.search !== AS_SAVED) return;
  const ask = window.confirm.bind(window);
  window.confirm = (words) => words !== question && ask(words);
}
