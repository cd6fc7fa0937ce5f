// Turns plain text into Markdown that shows it as typed, and back. tests/browser/test_guideline_form.py compares the first with
// `as_markdown` in kanalstrategi/markdown/plain_text.py, which has the same patterns in the same order.

// `(?<![^\n])` and `(?![^\n])` are `^` and `$` in Python, which know "\n" as the only line ending.
const RULES = [
  [/[\\`*_~^|<[\]{}]|&(?=#?[a-zA-Z0-9]+;)|=(?==)/g, "\\$&"], // markup anywhere in a line
  [/(?<![^\n])(?:[-+#>:=]|[!?](?=[!?]{2}))/g, "\\$&"], // markup at the beginning of a line
  [/(?<![^\n])([0-9]{1,9}|[aAiI])([.)])(?=[ A-ZÆØÅ]|(?![^\n]))/g, "$1\\$2"], // a numbered list
  [/\\\\(?=[^\s!-/:-@[-`{-~])/g, "&#92;"], // a path that loses a backslash
  [/([A-Za-z]):(?=\\)/g, "$1&#58;"], // a path on a drive
  [/\\\*(?=\\\[)/g, "$&<wbr>"], // the explanation of an abbreviation
  [/\\\[(?=[ xX-]\\\])/g, "$&<wbr>"], // a task
  [/\\\{/g, "$&<wbr>"], // an attribute list, and a macro call
];
const LIKE_BULLETS = /(?<![^\n])[•▪▫◦‣⁃]|(?<![^\n])·(?= )|(?<=\n)[–—](?= )/g;

/** Return a text as Markdown that shows its words, lines and paragraphs. Several spaces become one. */
export function asMarkdown(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/[ \t]+/g, " ").split("\n").map((line) => line.replace(/^ +| +$/g, ""));
  const paragraphs = lines.join("\n").replace(/^\n+|\n+$/g, "").split(/\n{2,}/);
  return paragraphs.map(paragraph).join("\n\n");
}

function paragraph(text) {
  const written = RULES.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
  return written.replace(LIKE_BULLETS, (character) => `&#${character.codePointAt(0)};`).replaceAll("\n", "\\\n");
}

/** Return the plain text that some Markdown shows, or null if it has markup, so that it would not be written the same way again. */
export function asPlainText(markdown) {
  const text = markdown.replace(/\\(\n|[\\`*_~^|<[\]{}&=\-+#>:!?.)])|<wbr>|&#([0-9]{1,6});/g, (all, escaped, number) => escaped ?? (number ? String.fromCodePoint(number) : ""));
  return asMarkdown(text) === markdown ? text : null;
}
