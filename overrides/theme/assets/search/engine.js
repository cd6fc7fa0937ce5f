// From what is typed to pages in order. Knows of no page and no address: it is given a way to load the index's files,
// whose form `overrides/search/index.py` describes.

import { Vocabulary } from "./vocabulary.js";
import { words } from "./words.js";

const STEPS = 64; // a weight in the index is a whole number up to this
const SAYS_LITTLE = 0.15; // how much `hvornår` and `på` count beside the others
const ELSEWHERE_ON_PAGE = 0.35; // how much a word of the page counts for a section that does not have it
const COVERED_ELSEWHERE = 0.7;
const WHOLE_QUERY = 0.8; // the power of how much of what is typed a section answers
const ONE_MORE_LOCAL = 0.8; // what a local guideline keeps for each one before it: they say much the same
const TOP_SHARE = 0.9; // words that answer nearly as well as the best say how rare it is

export class SearchIndex {
  #load;
  #files;
  #local;
  #pageOf;
  #firstOf;

  /** `load(path)` promises the content of one of the index's files; `entry` is the one that leads to the others. */
  constructor(entry, load) {
    this.#load = load;
    this.#files = entry.files;
    this.#local = new Set(entry.local);
    this.#pageOf = entry.sections.flatMap((count, page) => Array(count).fill(page));
    let sum = 0;
    this.#firstOf = entry.sections.map((count) => (sum += count) - count);
    const list = (text) => text.split(" ").filter(Boolean);
    this.vocabulary = new Vocabulary(list(entry.words), list(entry.other), list(entry.little));
  }

  /** What a result says of a page. */
  page(number) {
    return this.#load(`page-${number}.json`);
  }

  /**
   * The pages that answer a query, the best first, each with the number of the section that does best:
   * `{ results: [{ page, section, score, covered }], tokens }`, where the tokens are the words of the query as
   * `words` has them, with the `ways` that they were answered in, what was `meant` and the `rarity`.
   */
  async find(query) {
    const all = words(query).filter(({ word }) => word.length > 1 || /\d/.test(word));
    const open = /[\p{L}\p{N}]$/u.test(query) ? all.at(-1) : undefined;
    // Words that say little are asked for where nothing else is, or when they may yet become others.
    const heavy = all.filter((word) => word === open || !this.vocabulary.little.has(word.word));
    const typed = heavy.length ? heavy : all;
    const tokens = typed.map((word) => ({ ...word, ...this.vocabulary.answers(word, word === open) }));
    const joined = this.vocabulary.joined(typed).map(({ of, way }) => {
      for (const word of of) tokens[typed.indexOf(word)].ways.push(way);
      return { word: "", ways: [way], isExtra: true };
    });
    const weighed = await Promise.all([...tokens, ...joined].map((token) => this.#weighed(token)));
    const results = this.#ranked(weighed.filter(({ weights }) => weights.size));
    return { results, tokens: weighed.slice(0, tokens.length) };
  }

  /** A word with what each section is worth for it, and how rare it is. */
  async #weighed(token) {
    const ids = new Set(token.ways.flatMap(({ all }) => all.flatMap((one) => [...one.keys()])));
    const places = new Map(await Promise.all([...ids].map(async (id) => [id, await this.#places(id)])));
    const weights = new Map();
    for (const { all, share } of token.ways) {
      for (const [section, weight] of together(all.map((one) => bestOf(one, places)))) {
        weights.set(section, Math.max(weights.get(section) ?? 0, share * weight));
      }
    }
    const [own] = token.ways.filter(({ all }) => all.length === 1).flatMap(({ all }) => all);
    const top = own && TOP_SHARE * Math.max(...own.values());
    const counts = own ? [...own].filter(([, share]) => share >= top).map(([id]) => places.get(id).count) : [weights.size];
    const count = Math.max(...counts);
    const rarity = Math.log(1 + (this.#pageOf.length - count + 0.5) / (count + 0.5)); // as BM25 has it
    return { ...token, weights, rarity: rarity * (this.vocabulary.little.has(token.word) ? SAYS_LITTLE : 1) };
  }

  /** The sections that a word of the index stands in, with its weight there, and how many there are in all. */
  async #places(id) {
    const file = this.#files.findLastIndex((first) => first <= id);
    const lines = await this.#load(`words-${file}.json`);
    const [numbers, count] = lines[id - this.#files[file]];
    const weights = new Map();
    for (let at = 0, section = 0; at < numbers.length; at += 2) weights.set((section += numbers[at]), numbers[at + 1] / STEPS);
    return { weights, count: count ?? weights.size };
  }

  #ranked(tokens) {
    const pages = new Map();
    for (const [number, { weights }] of tokens.entries()) {
      for (const [section, weight] of weights) {
        const page = this.#pageOf[section];
        if (!pages.has(page)) pages.set(page, { best: Array(tokens.length).fill(0), sections: new Set() });
        const { best, sections } = pages.get(page);
        best[number] = Math.max(best[number], weight);
        sections.add(section);
      }
    }
    const total = tokens.reduce((sum, { rarity, isExtra }) => sum + (isExtra ? 0 : rarity), 0);
    const score = (section, best) => {
      let [worth, covered] = [0, 0];
      for (const [number, { weights, rarity, isExtra }] of tokens.entries()) {
        const here = weights.get(section) ?? 0;
        worth += rarity * Math.max(here, ELSEWHERE_ON_PAGE * best[number]);
        if (best[number] && !isExtra) covered += rarity * (here ? 1 : COVERED_ELSEWHERE);
      }
      covered /= total;
      return { score: worth * covered ** WHOLE_QUERY, covered };
    };
    const inOrder = (a, b) => b.score - a.score || a.page - b.page || a.section - b.section;
    const results = [...pages].map(([page, { best, sections }]) => {
      const found = [...sections].map((section) => ({ page, section: section - this.#firstOf[page], ...score(section, best) }));
      return found.sort(inOrder)[0];
    });
    let share = 1;
    for (const result of results.sort(inOrder).filter(({ page }) => this.#local.has(page))) {
      result.score *= share;
      share *= ONE_MORE_LOCAL;
    }
    return results.sort(inOrder);
  }
}

/** What sections are worth for words that answer as well as each other. */
function bestOf(shares, places) {
  const best = new Map();
  for (const [id, share] of shares) {
    for (const [section, weight] of places.get(id).weights) best.set(section, Math.max(best.get(section) ?? 0, share * weight));
  }
  return best;
}

/** Of sections that have all of several, what the least of them is worth. */
function together([first, ...others]) {
  return [...first]
    .filter(([section]) => others.every((one) => one.has(section)))
    .map(([section, weight]) => [section, Math.min(weight, ...others.map((one) => one.get(section)))]);
}
