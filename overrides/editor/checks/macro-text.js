// Splits a page's text at its macro calls, as `parse_macros` does in kanalstrategi/markdown/macro_calls.py, by the same patterns.

import { expression, filled, lineBreaks, matchesAll } from "./wording.js";

export const CALL = "\u0002"; // stands for a call in the text
export const LINE_FILLER = "\u0004"; // and each of these for a further line of it
const ESCAPE = /\\(.)/gsu;

/**
 * Return the calls (name, arguments, line), the syntax errors, and the text that Markdown reads, line for line: without comments, and
 * with `CALL` in the place of each call, unless there are errors.
 */
export function parseMacros(body, rules) {
  const at = (name, place) => {
    const pattern = expression(rules.patterns[name], "y");
    pattern.lastIndex = place;
    return pattern.exec(body);
  };
  const report = (kind, line, words, macro = "") => ({ ...filled(rules.wordings.syntax[kind], words), line, macro });
  const calls = [];
  const diagnostics = [];
  const [typed, marked] = [[], []];
  const addText = (text) => {
    typed.push(text);
    marked.push(text.replaceAll(CALL, "\ufffd").replaceAll(LINE_FILLER, "\ufffd"));
  };
  const plain = (text, line) => {
    let position = 0;
    for (const match of text.matchAll(expression(rules.patterns.stray, "g"))) {
      line += lineBreaks(text, position, match.index);
      position = match.index;
      diagnostics.push(report("stray", line));
    }
    addText(text);
  };
  const lastEnds = {
    "{#": body.lastIndexOf("#}"),
    "{%": Math.max(-1, ...[...body.matchAll(expression(rules.patterns.endraw, "g"))].map((match) => match.index)),
    "{{": body.length,
  };
  const parsers = {
    "{#": (start, line, hasEnd) => {
      if (!hasEnd) return { diagnostic: report("unclosed_comment", line) };
      const end = body.indexOf("#}", start + 2);
      return { end: end + 2, text: "\n".repeat(lineBreaks(body, start, end)) };
    },
    "{%": (start, line, hasEnd) => {
      const raw = at("raw", start);
      if (!raw) return { diagnostic: report("block", line, { name: [...(at("block", start)?.[1] ?? "")].slice(0, 40).join("") }) };
      const rawEnd = start + raw[0].length;
      const pattern = expression(rules.patterns.endraw, "g");
      pattern.lastIndex = rawEnd;
      const end = hasEnd ? pattern.exec(body) : null;
      if (!end) return { diagnostic: report("unclosed_raw", line) };
      return { end: end.index + end[0].length, text: "\n".repeat(lineBreaks(raw[0]) + lineBreaks(end[0])) + body.slice(rawEnd, end.index) };
    },
    "{{": (start, line) => {
      const match = at("call", start);
      if (match) {
        const strings = match[2].match(expression(rules.patterns.string_or_rest, "g")) ?? [];
        return { end: start + match[0].length, call: { name: match[1], arguments: strings.map(unquoted), line } };
      }
      const braces = at("braces", start + 2);
      if (!braces) {
        const rest = [...body.slice(start + 2, start + 1000)].slice(0, 498).join("");
        return { diagnostic: wrongCall(rest.split("\n", 1)[0], line, false) };
      }
      return { end: start + 2 + braces[0].length, diagnostic: wrongCall(braces[0].slice(0, -2), line, true) };
    },
  };

  function wrongCall(text, line, isClosed) {
    const has = (name) => expression(rules.patterns[name], "").exec(text);
    if (has("word_processor_quotes")) return report("curly_quotes", line);
    if (!isClosed) return report("unreadable", line);
    const alone = matchesAll(rules.patterns.name_alone, text);
    if (alone) return report("no_parentheses", line, { name: alone[1] }, alone[1]);
    const call = matchesAll(rules.patterns.call_without_quotes, text);
    if (!call) return report("not_a_call", line);
    const unquotedText = call[2].replace(expression(rules.patterns.string_or_rest, "g"), "");
    const word = expression(rules.patterns.bare_word, "").exec(unquotedText);
    if (word) return report("unknown_word", line, { word: word[0] });
    if (expression(rules.patterns.digit, "").test(unquotedText)) return report("not_quoted", line, { name: call[1] }, call[1]);
    return report("unreadable", line);
  }

  const delimiter = expression(rules.patterns.delimiter, "g");
  let [position, line] = [0, 1];
  for (;;) {
    delimiter.lastIndex = position;
    const found = delimiter.exec(body);
    if (!found) break;
    const start = found.index;
    const after = start + found[0].length;
    plain(body.slice(position, start), line);
    line += lineBreaks(body, position, start);
    const part = parsers[found[0]](start, line, lastEnds[found[0]] >= after);
    let { end } = part;
    if (part.diagnostic) {
      diagnostics.push(part.diagnostic);
      if (end === undefined) end = body.indexOf("\n", after); // the rest of the page is read too
      if (end < 0) end = body.length;
    }
    if (part.text !== undefined) addText(part.text);
    else typed.push(body.slice(start, end));
    if (part.call) {
      calls.push(part.call);
      marked.push(CALL + `\n${LINE_FILLER}`.repeat(lineBreaks(body, start, end)));
    }
    line += lineBreaks(body, start, end);
    position = end;
  }
  plain(body.slice(position), line);
  if (!diagnostics.length && calls.length > rules.limits.calls) diagnostics.push(report("too_many_calls", 1, { limit: rules.limits.calls }));
  return { calls, diagnostics, text: (diagnostics.length ? typed : marked).join("") };
}

function unquoted(string) {
  return string.slice(1, -1).replace(ESCAPE, "$1");
}
