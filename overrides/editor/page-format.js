// The format in which Decap reads and writes pages: a file is parsed into fields, and written back with only the changed
// fields' lines changed, and every other byte as it was.
//
// Decap's own format (3.16.3) rewrites all front matter with its own quotes, order and line breaks, and drops the comments.
// This one passes the original text through Decap as one more value that no widget shows. When a page is saved, the fields
// are compared with those of the original text to find out which have changed.

const ORIGINAL = "original";
const PRESENT = "present"; // the keys in the page's front matter, for the `filter` of a collection
const KEY = /^(["']?)([A-Za-z_][\w-]*)\1[ \t]*:(?=[ \t]|$)/;
const COMMENT = /^[ \t]*(?:#.*)?$/s;

/** A format for `CMS.registerCustomFormat`. `kinds` is `text`, `date` or `list`, by key. */
export function pageFormat(kinds) {
  return {
    fromFile: (raw) => read(String(raw), kinds),
    toFile: (data, order) => withoutAddedLineEnding(write(data, order, kinds)),
  };
}

/** The same format with the fields in `order`, and those that are in a group of their own (`facts`) in that group. */
export function withFacts(format, names, order) {
  const isFact = (name) => names.includes(name);
  return {
    fromFile: (raw) => {
      const entries = Object.entries(format.fromFile(raw));
      return { ...Object.fromEntries(entries.filter(([name]) => !isFact(name))), facts: Object.fromEntries(entries.filter(([name]) => isFact(name))) };
    },
    toFile: ({ facts, ...data }) => format.toFile({ ...data, ...facts }, order),
  };
}

/** The same format with the title, which is the first line of the body, as a field of its own. */
export function withTitle(format) {
  const bodyOf = (data) => {
    const original = data[ORIGINAL] === undefined ? "" : format.fromFile(data[ORIGINAL]).body;
    const { mark, title, gap, text } = titled(original);
    const [newTitle, newText] = [(data.title ?? "").trim(), core(data.body ?? "")];
    if (newTitle === title && newText === text) return original;
    return newTitle ? mark + newTitle + (newText && !gap.includes("\n") ? "\n\n" : gap) + newText : newText;
  };
  return {
    fromFile: (raw) => {
      const data = format.fromFile(raw);
      const { title, text } = titled(data.body);
      return title ? { ...data, title, body: text } : data;
    },
    toFile: (data, order) => format.toFile({ ...data, body: bodyOf(data) }, order),
  };
}

/** Split a body into its title, with what stands before and after it, and the text below. The title is empty if the body begins with anything else. */
function titled(body) {
  const [all = "", mark = "# ", title = "", gap = "\n\n"] = /^(#[ \t]+)([^\s](?:[^\n]*[^\s])?)([^\S\n]*(?:\n+|$))/.exec(body) ?? [];
  return { mark, title, gap, text: body.slice(all.length) };
}

// Decap (3.16.3) adds a line ending to a text without one, which it detects with `slice(-1)`.
export function withoutAddedLineEnding(text) {
  return text.endsWith("\n") ? text : Object.assign(new String(text), { slice: () => "\n" });
}

/** Return the fields of a page's text, as Decap edits them. Empty fields are left out. */
export function read(text, kinds) {
  const page = parts(text);
  const data = { [ORIGINAL]: text, [PRESENT]: [...page.fields.keys()], body: bodyText(page.body) };
  for (const [key, field] of page.fields) {
    const value = key in kinds ? valueOf(field, kinds[key]).value : undefined;
    if (!isEmpty(value)) data[key] = value;
  }
  return data;
}

/** Return the text of a page from its fields. `order` is that of the keys of a new page. */
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
  const gap = head && !/[\r\n]$/.test(head) ? page.lineEnding : "";
  return head + gap + changedBody(page, core(data.body ?? ""));
}

function newPage(data, keys, kinds) {
  const placeholders = { department: data.department, question: data.title, title: data.title, reviewed: data.reviewed, review_by: data.review_by };
  // Fills in the template like `string.Template` in kanalstrategi/content/page_template.py.
  const placeholder = /\$(?:(\$)|(department|question|title|reviewed|review_by)(?!\w)|\{(department|question|title|reviewed|review_by)\})/g;
  const filled = (text) => text.replace(placeholder, (all, dollar, bare, braced) => dollar ?? placeholders[bare ?? braced] ?? all);
  const lines = keys
    .filter((key) => !isEmpty(data[key]))
    .map((key) => fieldText(key, kinds[key] === "text" ? filled(data[key]) : data[key], kinds[key], "\n"));
  return `---\n${lines.join("")}---\n\n${filled(core(data.body ?? ""))}\n`;
}

// Splitting a page into front matter, fields and body

function linesOf(text) {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

function bare(line) {
  return line.replace(/[\r\n]+$/, "");
}

function lineEndingOf(line) {
  return line.slice(bare(line).length);
}

/** Return the lines of the front matter, with both of its rulers, those of the body, the fields, and the usual line ending. */
function parts(text) {
  const lines = linesOf(text);
  const isRuler = (line, number) => number > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(bare(line));
  const opens = /^\uFEFF?---[ \t]*[\r\n]/.test(lines[0] ?? "");
  const end = opens ? lines.findIndex(isRuler) : -1;
  const head = lines.slice(0, end + 1);
  const ends = lines.map(lineEndingOf).filter(Boolean);
  const lineEnding = ["\n", "\r\n", "\r"].sort((a, b) => count(ends, b) - count(ends, a))[0];
  return { head, body: lines.slice(end + 1), fields: fieldsOf(head), lineEnding };
}

function count(items, wanted) {
  return items.filter((item) => item === wanted).length;
}

/** Return the lines of each key in the front matter. If a key is there twice, the last one counts, as in YAML. */
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
    // The lines after a key belong to it, except for trailing comments and empty lines.
    if (field && (key || !COMMENT.test(line))) field.lines = head.slice(field.start, number + 1);
  }
  return fields;
}

// Parsing and writing values

/**
 * Return the value of a field and its position: `from` and `to` in its only line, or `items` with the line of each.
 * A text in a YAML form that is not supported here is returned as it is written.
 */
function valueOf(field, kind) {
  const [first, ...more] = field.lines.map(bare);
  const inline = first.slice(field.colon);
  const rest = more.filter((line) => !COMMENT.test(line));
  if (kind === "list") {
    if (!rest.length) return listOnOneLine(inline);
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

/** Return a value on one line, plain or in quotes, with its position; null if it has another form. */
function scalar(text) {
  const from = /^[ \t]*/.exec(text)[0].length;
  const written = text.slice(from);
  let found;
  if (COMMENT.test(written)) return { value: "", from: 0, to: 0 };
  if ((found = /^"((?:[^"\\]|\\.)*)"(?=[ \t]*$|[ \t]+#)/s.exec(written))) {
    if (/\\[^"\\/bnrtu]/.test(found[1].replace(/\\\\/g, ""))) return null; // YAML has escapes that JSON lacks
    if (/\\u(?![0-9a-fA-F]{4})/.test(found[1].replace(/\\\\/g, ""))) return null;
    const value = JSON.parse(`"${found[1].replace(/[\u0000-\u001f]/g, (character) => `\\u${hex(character)}`)}"`);
    return { value, from, to: from + found[0].length, quote: '"' };
  }
  if ((found = /^'((?:[^']|'')*)'(?=[ \t]*$|[ \t]+#)/.exec(written))) {
    return { value: found[1].replaceAll("''", "'"), from, to: from + found[0].length, quote: "'" };
  }
  let end = /[ \t]#/.exec(written)?.index ?? written.length;
  while (" \t".includes(written[end - 1])) end -= 1;
  found = written.slice(0, end);
  if (/^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?:[ \t]|$))|:[ \t]|:$/.test(found)) return null;
  return { value: /^(?:~|null|Null|NULL)$/.test(found) ? "" : found, from, to: from + found.length };
}

