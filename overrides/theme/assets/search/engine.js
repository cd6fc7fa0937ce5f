// The search engine: from a query to ranked pages. It reads the files of the index through a function that it is given, and
// does not touch the page. kanalstrategi/search/index.py describes the format of the files.

import { Vocabulary } from "./vocabulary.js";
import { words } from "./words.js";

const WEIGHT_SCALE = 64; // weights in the index are whole numbers up to this, and that much more where the word is in the page's title
const STOP_WORD_SHARE = 0.15; // how much `hvornår` and `på` count compared with other words
const ELSEWHERE_ON_PAGE_SHARE = 0.35; // how much a word counts for a section when it is only in other sections of the page
const ELSEWHERE_COVERED_SHARE = 0.7; // and how much of such a word is covered
const COVERED_EXPONENT = 0.8; // of the share of the query that a section covers, as a factor of its score
const MAX_STEPS = 3; // results that are steps of the channel chooser
// Pages for the reader that match worse do not come before those for others: the least share of the `score` and `covered` of the best of these.
const MIN_FIRST_SCORE_SHARE = 0.65, MIN_FIRST_COVERED_SHARE = 0.8;
const FIRST_CHARACTER = "0".charCodeAt(0); // stands for zero, also for the first kind of page; higher numbers follow it
const TOP_SHARE = 0.9; // the matches nearly as good as the best one decide how rare a word is

export class SearchIndex {
  #load;
  #firstWordOfFiles;
  #firstPageOfFiles;
  #statingPages;
  #kinds;
  #ranking;
  #steppedPages;
  #titleWords;
  #pageOfSection;
  #firstSectionOf;

  /** `load(path)` promises the content of a file of the index; `entry` is the content of its entry file, index.json. */
  constructor(entry, load) {
    this.#load = load;
    this.#firstWordOfFiles = entry.wordFiles;
    this.#firstPageOfFiles = entry.pageFiles;
    this.#statingPages = new Map(entry.rules);
    this.#kinds = numbersOf(entry.kinds);
    this.#ranking = entry.ranking;
    this.#steppedPages = new Set(entry.steps);
    this.#titleWords = numbersOf(entry.titleWords);
    this.#pageOfSection = entry.sections.flatMap((count, page) => Array(count).fill(page));
    let sum = 0;
    this.#firstSectionOf = entry.sections.map((count) => (sum += count) - count);
    const list = (text) => text.split(" ").filter(Boolean);
    this.vocabulary = new Vocabulary(list(entry.words), list(entry.other), list(entry.little));
  }

  /** Promise what results show of a page. */
  page(number) {
    return this.#line("pages", this.#firstPageOfFiles, number);
  }

