// Says the texts of the editor in the words of the site: what is a strategy here may be a policy there (kanalstrategi/editor/phrases.py).

let phrases = {};

/** Use the texts in the site's words, keyed by those in the scripts. */
export function setPhrases(found) {
  phrases = found;
}

/** Return a text of the scripts in the site's words. */
export const say = (text) => phrases[text] ?? text;
