// From what is typed to results. Knows of no page and no address: it is given a way to load the index's files,
// whose form `overrides/search/index.py` describes.

import { fold, key, words } from "./words.js";

// How much of a word's weight counts when what is typed is not the word itself.
const SAME = 1, OTHER_SPELLING = 0.9, OTHER_FORM = 0.9, DERIVED = 0.6, PARTS = 0.6, JOINED = 0.9, BEGUN = 0.6, MISTYPED = 0.6;
const SAYS_LITTLE = 0.15;
/** How much it counts that a section answers all of what is typed. */
const WHOLE_QUERY = 1.5;
const ELSEWHERE_ON_PAGE = 0.35;
/** What of its weight each local guideline loses for every one before it: they say much the same. */
const ONE_MORE_LOCAL = 0.8;
const DERIVATIONS = /^(?:n?ing|ering|else|s?el|hed|skab|eri|isk|l?ig|bar|som|er|tion|ion|ation)$/;
const SHORTEST_PART = 3, SHORTEST_MISTYPED = 5;
const MOST_BEGUN = 24, MOST_JOINED = 6;
const STEPS = 64;

/** Whether one letter more, less, other or swapped with the next makes one word of the other. */
function isOneApart(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at + 1), b.slice(at + 1)];
  if (a.slice(at) === restB || restA === b.slice(at)) return true;
  if (a.length !== b.length) return false;
  return restA === restB || (a[at] === b[at + 1] && a[at + 1] === b[at] && restA.slice(1) === restB.slice(1));
}

export class SearchIndex {
  /** `load(path)` promises the content of one of the index's files, given the one that leads to the others. */
  constructor(entry, load) {
    this.load = load;
    this.files = entry.files;
    this.forms = entry.words.split(" ").filter(Boolean);
    this.plain = this.forms.map(fold);
    this.keys = this.forms.map(key);
    this.byKey = new Map();
    this.keys.forEach((word, id) => this.#note(fold(word), id));
    this.local = new Set(entry.local);
    this.little = new Set(entry.little.split(" "));
    this.others = new Map();
    const others = entry.other.split(" ");
    for (let at = 0; at + 1 < others.length; at += 2) {
      this.others.set(fold(others[at]), [...(this.others.get(fold(others[at])) ?? []), others[at + 1]]);
    }
    this.pageOf = entry.sections.flatMap((count, page) => Array(count).fill(page));
    this.firstOf = [];
    entry.sections.reduce((sum, count, page) => ((this.firstOf[page] = sum), sum + count), 0);
  }

  #note(plain, id) {
    if (this.byKey.has(plain)) this.byKey.get(plain).push(id);
    else this.byKey.set(plain, [id]);
  }

