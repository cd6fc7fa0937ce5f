// The words of diagnostics, and the patterns and the order of characters that they are found by: as Python has them.

/** Return a message and a hint with their words in the place of `$name`. */
export function filled([message, hint], words = {}) {
  const fill = (text) => text.replace(/\$([a-z_]+)/g, (_, name) => String(words[name]));
  return { message: fill(message), hint: fill(hint) };
}

const compiled = new Map();

/** Return a generated pattern as an expression that finds all matches (`g`), one right here (`y`) or the first (no flag), from the beginning. */
export function expression({ source, flags }, more) {
  const key = `${more}/${source}`;
  if (!compiled.has(key)) compiled.set(key, new RegExp(source, flags + more));
  const found = compiled.get(key);
  found.lastIndex = 0;
  return found;
}

/** Return what a generated pattern matches, if it matches the whole of a text. */
export function matchesAll({ source, flags }, text) {
  return expression({ source: `^(?:${source})$`, flags }, "").exec(text);
}

/** Return the number of line breaks in a part of a text. */
export function lineBreaks(text, from = 0, to = text.length) {
  let number = 0;
  for (let place = text.indexOf("\n", from); place !== -1 && place < to; place = text.indexOf("\n", place + 1)) number += 1;
  return number;
}

/** Return the number of characters of a text, those of two units counted once. */
export function length(text) {
  return [...text].length;
}

/** Compare two texts by their characters' numbers. */
export function compare(one, other) {
  const [left, right] = [[...one], [...other]];
  for (let place = 0; place < Math.min(left.length, right.length); place++) {
    if (left[place] !== right[place]) return left[place].codePointAt(0) - right[place].codePointAt(0);
  }
  return left.length - right.length;
}
