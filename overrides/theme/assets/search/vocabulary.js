// The words of the index, and which of them match a typed word.

import { fold, stem } from "./words.js";

// How much of a word's weight counts when the typed word is not exactly the word in the index.
const SAME = 1;
const OTHER_SPELLING = 0.9; // `mode` for møde
const OTHER_WORD = 0.5; // `svar` for svær, where the site has both
const OTHER_FORM = 0.9; // `barn` for børn
const JOINED = 0.9; // `arbejde hjemme` for hjemmearbejde
const SPLIT_UNKNOWN = 0.8; // `videoudstyr`, which is not in the index, for udstyr and video in the same place
const SPLIT_KNOWN = 0.6; // `sagsbehandling`, which is in the index, for its two words in the same place
const DERIVED = 0.6; // `annoncering` for annonce
const PREFIX = 0.6; // `selvb` for selvbetjening
const MISTYPED = 0.6;
const MISTYPED_TWICE = 0.5; // `jurnalicering`
const LAST_PART = 0.5, FIRST_PART = 0.4; // `afdelingspostkasse` for postkasse, `facebookgruppe` for Facebook, if the rest is not in the index

const DERIVATIONS = /^(?:n?ing|ering|else|s?el|hed|skab|eri|isk|l?ig|bar|som|er|tion|ion|ation|ed)$/;
const NEUTER = /[gklnr]t$/; // `digitalt`, but not `journalist`
const MIN_DERIVED_CHARACTERS = 4, MIN_PART_CHARACTERS = 3;
const MIN_SWAPPED_CHARACTERS = 4, MIN_MISTYPED_CHARACTERS = 5, MIN_MISTYPED_PREFIX_CHARACTERS = 6;
const MIN_MISTYPED_TWICE_CHARACTERS = 9, MIN_LONE_PART_CHARACTERS = 4;
const MIN_JOINED_DIGITS = 4;
const MAX_PREFIX_MATCHES = 24, MAX_JOINED_WORDS = 6, MAX_GROUPS_OF_DIGITS = 5;

/**
 * Whether two words differ by one typing error: one letter added, removed or replaced, or two neighboring letters swapped.
 * Short words only count when swapped; the shortest never do.
 */
function isOneEditApart(a, b) {
  if (Math.abs(a.length - b.length) > 1 || a.length < MIN_SWAPPED_CHARACTERS) return false;
  let position = 0;
  while (position < a.length && a[position] === b[position]) position += 1;
  const [restA, restB] = [a.slice(position + 1), b.slice(position + 1)];
  if (a[position] === b[position + 1] && a[position + 1] === b[position] && restA.slice(1) === restB.slice(1)) return a.length === b.length;
  if (a.length < MIN_MISTYPED_CHARACTERS) return false;
  return a.length === b.length ? restA === restB : a.slice(position) === restB || restA === b.slice(position);
}

