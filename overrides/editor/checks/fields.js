// Checks the fields of a page (kanalstrategi/content/fields.py, pages.py, page_changes.py, answers.py, guidelines.py, statement.py and kanalstrategi/checks/short_texts.py).

import { inEdition } from "./editions.js";
import { UNREAD } from "./front-matter.js";
import { isFormerUrl } from "./files.js";
import { checkDecisionsSought } from "./board.js";
import { checkDepartments, checkPartOf } from "./departments.js";
import { checkLanguage } from "./language.js";
import { checkAction, checkKle, checkMaterial } from "./plan.js";
import { suggestion } from "./suggestions.js";
import { expression, filled, length, matchesAll } from "./wording.js";

const NO_SUCH_DAY = Symbol("a date that no calendar has");
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Return the diagnostics for a page without fields. */
export function missingFields(rules) {
  return [{ line: 1, ...filled(rules.wordings.page.no_fields, { keys: rules.keys.required.join(", ") }) }];
}

/** Return the diagnostics for the fields of the page at a path. */
export function checkFields(path, fields, rules) {
  const diagnostics = [];
  const { page, answer, short, redirects } = rules.wordings;
  const report = (key, wording, words, line = fields.get(key)?.line ?? 1) => diagnostics.push({ line, ...filled(wording, { key, ...words }) });
  const read = reader(fields, rules, report);
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  const isOwnPage = !path.endsWith("/index.md");

  const { place } = inEdition(path, rules);
  const folderInForce = place.includes("/") ? place.slice(0, place.lastIndexOf("/")) : "";
  const { known } = rules.keys;
  for (const key of fields.keys()) {
    if (!known.includes(key)) report(key, page.unknown_key, { suggestion: suggestion(key, known) });
  }
  const { owners, statuses, parts, template, channels, former_channels: former } = rules.values;
  const owner = read.text("owner");
  if (owner && !owners.includes(owner)) report("owner", page.unknown_owner, { value: owner, suggestion: suggestion(owner, owners) });
  const status = read.text("status");
  if (status && !statuses.includes(status)) report("status", rules.wordings.fields.not_choice, { value: status, suggestion: suggestion(status, statuses) });
  const [reviewed, reviewBy] = [read.date("reviewed"), read.date("review_by")];
  read.text("description");
  const icon = read.text("icon", false);
  if (icon && !matchesAll(rules.patterns.icon, icon)) report("icon", page.unknown_icon, { value: icon });
  const chosen = read.text("template", false);
  if (chosen && chosen !== template) report("template", page.unknown_template);
  for (const [key, own] of Object.entries(rules.keys.folders)) {
    if (fields.has(key) && folderInForce !== own) report(key, page.misplaced_key, { folder: own });
  }
  read.texts("subchannels");
  const keywords = read.texts("keywords");
  for (const keyword of keywords) {
    if (!/[\p{L}\p{N}]/u.test(keyword)) report("keywords", page.keyword_without_letters, { value: keyword });
    else if (length(keyword) > rules.limits.keyword) report("keywords", page.long_keyword);
  }
  for (const url of read.texts("redirects")) {
    const reserved = url.split("/", 1)[0];
    if (!isFormerUrl(url, rules)) report("redirects", redirects.invalid, { url });
    else if (Object.hasOwn(rules.names.reserved, reserved) && !(reserved === "pdf" && url.endsWith(".pdf"))) {
      report("redirects", redirects.reserved, { url, reason: rules.names.reserved[reserved] });
    }
  }
  for (const hidden of read.texts("hide")) {
    if (!parts.includes(hidden)) report("hide", page.unknown_part, { value: hidden, suggestion: suggestion(hidden, parts) });
  }
  if (reviewed && reviewBy && reviewBy < reviewed) report("review_by", page.review_before_reviewed);
  if (reviewed && reviewed > latestDay(rules)) report("reviewed", page.reviewed_later);
  const inShort = read.text("short", false);
  if (inShort) checkShort(inShort.split(/[\s\x1c-\x1f\x85]+/u).join(" "), rules, (kind, words) => report("short", short[kind], words));
  checkStatement(path, fields, read, report, rules, reviewed, reviewBy);
  const edition = inEdition(path, rules);
  if (edition.place === "index.md") {
    const isInForce = !edition.folder;
    const isAdopted = isInForce && fields.get("status")?.value !== "draft"; // nobody may have decided it yet for a draft
    read.date("adopted", isAdopted);
    read.text("adopted_by", isAdopted);
    read.date("evaluate_by", isAdopted && !fields.has("edition"));
    read.date("evaluated", false);
    if (!isInForce || fields.has("edition")) checkEdition(fields, isInForce, read, report, rules.wordings.edition);
  }
  checkLanguage(path, fields, read, report, rules, !edition.folder);
  const isDraft = status === "draft";
  if (folder === rules.folders.guidelines && isOwnPage) {
    checkAdoption(read, rules, isDraft, report);
    read.text("department");
    checkPartOf(path, read, report, rules);
  }
  if (folder === rules.folders.channels && isOwnPage) checkDepartments(fields, read, report, rules);
  if (folder === rules.folders.goals && isOwnPage) checkGoal(fields, read, rules, report);
  checkChanges(fields.get("changed"), read, rules, isDraft, report);
  checkKle(fields, read, report, rules);
  checkDecisionsSought(path, fields, read, report, rules);
  if (folder === rules.folders.plan && isOwnPage) checkAction(fields, read, report, latestDay(rules), rules);
  if (folder === rules.folders.material && isOwnPage) checkMaterial(fields, read, report, rules);
  if (folder === rules.folders.answers && isOwnPage) {
    const channel = fields.get("channel")?.value;
    if (!channel || (Array.isArray(channel) && !channel.length)) report("channel", answer.no_channel, { channels: channels.join(", ") });
    else if (read.text("channel") && !channels.includes(channel.trim()) && !former.includes(channel.trim())) {
      report("channel", answer.unknown_channel, { value: channel.trim(), suggestion: suggestion(channel.trim(), channels) });
    }
    if (!keywords.length && fields.get("keywords")?.value !== UNREAD) report("keywords", answer.no_keywords);
  }
  return diagnostics;
}

