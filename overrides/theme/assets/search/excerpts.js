// What the reader sees of a result: title, section and an excerpt with the hits marked.

import { fold, stem, words } from "./words.js";

const PART_OF_WORD_SHARE = 0.6; // how much a hit counts that is only a part of a longer word
const MIN_PART_CHARACTERS = 3; // of the hit, and of the rest of the word
const MAX_EDGE_PART_CHARACTERS = 4; // up to this length only at the start or end of a word: `tid` is no hit in samtidig
const MAX_EXCERPT_CHARACTERS = 180;
const MAX_CHARACTERS_BEFORE_HIT = 60;

/**
 * Return a function that takes a word of a text and returns `[stem, weight]`: which word of the index it is a hit for, and
 * what the hit is worth; `["", 0]` if it is none. `tokens` are those of `SearchIndex.find`.
 */
export function hitFinder(index, tokens) {
  const hits = new Map();
  const partHits = new Map();
  for (const { candidates, rarity } of tokens) {
    // The parts of a compound are no hits where the compound itself is in the index.
    for (const { parts } of candidates.length > 1 ? candidates.filter((candidate) => candidate.parts.length === 1) : candidates) {
      for (const id of parts.flatMap((part) => [...part.keys()])) {
        const idStem = index.vocabulary.stemOf(id);
        hits.set(idStem, Math.max(rarity, hits.get(idStem) ?? 0));
        const foldedForm = index.vocabulary.foldedFormOf(id);
        if (foldedForm.length >= MIN_PART_CHARACTERS) partHits.set(foldedForm, [idStem, rarity * PART_OF_WORD_SHARE]);
      }
    }
  }
  return ({ word, parts }) => {
    const wordStem = stem(word);
    const known = [wordStem, ...(parts.length > 1 ? parts.map(stem) : [])].find((one) => hits.has(one));
    if (known) return [known, hits.get(known)];
    const [foldedWord, foldedStem] = [fold(word), fold(wordStem)];
    const contains = (part) =>
      part.length > MAX_EDGE_PART_CHARACTERS ? foldedWord.includes(part) : foldedWord.startsWith(part) || foldedStem.endsWith(part);
    const hit = [...partHits.keys()].find((part) => foldedWord.length - part.length >= MIN_PART_CHARACTERS && contains(part));
    return hit ? partHits.get(hit) : ["", 0];
  };
}

/**
 * Return what the reader sees of a section of a page. `hitOf` is from `hitFinder`; `href` turns a page's path into a URL;
 * `audience` is who the reader is.
 */
export function resultView(page, number, hitOf, href, audience) {
  const [sectionAnchor, heading, parentHeading, pieces] = page.sections[number];
  let best = { weight: 0, text: pieces[0]?.[0] ?? "", anchor: "", marks: [] };
  for (const [text, anchor] of pieces) {
    const weights = new Map();
    const marks = [];
    for (const word of words(text)) {
      const [hitStem, hitWeight] = hitOf(word);
      if (!hitWeight) continue;
      weights.set(hitStem, hitWeight);
      marks.push(word);
    }
    const weight = [...weights.values()].reduce((sum, one) => sum + one, 0);
    if (weight > best.weight) best = { weight, text, anchor, marks };
  }
  const target = best.anchor || sectionAnchor;
  const titles = [...(page.steps && heading ? [] : [page.title]), parentHeading, heading].filter(Boolean); // a step is a result of its own
  const [rule = page.rule, lead] = page.rules?.[best.anchor] ?? [];
  return {
    href: href(page.url) + (target ? `#${target}` : ""),
    title: withHits(titles[0], hitOf),
    section: titles.slice(1).join(" › "),
    place: page.steps && heading ? page.title : page.place,
    otherAudience: page.for === audience ? "" : page.for, // if the page is for other readers
    language: page.lang ? { lang: page.lang, dir: page.dir } : {}, // if it is not Danish
    isDraft: page.draft,
    state: page.state, // of the edition, if it is not the one in force
    rule, // what kind of rule the excerpt is, if it is one
    excerpt: [...(lead ? [[`${lead} `, false]] : []), ...excerptOf(best)],
  };
}

/** Return a short text, such as a title, in parts: `[text, isHit]`. */
const withHits = (text, hitOf) => excerptOf({ text, marks: words(text).filter((word) => hitOf(word)[1]) });

/** Return a text in parts, `[text, isHit]`; of a long text, only a passage around the first hit. `marks` are its hits. */
function excerptOf({ text, marks }) {
  let [from, to] = [0, text.length];
  if (text.length > MAX_EXCERPT_CHARACTERS) {
    const firstHit = marks[0]?.start ?? 0;
    if (firstHit > MAX_EXCERPT_CHARACTERS - MAX_CHARACTERS_BEFORE_HIT) from = text.indexOf(" ", firstHit - MAX_CHARACTERS_BEFORE_HIT) + 1;
    const lastSpace = text.lastIndexOf(" ", from + MAX_EXCERPT_CHARACTERS);
    if (from + MAX_EXCERPT_CHARACTERS < text.length) to = lastSpace > from ? lastSpace : from + MAX_EXCERPT_CHARACTERS;
  }
  const parts = from ? [["… ", false]] : [];
  let position = from;
  for (const { start, end } of marks.filter((mark) => mark.start >= from && mark.end <= to)) {
    parts.push([text.slice(position, start), false], [text.slice(start, end), true]);
    position = end;
  }
  parts.push([text.slice(position, to), false]);
  if (to < text.length) parts.push([" …", false]);
  return parts.filter(([part]) => part);
}