  /**
   * Resolves to the pages that match a query, the best first for an audience, each with the number of its best section:
   * `{ results: [{ page, section, score, covered, isAfter }], tokens }`. `audience` is a key of the index's ranking. Results
   * that are `isAfter` are for other readers, and come after those that match about as well. The tokens are the words of the query as `words` returns
   * them, with `candidates` and `correction` from `Vocabulary.match`, and the word's `weights` by section and `rarity`.
   */
  async find(query, audience) {
    const written = words(query).flatMap((word) => (this.vocabulary.has(word.word) ? [word] : splitAtSpaces(word, query)));
    const all = written.filter(({ word }) => word.length > 1 || /\d/.test(word));
    const open = /[\p{L}\p{N}]$/u.test(query) ? all.at(-1) : undefined;
    // Stop words are left out unless there is nothing else. The last one stays, since the reader may still be typing it.
    const heavy = all.filter((word) => word === open || !this.vocabulary.stopWords.has(word.word));
    const typed = heavy.length ? heavy : all;
    const tokens = typed.map((word) => ({ ...word, ...this.vocabulary.match(word, word === open) }));
    const joined = [...this.vocabulary.joined(typed), ...this.vocabulary.joinedNeighbors(written, open)].map(({ of, candidate }) => {
      for (const word of of) tokens[typed.indexOf(word)]?.candidates.push(candidate);
      return { word: "", candidates: [candidate], isExtra: true };
    });
    const weighted = await Promise.all([...tokens, ...joined].map((token) => this.#weighted(token)));
    const ranked = this.#ranked(weighted.filter(({ weights }) => weights.size), this.#ranking[audience]);
    const hasTitle = ({ page }) => this.#titleWords[page] === written.length && tokens.every((_, at) => weighted[at].titled.has(this.#firstSectionOf[page]));
    const results = [...ranked.filter(hasTitle), ...ranked.filter((result) => !hasTitle(result))]; // whoever types a title wants that page
    return { results, tokens: weighted.slice(0, tokens.length) };
  }

  /** Return a token with its weight in each section, and its rarity. */
  async #weighted(token) {
    const weighted = await this.#weightedBy(token);
    return weighted.weights.size || !token.lastResort?.length ? weighted : this.#weightedBy({ ...token, candidates: token.lastResort });
  }

  async #weightedBy(token) {
    const ids = new Set(token.candidates.flatMap(({ parts }) => parts.flatMap((part) => [...part.keys()])));
    const postings = new Map(await Promise.all([...ids].map(async (id) => [id, await this.#postings(id)])));
    const weights = new Map();
    const exact = token.candidates.filter(({ parts }) => parts.length === 1).flatMap(({ parts: [part] }) => [...part].filter(([, share]) => share === 1));
    const titled = new Set(exact.flatMap(([id]) => [...postings.get(id).titled]));
    for (const { parts, share } of token.candidates) {
      for (const [section, weight] of intersection(parts.map((part) => bestWeights(part, postings)))) {
        weights.set(section, Math.max(weights.get(section) ?? 0, share * weight));
      }
    }
    const [wholeWord] = token.candidates.filter(({ parts }) => parts.length === 1).flatMap(({ parts }) => parts);
    const minShare = wholeWord && TOP_SHARE * Math.max(...wholeWord.values());
    const counts = wholeWord ? [...wholeWord].filter(([, share]) => share >= minShare).map(([id]) => postings.get(id).count) : [weights.size];
    const count = Math.max(...counts);
    const rarity = Math.log(1 + (this.#pageOfSection.length - count + 0.5) / (count + 0.5)); // inverse document frequency as in BM25
    return { ...token, weights, titled, rarity: rarity * (this.vocabulary.stopWords.has(token.word) ? STOP_WORD_SHARE : 1) };
  }

  /** Return the weights of a word of the index by section, the sections where it is in the page's title, and the number of all that it is in. */
  async #postings(id) {
    const [numbers, count] = await this.#line("words", this.#firstWordOfFiles, id);
    const weights = new Map();
    const titled = [];
    for (let at = 0, section = 0; at < numbers.length; at += 2) {
      section += numbers[at];
      const isTitled = numbers[at + 1] > WEIGHT_SCALE;
      if (isTitled) titled.push(section);
      weights.set(section, (numbers[at + 1] - (isTitled ? WEIGHT_SCALE : 0)) / WEIGHT_SCALE);
    }
    return { weights, titled, count: count ?? weights.size };
  }

  /** Promise line `number` of those that are spread over the files with a name; `firsts` is the first line of each file. */
  async #line(name, firsts, number) {
    const file = lastUpTo(firsts, number);
    const lines = await this.#load(`${name}-${file}.json`);
    return lines[number - firsts[file]];
  }

  #ranked(tokens, ranks) {
    const pages = new Map();
    for (const [number, { weights }] of tokens.entries()) {
      for (const [section, weight] of weights) {
        const page = this.#pageOfSection[section];
        if (!pages.has(page)) pages.set(page, { best: Array(tokens.length).fill(0), sections: new Set() });
        const { best, sections } = pages.get(page);
        best[number] = Math.max(best[number], weight);
        sections.add(section);
      }
    }
    const total = tokens.reduce((sum, { rarity, isExtra }) => sum + (isExtra ? 0 : rarity), 0);
    const scoreOf = (section, best) => {
      let [score, covered] = [0, 0];
      for (const [number, { weights, rarity, isExtra }] of tokens.entries()) {
        const weight = weights.get(section) ?? 0;
        score += rarity * Math.max(weight, ELSEWHERE_ON_PAGE_SHARE * best[number]);
        if (best[number] && !isExtra) covered += rarity * (weight ? 1 : ELSEWHERE_COVERED_SHARE);
      }
      covered /= total;
      return { score: score * covered ** COVERED_EXPONENT, covered };
    };
    const byScore = (a, b) => b.score - a.score || a.page - b.page || a.section - b.section;
    const results = [...pages].flatMap(([page, { best, sections }]) => {
      const scored = [...sections].map((section) => ({ page, section: section - this.#firstSectionOf[page], ...scoreOf(section, best) }));
      return scored.sort(byScore).slice(0, this.#steppedPages.has(page) ? MAX_STEPS : 1);
    });
    const rankOf = ({ page }) => ranks[this.#kinds[page]];
    for (const result of results) {
      result.score *= rankOf(result)[0];
      result.isAfter = rankOf(result)[2];
    }
    results.sort(byScore);
    const countOfKind = new Map();
    for (const result of results) {
      const kind = this.#kinds[result.page];
      const before = countOfKind.get(kind) ?? 0;
      countOfKind.set(kind, before + 1);
      result.score *= rankOf(result)[1] ** before;
    }
    return inTurn(this.#withoutRepeatedRules(results.sort(byScore)));
  }

  /** Return results, without the page of a rule if a better one is the page that states it, or that of another rule stated there. */
  #withoutRepeatedRules(results) {
    const seen = new Set();
    return results.filter(({ page }) => {
      const statingPage = this.#statingPages.get(page) ?? page;
      const isRepeated = seen.has(statingPage) && statingPage !== page;
      seen.add(statingPage);
      return !isRepeated;
    });
  }
}

/** Return the numbers that the characters of a text stand for. */
function numbersOf(text) {
  return Array.from(text, (character) => character.charCodeAt(0) - FIRST_CHARACTER);
}

/** Return results with those for other readers after those for the reader, unless these match much worse. */
function inTurn(results) {
  const others = results.filter(({ isAfter }) => isAfter);
  const least = (name, share) => share * Math.max(0, ...others.map((result) => result[name]));
  const [minScore, minCovered] = [least("score", MIN_FIRST_SCORE_SHARE), least("covered", MIN_FIRST_COVERED_SHARE)];
  const isFirst = ({ isAfter, score, covered }) => !isAfter && score >= minScore && covered >= minCovered;
  return [...results.filter(isFirst), ...results.filter((result) => !isFirst(result))];
}

/** Return the position of the last of some ascending numbers that is at most `number`. */
function lastUpTo(numbers, number) {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= number) low = middle;
    else high = middle;
  }
  return low;
}

/** Return a word of a query as several, if it is a number with spaces between its groups of digits. */
function splitAtSpaces({ start, end }, query) {
  return [...query.slice(start, end).matchAll(/[^ ]+/g)].flatMap(({ 0: group, index }) => {
    const offset = start + index;
    return words(group).map((word) => ({ ...word, start: offset + word.start, end: offset + word.end }));
  });
}

/** Return the weights by section for a part of a word: for each section, that of the best match in it. */
function bestWeights(part, postings) {
  const best = new Map();
  for (const [id, share] of part) {
    for (const [section, weight] of postings.get(id).weights) best.set(section, Math.max(best.get(section) ?? 0, share * weight));
  }
  return best;
}

/** Return the sections that are in all of the maps, each with its smallest weight. */
function intersection([first, ...others]) {
  return [...first]
    .filter(([section]) => others.every((weights) => weights.has(section)))
    .map(([section, weight]) => [section, Math.min(weight, ...others.map((weights) => weights.get(section)))]);
}
