// Splitting text into Danish words, and their stems. kanalstrategi/danish/words.py does the same for the index;
// tests/browser/test_search_words.py compares the two.

// Numbers that are written in groups: 1.250.000, 70 12 34 56, 8012 3457, 22/004711.
const NUMBER = /[0-9]{1,3}(?:[ .][0-9]{3})+|[0-9]{2}(?:[ .][0-9]{2}){3}|[0-9]{4}[ .][0-9]{4}|[0-9]{2,4}\/[0-9]{3,}/.source;
const COUNTRY_CODE = /\+45(?= |[0-9]{8})/.source; // of a phone number
const PART = /(?:(?![0-9])[\p{L}\p{N}](?:\/(?![0-9])[\p{L}\p{N}])+(?![\p{L}\p{N}])|[\p{L}\p{N}]+)/.source; // C/O is one part
const WORD = new RegExp(`${COUNTRY_CODE}|(?:${NUMBER})(?![0-9])|${PART}(?:[-‐‑]${PART})*`, "gu");
const LEFT_OUT = /^\+|([^0-9])\//gu; // the plus of a country code, and a slash after a letter
const SEPARATOR = /[-‐‑ ./]/;
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g; // soft hyphens and the like
const MAX_WORD_CHARACTERS = 60; // anything longer is not a word
const VOWELS = "aeiouyåæø";
// Snowball's Danish algorithm, https://snowballstem.org/algorithms/danish/stemmer.html, version 3.1.
const ENDINGS = /(?:erendes|erende|hedens|ethed|erede|heden|heder|endes|ernes|erens|erets|ered|ende|erne|eren|erer|heds|enes|eres|eret|hed|ene|ere|ens|ers|ets|en|er|es|et|e|s)$/;
const BEFORE_S = /[a-dfghj-oprtvyzå]s$/;

/** Return a text in NFC, with single spaces and without characters that nobody sees. */
export const normalize = (text) => text.replace(INVISIBLE, "").normalize("NFC").replace(/\s+/g, " ").trim();

/** Return the words of a normalized text, in order: `{ word, parts, start, end }`. The parts are those of a hyphenated word or a number. */
export function words(text) {
  return [...text.matchAll(WORD)].flatMap((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    const parts = match[0].replace(LEFT_OUT, "$1").toLowerCase().split(SEPARATOR);
    const whole = [{ word: parts.join(""), parts, start, end }];
    const found = [...match[0]].length <= MAX_WORD_CHARACTERS ? whole : parts.map((part) => ({ word: part, parts: [part], start, end }));
    return found.filter(({ word }) => [...word].length <= MAX_WORD_CHARACTERS);
  });
}

/** Return where endings may begin (R1): after the first consonant that follows a vowel, and after at least three letters. */
function regionStart(word) {
  let position = 0;
  while (position < word.length && !VOWELS.includes(word[position])) position += 1;
  while (position < word.length && VOWELS.includes(word[position])) position += 1;
  return Math.max(position + 1, 3);
}

function snowballStem(word) {
  if (word.length < 3) return word;
  const from = regionStart(word);
  const endingOf = (pattern) => word.slice(from).match(pattern)?.[0];
  const shorten = (ending) => {
    if (ending) word = word.slice(0, -ending.length);
    return Boolean(ending);
  };
  const shortenPair = () => endingOf(/(?:gd|dt|gt|kt)$/) && shorten(word.at(-1));
  const ending = endingOf(ENDINGS);
  if (ending !== "s" || BEFORE_S.test(word)) shorten(ending);
  shortenPair();
  if (word.endsWith("igst")) shorten("st");
  if (shorten(endingOf(/(?:elig|lig|els|ig)$/))) shortenPair();
  else if (endingOf(/løst$/)) shorten("t");
  if (word.at(-1) === word.at(-2)) shorten(endingOf(/[bdfgklmnprst]$/));
  return word;
}

/** Return what all inflected forms of a word have in common, with å, æ and ø spelled as such. */
export function stem(word) {
  const plain = [...snowballStem(word)].map((letter) => ("åæø".includes(letter) ? letter : [...letter.normalize("NFD")][0])).join("");
  return plain.replaceAll("aa", "å").replaceAll("ae", "æ").replaceAll("oe", "ø");
}

/** Return a word with a and o for å, æ and ø, however those are spelled, and without accents. */
export function fold(word) {
  return word
    .replaceAll("aa", "a").replaceAll("ae", "a").replaceAll("oe", "o")
    .replace(/[åæ]/g, "a").replaceAll("ø", "o")
    .normalize("NFD").replace(/\p{M}/gu, "");
}
