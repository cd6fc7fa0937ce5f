// Checks the measurements of a goal before they are saved, as kanalstrategi/content/measurements.py does, by the tables that the build has written.

import { COLUMNS, cellsOf, collapsed } from "../measurements/table-text.js";
import { latestDay } from "./fields.js";
import { filled, length, matchesAll } from "./wording.js";

const NEEDED = 3;

/** Return what is wrong with the text of a goal's CSV file, sorted by line: `[{line, message, hint}]`. */
export function checkMeasurements(text, rules) {
  const { limits } = rules.measurements;
  if (new TextEncoder().encode(text).length > limits.bytes) return [{ line: 1, ...filled(rules.wordings.measurements.too_large) }];
  const found = [];
  const file = { rules, found, report: (line, kind, words) => found.push({ line, ...filled(rules.wordings.measurements[kind], words) }), rows: [], lines: new Map() };
  const lines = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").normalize("NFC").split("\n");
  file.delimiter = lines[0].includes(";") ? ";" : ",";
  const head = split(lines[0], file.delimiter) ?? [];
  if (head.length < NEEDED || head.length > COLUMNS.length || head.some((name, place) => name !== COLUMNS[place])) {
    file.report(1, "no_head");
    return found;
  }
  file.columns = head.length;
  for (let place = 1; place < lines.length && found.length < limits.diagnostics; place++) {
    const cells = split(lines[place], file.delimiter);
    if (cells && !cells.some(Boolean)) continue;
    if (cells && file.rows.length === limits.rows) {
      file.report(place + 1, "too_many_rows");
      break;
    }
    if (cells) checkRow(file, place + 1, cells);
    else file.report(place + 1, "bad_quotes");
  }
  checkLengths(file);
  return found.sort((one, other) => one.line - other.line);
}

function split(line, delimiter) {
  return cellsOf(line, delimiter)?.map(({ value }) => collapsed(value)) ?? null;
}

function checkRow(file, line, cells) {
  while (cells.length > file.columns && !cells.at(-1)) cells.pop(); // spreadsheets write empty cells at the end
  if (!hasRightLength(file, line, cells)) return;
  const [period, value, source, note = ""] = cells;
  const before = file.found.length;
  const months = checkPeriod(file, line, period);
  const number = numberMistake(value, file.rules);
  if (number) file.found.push({ line, ...number });
  if (!source) file.report(line, "no_source");
  else if (file.delimiter === "," && /^[0-9]+$/.test(source)) file.report(line, "source_is_number", { number: `${value},${source}` });
  for (const [column, cell] of [[COLUMNS[2], source], [COLUMNS[3], note]]) {
    if (length(cell) > file.rules.measurements.limits.cell) file.report(line, "long_cell", { column });
  }
  if (months && file.found.length === before) file.rows.push({ line, months });
}

function hasRightLength({ delimiter, columns, report }, line, cells) {
  if (cells.length > columns) {
    const isNumber = cells.slice(1, 3).every((cell) => /^-?[0-9.]+$/.test(cell));
    if (delimiter === "," && isNumber) report(line, "bare_decimals", { number: `${cells[1]},${cells[2]}` });
    else report(line, "too_many", { count: cells.length, columns, delimiter });
  } else if (cells.length < NEEDED) {
    const other = delimiter === "," ? ";" : ",";
    const isOther = cells.length === 1 && cells[0].split(other).length >= NEEDED;
    if (isOther) report(line, "other_delimiter", { found: other, expected: delimiter });
    else report(line, "too_few", { count: cells.length, columns: NEEDED });
  }
  return cells.length >= NEEDED && cells.length <= columns;
}

