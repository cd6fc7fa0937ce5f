// Where the sentences of a Danish text begin and end.

// Never at the end of a sentence: what they shorten goes on with something.
const GOES_ON = words(
  "adr afd alm ang att bl.a ca cand dr dvs ekskl evt f f.eks fhv forb fr fx hhv hr ift ifm iht inkl jf jr kap kl maks",
  "mht nr nuv omkr pga pkt s skt st stk tlf vedr vha",
);
// They may also end one, which shows in the capital letter of the next.
const MAY_END = words("aug dec feb jan kr m.fl m.m m.v mdr mia min mio mv nov o.a o.l o.lign okt osv pct sek sep sept");
const WORD = /^[^\p{L}\p{N}]*([\p{L}\p{N}][\p{L}\p{N}.]*)\.$/u; // with a full stop

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
  let start = 0;
  for (const { index, 0: word } of text.matchAll(/\S+\s*/g)) {
    const end = index + word.length;
    if (end < text.length && !/[.!?…][»«”"'’)\]]*$/.test(word.trimEnd())) continue;
    yield [start, end];
    start = end;
  }
}

/** Whether a sentence goes on behind a full stop: of an abbreviation, an initial, or an ordinal number ("28. februar"). */
function goesOn(sentence, next) {
  const before = sentence.trim();
  if (/^[^\p{L}\p{N}]*\p{Ll}/u.test(next)) return before.endsWith(".");
  const word = WORD.exec(before.split(" ").at(-1))?.[1];
  if (!word) return false;
  const small = word.toLowerCase();
  if (GOES_ON.has(small) || /^\p{Lu}$/u.test(word)) return true;
  if (/^\p{N}+$/u.test(word)) return before === `${word}.` || /^\s*\p{N}/u.test(next);
  return MAY_END.has(small) && /^\s*\p{N}/u.test(next);
}
