// Splits the text of a guideline into parts that the form can show: headings, the rules of a channel, decisions and text.
// Put together again, the parts are the same text, whatever it holds; a part that is not changed is written as it was.

import { asMarkdown, asPlainText } from "../plain-text.js";

/** The states of a decision, each with the mark in its brackets. */
export const MARKS = { open: " ", decided: "x", "not-relevant": "-" };
/** The states in words. */
export const STATES = { open: "Ikke besluttet", decided: "Besluttet", "not-relevant": "Ikke relevant" };

const HEADING = /^(#{1,6})[ \t]+(\S.*)$/;
const RULES = /^\{\{\s*rules\(\s*["']([\w-]+)["']\s*\)\s*\}\}[ \t]*$/;
const DECISION = /^([-*+][ \t]+\[)([ xX-])(\][ \t]+)(\S.*)$/;
const ATTRIBUTES = /^[ \t]+\{:([^{}]*)\}[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const CLOSING_FENCE = /^ {0,3}(`+|~+)[ \t]*$/;
const LEAD = /^([^:\n]{1,60}):[ \t]+(?=\S)/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const PROGRAM = /\{\{|\{%|\{#|%\}|#\}|\}\}/;

/** Return the state that a mark means. */
export function stateOf(mark) {
  return Object.keys(MARKS).find((state) => MARKS[state] === mark.toLowerCase());
}

/** Return the parts of a text, in order. Each has a `kind` and its `lines`. */
export function partsOf(text) {
  const lines = text.split("\n");
  const parts = [];
  let number = 0;
  const take = (kind, count, more = {}) => {
    parts.push({ kind, lines: lines.slice(number, number + count), line: number, ...more });
    number += count;
  };
  while (number < lines.length) {
    const line = lines[number];
    let found;
    if (!line.trim()) take("empty", 1);
    else if ((found = FENCE.exec(line))) take("fixed", lengthOfFence(lines, number, found[1]));
    else if (/^ {0,3}(?:<!--|\{#|\{%)/.test(line)) take("fixed", lengthUntil(lines, number, endOf(line)));
    else if ((found = HEADING.exec(line))) take("heading", 1, { level: found[1].length, title: titleOf(found[2]) });
    else if ((found = RULES.exec(line))) take("rules", 1, { channel: found[1] });
    else if ((found = DECISION.exec(line)) && (found = decisionAt(lines, number, found))) take("decision", found.count, found.decision);
    else {
      const count = lengthOfBlock(lines, number);
      take(isText(lines.slice(number, number + count)) ? "text" : "fixed", count);
    }
  }
  return parts;
}

/** Return the text that some parts are. */
export function textOf(parts) {
  return parts.flatMap((part) => part.lines).join("\n");
}

/** Return a decision with another state and answer. What is as it was in its file is written as it was. */
export function changedDecision(part, state, answer) {
  const { original } = part;
  const changed = { ...part, state, answer };
  const [first, ...rest] = original.head;
  const [, before, mark, after, written] = DECISION.exec(first);
  const newMark = state === original.state ? mark : MARKS[state];
  let head = [before + newMark + after + written, ...rest];
  let below = original.below;
  if (answer !== original.answer) {
    const [opening = "", ...paragraphs] = asMarkdown(answer).split("\n\n");
    if (original.inPlace && opening && !opening.includes("\n")) {
      head = [before + newMark + after + original.leadText + opening];
      below = indented(paragraphs.join("\n\n"));
    } else below = indented(asMarkdown(answer));
  }
  return { ...changed, lines: [...head, ...original.attributes, ...below] };
}

/** Return text with other lines: what has been typed into its field. It remembers the text that was opened. */
export function changedText(part, typed) {
  return { ...part, opened: part.opened ?? textOf([part]), typed, lines: typed.replace(/\r\n?/g, "\n").split("\n") };
}

/** Return a new decision with a question. */
export function newDecision(question) {
  const line = `- [ ] ${asMarkdown(question.replace(/\s+/g, " ").trim())}`;
  const { decision } = decisionAt([line], 0, DECISION.exec(line));
  return { kind: "decision", lines: [line], ...decision, isNew: true };
}

/** Whether a decision is said to be made, and nothing says what it is. */
export function lacksAnswer(part) {
  return part.kind === "decision" && part.state === "decided" && !part.answer.trim() && part.question.endsWith("?");
}

/**
 * Return how many decisions there are, how many of them are made, and the same of the most important ones. What is not relevant does not count
 * there, but is counted by itself.
 */
export function progressOf(parts) {
  const decisions = parts.filter((part) => part.kind === "decision");
  const relevant = decisions.filter((part) => part.state !== "not-relevant");
  const essential = relevant.filter((part) => part.isEssential);
  const decided = (some) => some.filter((part) => part.state === "decided" && !lacksAnswer(part)).length;
  return { count: relevant.length, decided: decided(relevant), essential: essential.length, essentialDecided: decided(essential), irrelevant: decisions.length - relevant.length };
}

/** Return how many lines from one on belong to a decision, and what it says; null if it has a form that is left alone. */
function decisionAt(lines, start, [, , mark, , written]) {
  let number = start + 1;
  const head = [lines[start]];
  while (number < lines.length && lines[number].trim() && !ATTRIBUTES.test(lines[number]) && !ITEM.test(lines[number]) && !HEADING.test(lines[number])) {
    head.push(lines[number++]);
  }
  const attributes = [];
  if (number < lines.length && ATTRIBUTES.test(lines[number])) attributes.push(lines[number++]);
  let end = number;
  for (let next = number; next < lines.length && (!lines[next].trim() || /^(?: {2}|\t)/.test(lines[next])); next++) {
    if (lines[next].trim()) end = next + 1;
  }
  const below = lines.slice(number, end);
  const all = [...head, ...below].join("\n");
  if (PROGRAM.test(all) || /<!--|^[ \t]{0,99}(?:```|~~~)/m.test(all) || (below.length && below[0].trim())) return null;
  const state = stateOf(mark);
  const question = shown([written, ...head.slice(1).map((line) => line.trim())].join(" "));
  const lead = LEAD.exec(written);
  const inPlace = Boolean(lead) && head.length === 1 && !below.length && state !== "open" && !question.endsWith("?");
  const markdown = inPlace ? written.slice(lead[0].length) : outdented(below);
  if (markdown === null) return null;
  const plain = markdown ? asPlainText(markdown) : "";
  if (plain === null) return null;
  const original = { head, attributes, below, state, answer: plain, inPlace, leadText: lead?.[0] ?? "" };
  const isEssential = attributes.some((line) => /(?:^|[\s:])kind=["']?essential["']?(?=[\s}]|$)/.test(line));
  const decision = { original, state, answer: plain, question: inPlace ? shown(lead[1]) : question, isEssential };
  return { count: end - start, decision };
}

/** Return the lines below a question without their indentation; null if they have different ones, or hold lists or code. */
function outdented(below) {
  const filled = below.filter((line) => line.trim());
  if (!filled.length) return "";
  if (filled.some((line) => !line.startsWith("    ") || line.startsWith("     "))) return null;
  if (below.some((line, number) => !line.trim() && !below[number + 1]?.trim())) return null; // empty lines that would not be written again
  return below.slice(1).map((line) => line.slice(4)).join("\n");
}

function indented(markdown) {
  return markdown ? ["", ...markdown.split("\n").map((line) => (line ? `    ${line}` : ""))] : [];
}

function lengthOfFence(lines, start, fence) {
  const closes = (line) => {
    const mark = CLOSING_FENCE.exec(line)?.[1] ?? "";
    return mark[0] === fence[0] && mark.length >= fence.length;
  };
  const end = lines.findIndex((line, number) => number > start && closes(line));
  return (end < 0 ? lines.length : end + 1) - start;
}

function endOf(line) {
  if (line.includes("<!--")) return /-->/;
  return /^ {0,3}\{#/.test(line) ? /#\}/ : /^ {0,3}\{%\s*raw/.test(line) ? /\{%\s*endraw\s*%\}/ : /$/;
}

function lengthUntil(lines, start, end) {
  const found = lines.findIndex((line, number) => number >= start && end.test(number === start ? line.replace(/^ {0,3}(?:<!--|\{#|\{%)/, "") : line));
  return (found < 0 ? start : found) + 1 - start;
}

/** Return how many lines there are from one on to the next empty line, heading, decision or anything else that is a part of its own. */
function lengthOfBlock(lines, start) {
  let end = start + 1;
  const isOwn = (line) => !line.trim() || HEADING.test(line) || RULES.test(line) || DECISION.test(line) || FENCE.test(line) || /^ {0,3}(?:<!--|\{#|\{%)/.test(line);
  while (end < lines.length && !isOwn(lines[end])) end += 1;
  return end - start;
}

/** Whether lines are text that may be shown as it is: neither macros, nor HTML, nor the indented inside of something else. */
function isText(lines) {
  return !lines.some((line) => PROGRAM.test(line) || /\{:/.test(line) || /^\s*</.test(line)) && !/^(?: {4}|\t|!!!|\?\?\?)/.test(lines[0]) && !DECISION.test(lines[0]);
}

/** Return the words of a heading, without the attribute list at its end. */
function titleOf(written) {
  const text = written.trimEnd();
  const list = text.endsWith("}") ? text.lastIndexOf("{") : -1;
  return shown(list > 0 ? text.slice(0, list).trimEnd() : text);
}

/** Return Markdown in the words that readers see, as far as that is simple; macros are not shown. */
function shown(markdown) {
  const plain = asPlainText(markdown);
  if (plain !== null) return plain;
  return markdown.replace(/\{\{[^{}\n]{0,500}\}\}|\{%[^%\n]{0,500}%\}|\{#[^#\n]{0,500}#\}/g, "…").replace(/!?\[([^\][\n]{0,500})\]\([^()\n]{0,2000}\)/g, "$1").replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, "").replace(/\\([^\w\s])/g, "$1");
}
