// Where the sentences of a Danish text begin and end.

// Never at the end of a sentence: what they shorten goes on with something.
const GOES_ON = words(
  "adr afd alm ang att bl.a ca cand dr dvs ekskl eks evt f f.eks fhv forb fr fx hhv hr if ift ifm iht inkl jf jr kap kl maks max",
  "mht min nr nuv omkr pga pkt red s sek skt st stk tlf vedr vha",
);
// They may also end one, which shows in the capital letter of the next.
const MAY_END = words("aug dec feb jan kr m.fl m.m m.v mdr mia mio mv nov o.a o.l o.lign okt osv pct sep sept");
const LAST_WORD = /([\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*)\.\s*$/u;

function words(...lists) {
  return new Set(lists.flatMap((list) => list.split(" ")));
}

/** Return the sentences of a text, each as `[start, end]` without the white space around it. */
export function sentences(text) {
  const flat = text.replace(/\s/g, " "); // a line break in the source ends nothing
  const found = [];
  for (const [start, end] of segments(flat)) {
    const before = found.at(-1);
    if (before && goesOn(flat.slice(before[0], before[1]), flat.slice(start, end))) before[1] = end;
    else found.push([start, end]);
  }
  return found
    .map(([start, end]) => [start + flat.slice(start, end).search(/\S|$/), start + flat.slice(start, end).trimEnd().length])
    .filter(([start, end]) => /[\p{L}\p{N}]/u.test(flat.slice(start, end)));
}

/** Yield what the browser takes for sentences, or, in Firefox before 125, all that ends with a full stop and the like. */
function* segments(text) {
  if (Intl.Segmenter) {
    for (const { index, segment } of new Intl.Segmenter("da", { granularity: "sentence" }).segment(text)) yield [index, index + segment.length];
    return;
  }
  for (const { index, 0: segment } of text.matchAll(/.*?[.!?…]+[»«”"'’)\]]*(?:\s+|$)|.+$/gu)) yield [index, index + segment.length];
}

/** Whether a sentence goes on behind a full stop: of an abbreviation, an initial, or an ordinal number ("28. februar"). */
function goesOn(sentence, next) {
  if (/^[^\p{L}\p{N}]*\p{Ll}/u.test(next)) return /\.\s*$/.test(sentence);
  const word = LAST_WORD.exec(sentence)?.[1];
  if (!word) return false;
  const small = word.toLowerCase();
  if (GOES_ON.has(small) || /^\p{Lu}$/u.test(word)) return true;
  const isAlone = sentence.trim() === `${word}.`;
  if (/^\p{N}+$/u.test(word)) return isAlone || /^\s*\p{N}/u.test(next);
  return MAY_END.has(small) && /^\s*\p{N}/u.test(next);
}
