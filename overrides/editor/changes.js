// Says after a save what has changed, before and after, and who is asked.

import { newDialog } from "./dialog.js";
import { confirmedOn, isUnused, unusedHeading, withoutDay } from "./guideline/confirmation.js";
import { STATES, partsOf } from "./guideline/text.js";

const IN_USE = "Kanalen bruges"; // so it is of every section that says nothing else

/**
 * Show what has changed on a page. `told` are sentences about what happens now, `links` where to go on, each with its text and URL, and `others`
 * what others have changed meanwhile.
 */
export function showChanges({ before, text }, told, links, others = []) {
  const changes = changesBetween(before, text);
  const { dialog, add, addButton, close, show } = newDialog("saved-title", "Ændringen er gemt");
  for (const sentence of told) add("p", sentence);
  for (const { text: words, url } of links) Object.assign(add("a", `${words} (nyt vindue)`, add("p", "")), { href: url, target: "_blank", rel: "noopener" });
  addButton("Luk", close);
  if (others.length) {
    add("h3", "Det har en anden ændret imens");
    listOf(others, dialog);
    addButton("Åbn siden igen, og se det i felterne", () => location.reload());
  }
  add("h3", changes.length === 1 ? "Det har du ændret" : `Det har du ændret (${changes.length})`);
  listOf(changes, dialog);
  show();
}

/** Add a list of changes, before and after, to an element. */
export function listOf(changes, parent, none = "Intet.") {
  const add = (tag, words, holder) => Object.assign(holder.appendChild(document.createElement(tag)), { textContent: words });
  if (!changes.length) add("p", none, parent);
  for (const change of changes) {
    const list = add("dl", "", parent);
    if (change.title) add("dt", change.title, list).className = "saved-what";
    add("dt", "Før", list);
    add("dd", change.before || "(intet)", list);
    add("dt", "Nu", list);
    add("dd", change.after || "(intet)", list);
  }
}

/** Return what has changed from one text of a page to another: decisions by their question, and all else by its lines. */
export function changesBetween(before, after) {
  const [old, now] = [decisionsOf(before), decisionsOf(after)];
  const changes = [];
  for (const [question, words] of now) {
    const isNew = !old.has(question);
    if (old.get(question) !== words && !(isNew && words === IN_USE)) changes.push({ title: question, before: old.get(question) ?? "", after: words });
  }
  for (const [question, words] of old) {
    if (!now.has(question) && words !== IN_USE) changes.push({ title: question, before: words, after: "" });
  }
  return [...changes, ...changedLines(withoutDecisions(before), withoutDecisions(after))];
}

function decisionsOf(text) {
  const found = new Map();
  let heading = "";
  for (const part of partsOf(text.replace(/\r\n?/g, "\n"))) {
    if (part.kind === "heading") heading = part.title;
    if (part.kind === "heading" && confirmedOn(part)) found.set(heading, `Genbekræftet ${confirmedOn(part)}`);
    if (part.kind === "heading") found.set(`${heading}: brug af kanalen`, isUnused(part) ? "Kanalen bruges ikke" : IN_USE);
    if (part.kind === "decision") found.set(`${heading}: ${part.question}`, STATES[part.state] + (part.answer ? `: ${part.answer}` : ""));
  }
  return found;
}

function withoutDecisions(text) {
  return partsOf(text.replace(/\r\n?/g, "\n"))
    .filter((part) => part.kind !== "decision")
    .flatMap((part) => (part.kind === "heading" ? unusedHeading(part, false).lines.map(withoutDay) : part.lines))
    .filter((line) => line.trim());
}

/** Return the runs of lines that differ, by the longest common subsequence. */
function changedLines(old, now) {
  const longest = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) longest[i][j] = old[i] === now[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
  }
  const changes = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      i += 1;
      j += 1;
      continue;
    }
    const [from, start] = [i, j];
    while ((i < old.length || j < now.length) && !(i < old.length && j < now.length && old[i] === now[j])) {
      if (j >= now.length || (i < old.length && longest[i + 1][j] >= longest[i][j + 1])) i += 1;
      else j += 1;
    }
    changes.push({ title: "", before: old.slice(from, i).join("\n"), after: now.slice(start, j).join("\n") });
  }
  return changes;
}
