// The search client: downloads the index, runs queries on it and returns what the pages show of the results.

import { SearchIndex } from "./engine.js";
import { hitFinder, resultView } from "./excerpts.js";
import { normalize } from "./words.js";

// Pages that match much worse than the best one are left out: the least share of its `covered` and of its `score`.
const MIN_COVERED_SHARE = 0.5, MIN_SCORE_SHARE = 0.08;

const CITIZEN = "borger"; // who searches where the form and the URL say nothing else

/** Milliseconds without a key press before the number of results is announced to screen readers. */
export const ANNOUNCE_DELAY_MS = 600;

/** Return the query in a field, normalized like the index and cut at the field's `maxLength`. */
export const queryOf = (field) => normalize(field.value).slice(0, field.maxLength);

/** The search of a site. The form's `data-site` says where the site is, and `entryFile` which of its indexes is read. */
export class Search {
  #form;
  #entryFile;
  #index;
  #version;

  constructor(form, entryFile = "search/index.json") {
    this.#form = form;
    this.#entryFile = entryFile;
  }

  /** Who searches, as the form's field `for` says. */
  get audience() {
    return this.#form.elements.for?.value || CITIZEN;
  }

  /** Return a URL with a query, and with who searches. */
  urlOf(query, base = this.#form.action) {
    const url = new URL(base);
    const set = (name, value) => (value ? url.searchParams.set(name, value) : url.searchParams.delete(name));
    set("q", query);
    set("for", this.audience === CITIZEN ? "" : this.audience);
    return url;
  }

  /**
   * Resolves to what a query finds, with the first `limit` results as they are shown: `{ count, first, more, suggestion,
   * isVague, unknown }`, where `more(from, to)` promises further results. Resolves to undefined if the query has no word to
   * search for. With `isAlone`, pages for other readers are left out. Rejects when the index cannot be downloaded.
   */
  async find(query, limit, isAlone = false) {
    try {
      return await this.#answer(await (this.#index ?? this.#open()), query, limit, isAlone);
    } catch (error) {
      if (!(await this.refresh())) throw error;
      return this.#answer(await this.#index, query, limit, isAlone);
    }
  }

  /** Download the index's entry file again. Whether the site has been rebuilt, so that later queries read other files. */
  async refresh() {
    const before = this.#version;
    await this.#open();
    return this.#version !== before;
  }

  #url(path) {
    return new URL(path, new URL(this.#form.dataset.site, document.baseURI));
  }

  /** Download what every query needs. */
  prepare() {
    this.#open().catch(() => {}); // reported when there is a query
  }

  #open() {
    this.#index = this.#readIndex();
    this.#index.catch(() => (this.#index = undefined)); // so that the next query tries again
    return this.#index;
  }

  async #readIndex() {
    const entry = await fetchJson(this.#url(this.#entryFile), "no-cache");
    this.#version = entry.version;
    const files = new Map();
    const load = (path) => {
      if (!files.has(path)) {
        const content = fetchJson(this.#url(`search/${entry.version}/${path}`), "default");
        content.catch(() => files.delete(path));
        files.set(path, content);
      }
      return files.get(path);
    };
    return new SearchIndex(entry, load);
  }

  async #answer(index, query, limit, isAlone) {
    const audience = this.audience;
    const { results, tokens } = await index.find(query, audience);
    if (!tokens.length) return undefined;
    const shown = isAlone ? results.filter(({ isAfter }) => !isAfter) : results;
    const [minCovered, minScore] = [MIN_COVERED_SHARE * largest(shown, "covered"), MIN_SCORE_SHARE * largest(shown, "score")];
    const relevant = shown.filter(({ covered, score }) => covered >= minCovered && score >= minScore);
    const hitOf = hitFinder(index, tokens);
    const href = (path) => this.#url(path).href;
    const more = (from, to) => Promise.all(relevant.slice(from, to).map(async ({ page, section }) => resultView(await index.page(page), section, hitOf, href, audience)));
    return {
      count: relevant.length,
      first: await more(0, limit),
      more,
      suggestion: suggestionFor(query, tokens),
      isVague: tokens.every(({ word }) => index.vocabulary.stopWords.has(word)),
      unknown: tokens.filter(({ word, candidates }) => !candidates.length && word.length > 2).map(({ start, end }) => query.slice(start, end)),
    };
  }
}

/** Return what two searches find with the results of the second after those of the first; `limit` is how many each has as its `first`. */
export function inTurn(found, after, limit) {
  const count = found.count + after.count;
  const share = (from) => Math.max(0, from - found.count); // of the second, before a position among all
  return {
    count,
    first: [...found.first, ...after.first].slice(0, limit),
    more: async (from, to) => (await Promise.all([found.more(from, to), after.more(share(from), share(to))])).flat(),
    suggestion: after.count && !after.suggestion ? "" : found.suggestion,
    isVague: found.isVague,
    unknown: found.unknown.filter((word) => after.unknown.includes(word)),
  };
}

const largest = (results, name) => Math.max(0, ...results.map((result) => result[name]));

async function fetchJson(url, cache) {
  const response = await fetch(url, { cache });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** Return the query with its typing errors corrected; empty if there are none. */
function suggestionFor(query, tokens) {
  let suggestion = query;
  for (const { correction, start, end } of [...tokens].reverse()) {
    if (correction) suggestion = suggestion.slice(0, start) + correction + suggestion.slice(end);
  }
  return suggestion === query ? "" : suggestion;
}