/** Return the texts of a list on one line. A text that is no list is one of one. */
function listOnOneLine(text) {
  const found = /^[ \t]*\[([^[\]{}"'#:]*)\][ \t]*(?:#.*)?$/s.exec(text);
  if (!found) {
    if (COMMENT.test(text)) return { value: [] };
    const only = scalar(text)?.value;
    return only === undefined ? {} : { value: [only] };
  }
  return { value: found[1].split(",").map((item) => item.trim()).filter(Boolean) };
}

/** Return a text over several lines, if all have the same indentation and none is empty; otherwise null. */
function folded(inline, more) {
  const block = /^[ \t]*([>|])[-+]?[ \t]*$/.exec(inline);
  const lines = block ? more : [inline, ...more];
  const indent = /^[ ]+/.exec(more[0] ?? "")?.[0];
  if (!indent || more.some((line) => !line.startsWith(indent) || /^\s/.test(line.slice(indent.length)) || !line.trim())) return null;
  if (!block && lines.some((line) => /[ \t]#|:[ \t]|:$|^[ \t]*[,[\]{}&*!|>'"%@`#?-]/.test(line))) return null;
  return lines.map((line) => line.trim()).join(block?.[1] === "|" ? "\n" : " ").trim();
}

function isEmpty(value) {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
}

function isSame(one, other) {
  return isEmpty(one) ? isEmpty(other) : JSON.stringify(one) === JSON.stringify(other);
}

function changedHead(page, changed, keys, data, kinds) {
  const lines = page.head.length ? [...page.head] : [`---${page.lineEnding}`, `---${page.lineEnding}${page.lineEnding}`];
  for (const key of changed) {
    const field = page.fields.get(key);
    const value = data[key];
    if (!field) {
      const before = keys.slice(0, keys.indexOf(key)).findLast((name) => page.fields.has(name));
      const { start, lines: previousLines } = before ? page.fields.get(before) : { start: 0, lines: [0] };
      lines[start + previousLines.length - 1] += fieldText(key, value, kinds[key], page.lineEnding);
      continue;
    }
    const tail = lines[field.start + field.lines.length - 1].slice(field.lines.at(-1).length); // new fields that the branch above has appended to this one
    lines.fill("", field.start, field.start + field.lines.length);
    lines[field.start] = (isEmpty(value) ? "" : changedField(key, field, value, kinds[key], page.lineEnding)) + tail;
  }
  return lines.join("");
}

/** Return a field's lines with a new value. Comments, the kind of quotes and unchanged list items stay as they are. */
function changedField(key, field, value, kind, lineEnding) {
  const old = valueOf(field, kind);
  const [first] = field.lines;
  if (old.isBlock) {
    const lines = new Map(old.items.map((item, number) => [old.value[number], item[0] + lineEnding]));
    const [, dash] = old.items[0];
    return first + value.map((item) => lines.get(item) ?? `${dash}${scalarText(item)}${lineEnding}`).join("");
  }
  if (old.to > old.from) {
    return first.slice(0, old.from) + scalarText(value, kind, old.quote) + first.slice(old.to);
  }
  return fieldText(key, value, kind, lineEnding);
}

function fieldText(key, value, kind, lineEnding) {
  if (kind !== "list") return `${key}: ${scalarText(value, kind)}${lineEnding}`;
  return `${key}:${lineEnding}${value.map((item) => `  - ${scalarText(item)}${lineEnding}`).join("")}`;
}

/** Return a value as YAML 1.1 that reads back as the same text, whatever characters it has. */
function scalarText(value, kind = "text", quote = "") {
  const text = String(value);
  if (kind === "date" && /^\d{4}-\d\d-\d\d$/.test(text)) return text;
  const isWord = /^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text);
  const isPlain = /^\p{L}(?:[\p{L}\p{N} ,.()/&%+’»«–-]|:(?=[^ ]))*$/u.test(text) && !/[ :]$/.test(text);
  if (!quote && isPlain && !isWord) return text;
  if (quote === "'" && /^[\p{L}\p{N}\p{P} +=<>|$^~`]*$/u.test(text)) return `'${text.replaceAll("'", "''")}'`;
  // JSON is valid YAML, except for characters that YAML 1.1 treats as line breaks or does not allow.
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${hex(character)}`);
}

function hex(character) {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}

// The body. Decap gets it without the empty lines around it, and with "\n" as line ending.

function core(text) {
  return text.replace(/\r\n|\r/g, "\n").replace(/^\n+|\n+$/g, "");
}

function bodyText(lines) {
  return core(lines.join(""));
}

/** Return the body with a new text. Unchanged lines keep their line endings. */
function changedBody(page, text) {
  const isBlank = (line) => bare(line) === "";
  const first = page.body.findIndex((line) => !isBlank(line));
  const last = page.body.findLastIndex((line) => !isBlank(line));
  const [before, old, after] =
    first < 0 ? [page.body, [], []] : [page.body.slice(0, first), page.body.slice(first, last + 1), page.body.slice(last + 1)];
  const lines = text.split("\n");
  const ends = new Map();
  for (const line of old) ends.set(bare(line), [...(ends.get(bare(line)) ?? []), lineEndingOf(line)]);
  const endOf = (line) => ends.get(line)?.shift() || page.lineEnding;
  const lastEnding = old.length ? lineEndingOf(old.at(-1)) : page.lineEnding;
  const written = text ? lines.map((line, number) => line + (number < lines.length - 1 ? endOf(line) : lastEnding)) : [];
  return [...before, ...written, ...after].join("");
}
