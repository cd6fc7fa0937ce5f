// The words of the index, and which of them answer a word that is typed.

import { fold, key } from "./words.js";

// How much of a word's weight counts when what is typed is not the word as the site has it.
const SAME = 1;
const OTHER_SPELLING = 0.9; // `mode` for møde
const OTHER_WORD = 0.5; // `svar` for svær, where the site has both
const OTHER_FORM = 0.9; // `barn` for børn
const JOINED = 0.9; // `arbejde hjemme` for hjemmearbejde
const TAKEN_APART = 0.8; // `videoudstyr`, which the site does not have, for udstyr and video in one place
const PARTS = 0.6; // `sagsbehandling`, which it has, for the same
const DERIVED = 0.6; // `annoncering` for annonce
const BEGUN = 0.6; // `selvb` for selvbetjening
const MISTYPED = 0.6;

const DERIVATIONS = /^(?:n?ing|ering|else|s?el|hed|skab|eri|isk|l?ig|bar|som|er|tion|ion|ation)$/;
const SHORTEST_DERIVED = 4, SHORTEST_PART = 3;
const SHORTEST_SWAPPED = 4, SHORTEST_MISTYPED = 5, SHORTEST_BEGUN_MISTYPED = 6;
const MOST_BEGUN = 24, MOST_JOINED = 6;

/** Whether one letter more, less, other or swapped with the next makes one word of the other; in short words, only that. */
function isOneApart(a, b) {
  if (Math.abs(a.length - b.length) > 1 || a.length < SHORTEST_SWAPPED) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at + 1), b.slice(at + 1)];
  if (a[at] === b[at + 1] && a[at + 1] === b[at] && restA.slice(1) === restB.slice(1)) return a.length === b.length;
  if (a.length < SHORTEST_MISTYPED) return false;
  return a.length === b.length ? restA === restB : a.slice(at) === restB || restA === b.slice(at);
}

/**
 * A way to answer a word: each of `all` says what stands for a part of it, as shares of their weight by the number of
 * a word of the index, and must be there; `share` is what the whole counts.
 */
const way = (all, share = 1) => ({ all, share });
const shares = (ids, share) => new Map(ids.map((id) => [id, share]));

export class Vocabulary {
  #spellings; // [how it is written, the same folded, the number of the word], of every word at least one
  #plain;
  #keys;
  #plainKeys;
  #byKey = new Map();
  #others = new Map();

