// Turns Danish text into ids and file names in ASCII. tests/browser/test_slugs.py compares the result with that of `slug` in
// kanalstrategi/danish/slugs.py.

const RING = "\u030a";
const INVISIBLE = /^[\p{M}\p{Cf}]$/u; // accents, and characters that nobody sees, such as the soft hyphen
const LETTERS = {
  æ: "ae", ø: "oe", œ: "oe", ß: "ss", ð: "d", đ: "d", þ: "th", ł: "l", ŀ: "l", ħ: "h", ŧ: "t", ŋ: "ng", ĸ: "q", ı: "i",
  ə: "e", ƒ: "f", ſ: "s", ŉ: "n", ĳ: "ij", ǆ: "dz", ǉ: "lj", ǌ: "nj", ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl",
  ﬅ: "st", ﬆ: "st",
};

/** Return a text in ASCII, in lower case and with hyphens between the words: `Café på Øen` becomes `cafe-paa-oeen`. */
export function slug(text) {
  const letters = [];
  const decomposed = [...text].map((character) => character.normalize("NFD")).join("");
  for (const character of decomposed.toLowerCase()) {
    if (character === RING && letters.at(-1) === "a") letters[letters.length - 1] = "aa";
    else if (!INVISIBLE.test(character)) letters.push(LETTERS[character] ?? character);
  }
  return (letters.join("").match(/[a-z0-9]+/g) ?? []).join("-");
}
