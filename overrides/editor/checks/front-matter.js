// Reads the fields at the top of a page, as kanalstrategi/markdown/front_matter.py does. YAML has many forms; whatever has another than
// the usual ones is left to Python.

import { expression, lineBreaks } from "./wording.js";

const KEY = /^([A-Za-z_][A-Za-z0-9_-]*):(?: +(.*)|)$/s;
const ITEM = /^( *)- +(.*)$/s;
const NOTE = /^(?:#.*| *)$/s;
const READABLE = /^[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*$/u;
const PLAIN = /^(?![-?:,[\]{}#&*!|>'"%@`=<~])/;
const BLOCK = /^[>|]-?$/;
const ESCAPES = /^(?:[^\\]|\\["\\nt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*$/s;

export const UNREAD = Symbol("a text that is there, but not read");

/** Return a page's text split into its front matter, which is null if there is none, and its body, with empty lines in the place of it. */
export function splitPage(text, rules) {
  const match = expression(rules.patterns.front_matter, "y").exec(text);
  if (!match) return { front: null, body: text };
  return { front: match[1], body: "\n".repeat(lineBreaks(match[0])) + text.slice(match[0].length) };
}

/** Return the fields in a front matter, each with its value (a text, texts or `UNREAD`), its line and those of its texts; null if it has other forms than the usual ones. */
export function readFields(front, rules) {
  const { front_matter_lines: mostLines, front_matter_characters: mostCharacters } = rules.limits;
  if (lineBreaks(front) > mostLines || front.length > mostCharacters || !READABLE.test(front.replaceAll("\n", ""))) return null;
  const fields = new Map();
  const lines = front.split("\n").slice(0, -1);
  for (let number = 0; number < lines.length; ) {
    if (NOTE.test(lines[number])) {
      number += 1;
      continue;
    }
    const key = KEY.exec(lines[number]);
    if (!key || fields.has(key[1]) || key[1].length > 100) return null;
    let end = number + 1;
    while (end < lines.length && !KEY.test(lines[end]) && !NOTE.test(lines[end])) end += 1;
    const value = valueOf(trimmed(key[2] ?? ""), lines.slice(number + 1, end), lines[end]);
    if (value === null) return null;
    const first = number + 2;
    const itemLines = Array.isArray(value) ? value.map((_, item) => (end > number + 1 ? first + 1 + item : first)) : [first];
    fields.set(key[1], { value, line: first, itemLines });
    number = end;
  }
  return fields;
}

function valueOf(inline, below, next) {
  if (!below.length) return inline === "" ? "" : (flowList(inline) ?? scalar(inline));
  if (BLOCK.test(inline)) return isIndented(below) && (next === undefined || KEY.test(next)) ? UNREAD : null;
  if (inline !== "" || PLAIN.test(trimmed(below[0]))) return folded(inline, below);
  const items = below.map((line) => ITEM.exec(line));
  if (items.some((item) => !item || item[1] !== items[0][1])) return null;
  const texts = items.map((item) => scalar(trimmed(item[2])));
  return texts.includes(null) ? null : texts;
}

function isIndented(lines) {
  const indent = /^ */.exec(lines[0])[0];
  return indent.length > 0 && lines.every((line) => line.startsWith(indent) && line[indent.length] !== " ");
}

/** Return a plain text that goes on over several lines. */
function folded(inline, below) {
  const lines = [inline, ...below.map((line) => trimmed(line))].filter(Boolean);
  return isIndented(below) && lines.every(isPlain) ? lines.join(" ") : null;
}

function flowList(text) {
  const list = /^\[([^[\]{}"'#:&*!|>%@`?=<~]*)\]$/.exec(text);
  if (!list) return null;
  const items = list[1].split(",").map((item) => trimmed(item));
  if (items.length === 1 && items[0] === "") return [];
  return items.every((item) => /^[\p{L}\p{N}]/u.test(item)) ? items : null;
}

/** Return a text that stands on one line, plain or in quotes; null if it has another form. */
function scalar(text) {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(text);
  if (quoted) return ESCAPES.test(quoted[1]) ? JSON.parse(`"${quoted[1]}"`).normalize("NFC") : null;
  const single = /^'((?:[^']|'')*)'$/s.exec(text);
  if (single) return single[1].replaceAll("''", "'");
  return isPlain(text) ? text : null;
}

function isPlain(text) {
  return text !== "" && PLAIN.test(text) && !/ #|: |:$/.test(text);
}

/** Return a text without spaces at its ends. YAML counts no other white space there. */
function trimmed(text) {
  let [start, end] = [0, text.length];
  while (text[start] === " ") start += 1;
  while (end > start && text[end - 1] === " ") end -= 1;
  return text.slice(start, end);
}