  /** The words of the index with a key; what is typed without æ, ø and å is taken for either. */
  #same(own) {
    const found = this.byKey.get(fold(own)) ?? [];
    const exact = found.filter((id) => this.keys[id] === own);
    return exact.length && /[æøå]/.test(own) ? exact : found;
  }

  /** Two words of the index that what is typed is put together of. */
  #parts(plain) {
    for (let at = plain.length - SHORTEST_PART; at >= SHORTEST_PART; at -= 1) {
      const last = this.byKey.get(fold(key(plain.slice(at))));
      if (!last) continue;
      for (const first of [plain.slice(0, at), plain.slice(0, at - 1)]) {
        if (first.length < plain.length - plain.slice(at).length && !/[se]/.test(plain[at - 1])) continue;
        const found = first.length >= SHORTEST_PART && this.byKey.get(fold(key(first)));
        if (found) return [found, last];
      }
    }
    return null;
  }

  #mistyped(plain, own, isOpen) {
    const found = [];
    const short = fold(own);
    this.plain.forEach((form, id) => {
      if (isOneApart(plain, form) || (short.length >= SHORTEST_MISTYPED - 1 && isOneApart(short, fold(this.keys[id])))) found.push([id, MISTYPED]);
      else if (isOpen && form.length > plain.length && [0, 1].some((more) => isOneApart(plain, form.slice(0, plain.length + more)))) {
        found.push([id, MISTYPED * BEGUN]);
      }
    });
    return found;
  }

  /** What in the index answers a word: ways that do, each a list of words that must all be there. */
  #ways({ word, parts }, isOpen) {
    const plain = fold(word);
    const own = key(word);
    const share = new Map();
    const put = (id, part) => share.set(id, Math.max(part, share.get(id) ?? 0));
    for (const id of this.#same(own)) put(id, this.keys[id] === own ? SAME : OTHER_SPELLING);
    for (const other of this.others.get(fold(own)) ?? []) for (const id of this.byKey.get(fold(other)) ?? []) put(id, OTHER_FORM);
    const isKnown = share.size > 0;
    if (own.length >= 4) {
      const short = fold(own);
      this.keys.forEach((other, id) => {
        const long = fold(other);
        const [a, b] = long.length > short.length ? [short, long] : [long, short];
        if (a.length >= 4 && a !== b && b.startsWith(a) && DERIVATIONS.test(b.slice(a.length))) put(id, DERIVED);
      });
    }
    if (isOpen && plain.length > 1) {
      const begun = this.plain.flatMap((form, id) => (form.startsWith(plain) ? [id] : []));
      begun.sort((a, b) => this.forms[a].length - this.forms[b].length);
      for (const id of begun.slice(0, MOST_BEGUN)) put(id, BEGUN * (0.5 + 0.5 * (plain.length / this.plain[id].length)));
    }
    const split = parts.length > 1 ? parts.filter((part) => part.length > 1).map((part) => this.#same(key(part))) : this.#parts(plain);
    const isSplit = split?.length > 0 && split.every((ids) => ids.length);
    let mistyped = false;
    if (!share.size && !isSplit && word.length >= SHORTEST_MISTYPED - 1 && !/\d/.test(word)) {
      for (const [id, part] of this.#mistyped(plain, own, isOpen)) put(id, part);
      mistyped = share.size > 0;
    }
    const ways = share.size ? [{ all: [[...share]], share: 1 }] : [];
    if (isSplit) ways.push({ all: split.map((ids) => ids.map((id) => [id, SAME])), share: isKnown ? PARTS : 0.8 });
    return { ways, mistyped, isKnown: isKnown || isSplit };
  }

  /** Two words that stand as one in the index count as that too, whichever was typed first: `arbejde hjemme`. */
  #join(tokens) {
    const joined = [];
    const heavy = tokens.filter(({ word }) => !this.little.has(word)).slice(0, MOST_JOINED);
    for (const first of heavy) {
      for (const last of heavy) {
        if (first === last) continue;
        const starts = [first.word, key(first.word)].flatMap((start) => [start, `${start}s`, `${start}e`]);
        const ids = new Set(starts.flatMap((start) => this.#same(key(start + last.word))));
        if (!ids.size) continue;
        const way = { all: [[...ids].map((id) => [id, JOINED])], share: 1 };
        for (const token of [first, last]) token.ways.push(way);
        joined.push({ word: first.word + last.word, ways: [way], isKnown: true, isExtra: true });
      }
    }
    return joined;
  }

  async #places(id) {
    let file = this.files.findLastIndex((first) => first <= id);
    const lines = await this.load(`words-${file}.json`);
    const [numbers, count] = lines[id - this.files[file]];
    const places = new Map();
    for (let at = 0, section = 0; at < numbers.length; at += 2) places.set((section += numbers[at]), numbers[at + 1] / STEPS);
    return { places, count: count ?? places.size };
  }

  /** What the sections are worth for a word, and how rare it is. */
  async #weigh(token) {
    const ids = [...new Set(token.ways.flatMap((way) => way.all.flatMap((one) => one.map(([id]) => id))))];
    const found = new Map(await Promise.all(ids.map(async (id) => [id, await this.#places(id)])));
    const weights = new Map();
    let most = 0;
    for (const way of token.ways) {
      const sums = new Map();
      way.all.forEach((one, number) => {
        const best = new Map();
        for (const [id, share] of one) {
          const { places, count } = found.get(id);
          if (share >= OTHER_FORM || way.all.length > 1 || token.mistyped || !token.isKnown) most = Math.max(most, way.all.length > 1 ? 0 : count);
          for (const [section, weight] of places) best.set(section, Math.max(best.get(section) ?? 0, share * weight));
        }
        if (number === 0) for (const [section, weight] of best) sums.set(section, weight);
        else for (const section of [...sums.keys()]) {
          if (best.has(section)) sums.set(section, Math.min(sums.get(section), best.get(section)));
          else sums.delete(section);
        }
      });
      for (const [section, sum] of sums) {
        weights.set(section, Math.max(weights.get(section) ?? 0, way.share * sum));
      }
    }
    const count = most || weights.size;
    const rarity = Math.log(1 + (this.pageOf.length - count + 0.5) / (count + 0.5));
    return { ...token, weights, rarity: Math.max(rarity, 0.05) * (this.little.has(token.word) ? SAYS_LITTLE : 1), matched: ids };
  }

  /** Pages in the order in which they answer a query, each with the section that does best. */
  async find(query) {
    const typed = words(query).filter(({ word }) => word.length > 1 || /\d/.test(word));
    const isOpen = (number) => number === typed.length - 1 && /[\p{L}\p{N}]$/u.test(query);
    const all = typed.map((word, number) => ({ ...word, ...this.#ways(word, isOpen(number)) }));
    const joined = this.#join(all);
    const tokens = await Promise.all([...all, ...joined].filter((token) => token.ways.length).map((token) => this.#weigh(token)));
    const total = tokens.reduce((sum, token) => sum + (token.isExtra ? 0 : token.rarity), 0);
    const pages = new Map();
    for (const [number, token] of tokens.entries()) {
      for (const [section, weight] of token.weights) {
        const page = this.pageOf[section];
        if (!pages.has(page)) pages.set(page, { best: Array(tokens.length).fill(0), sections: new Map() });
        const { best, sections } = pages.get(page);
        best[number] = Math.max(best[number], weight);
        if (!sections.has(section)) sections.set(section, Array(tokens.length).fill(0));
        sections.get(section)[number] = weight;
      }
    }
    const results = [];
    for (const [page, { best, sections }] of pages) {
      let found = { score: 0, covered: 0, section: 0 };
      for (const [section, weights] of sections) {
        let score = 0, covered = 0;
        tokens.forEach(({ rarity, isExtra }, number) => {
          score += rarity * Math.max(weights[number], ELSEWHERE_ON_PAGE * best[number]);
          if (best[number] && !isExtra) covered += rarity * (weights[number] ? 1 : 0.7);
        });
        covered /= total;
        score *= covered ** WHOLE_QUERY;
        if (score > found.score) found = { score, covered, section };
      }
      results.push({ page, section: found.section - this.firstOf[page], score: found.score, covered: found.covered });
    }
    const inOrder = (a, b) => b.score - a.score || a.page - b.page;
    let share = 1;
    for (const result of results.sort(inOrder).filter(({ page }) => this.local.has(page))) {
      result.score *= share;
      share *= ONE_MORE_LOCAL;
    }
    results.sort(inOrder);
    return { results, tokens, typed: all };
  }
}
