// Fetches the index, and makes of what the engine finds what a reader sees of it.

import { SearchIndex } from "./engine.js";
import { fold, key, words } from "./words.js";

/** Of what is found, pages that answer this much less than the best are left out. */
const LEAST_COVERED = 0.5, LEAST_SCORE = 0.08;
const INSIDE_ANOTHER = 0.6;
const LONGEST_EXCERPT = 180, BEFORE_HIT = 60;

/** The search of a site, from the form that says where its index is. */
export class Search {
  #form;
  #index;

  constructor(form) {
    this.#form = form;
  }

  /** What a query finds: `{ query, results, suggestion, unknown }`; `show(result)` promises what is seen of one.
   * Rejects when the index cannot be had. */
  async find(query) {
    const index = await (this.#index ??= this.#open());
    try {
      return await this.#find(index, query);
    } catch (error) {
      // A site that has been built anew has other files.
      const newer = await this.#open();
      if (newer.version === index.version) throw error;
      this.#index = Promise.resolve(newer);
      return this.#find(newer, query);
    }
  }

  #url(path) {
    return new URL(path, new URL(this.#form.dataset.site, document.baseURI));
  }

  async #open() {
    try {
      const entry = await json(this.#url("search/index.json"), "no-cache");
      const files = new Map();
      const load = (path) => {
        if (!files.has(path)) files.set(path, json(this.#url(`search/${entry.version}/${path}`), "default"));
        return files.get(path);
      };
      return Object.assign(new SearchIndex(entry, load), { version: entry.version });
    } catch (error) {
      this.#index = undefined; // so that the next try is one
      throw error;
    }
  }

  async #find(index, query) {
    const found = await index.find(query);
    const [best] = found.results;
    const results = found.results.filter((result) => result.covered >= LEAST_COVERED * best.covered && result.score >= LEAST_SCORE * best.score);
    const hits = hitsOf(index, found.tokens);
    return {
      query,
      results,
      suggestion: suggestionOf(query, found.tokens),
      unknown: found.tokens.filter(({ word, ways }) => !ways.length && word.length > 2).map(({ start, end }) => query.slice(start, end)),
      show: async ({ page, section }) => shown(await index.page(page), section, hits, (path) => this.#url(path).href),
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
  for (const { ways, rarity } of tokens) {
    // What a compound is put together of is no hit where the compound itself is to be had.
    for (const { all } of ways.length > 1 ? ways.filter((way) => way.all.length === 1) : ways) {
      for (const id of all.flatMap((one) => [...one.keys()])) {
        const own = index.vocabulary.keyOf(id);
        hits.set(own, Math.max(rarity, hits.get(own) ?? 0));
      }
    }
  }
  const inside = [...hits].filter(([own]) => own.length > 3).map(([own, worth]) => [fold(own), worth]);
  return ({ word }) => {
    const own = key(word);
    if (hits.has(own)) return [own, hits.get(own)];
    const part = inside.find(([short]) => fold(word).includes(short));
    return part ? [part[0], part[1] * INSIDE_ANOTHER] : ["", 0];
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
    title: page.title,
    section: [above, heading].filter(Boolean).join(" › "),
    titleMarks: words(page.title).filter((word) => hitOf(word)[1]),
    place: page.place,
    isDraft: page.draft,
    excerpt: excerptOf(best),
  };
}

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

/** An element with properties and children; `class` and `aria-…` are attributes. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const draftMark = () => element("strong", { class: "badge draft" }, "Udkast");

export const excerpt = (parts) => element("p", { class: "excerpt" }, ...parts.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text)));

/** `1 side`, `4 sider`, `ingen sider`. */
export const pageCount = (number) => `${number || "ingen"} ${number === 1 ? "side" : "sider"}`;
