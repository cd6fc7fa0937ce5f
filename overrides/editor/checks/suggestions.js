// Suggests the known word nearest to a wrong one, by the measure of Python's difflib (kanalstrategi/suggestions.py).

import { compare, filled } from "./wording.js";

const MIN_SIMILARITY = 0.6;
const LONG = 200; // from this length, difflib passes over characters that are in more than a hundredth of a word

/** Return the known word that is most similar to a word, or an empty text. */
export function nearest(word, known) {
  const target = [...word];
  const places = placesOf(target);
  let best = "";
  let highest = -1;
  for (const candidate of known) {
    const text = [...candidate];
    const total = text.length + target.length;
    if (total && (2 * Math.min(text.length, target.length)) / total < MIN_SIMILARITY) continue;
    const similarity = total ? (2 * matching(text, target, places)) / total : 1;
    if (similarity < MIN_SIMILARITY) continue;
    if (similarity > highest || (similarity === highest && compare(candidate, best) > 0)) [best, highest] = [candidate, similarity];
  }
  return best;
}

/** Return a hint for an unknown word: the most similar known word, else `otherwise`, else all known words. */
export function suggestion(word, known, otherwise = "", pattern = "$near") {
  const near = nearest(word, known);
  if (near) return `mente du ${filled([pattern, ""], { near }).message}?`;
  return otherwise || `vælg en af: ${known.join(", ")}`;
}

function placesOf(text) {
  const places = new Map();
  text.forEach((character, place) => places.set(character, [...(places.get(character) ?? []), place]));
  if (text.length >= LONG) {
    for (const [character, found] of places) if (found.length > Math.floor(text.length / 100) + 1) places.delete(character);
  }
  return places;
}

/** Return the number of characters in the blocks that two texts have in common: the longest one, and those on both sides of it. */
function matching(one, other, places) {
  const waiting = [[0, one.length, 0, other.length]];
  let number = 0;
  while (waiting.length) {
    const [fromOne, toOne, fromOther, toOther] = waiting.pop();
    const [start, otherStart, size] = longest(one, other, places, fromOne, toOne, fromOther, toOther);
    if (!size) continue;
    number += size;
    if (fromOne < start && fromOther < otherStart) waiting.push([fromOne, start, fromOther, otherStart]);
    if (start + size < toOne && otherStart + size < toOther) waiting.push([start + size, toOne, otherStart + size, toOther]);
  }
  return number;
}

function longest(one, other, places, fromOne, toOne, fromOther, toOther) {
  let [start, otherStart, size] = [fromOne, fromOther, 0];
  let lengths = new Map();
  for (let place = fromOne; place < toOne; place++) {
    const next = new Map();
    for (const otherPlace of places.get(one[place]) ?? []) {
      if (otherPlace < fromOther) continue;
      if (otherPlace >= toOther) break;
      const length = (lengths.get(otherPlace - 1) ?? 0) + 1;
      next.set(otherPlace, length);
      if (length > size) [start, otherStart, size] = [place - length + 1, otherPlace - length + 1, length];
    }
    lengths = next;
  }
  while (start > fromOne && otherStart > fromOther && one[start - 1] === other[otherStart - 1]) [start, otherStart, size] = [start - 1, otherStart - 1, size + 1];
  while (start + size < toOne && otherStart + size < toOther && one[start + size] === other[otherStart + size]) size += 1;
  return [start, otherStart, size];
}
