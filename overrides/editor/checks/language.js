// Checks which language a page is in, and what it is a translation of (kanalstrategi/content/translations.py).

import { suggestion } from "./suggestions.js";

/** Report what is wrong. Whether the page has a version in that language already is left to the other checks. `isInForce` is about the page's edition. */
export function checkLanguage(path, fields, read, report, rules, isInForce) {
  const { site, known, pages, others } = rules.languages;
  const { language: wordings } = rules.wordings;
  const typed = read.text("language", false);
  if (typed && !known.includes(typed)) report("language", wordings.unknown_language, { value: typed, suggestion: suggestion(typed, known) });
  const language = typed && known.includes(typed) ? typed : site;
  const value = read.text("translation_of", false);
  if (!value) return;
  if (!fields.has("language")) report("translation_of", wordings.no_language);
  if (!isInForce || value === path) return;
  const [languageOfOriginal, original] = others[value] ?? [site, ""];
  if (!pages.includes(value)) report("translation_of", wordings.unknown_page, { value, suggestion: suggestion(value, pages.filter((one) => one !== path), rules.languages.see_menu) });
  else if (original) report("translation_of", wordings.of_translation, { value, original });
  else if (languageOfOriginal === language && typed === language) report("translation_of", wordings.same_language, { value });
}
