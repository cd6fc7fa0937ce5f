// Checks macro calls: their syntax, and the name, the number and the words of those that can be read (kanalstrategi/checks/macro_calls.py).

import { inEdition } from "./editions.js";
import { suggestion } from "./suggestions.js";
import { filled } from "./wording.js";
import { CALL } from "./macro-text.js";

const LIST_LINE = /^[ \t>]*\{([^{}\n]*)\}[^\S\n]*$/gm;

/** Return the diagnostics for the macro calls that cannot be read. */
export function checkSyntax(diagnostics, rules) {
  const names = Object.keys(rules.macros);
  return diagnostics.map(({ line, message, hint, macro }) => {
    if (!macro) return { line, message, hint };
    if (!known(macro, rules)) return { line, ...unknown(macro, names, rules) };
    return { line, message, hint: filled(rules.wordings.calls.example, { example: rules.macros[macro].example }).hint };
  });
}

/** Return the diagnostics for the calls on certain lines. */
export function checkCalls(path, text, lines, calls, rules) {
  const certain = new Map(lines.filter((line) => line.hasCalls).map((line) => [line.number, line.text]));
  return calls.flatMap((call) => {
    const mistake = certain.get(call.line)?.includes(CALL) ? mistakeIn(call, path, text, rules) : null;
    return mistake ? [{ line: call.line, ...mistake }] : [];
  });
}

function mistakeIn({ name, arguments: words }, path, text, rules) {
  if (!known(name, rules)) return unknown(name, Object.keys(rules.macros), rules);
  const macro = rules.macros[name];
  if (words.length < macro.required || (macro.most !== null && words.length > macro.most)) {
    return filled(rules.wordings.calls.arguments, { name, example: macro.example });
  }
  const vocabulary = macro.vocabulary === null ? null : rules.vocabularies[macro.vocabulary];
  if (!vocabulary || changes(vocabulary, path, text, rules)) return null;
  for (const word of macro.most === null ? words : words.slice(0, 1)) {
    const plain = vocabulary.ignores_case ? word.toLowerCase() : word;
    if (vocabulary.words.includes(plain) || vocabulary.former.includes(plain)) continue;
    const { message, hint } = filled(vocabulary.wording, { word });
    return { message, hint: suggestion(plain, vocabulary.words, hint) };
  }
  return null;
}

/** Whether the words may be others once this page is saved, or are those of another edition than the one in force. */
function changes(vocabulary, path, text, rules) {
  if (inEdition(path, rules).folder) return true;
  if (vocabulary.folders.includes("*")) return rules.passage_pages.includes(path) || definesPassage(text);
  return vocabulary.folders.some((folder) => path.startsWith(`${folder}/`));
}

/** Whether an attribute list may give a paragraph an id, so that it can be quoted. */
function definesPassage(text) {
  return [...text.matchAll(LIST_LINE)].some(([, list]) => list.includes("#") || list.includes("id"));
}

function known(name, rules) {
  return Object.hasOwn(rules.macros, name);
}

function unknown(name, names, rules) {
  return filled(rules.wordings.calls.unknown, { name, suggestion: suggestion(name, names) });
}