/** Report what is wrong with the fields of a goal (kanalstrategi/content/goals.py). Numbers and periods are left to the other checks. */
function checkGoal(fields, read, rules, report) {
  const { goal: wordings, fields: values } = rules.wordings;
  const { sentences, directions } = rules.values;
  const sentence = read.text("goal");
  if (sentence && !sentences.includes(sentence)) {
    report("goal", wordings.unknown_sentence, { value: sentence, suggestion: suggestion(sentence, sentences, rules.how_to_name_sentence) });
  }
  const direction = read.text("direction");
  if (direction && !directions.includes(direction)) report("direction", values.not_choice, { value: direction, suggestion: suggestion(direction, directions) });
  const unit = read.text("unit", false);
  if (unit && length(unit) > rules.limits.unit) report("unit", wordings.long_unit);
  const [target, until] = ["target", "target_by"].map((key) => read.text(key, false));
  const isUnread = ["target", "target_by"].some((key) => fields.get(key)?.value === UNREAD);
  if (target && !until && !isUnread) report("target", wordings.no_target_by);
  const [first, last] = rules.limits.years;
  if (!target && !isUnread && /^[0-9]{4}$/.test(until ?? "") && first <= until && until <= last) report("target_by", wordings.no_target);
}

/** Report what is wrong with the facts about an edition (kanalstrategi/content/editions.py). */
function checkEdition(fields, isInForce, read, report, wordings) {
  const [begins, ends] = ["consultation_from", "consultation_to"].map((key) => read.date(key, false));
  for (const key of ["superseded", "lapsed", "confirm_by"]) read.date(key, false);
  const isUnread = ["consultation_from", "consultation_to"].some((key) => fields.get(key)?.value === UNREAD);
  if (!begins !== !ends && !isUnread) report(begins ? "consultation_from" : "consultation_to", wordings.missing_day, { missing: begins ? "consultation_to" : "consultation_from" });
  if (begins && ends && ends < begins) report("consultation_to", wordings.ends_before);
  const decision = read.text("decision", false);
  if (decision && !decision.startsWith("https://")) report("decision", wordings.decision);
  for (const key of ["superseded_by", ...(isInForce ? ["edition"] : [])]) read.text(key, false);
}

