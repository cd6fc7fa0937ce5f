// The text of a goal's CSV file as rows of cells, and back: only what has been changed is written anew, and every other byte stays as it was.
// What can be in the file is said by kanalstrategi/content/measurements.py.

export const COLUMNS = ["periode", "værdi", "kilde", "bemærkning"];
const NEEDED = 3; // all but the note
const NEW_HEAD = COLUMNS.join(",");
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

/**
 * Return the file's `head` line, its `delimiter` and its other lines. A line is a `row` with its four values, a `text` that is no row, or `blank`.
 * Without a right head, all lines are texts.
 */
export function tableOf(text) {
  const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const [mark, first] = /^(\ufeff?)(.*)$/s.exec(lines[0] ?? "").slice(1);
  const delimiter = first.includes(";") ? ";" : ",";
  const names = (cellsOf(bare(first), delimiter) ?? []).map(({ value }) => collapsed(value));
  const isEmpty = !collapsed(text);
  const isKnown = names.length >= NEEDED && names.length <= COLUMNS.length && names.every((name, place) => name === COLUMNS[place]);
  const lineEnding = mostCommon(lines.map(endOf).filter(Boolean)) ?? "\n";
  const head = isKnown ? { mark, written: bare(first), end: endOf(first), columns: names.length } : null;
  const others = lines.slice(isKnown ? 1 : 0).map((line) => lineOf(line, delimiter, names.length, isKnown));
  return { original: text, isEmpty, head, delimiter, lineEnding, lines: isEmpty ? [] : others };
}

/** Return a new row without any values. */
export function newRow() {
  return { kind: "row", cells: null, values: ["", "", "", ""], end: null };
}

/** Return a line with another value in a column; a text has only one. */
export function withValue(line, column, value) {
  const text = value.replace(/[\r\n]+/g, " ");
  return line.kind === "text" ? { ...line, written: text } : { ...line, values: line.values.map((old, place) => (place === column ? text : old)) };
}

/** Return the lines with a new row after the last one that holds anything. */
export function withNewRow(lines) {
  const place = lines.findLastIndex((line) => line.kind !== "blank") + 1;
  return [...lines.slice(0, place), newRow(), ...lines.slice(place)];
}

/** Return the text of the file, and the number of the line in it that each line of the table has become (null for none). */
export function textOf({ original, isEmpty, head, delimiter, lineEnding, lines }) {
  const kept = lines.filter((line) => line.kind !== "row" || line.values.some((value) => collapsed(value)));
  if (isEmpty && !kept.length) return { text: original, numbers: lines.map(() => null) };
  const needsNote = head?.columns === NEEDED && kept.some((line) => line.kind === "row" && collapsed(line.values[NEEDED]));
  const written = [];
  if (isEmpty) written.push([NEW_HEAD, lineEnding]);
  else if (head) written.push([head.mark + head.written + (needsNote ? delimiter + COLUMNS[NEEDED] : ""), head.end]);
  const offset = written.length;
  for (const line of kept) written.push([line.kind === "row" ? rowText(line, delimiter, isEmpty || needsNote || head.columns > NEEDED) : line.written, line.end]);
  const hasLastEnding = isEmpty || !original || /[\r\n]$/.test(original);
  const text = written.map(([words, end], place) => {
    const isLast = place === written.length - 1;
    return words + (end || (isLast && !hasLastEnding ? "" : end === null || !isLast ? lineEnding : ""));
  });
  return { text: text.join(""), numbers: lines.map((line) => (kept.includes(line) ? kept.indexOf(line) + offset + 1 : null)) };
}

function lineOf(line, delimiter, columns, isKnown) {
  const [written, end] = [bare(line), endOf(line)];
  const cells = cellsOf(written, delimiter);
  if (!collapsed(written) || (isKnown && cells?.every(({ value }) => !collapsed(value)))) return { kind: "blank", written, end };
  const isExtra = ({ value }) => collapsed(value) !== "";
  if (!isKnown || !cells || cells.length < NEEDED || cells.slice(columns).some(isExtra)) return { kind: "text", written, end };
  return { kind: "row", cells, values: COLUMNS.map((_, place) => cells[place]?.value ?? ""), end };
}

/** Return a row as it is written: a cell that holds what it held is as it was. */
function rowText({ cells, values }, delimiter, hasNotes) {
  const old = cells ?? (hasNotes ? COLUMNS : COLUMNS.slice(0, NEEDED)).map(() => null);
  const count = values[NEEDED] && old.length <= NEEDED ? COLUMNS.length : old.length;
  const texts = Array.from({ length: count }, (_, place) => (old[place] && (place >= COLUMNS.length || old[place].value === values[place]) ? old[place].written : quoted(values[place], delimiter)));
  return texts.join(delimiter);
}

function quoted(value, delimiter) {
  return [delimiter, '"', "\r", "\n"].some((character) => value.includes(character)) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Return the cells of a line as Python's strict CSV reader splits them, each as it is written and with its value; null if its quotation marks do not match. */
export function cellsOf(line, delimiter) {
  if (!line) return [];
  const cells = [];
  let place = 0;
  while (true) {
    const start = place;
    let value = "";
    if (line[place] === '"') {
      place += 1;
      while (true) {
        const close = line.indexOf('"', place);
        if (close < 0) return null;
        value += line.slice(place, close);
        place = close + 1;
        if (line[place] !== '"') break;
        value += '"';
        place += 1;
      }
      if (place < line.length && line[place] !== delimiter) return null;
    } else {
      const end = line.indexOf(delimiter, place);
      place = end < 0 ? line.length : end;
      value = line.slice(start, place);
    }
    cells.push({ written: line.slice(start, place), value });
    if (place >= line.length) return cells;
    place += 1;
  }
}

/** Return a text with one space for each run of white space, and none around it, as Python's `" ".join(text.split())` does. */
export function collapsed(text) {
  return text.normalize("NFC").replace(SPACE, " ").replace(/^ | $/g, "");
}

function bare(line) {
  return line.replace(/[\r\n]+$/, "");
}

function endOf(line) {
  return line.slice(bare(line).length);
}

function mostCommon(items) {
  const count = (wanted) => items.filter((item) => item === wanted).length;
  return [...new Set(items)].sort((one, other) => count(other) - count(one))[0];
}
