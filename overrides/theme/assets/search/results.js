// Fetches the index, and makes of what the engine finds what a reader sees of it.

import { SearchIndex } from "./engine.js";
import { fold, key, words } from "./words.js";

/** Of what is found, pages that answer this much less than the best are left out. */
const LEAST_COVERED = 0.5, LEAST_SCORE = 0.08;
const INSIDE_ANOTHER = 0.6, SHORTEST_INSIDE = 3, LONGEST_AT_AN_END = 4; // `tid` is no hit in samtidig
const LONGEST_EXCERPT = 180, BEFORE_HIT = 60;

/** Milliseconds without a key before what is found is told to who cannot see it. */
export const PAUSE = 600;

/** What a field asks for: on one line, in NFC as the index is, and no longer than the field would have it. */
export const queryOf = (field) => field.value.normalize("NFC").replace(/\s+/g, " ").trim().slice(0, field.maxLength);

/** The search of a site, from the form that says where the site is. */
export class Search {
  #form;
  #index;
  #version;

  constructor(form) {
    this.#form = form;
  }

  /**
   * What a query finds, and the first so many results as they are shown: `{ count, first, more, suggestion, isVague,
   * unknown }`, where `more(from, to)` promises others. Nothing where there is no word to search for. Rejects when the
   * index cannot be had.
   */
  async find(query, most) {
    try {
      return await this.#answer(await (this.#index ?? this.#open()), query, most);
    } catch (error) {
      if (!(await this.renew())) throw error;
      return this.#answer(await this.#index, query, most);
    }
  }

  /** Whether the site has been built anew since, and has other files; from then on, those are read. */
  async renew() {
    const before = this.#version;
    await this.#open();
    return this.#version !== before;
  }

  #url(path) {
    return new URL(path, new URL(this.#form.dataset.site, document.baseURI));
  }

  /** Fetch what every query needs. */
  prepare() {
    this.#open().catch(() => {}); // the reader hears of it when there is a query
  }

  #open() {
    this.#index = this.#read();
    this.#index.catch(() => (this.#index = undefined)); // so that the next try is one
    return this.#index;
  }

  async #read() {
    const entry = await json(this.#url("search/index.json"), "no-cache");
    this.#version = entry.version;
    const files = new Map();
    const load = (path) => {
      if (!files.has(path)) {
        const loaded = json(this.#url(`search/${entry.version}/${path}`), "default");
        loaded.catch(() => files.delete(path));
        files.set(path, loaded);
      }
      return files.get(path);
    };
    return new SearchIndex(entry, load);
  }

  async #answer(index, query, most) {
    const { results, tokens } = await index.find(query);
    if (!tokens.length) return undefined;
    const [best] = results;
    const kept = results.filter(({ covered, score }) => covered >= LEAST_COVERED * best.covered && score >= LEAST_SCORE * best.score);
    const hitOf = hitsOf(index, tokens);
    const more = (from, to) => {
      const wanted = kept.slice(from, to).map(async ({ page, section }) => shown(await index.page(page), section, hitOf, (path) => this.#url(path).href));
      return Promise.all(wanted);
    };
    return {
      count: kept.length,
      first: await more(0, most),
      more,
      suggestion: suggestionOf(query, tokens),
      isVague: tokens.every(({ word }) => index.vocabulary.little.has(word)),
      unknown: tokens.filter(({ word, ways }) => !ways.length && word.length > 2).map(({ start, end }) => query.slice(start, end)),
    };
  }
}

async function json(url, cache) {
  const response = await fetch(url, { cache });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** What was probably meant, where a word stands nowhere and one that is nearly it does. */
function suggestionOf(query, tokens) {
  let suggestion = query;
  for (const { meant, start, end } of [...tokens].reverse()) {
    if (meant) suggestion = suggestion.slice(0, start) + meant + suggestion.slice(end);
  }
  return suggestion === query ? "" : suggestion;
}

/** Says of a word of a text which word of the index it is a hit for, and what that is worth. */
function hitsOf(index, tokens) {
  const hits = new Map();
  const inside = new Map();
  for (const { ways, rarity } of tokens) {
    // What a compound is put together of is no hit where the compound itself is to be had.
    for (const { all } of ways.length > 1 ? ways.filter((way) => way.all.length === 1) : ways) {
      for (const id of all.flatMap((one) => [...one.keys()])) {
        const own = index.vocabulary.keyOf(id);
        hits.set(own, Math.max(rarity, hits.get(own) ?? 0));
        const plain = index.vocabulary.plainOf(id);
        if (plain.length >= SHORTEST_INSIDE) inside.set(plain, [own, rarity * INSIDE_ANOTHER]);
      }
    }
  }
  return ({ word }) => {
    const own = key(word);
    if (hits.has(own)) return [own, hits.get(own)];
    const [plain, stem] = [fold(word), fold(own)];
    const holds = (part) => (part.length > LONGEST_AT_AN_END ? plain.includes(part) : plain.startsWith(part) || stem.endsWith(part));
    const found = [...inside.keys()].find((part) => plain.length - part.length >= SHORTEST_INSIDE && holds(part));
    return found ? inside.get(found) : ["", 0];
  };
}

function shown(page, number, hitOf, href) {
  const [anchor, heading, above, pieces] = page.sections[number];
  let best = { worth: 0, text: pieces[0]?.[0] ?? "", anchor: "", marks: [] };
  for (const [text, own] of pieces) {
    const seen = new Map();
    const marks = [];
    for (const word of words(text)) {
      const [what, worth] = hitOf(word);
      if (!worth) continue;
      seen.set(what, worth);
      marks.push(word);
    }
    const worth = [...seen.values()].reduce((sum, one) => sum + one, 0);
    if (worth > best.worth) best = { worth, text, anchor: own, marks };
  }
  const target = best.anchor || anchor;
  return {
    href: href(page.url) + (target ? `#${target}` : ""),
    title: marked(page.title, hitOf),
    section: [above, heading].filter(Boolean).join(" › "),
    place: page.place,
    isDraft: page.draft,
    excerpt: excerptOf(best),
  };
}

/** A whole text, as `[text, isHit]` in turn. */
const marked = (text, hitOf) => excerptOf({ text, marks: words(text).filter((word) => hitOf(word)[1]) });

/** A text, or as much of it as there is room for around the first hit, as `[text, isHit]` in turn. */
function excerptOf({ text, marks }) {
  let [from, to] = [0, text.length];
  if (text.length > LONGEST_EXCERPT) {
    const first = marks[0]?.start ?? 0;
    if (first > LONGEST_EXCERPT - BEFORE_HIT) from = text.indexOf(" ", first - BEFORE_HIT) + 1;
    const end = text.lastIndexOf(" ", from + LONGEST_EXCERPT);
    if (from + LONGEST_EXCERPT < text.length) to = end > from ? end : from + LONGEST_EXCERPT;
  }
  const parts = from ? [["… ", false]] : [];
  let at = from;
  for (const { start, end } of marks.filter((mark) => mark.start >= from && mark.end <= to)) {
    parts.push([text.slice(at, start), false], [text.slice(start, end), true]);
    at = end;
  }
  parts.push([text.slice(at, to), false]);
  if (to < text.length) parts.push([" …", false]);
  return parts.filter(([part]) => part);
}

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const draftMark = () => element("strong", { class: "badge draft" }, "Udkast");

/** Text with its hits marked. */
export const withMarks = (parts) => parts.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text));

/** `1 side`, `4 sider`, `ingen sider`. */
export const pageCount = (number) => `${number || "ingen"} ${number === 1 ? "side" : "sider"}`;