/** Report what is wrong with the fields of the accessibility statement (kanalstrategi/content/statement.py). */
function checkStatement(path, fields, read, report, rules, reviewed, reviewBy) {
  const { misplaced, tested_later: later, interval } = rules.wordings.statement;
  if (path !== rules.statement.page) {
    for (const key of rules.keys.statement) if (fields.has(key)) report(key, misplaced, { path: rules.statement.page });
    return;
  }
  for (const key of ["compliance", "method"]) {
    const [value, known] = [fields.has(key) ? read.text(key) : null, rules.statement[key]];
    if (value && !known.includes(value)) report(key, rules.wordings.fields.not_choice, { value, suggestion: suggestion(value, known) });
  }
  const tested = read.date("tested", false);
  if (tested && tested > latestDay(rules)) report("tested", later);
  if (reviewed && reviewBy && reviewBy > yearAfter(reviewed)) report("review_by", interval);
}

function yearAfter(day) {
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4) === "-02-29" ? "-02-28" : day.slice(4)}`;
}

function checkAdoption(read, rules, isDraft, report) {
  const { adopted_later: later, draft_changed: onDraft } = rules.wordings.changes;
  const by = read.text("adopted_by", false);
  const day = read.date("adopted", by !== null);
  if (day && day > latestDay(rules)) report("adopted", later);
  if (day && isDraft) report("adopted", onDraft);
}

function checkChanges(field, read, rules, isDraft, report) {
  if (!field || field.value === UNREAD) return;
  const { fields: values, changes } = rules.wordings;
  const texts = typeof field.value === "string" ? [field.value].filter(Boolean) : read.texts("changed");
  const found = new Set();
  texts.forEach((text, number) => {
    const [, written = "", sentence = ""] = matchesAll(rules.patterns.change, text) ?? [];
    const tell = (wording, words) => report("changed", wording, words, field.itemLines[number]);
    const day = dayIn(written, rules);
    if (day === NO_SUCH_DAY) tell(values.no_such_day, { value: written });
    else if (!day) tell(changes.not_change, { value: text });
    else if (!/[\p{L}\p{N}]/u.test(sentence)) tell(changes.no_sentence, { day: written });
    else if (day > latestDay(rules)) tell(changes.changed_later, { day: written });
    else if (found.has(day)) tell(changes.same_day, { day: written });
    else found.add(day);
  });
  if (isDraft && found.size) report("changed", changes.draft_changed);
}

/** Return the methods of Python's FieldReader. A value that is there but not read counts as right. */
function reader(fields, rules, report) {
  const wordings = rules.wordings.fields;
  return {
    text(key, isRequired = true) {
      const value = fields.get(key)?.value;
      if (value === UNREAD) return null;
      if (typeof value === "string" && value.trim()) return value.trim();
      if (fields.has(key)) report(key, value === "" ? wordings.empty : wordings.not_text);
      else if (isRequired) report(key, wordings.missing);
      return null;
    },
    texts(key) {
      const value = fields.get(key)?.value ?? "";
      if (Array.isArray(value)) return value;
      if (value !== "") report(key, wordings.not_list);
      return [];
    },
    date(key, isRequired = true) {
      const value = fields.get(key)?.value;
      if (value === UNREAD) return null;
      const day = typeof value === "string" ? dayIn(value, rules) : null;
      if (day === NO_SUCH_DAY) {
        report(key, wordings.no_such_day, { value });
        return null;
      }
      if (day) return day;
      if (fields.has(key)) report(key, wordings.not_date);
      else if (isRequired) report(key, wordings.missing);
      return null;
    },
  };
}

/** Return a text that is a date; null if it is none, and `NO_SUCH_DAY` if no calendar has it. */
function dayIn(text, rules) {
  if (!matchesAll(rules.patterns.date, text)) return null;
  const [year, month, day] = text.split("-").map(Number);
  if (!year || !isDay(year, month, day)) return NO_SUCH_DAY;
  const [first, last] = rules.limits.years;
  return first <= year && year <= last ? text : null;
}

function isDay(year, month, day) {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1] && (month !== 2 || day < 29 || isLeapYear);
}

/** Return today's date in Denmark, or that of the build if it is later. */
export function latestDay(rules) {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" }).format(new Date());
  return rules.today > today ? rules.today : today;
}

function checkShort(text, rules, report) {
  const markup = expression(rules.patterns.short_markup, "").exec(text);
  if (markup) report("markup", { found: markup[0] });
  if (!/[.!?]$/.test(text)) report("no_end");
  if (length(text) > rules.limits.short) report("too_long", { number: length(text) });
}