  /**
   * `forms` as the site has the words, a word with several as `forbereder/forberedelse`; `others` holds keys of irregular
   * forms, each before that of the word itself; `little` the words that tell little.
   */
  constructor(forms, others, little) {
    this.little = new Set(little);
    const spellings = forms.map((form) => form.split("/"));
    this.#spellings = spellings.flatMap((all, id) => all.map((form) => [form, fold(form), id]));
    this.#plain = spellings.map(([form]) => fold(form));
    this.#keys = spellings.map(([form]) => key(form));
    this.#plainKeys = this.#keys.map(fold);
    const note = (map, name, value) => (map.has(name) ? map.get(name).push(value) : map.set(name, [value]));
    this.#plainKeys.forEach((plain, id) => note(this.#byKey, plain, id));
    for (let at = 0; at + 1 < others.length; at += 2) note(this.#others, fold(others[at]), fold(others[at + 1]));
  }

  keyOf(id) {
    return this.#keys[id];
  }

  /** How a word of the index is written, with a and o for æ, ø and å. */
  plainOf(id) {
    return this.#plain[id];
  }

  /**
   * What answers a word (of `words`): `{ ways, meant }`. Of one that is still being typed, also what begins with it. Where
   * nothing does, what it may be a typing error for, and how the likeliest of that is written.
   */
  answers({ word, parts }, isOpen) {
    const found = this.#itself(word);
    const isKnown = found.size > 0;
    const put = (id, share) => found.set(id, Math.max(share, found.get(id) ?? 0));
    for (const id of this.#derived(fold(key(word)))) put(id, DERIVED);
    if (isOpen) for (const [id, share] of this.#begun(fold(word))) put(id, share);
    const errors = found.size ? [] : this.#mistyped(word);
    const taken = errors.length ? null : this.#takenApart(word, parts);
    const begun = isOpen && !found.size && !errors.length && !taken ? this.#begunMistyped(fold(word)) : [];
    for (const [id, share] of [...errors, ...begun]) put(id, share);
    const ways = found.size ? [way([found])] : [];
    if (taken) ways.push(way(taken, isKnown ? PARTS : TAKEN_APART));
    return { ways, meant: errors[0]?.[2] ?? "" };
  }

  /** Words that are typed apart and stand as one in the index, whichever was typed first: `arbejde hjemme`. */
  joined(typed) {
    const heavy = typed.filter(({ word }) => !this.little.has(word)).slice(0, MOST_JOINED);
    const pairs = heavy.flatMap((first) => heavy.filter((last) => last !== first).map((last) => [first, last]));
    return pairs.flatMap(([first, last]) => {
      const starts = [first.word, key(first.word)].flatMap((start) => [start, `${start}s`, `${start}e`]);
      const ids = starts.flatMap((start) => this.#same(key(start + last.word)));
      return ids.length ? [{ of: [first, last], way: way([shares(ids, JOINED)]) }] : [];
    });
  }

  /** The words with a key; what is typed without æ, ø and å is taken for either. */
  #same(own) {
    const found = this.#byKey.get(fold(own)) ?? [];
    const exact = found.filter((id) => this.#keys[id] === own);
    return exact.length && /[æøå]/.test(own) ? exact : found;
  }

  #itself(word) {
    const own = key(word);
    const others = (this.#others.get(fold(own)) ?? []).flatMap((other) => this.#byKey.get(other) ?? []);
    const found = shares(others, OTHER_FORM);
    const same = this.#same(own);
    const isThere = same.some((id) => this.#keys[id] === own);
    for (const id of same) found.set(id, this.#keys[id] === own ? SAME : isThere ? OTHER_WORD : OTHER_SPELLING);
    return found;
  }

  *#derived(own) {
    for (const [id, other] of this.#plainKeys.entries()) {
      const [short, long] = other.length > own.length ? [own, other] : [other, own];
      if (short.length < SHORTEST_DERIVED || long.length === short.length || !long.startsWith(short)) continue;
      if (DERIVATIONS.test(long.slice(short.length))) yield id;
    }
  }

  #begun(plain) {
    if (plain.length < 2) return [];
    const found = this.#spellings.filter(([, form]) => form.startsWith(plain));
    found.sort(([, a], [, b]) => a.length - b.length);
    return found.slice(0, MOST_BEGUN).map(([, form, id]) => [id, BEGUN * (0.5 + (0.5 * plain.length) / form.length)]);
  }

  /** Words that one letter makes of another, the shortest first: `[number, share, how it is written]`. */
  #mistyped(word) {
    if (/\d/.test(word)) return [];
    const [plain, own] = [fold(word), fold(key(word))];
    const isNear = ([form, folded, id]) => !this.little.has(form) && (isOneApart(plain, folded) || isOneApart(own, this.#plainKeys[id]));
    const found = this.#spellings.filter(isNear).sort(([, a], [, b]) => isOneApart(plain, b) - isOneApart(plain, a) || a.length - b.length);
    return found.map(([form, , id]) => [id, MISTYPED, form]);
  }

  #begunMistyped(plain) {
    if (plain.length < SHORTEST_BEGUN_MISTYPED) return [];
    const isNear = ([, form]) => [0, 1].some((more) => isOneApart(plain, form.slice(0, plain.length + more)));
    const found = this.#spellings.filter(isNear).sort(([, a], [, b]) => a.length - b.length);
    return found.slice(0, MOST_BEGUN).map(([, , id]) => [id, MISTYPED * BEGUN]);
  }

  /** The words that one is put together of, if the index has them all: by its hyphens, else the longest last one. */
  #takenApart(word, parts) {
    if (parts.length > 1) {
      const found = parts.filter((part) => part.length > 1).map((part) => this.#same(key(part)));
      return found.length && found.every((ids) => ids.length) ? found.map((ids) => shares(ids, SAME)) : null;
    }
    for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at += 1) {
      const last = this.#part(word.slice(at));
      if (!last.length) continue;
      const firsts = [word.slice(0, at), ...(/[se]$/.test(word.slice(0, at)) ? [word.slice(0, at - 1)] : [])];
      const first = firsts.map((part) => this.#part(part)).find((ids) => ids.length);
      if (first) return [shares(first, SAME), shares(last, SAME)];
    }
    return null;
  }

  #part(word) {
    if (word.length < SHORTEST_PART || this.little.has(word)) return [];
    return this.#same(key(word)).filter((id) => this.#keys[id].length >= SHORTEST_PART && !this.little.has(this.#keys[id]));
  }
}
