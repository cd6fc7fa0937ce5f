// Checks a page before it is saved, by the tables that the build has written (kanalstrategi/checks/browser_rules.py): whatever is said
// here, the real checks say with the same words. Where the browser cannot know, nothing is said.

import { checkCalls, checkSyntax } from "./calls.js";
import { checkFields, missingFields } from "./fields.js";
import { readFields, splitPage } from "./front-matter.js";
import { checkLinks } from "./links.js";
import { parseMacros } from "./macro-text.js";
import { certainLines } from "./page-text.js";
import { compare } from "./wording.js";

/** Return what is wrong with the text of the page at a path in `docs/`, sorted by line: `[{line, message, hint}]`. */
export function checkPage(path, text, rules) {
  const { front, body } = splitPage(incoming(text), rules);
  const fields = front === null ? null : readFields(front, rules);
  const macros = parseMacros(body, rules);
  const lines = certainLines(macros.text);
  const diagnostics = [
    ...(front === null ? missingFields(rules) : []),
    ...(fields ? checkFields(path, fields, rules) : []),
    ...checkSyntax(macros.diagnostics, rules),
    ...(macros.diagnostics.length ? [] : checkCalls(path, body, lines, macros.calls, rules)),
    ...checkLinks(path, lines, rules),
  ];
  const unique = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...unique.values()].sort((one, other) => one.line - other.line || compare(one.message, other.message) || compare(one.hint, other.hint));
}

/** Return a text as the program reads it (kanalstrategi/incoming_text.py). */
function incoming(text) {
  return text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").normalize("NFC");
}
