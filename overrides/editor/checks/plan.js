// Checks the fields of actions and of material, and KLE numbers (kanalstrategi/content/actions.py and kle.py).

import { UNREAD } from "./front-matter.js";
import { suggestion } from "./suggestions.js";
import { matchesAll } from "./wording.js";

/** Report what is wrong with the fields of an action. `latest` is the last day that it can be done on. */
export function checkAction(fields, read, report, latest, rules) {
  const { plan: wordings, fields: values } = rules.wordings;
  const { states, need_due: needDue } = rules.plan;
  const state = read.text("action");
  const isKnown = state && Object.hasOwn(states, state);
  if (state && !isKnown) report("action", values.not_choice, { value: state, suggestion: suggestion(state, Object.keys(states)) });
  const [begins, due, done] = ["begins", "due", "done"].map((key) => read.date(key, false));
  if (isKnown && needDue.includes(state) && !fields.has("due")) report("action", wordings.no_due, { state: states[state] });
  if (isKnown && state === "done" && !fields.has("done")) report("action", wordings.no_done);
  if (isKnown && state !== "done" && done) report("done", wordings.not_done);
  if (begins && due && due < begins) report("due", wordings.due_before_begins);
  if (done && done > latest) report("done", wordings.done_later);
  checkIds("serves", fields, read, report, rules.plan.served, wordings.unknown_served, wordings.twice, rules.plan.no_suggestion);
}

/** Report what is wrong with the fields of material. */
export function checkMaterial(fields, read, report, rules) {
  const { plan: wordings } = rules.wordings;
  read.text("purpose");
  read.text("audience");
  const { actions, no_actions: otherwise } = rules.plan;
  checkIds("supports", fields, read, report, actions, wordings.unknown_action, wordings.twice, actions.length ? "" : otherwise);
}

/** Report the KLE numbers of a page that have not the form of one. */
export function checkKle(fields, read, report, rules) {
  const { not_number: notNumber, twice } = rules.wordings.kle;
  const found = new Set();
  for (const [value, line] of texts("kle", fields, read)) {
    if (found.has(value)) report("kle", twice, { value }, line);
    else if (!matchesAll(rules.patterns.kle, value)) report("kle", notNumber, { value }, line);
    else found.add(value);
  }
}

function checkIds(key, fields, read, report, known, unknown, twice, otherwise) {
  const found = new Set();
  for (const [value, line] of texts(key, fields, read)) {
    if (!known.includes(value)) report(key, unknown, { value, suggestion: suggestion(value, known, otherwise) }, line);
    else if (found.has(value)) report(key, twice, { key, value }, line);
    else found.add(value);
  }
}

/** Return the texts of a list, or the only text, each with its line, as Python's `texts_with_lines` does. */
export function texts(key, fields, read) {
  const field = fields.get(key);
  if (!field || field.value === UNREAD) return [];
  if (typeof field.value === "string") return field.value ? [[field.value, field.line]] : [];
  return read.texts(key).map((text, number) => [text, field.itemLines[number]]);
}
