// What a guideline's section has to confirm after an adoption, and what the attribute list of its heading says: on which day it has been, and
// whether the department uses the channel at all.

import { slug } from "../slug.js";

const LIST = / \{(:?)([^{}\n]*)\} *$/;
const ID = /(?:^|\s)(?:#|id=["']?)([^\s#.="']+)/;
const CONFIRMED = /\s+confirmed=(?:"[^"]*"|'[^']*'|[^\s"'=]+)/;
const UNUSED = /\s+used=(?:"no"|'no'|no(?![^\s]))/;
const DAY = /confirmed=["']?([0-9]{4}-[0-9]{2}-[0-9]{2})["']?(?=\s|$)/;
const CALL = /\{\{\s*(rules?)\(\s*["']([\w-]+)["']\s*\)\s*\}\}/g;

/** Return the changes of rules that a section shows. `number` is that of its heading among the parts, and `adoption` what the build has written. */
export function changesOf(parts, number, adoption) {
  const heading = parts[number];
  if (!adoption || heading.level !== 2 || !adoption.groups.includes(idOf(heading))) return [];
  const end = parts.findIndex((part, position) => position > number && part.kind === "heading" && part.level <= 2);
  const calls = parts.slice(number + 1, end < 0 ? parts.length : end).flatMap((part) => [...part.lines.join("\n").matchAll(CALL)]);
  const shown = (name) => calls.filter(([, called]) => called === name).map(([, , id]) => id);
  const [channels, rules] = [shown("rules"), shown("rule")];
  return adoption.changes.filter((change) => rules.includes(change.rule) || change.channels.some((id) => channels.includes(id)));
}

/** Return the day on which a section was confirmed, given its heading, or an empty text. */
export function confirmedOn({ lines: [line] }) {
  return DAY.exec(listOf(line)?.inside ?? "")?.[1] ?? "";
}

/** Return a heading with the day on which its section was confirmed, or without one if it is empty. All else is written as it was. */
export function confirmedHeading(part, day) {
  const [line] = part.lines;
  const opened = part.opened ?? line;
  const written = day ? withDay(line, day) : confirmedOn({ lines: [opened] }) ? withoutDay(line) : opened;
  return { ...part, opened, lines: [written] };
}

/** Return the line of a heading without the day on which its section was confirmed. */
export function withoutDay(line) {
  return without(line, CONFIRMED);
}

function without(line, attribute) {
  const list = listOf(line);
  if (!list || !attribute.test(` ${list.inside}`)) return line;
  const inside = ` ${list.inside}`.replace(attribute, "").slice(1);
  return inside.trim() ? line.slice(0, list.start) + inside + line.slice(list.end) : line.slice(0, list.opening) + line.slice(list.end + 1);
}

/** Whether a heading says that the department does not use the channel. */
export function isUnused({ lines: [line] }) {
  return UNUSED.test(` ${listOf(line)?.inside ?? ""}`);
}

/** Return a heading that says so, or one that does not. All else is written as it was. */
export function unusedHeading(part, isUnusedNow) {
  const change = (line) => {
    const plain = without(line, UNUSED);
    return isUnusedNow ? withAttribute(plain, "used=no") : plain;
  };
  return { ...part, ...(part.opened !== undefined && { opened: change(part.opened) }), lines: [change(part.lines[0])] };
}

function withDay(line, day) {
  return withAttribute(withoutDay(line), `confirmed=${day}`);
}

function withAttribute(plain, written) {
  const list = listOf(plain);
  if (!list) return `${plain} {: ${written} }`;
  const after = list.start + list.inside.trimEnd().length;
  return `${plain.slice(0, after)} ${written}${plain.slice(after)}`;
}

/** Return the id of a heading. */
export function idOf(heading) {
  return ID.exec(listOf(heading.lines[0])?.inside ?? "")?.[1] ?? slug(heading.title);
}

/** Return where the attribute list at the end of a heading begins and ends, inside its braces, and what stands there; null if there is none. */
function listOf(line) {
  const found = LIST.exec(line);
  if (!found || !found[2].trim() || !(found[1] || /^\s*[#.]|=/.test(found[2]))) return null;
  const start = found.index + 2 + found[1].length;
  return { opening: found.index, start, end: start + found[2].length, inside: found[2] };
}
