// Finds the lines of a page that are certainly text to Markdown, so that what stands in them is what readers get. Markdown is read by a
// parser that no browser has, so wherever a line may be code, HTML, a table or a definition, it is left alone.

import { CALL, LINE_FILLER } from "./macro-text.js";

const SIMPLE_LINK = /(?:(!)|(?<![\]!]))\[([^[\]\n]*)\]\(([^\s()<>[\]{}\\"'`&|*~^%\u0002\u0004]*)\)/gu;
const MARKERS = /^[ ]*(?:(?:[-*+>:]|[0-9]{1,9}[.)])(?:[ ]+|$))*/;
const VOID_TAG = /^<(?:br|hr|wbr|img)\b/i;
const MAX_DEPTH = 34; // a page's elements may be 40 deep
const MAX_BARS = 2000; // of tables; one that is too large ends the page

/**
 * Return the certain lines, each with its number, its text, its simple links (`isImage`, `text`, `target`), and whether calls in it are
 * certainly calls. Lines that belong together are looked at together.
 */
export function certainLines(text) {
  const lines = text.split("\n");
  const result = [];
  if (count(text, /\|/g) > MAX_BARS) return result;
  let openTags = 0;
  for (let start = 0; start < lines.length; ) {
    if (isBlank(lines[start])) {
      start += 1;
      continue;
    }
    let end = start;
    while (end < lines.length && !isBlank(lines[end])) end += 1;
    const chunk = lines.slice(start, end).join("\n");
    openTags += (chunk.match(/<[a-z][^\s<>]*/gi) ?? []).filter((tag) => !VOID_TAG.test(tag)).length;
    if (mayGoOn(chunk) || depth(chunk) + openTags > MAX_DEPTH) break;
    if (!/[`<\\|\t&]|\]:|!!!/.test(chunk)) result.push(...linesOf(chunk, start + 1));
    start = end;
  }
  return result;
}

function linesOf(chunk, first) {
  const rest = chunk.replace(SIMPLE_LINK, (link, mark, label) => (label.includes(CALL) && mark ? link : ""));
  const hasLinks = !rest.includes("![");
  const hasCalls = hasLinks && !rest.includes("](");
  let isText = true;
  return chunk.split("\n").flatMap((text, offset) => {
    if (!text.trimStart().startsWith(LINE_FILLER)) isText = !/ {4}/.test(MARKERS.exec(text)[0]);
    if (!isText) return [];
    const links = [...text.matchAll(SIMPLE_LINK)].map(([, mark, label, target]) => ({ isImage: mark === "!", text: label, target }));
    const isFootnote = (link) => link.text.startsWith("^");
    return [{ number: first + offset, text, links: hasLinks && !links.some(isFootnote) ? links : [], hasCalls }];
  });
}

/** Whether the lines may begin something that goes on after the next empty line: code between fences, or some kinds of HTML. */
function mayGoOn(chunk) {
  if (/`{3}|~{3}/.test(chunk)) return true;
  return /<(?:script|pre|style|textarea|!|\?)/i.test(withoutNotes(chunk));
}

function withoutNotes(chunk) {
  const [text, ...notes] = chunk.split("<!--");
  const rest = notes.map((note) => (note.includes("-->") ? note.slice(note.indexOf("-->") + 3) : `<!${note}`));
  return text + rest.join("");
}

/** Return more than the number of elements that can be inside each other in these lines. */
function depth(chunk) {
  const columns = chunk.split("\n").map((line) => /^[\s>*+\-.:)0-9]*/.exec(line)[0].length);
  return Math.max(...columns) + count(chunk, /[*_~]/g) / 2;
}

function isBlank(line) {
  return /^[ \t]*$/.test(line);
}

function count(text, pattern) {
  return (text.match(pattern) ?? []).length;
}