/** Whether two words differ by at most two typing errors of the same kinds. */
function isTwoEditsApart(a, b) {
  let [before, row] = [[], [...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length] <= 2;
}

/**
 * A candidate for a typed word: `parts` has one map for each part of the word, from the ids of the words in the index that
 * match it to their shares of the weight. A section must match every part. `share` applies to the candidate as a whole.
 */
const candidate = (parts, share = 1) => ({ parts, share });
const isNumber = (word) => /^[0-9]+$/.test(word);
const withShare = (ids, share) => new Map(ids.map((id) => [id, share]));

export class Vocabulary {
  #spellings; // `[form, folded form, id]`, at least one for each word
  #foldedForms;
  #stems;
  #foldedStems;
  #idsByFoldedStem = new Map();
  #irregularStems = new Map();

  /**
   * `forms` are the words as the site spells them, several forms of a word as `forbereder/forberedelse`; a word's id is its
   * position. `irregular` has stems in pairs: of an irregular form and of the word itself. `stopWords` are the words that
   * carry little meaning.
   */
  constructor(forms, irregular, stopWords) {
    this.stopWords = new Set(stopWords);
    const spellings = forms.map((form) => form.split("/"));
    this.#spellings = spellings.flatMap((all, id) => all.map((form) => [form, fold(form), id]));
    this.#foldedForms = spellings.map(([form]) => fold(form));
    this.#stems = spellings.map(([form]) => stem(form));
    this.#foldedStems = this.#stems.map(fold);
    const add = (map, name, value) => (map.has(name) ? map.get(name).push(value) : map.set(name, [value]));
    this.#foldedStems.forEach((folded, id) => add(this.#idsByFoldedStem, folded, id));
    for (let at = 0; at + 1 < irregular.length; at += 2) add(this.#irregularStems, fold(irregular[at]), fold(irregular[at + 1]));
  }

  stemOf(id) {
    return this.#stems[id];
  }

  /** Return the first form of a word, with a and o for å, æ and ø. */
  foldedFormOf(id) {
    return this.#foldedForms[id];
  }

  /** Whether the index has a word, in any of its forms. */
  has(word) {
    const wordStem = stem(word);
    return this.#idsOfStem(wordStem).some((id) => this.#stems[id] === wordStem);
  }

  /**
   * Return what matches a typed word (one of `words`): `{ candidates, lastResort, correction }`. `lastResort` are the candidates
   * if no section matches the others: words that are parts of a compound. If the word may still be unfinished
   * (`isOpen`), also words that begin with it. If nothing matches, words that it may be a typing error for, with the most
   * likely one as `correction`.
   */
  match({ word, parts }, isOpen) {
    const matches = this.#exactMatches(word);
    const isKnown = matches.size > 0;
    const add = (id, share) => matches.set(id, Math.max(share, matches.get(id) ?? 0));
    for (const id of this.#derivedFrom(fold(stem(word)))) add(id, DERIVED);
    if (isOpen) for (const [id, share] of this.#prefixMatches(fold(word))) add(id, share);
    const errors = matches.size ? [] : this.#mistypedMatches(word);
    const split = errors.length || (isKnown && isNumber(word)) ? null : this.#splitCompound(word, parts);
    const prefixErrors = isOpen && !matches.size && !errors.length && !split ? this.#mistypedPrefixMatches(fold(word)) : [];
    for (const [id, share] of [...errors, ...prefixErrors]) add(id, share);
    const isFound = matches.size > 0 || split;
    const errorsTwice = isFound ? [] : this.#mistypedTwiceMatches(word);
    for (const [id, share] of errorsTwice) add(id, share);
    const candidates = matches.size ? [candidate([matches])] : [];
    if (split) candidates.push(candidate(split, isKnown ? SPLIT_KNOWN : SPLIT_UNKNOWN));
    const lastResort = isKnown || errors.length || errorsTwice.length ? [] : [...this.#partOfCompoundMatches(word)];
    return { candidates, lastResort: lastResort.length ? [candidate([new Map(lastResort)])] : [], correction: [...errors, ...errorsTwice][0]?.[2] ?? "" };
  }

  /**
   * Return the compounds in the index of which two typed words are the parts, in either order (`arbejde hjemme`):
   * `{ of, candidate }`, where `of` holds the two words.
   */
  joined(typed) {
    const heavy = typed.filter(({ word }) => !this.stopWords.has(word) && !isNumber(word)).slice(0, MAX_JOINED_WORDS);
    const pairs = heavy.flatMap((first) => heavy.filter((last) => last !== first).map((last) => [first, last]));
    return pairs.flatMap(([first, last]) => {
      const starts = [first.word, stem(first.word)].flatMap((start) => [start, `${start}s`, `${start}e`]);
      const ids = starts.flatMap((start) => this.#idsOfStem(stem(start + last.word)));
      return ids.length ? [{ of: [first, last], candidate: candidate([withShare(ids, JOINED)]) }] : [];
    });
  }

  /**
   * Return what neighboring words of the query are in one word: MitID for `mit id`, 89a for `89 a`, 70123456 for `7012 34 56`.
   * The result is like that of `joined`, which has the other pairs. `open` is the word that may still be unfinished.
   */
  joinedNeighbors(typed, open) {
    const isLight = ({ word }) => this.stopWords.has(word) || /^\p{L}$/u.test(word);
    return typed.slice(0, -1).flatMap((first, at) => {
      const of = typed.slice(at, at + 2);
      if (of.every(({ word }) => isNumber(word))) return this.#joinedNumbers(typed.slice(at, at + MAX_GROUPS_OF_DIGITS), open);
      if (isLight(of[0]) === isLight(of[1])) return [];
      const word = of[0].word + of[1].word;
      const ids = this.#idsOfStem(stem(word)).filter((id) => this.#foldedForms[id] === fold(word));
      if (ids.length) return [{ of, candidate: candidate([withShare(ids, JOINED)]) }];
      const split = isNumber(first.word) && !this.stopWords.has(of[1].word) && this.#splitCompound(word, [word]); // `123 c`
      return split ? [{ of, candidate: candidate(split, SPLIT_UNKNOWN) }] : [];
    });
  }

  #joinedNumbers(typed, open) {
    const joined = [];
    let number = typed[0].word;
    for (let count = 2; isNumber(typed[count - 1]?.word); count += 1) {
      const of = typed.slice(0, count);
      number += of.at(-1).word;
      if (number.length < MIN_JOINED_DIGITS) continue;
      const matches = new Map([...(of.at(-1) === open ? this.#prefixMatches(number) : []), ...withShare(this.#idsOfStem(number), JOINED)]);
      if (matches.size) joined.push({ of, candidate: candidate([matches]) });
    }
    return joined;
  }

  /** Return the ids of the words with a stem. A stem typed without æ, ø and å matches words with and without them. */
  #idsOfStem(wordStem) {
    const ids = this.#idsByFoldedStem.get(fold(wordStem)) ?? [];
    const exact = ids.filter((id) => this.#stems[id] === wordStem);
    return exact.length && /[æøå]/.test(wordStem) ? exact : ids;
  }

  #exactMatches(word) {
    const wordStem = stem(word);
    const irregular = (this.#irregularStems.get(fold(wordStem)) ?? []).flatMap((other) => this.#idsByFoldedStem.get(other) ?? []);
    const matches = withShare(irregular, OTHER_FORM);
    const ids = this.#idsOfStem(wordStem);
    const hasExact = ids.some((id) => this.#stems[id] === wordStem);
    for (const id of ids) matches.set(id, this.#stems[id] === wordStem ? SAME : hasExact ? OTHER_WORD : OTHER_SPELLING);
    return matches;
  }

  *#derivedFrom(foldedStem) {
    for (const [id, other] of this.#foldedStems.entries()) {
      const [short, long] = other.length > foldedStem.length ? [foldedStem, other] : [other, foldedStem];
      if (short.length < MIN_DERIVED_CHARACTERS || long.length === short.length || !long.startsWith(short)) continue;
      const ending = long.slice(short.length);
      if (DERIVATIONS.test(ending) || (ending === "t" && NEUTER.test(long))) yield id;
    }
  }

  #prefixMatches(prefix) {
    if (prefix.length < 2) return [];
    const matches = this.#spellings.filter(([, form]) => form.startsWith(prefix));
    matches.sort(([, a], [, b]) => a.length - b.length);
    return matches.slice(0, MAX_PREFIX_MATCHES).map(([, form, id]) => [id, PREFIX * (0.5 + (0.5 * prefix.length) / form.length)]);
  }

  /** Return the words that are one typing error away, the shortest first: `[id, share, form]`. */
  #mistypedMatches(word) {
    if (/\d/.test(word)) return [];
    const [foldedWord, foldedStem] = [fold(word), fold(stem(word))];
    const isNear = ([form, folded, id]) =>
      !this.stopWords.has(form) && (isOneEditApart(foldedWord, folded) || isOneEditApart(foldedStem, this.#foldedStems[id]));
    const matches = this.#spellings.filter(isNear).sort(([, a], [, b]) => isOneEditApart(foldedWord, b) - isOneEditApart(foldedWord, a) || a.length - b.length);
    return matches.map(([form, , id]) => [id, MISTYPED, form]);
  }

  /** Return the words that are two typing errors away from a long word, as `#mistypedMatches` does. People rarely get the first letter wrong. */
  #mistypedTwiceMatches(word) {
    const typed = fold(word);
    if (/\d/.test(word) || typed.length < MIN_MISTYPED_TWICE_CHARACTERS) return [];
    const matches = [];
    for (const spelling of this.#spellings) {
      const form = spelling[1];
      const isLike = form[0] === typed[0] && form.length >= MIN_MISTYPED_TWICE_CHARACTERS && Math.abs(form.length - typed.length) <= 2;
      if (isLike && isTwoEditsApart(typed, form)) matches.push(spelling);
    }
    matches.sort(([, a], [, b]) => a.length - b.length);
    return matches.map(([form, , id]) => [id, MISTYPED_TWICE, form]);
  }

  /** Return the longest words of the index that a compound ends and begins with, if the index does not have the rest: `[id, share]`. */
  *#partOfCompoundMatches(word) {
    const isPart = (part) => part.length >= MIN_LONE_PART_CHARACTERS;
    const starts = Array.from(word, (_, at) => at).slice(MIN_PART_CHARACTERS);
    const firstOf = (parts) => parts.filter(isPart).map((part) => this.#idsOfPart(part)).find((ids) => ids.length) ?? [];
    for (const id of firstOf(starts.map((at) => word.slice(at)))) yield [id, LAST_PART];
    for (const id of firstOf(starts.map((at) => word.slice(0, at)).reverse())) yield [id, FIRST_PART];
  }

  #mistypedPrefixMatches(prefix) {
    if (prefix.length < MIN_MISTYPED_PREFIX_CHARACTERS) return [];
    const isNear = ([, form]) => [0, 1].some((more) => isOneEditApart(prefix, form.slice(0, prefix.length + more)));
    const matches = this.#spellings.filter(isNear).sort(([, a], [, b]) => a.length - b.length);
    return matches.slice(0, MAX_PREFIX_MATCHES).map(([, , id]) => [id, MISTYPED * PREFIX]);
  }

  /**
   * Return the parts of a compound as in `candidate`, null unless the index has all of them: split at its hyphens or between
   * digits and letters, otherwise into two words, with the longest possible last one.
   */
  #splitCompound(word, parts) {
    const written = parts.length > 1 ? parts.filter((part) => part.length > 1) : word.match(/[0-9]+|[^0-9]+/g);
    if (parts.length > 1 || written.length > 1) {
      const found = written.map((part) => this.#idsOfStem(stem(part)));
      return found.length && found.every((ids) => ids.length) ? found.map((ids) => withShare(ids, SAME)) : null;
    }
    for (let at = MIN_PART_CHARACTERS; at <= word.length - MIN_PART_CHARACTERS; at += 1) {
      const last = this.#idsOfPart(word.slice(at));
      if (!last.length) continue;
      const firsts = [word.slice(0, at), ...(/[se]$/.test(word.slice(0, at)) ? [word.slice(0, at - 1)] : [])];
      const first = firsts.map((part) => this.#idsOfPart(part)).find((ids) => ids.length);
      if (first) return [withShare(first, SAME), withShare(last, SAME)];
    }
    return null;
  }

  #idsOfPart(word) {
    if (word.length < MIN_PART_CHARACTERS || this.stopWords.has(word)) return [];
    return this.#idsOfStem(stem(word)).filter((id) => this.#stems[id].length >= MIN_PART_CHARACTERS && !this.stopWords.has(this.#stems[id]));
  }
}
