// Danish words as the index has them: `overrides/search/danish.py` does the same, and a test compares the two.

const WORD = /[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)*/gu;
const LONGEST = 60; // letters; what is longer is no word
const VOWELS = "aeiouyåæø";
// Snowball's Danish algorithm, https://snowballstem.org/algorithms/danish/stemmer.html, version 3.1.
const ENDINGS = /(?:erendes|erende|hedens|ethed|erede|heden|heder|endes|ernes|erens|erets|ered|ende|erne|eren|erer|heds|enes|eres|eret|hed|ene|ere|ens|ers|ets|en|er|es|et|e|s)$/;
const BEFORE_S = /[a-dfghj-oprtvyzå]s$/;

/** The words of a text in NFC, in order: `{ word, parts, start, end }`; a hyphenated one has parts. */
export function words(text) {
  return [...text.matchAll(WORD)].flatMap((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    const parts = match[0].toLowerCase().split(/[-‐‑]/);
    const whole = [{ word: parts.join(""), parts, start, end }];
    const found = [...match[0]].length <= LONGEST ? whole : parts.map((part) => ({ word: part, parts: [part], start, end }));
    return found.filter(({ word }) => [...word].length <= LONGEST);
  });
}

/** Where endings may begin: after the first consonant that follows a vowel, and three letters at least. */
function region(word) {
  let at = 0;
  while (at < word.length && !VOWELS.includes(word[at])) at += 1;
  while (at < word.length && VOWELS.includes(word[at])) at += 1;
  return Math.max(at + 1, 3);
}

function stem(word) {
  if (word.length < 3) return word;
  const from = region(word);
  const ends = (pattern) => word.slice(from).match(pattern)?.[0];
  const shorten = (ending) => {
    if (ending) word = word.slice(0, -ending.length);
    return Boolean(ending);
  };
  const shortenPair = () => ends(/(?:gd|dt|gt|kt)$/) && shorten(word.at(-1));
  const ending = ends(ENDINGS);
  if (ending !== "s" || BEFORE_S.test(word)) shorten(ending);
  shortenPair();
  if (word.endsWith("igst")) shorten("st");
  if (shorten(ends(/(?:elig|lig|els|ig)$/))) shortenPair();
  else if (ends(/løst$/)) shorten("t");
  if (word.at(-1) === word.at(-2)) shorten(ends(/[bdfgklmnprst]$/));
  return word;
}

/** What all forms of a word have in common. */
export function key(word) {
  const plain = [...stem(word)].map((letter) => ("åæø".includes(letter) ? letter : [...letter.normalize("NFD")][0])).join("");
  return plain.replaceAll("aa", "å").replaceAll("ae", "æ").replaceAll("oe", "ø");
}

/** What is left when å, æ and ø, however they are spelt, are typed as a and o. */
export function fold(word) {
  return word
    .replaceAll("aa", "a").replaceAll("ae", "a").replaceAll("oe", "o")
    .replace(/[åæ]/g, "a").replaceAll("ø", "o")
    .normalize("NFD").replace(/\p{M}/gu, "");
}
