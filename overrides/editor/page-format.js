// A page between Decap and its file: read into fields, and written back with the lines of
// what was changed, and no other byte, changed.
//
// Decap's own format (3.16.3) writes all front matter anew: its own quotes, order and line
// breaks, no comments. Here the text that was read goes through Decap with the fields, as one
// more value that no widget shows; what a field would read as in it tells whether it was changed.

const ORIGINAL = "original";
const PRESENT = "present"; // the keys that the page has, for the `filter` of a collection
const KEY = /^(["']?)([A-Za-z_][\w-]*)\1[ \t]*:(?=[ \t]|$)/;
const COMMENT = /^[ \t]*(?:#.*)?$/s;

/** A format for `CMS.registerCustomFormat`. `kinds` is `text`, `date` or `list`, by key. */
export function pageFormat(kinds) {
  return {
    fromFile: (raw) => read(String(raw), kinds),
    toFile: (data, order) => withoutAddedLineEnd(write(data, order, kinds)),
  };
}

// Decap (3.16.3) adds a line end to what has none, and asks `slice(-1)` for it.
function withoutAddedLineEnd(text) {
  return text.endsWith("\n") ? text : Object.assign(new String(text), { slice: () => "\n" });
}

export function read(text, kinds) {
  const page = parts(text);
  const data = { [ORIGINAL]: text, [PRESENT]: [...page.fields.keys()], body: bodyText(page.body) };
  for (const [key, field] of page.fields) {
    const value = key in kinds ? valueOf(field, kinds[key]).value : undefined;
    if (!isEmpty(value)) data[key] = value;
  }
  return data;
}

export function write(data, order, kinds) {
  const keys = order.filter((key) => key in kinds);
  if (data[ORIGINAL] === undefined) return newPage(data, keys, kinds);
  const page = parts(data[ORIGINAL]);
  const changed = keys.filter((key) => {
    const field = page.fields.get(key);
    return !isSame(field && valueOf(field, kinds[key]).value, data[key]);
  });
  const head = changed.length ? changedHead(page, changed, keys, data, kinds) : page.head.join("");
  if (isSame(bodyText(page.body), core(data.body ?? ""))) return head + page.body.join("");
  const gap = head && !/[\r\n]$/.test(head) ? page.lineEnd : "";
  return head + gap + changedBody(page, core(data.body ?? ""));
}

function newPage(data, keys, kinds) {
  const facts = { department: data.department, reviewed: data.reviewed, review_by: data.review_by };
  // As `string.Template` in macros/new_page.py does it.
  const sign = /\$(?:(\$)|(department|reviewed|review_by)(?!\w)|\{(department|reviewed|review_by)\})/g;
  const filled = (text) => text.replace(sign, (all, dollar, bare, braced) => dollar ?? facts[bare ?? braced] ?? all);
  const lines = keys
    .filter((key) => !isEmpty(data[key]))
    .map((key) => fieldText(key, kinds[key] === "text" ? filled(data[key]) : data[key], kinds[key], "\n"));
  return `---\n${lines.join("")}---\n\n${filled(core(data.body ?? ""))}\n`;
}

// The parts of a page

function linesOf(text) {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

function bare(line) {
  return line.replace(/[\r\n]+$/, "");
}

function lineEndOf(line) {
  return line.slice(bare(line).length);
}

/** Lines of front matter (both rulers included) and body, and the fields of the former. */
function parts(text) {
  const lines = linesOf(text);
  const isRuler = (line, number) => number > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(bare(line));
  const opens = /^\uFEFF?---[ \t]*[\r\n]/.test(lines[0] ?? "");
  const end = opens ? lines.findIndex(isRuler) : -1;
  const head = lines.slice(0, end + 1);
  const ends = lines.map(lineEndOf).filter(Boolean);
  const lineEnd = ["\n", "\r\n", "\r"].sort((a, b) => count(ends, b) - count(ends, a))[0];
  return { head, body: lines.slice(end + 1), fields: fieldsOf(head), lineEnd };
}

function count(items, wanted) {
  return items.filter((item) => item === wanted).length;
}

/** Where each key's lines stand in the front matter. Of a key that stands twice, the last, as YAML has it. */
function fieldsOf(head) {
  const fields = new Map();
  let field = null;
  for (let number = 1; number < head.length - 1; number++) {
    const line = bare(head[number]);
    const key = KEY.exec(line);
    if (key) {
      field = { start: number, lines: [], colon: key[0].length };
      fields.set(key[2], field);
    }
    // What follows belongs to a key up to its last line that says something.
    if (field && (key || !COMMENT.test(line))) field.lines = head.slice(field.start, number + 1);
  }
  return fields;
}

// Values

/**
 * What a field says, and where: `from` and `to` in its only line, or `items` with the line of each.
 * A text in a form that is not read here shows as it is written.
 */
function valueOf(field, kind) {
  const [first, ...more] = field.lines.map(bare);
  const inline = first.slice(field.colon);
  const rest = more.filter((line) => !COMMENT.test(line));
  if (kind === "list") {
    if (!rest.length) return flowList(inline);
    const items = more.filter((line) => !COMMENT.test(line)).map((line) => /^([ ]*-[ \t]+)(.*)$/s.exec(line));
    const values = items.map((item) => item && scalar(item[2])?.value);
    if (!COMMENT.test(inline) || values.some((value) => typeof value !== "string")) return {};
    return { value: values, items, isBlock: true };
  }
  if (!rest.length) {
    const found = scalar(inline);
    if (found) return { ...found, from: field.colon + found.from, to: field.colon + found.to };
  }
  return { value: folded(inline, more) ?? [inline, ...more].join("\n").trim() };
}

/** A value on one line: plain, or in quotes. */
function scalar(text) {
  const from = /^[ \t]*/.exec(text)[0].length;
  const written = text.slice(from);
  let found;
  if (COMMENT.test(written)) return { value: "", from: 0, to: 0 };
  if ((found = /^"((?:[^"\\]|\\.)*)"(?=[ \t]*$|[ \t]+#)/s.exec(written))) {
    if (/\\[^"\\/bnrtu]/.test(found[1].replace(/\\\\/g, ""))) return null; // YAML has more escapes than JSON
    if (/\\u(?![0-9a-fA-F]{4})/.test(found[1].replace(/\\\\/g, ""))) return null;
    const value = JSON.parse(`"${found[1].replace(/[\u0000-\u001f]/g, (sign) => `\\u${hex(sign)}`)}"`);
    return { value, from, to: from + found[0].length, quote: '"' };
  }
  if ((found = /^'((?:[^']|'')*)'(?=[ \t]*$|[ \t]+#)/.exec(written))) {
    return { value: found[1].replaceAll("''", "'"), from, to: from + found[0].length, quote: "'" };
  }
  found = /^.*?(?=[ \t]+#|[ \t]*$)/s.exec(written)[0];
  if (/^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?:[ \t]|$))|:[ \t]|:$/.test(found)) return null;
  return { value: /^(?:~|null|Null|NULL)$/.test(found) ? "" : found, from, to: from + found.length };
}

function flowList(text) {
  const found = /^[ \t]*\[([^[\]{}"'#:]*)\][ \t]*(?:#.*)?$/s.exec(text);
  if (!found) return COMMENT.test(text) ? { value: [] } : {};
  return { value: found[1].split(",").map((item) => item.trim()).filter(Boolean) };
}

/** A text over several lines, where they have one indentation and none is empty. */
function folded(inline, more) {
  const block = /^[ \t]*([>|])[-+]?[ \t]*$/.exec(inline);
  const lines = block ? more : [inline, ...more];
  const indent = /^[ ]+/.exec(more[0] ?? "")?.[0];
  if (!indent || more.some((line) => !line.startsWith(indent) || /^\s/.test(line.slice(indent.length)) || !line.trim())) return null;
  if (!block && lines.some((line) => /[ \t]#|:[ \t]|:$|^[ \t]*[,[\]{}&*!|>'"%@`#?-]/.test(line))) return null;
  return lines.map((line) => line.trim()).join(block?.[1] === "|" ? "\n" : " ");
}

function isEmpty(value) {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
}

function isSame(one, other) {
  return isEmpty(one) ? isEmpty(other) : JSON.stringify(one) === JSON.stringify(other);
}

function changedHead(page, changed, keys, data, kinds) {
  const lines = page.head.length ? [...page.head] : [`---${page.lineEnd}`, `---${page.lineEnd}${page.lineEnd}`];
  for (const key of changed) {
    const field = page.fields.get(key);
    const value = data[key];
    if (!field) {
      const before = keys.slice(0, keys.indexOf(key)).findLast((name) => page.fields.has(name));
      const { start, lines: taken } = before ? page.fields.get(before) : { start: 0, lines: [0] };
      lines[start + taken.length - 1] += fieldText(key, value, kinds[key], page.lineEnd);
      continue;
    }
    const tail = lines[field.start + field.lines.length - 1].slice(field.lines.at(-1).length); // put there just above
    lines.fill("", field.start, field.start + field.lines.length);
    lines[field.start] = (isEmpty(value) ? "" : changedField(key, field, value, kinds[key], page.lineEnd)) + tail;
  }
  return lines.join("");
}

/** A field's lines with another value; comments, quotes and items that stay are kept. */
function changedField(key, field, value, kind, lineEnd) {
  const old = valueOf(field, kind);
  const [first] = field.lines;
  if (old.isBlock) {
    const lines = new Map(old.items.map((item, number) => [old.value[number], item[0] + lineEnd]));
    const [, dash] = old.items[0];
    return first + value.map((item) => lines.get(item) ?? `${dash}${scalarText(item)}${lineEnd}`).join("");
  }
  if (old.to > old.from) {
    return first.slice(0, old.from) + scalarText(value, kind, old.quote) + first.slice(old.to);
  }
  return fieldText(key, value, kind, lineEnd);
}

function fieldText(key, value, kind, lineEnd) {
  if (kind !== "list") return `${key}: ${scalarText(value, kind)}${lineEnd}`;
  return `${key}:${lineEnd}${value.map((item) => `  - ${scalarText(item)}${lineEnd}`).join("")}`;
}

/** A value in YAML 1.1, which reads back as the same text whatever it holds. */
function scalarText(value, kind = "text", quote = "") {
  const text = String(value);
  if (kind === "date" && /^\d{4}-\d\d-\d\d$/.test(text)) return text;
  const isWord = /^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text);
  const isPlain = /^\p{L}(?:[\p{L}\p{N} ,.()/&%+’»«–-]|:(?=[^ ]))*$/u.test(text) && !/[ :]$/.test(text);
  if (!quote && isPlain && !isWord) return text;
  if (quote === "'" && /^[\p{L}\p{N}\p{P} +=<>|$^~`]*$/u.test(text)) return `'${text.replaceAll("'", "''")}'`;
  // JSON is YAML but for the signs that YAML 1.1 breaks lines at or cannot hold.
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (sign) => `\\u${hex(sign)}`);
}

function hex(sign) {
  return sign.charCodeAt(0).toString(16).padStart(4, "0");
}

// The body, which an editor sees without the empty lines around it and with "\n" at the end of each line

function core(text) {
  return text.replace(/\r\n|\r/g, "\n").replace(/^\n+|\n+$/g, "");
}

function bodyText(lines) {
  return core(lines.join(""));
}

/** The body with another text; each line that stays keeps its line end. */
function changedBody(page, text) {
  const isBlank = (line) => bare(line) === "";
  const first = page.body.findIndex((line) => !isBlank(line));
  const last = page.body.findLastIndex((line) => !isBlank(line));
  const [before, old, after] =
    first < 0 ? [page.body, [], []] : [page.body.slice(0, first), page.body.slice(first, last + 1), page.body.slice(last + 1)];
  const lines = text.split("\n");
  const ends = new Map();
  for (const line of old) ends.set(bare(line), [...(ends.get(bare(line)) ?? []), lineEndOf(line)]);
  const endOf = (line) => ends.get(line)?.shift() || page.lineEnd;
  const written = text ? lines.map((line, number) => line + (number < lines.length - 1 ? endOf(line) : old.length ? lineEndOf(old.at(-1)) : page.lineEnd)) : [];
  return [...before, ...written, ...after].join("");
}