/** Report what is wrong with a period, and return how many months it has, or 0 if it does not count. */
function checkPeriod({ rules, lines, report }, line, text) {
  const period = periodOf(text, rules);
  if (!period) report(line, text ? "bad_period" : "no_period", { value: `»${[...text].slice(0, 40).join("")}«` });
  else if (period.last > latestDay(rules)) report(line, "future", { period: label(period, rules), day: longDate(period.last, rules) });
  else if (lines.has(label(period, rules))) report(line, "double", { period: label(period, rules), first: lines.get(label(period, rules)) });
  else {
    lines.set(label(period, rules), line);
    return period.months;
  }
  return 0;
}

/** Return a period as kanalstrategi/danish/periods.py reads it, or null: `{year, month, months, last}`, with its first month and its last day. */
function periodOf(text, { measurements, patterns }) {
  const lower = text.toLowerCase();
  if (length(lower) > measurements.limits.period) return null;
  const groups = (name) => matchesAll(patterns[`period_${name}`], lower)?.groups;
  const { short_kinds: shortKinds, months: names } = measurements;
  let found = groups("year");
  if (found) return days(found.year, "år", 1, measurements);
  if ((found = groups("part"))) return days(found.year ?? found.year2, found.kind ?? found.kind2, found.number ?? found.number2, measurements);
  if ((found = groups("short_part"))) return days(found.year, shortKinds[found.kind], found.number, measurements);
  if ((found = groups("month"))) return days(found.year, "måned", found.month, measurements);
  found = groups("named_month");
  const month = found ? names.indexOf(found.name ?? found.name2) + 1 : 0;
  return month ? days(found.year ?? found.year2, "måned", month, measurements) : null;
}

function days(year, kind, number, { kinds, years }) {
  const months = kinds[kind];
  const month = (Number(number) - 1) * months + 1;
  if (Number(year) < years[0] || Number(year) > years[1] || month > 12) return null;
  const last = new Date(Date.UTC(Number(year), month - 1 + months, 0)).toISOString().slice(0, 10);
  return { year: Number(year), month, months, last };
}

function label({ year, month, months }, { measurements: { kinds, months: names } }) {
  if (months === kinds.år) return String(year);
  if (months === kinds.måned) return `${names[month - 1]} ${year}`;
  return `${Math.floor((month - 1) / months) + 1}. ${Object.keys(kinds).find((kind) => kinds[kind] === months)} ${year}`;
}

function longDate(day, { measurements: { months } }) {
  const [year, month, number] = day.split("-").map(Number);
  return `${number}. ${months[month - 1]} ${year}`;
}

/** Return what is wrong with a number, as kanalstrategi/content/numbers.py says it, or null. */
function numberMistake(text, { measurements: { limits }, patterns, wordings }) {
  const mistake = (kind, words) => filled(wordings.numbers[kind], words);
  const is = (name) => matchesAll(patterns[`number_${name}`], text);
  if (!text) return mistake("empty");
  if (length(text) > limits.number) return mistake(is("decimal_point") ? "long" : "not_number", { value: `»${[...text].slice(0, limits.number).join("")}…«` });
  if (is("ambiguous")) return mistake("ambiguous", { value: text, thousands: text.replaceAll(",", "."), decimals: `${text}0` });
  if (is("danish")) return text.replace(/[^0-9]/g, "").length > limits.digits ? mistake("long") : null;
  if (is("decimal_point")) return mistake("decimal_point", { value: text });
  if (is("spaces")) return mistake("spaces", { value: `»${text}«`, number: text.replace(/\s/g, "") });
  const unit = is("unit");
  return unit ? mistake("unit", { value: `»${text}«`, number: unit[1] }) : mistake("not_number", { value: `»${text}«` });
}

/** Report the periods that are not as long as most of the others. */
function checkLengths({ rules, rows, report }) {
  const count = (months) => rows.filter((row) => row.months === months).length;
  const usual = [...new Set(rows.map(({ months }) => months))].sort((one, other) => count(other) - count(one) || other - one)[0];
  for (const { line, months } of rows) if (months !== usual) report(line, "mixed", { length: rules.measurements.lengths[usual] });
}
