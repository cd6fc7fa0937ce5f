// Starts Decap with the configuration that the build wrote, our own page format and the missing Danish texts.

import { renderInBrowser } from "./browser-render.js";
import { tellWhatWasBegunFrom } from "./begun-from.js";
import { changesBetween, showChanges } from "./changes.js";
import { openAsSaved, showConflict } from "./conflict.js";
import { dateField } from "./date-field.js";
import { addDeleteButton } from "./delete-page.js";
import { guidelineForm } from "./guideline/form.js";
import { measurementFormat } from "./measurements/format.js";
import { readMissingAsEmpty } from "./measurements/missing-files.js";
import { measurementTable } from "./measurements/table.js";
import { checkOnServer, renderOnServer, watchSaves } from "./local-editing.js";
import { explainLogin } from "./login.js";
import { addressOf, pageOf, setFormats } from "./open-page.js";
import { pageFormat, withFacts, withTitle } from "./page-format.js";
import { addPreview } from "./page-preview.js";
import { setPhrases } from "./phrases.js";
import { pageText } from "./page-text.js";
import { missingWords, wordsForSaving } from "./danish.js";
import { showProblems } from "./problems.js";
import { checkBeforeSaving } from "./save-checks.js";
import { slug } from "./slug.js";
import { holdCopiesBack } from "./unsaved-copy.js";
import { offerWordFiles } from "./word-files.js";

const KINDS = { string: "text", text: "text", select: "text", dato: "date", list: "list" };
const NOT_IN_FRONT_MATTER = ["body", "title"];
let lastSaved = {}; // the page that was saved last, with the text that it was opened with: what a receipt told of is not told of again
const MEASUREMENTS = "maalinger"; // kanalstrategi/editor/goal_fields.py

window.CMS_MANUAL_INIT = true; // otherwise Decap requests config.yml, and requires a content type that not every server sends

document.addEventListener("DOMContentLoaded", async () => {
  const [{ checks_in_browser, review, adoption, phrases, ...config }, rules, groups] = await Promise.all(["config.json", "../data/rules.json", "../data/channels.json"].map(json));
  setPhrases(phrases ?? {});
  if (config.backend.proxy_url) config.backend.proxy_url = new URL(config.backend.proxy_url, location.href).href; // Decap would add it to the root
  const formats = {};
  for (const name of new Set(config.collections.map((collection) => collection.format))) {
    const collections = config.collections.filter((collection) => collection.format === name);
    const isTable = name === MEASUREMENTS;
    const format = isTable ? measurementFormat() : formatOf(collections);
    CMS.registerCustomFormat(name, isTable ? "csv" : "md", format);
    for (const collection of collections) formats[collection.name] = { ...format, folder: collection.folder };
  }
  setFormats(formats, fileName);
  CMS.registerWidget({ name: "retningslinje", controlComponent: guidelineForm(channelsOf(groups, rules), adoption && { ...adoption, today: monthsFromToday(0) }) });
  CMS.registerWidget({ name: "dato", controlComponent: dateField() });
  CMS.registerWidget({ name: "sidetekst", controlComponent: pageText() });
  const laterChecks = review && `Det meste bliver tjekket, før du gemmer. Resten bliver tjekket på ${review.host}, når du har gemt.`;
  CMS.registerWidget({ name: MEASUREMENTS, controlComponent: measurementTable(laterChecks) });
  const words = merged(CMS.getLocale("da"), missingWords);
  CMS.registerLocale("da", config.backend.proxy_url ? merged(words, wordsForSaving) : words);
  // Decap's own file names turn »å« into »a«. These are the same as those of scripts/new.py.
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => {
      const name = fileName({ department: entry.getIn(["data", "department"]), title: entry.getIn(["data", "title"]) });
      return name ? entry.get("data").set("file_name", name) : undefined;
    },
  });
  const pages = await json("../data/pages.json");
  addDeleteButton(config);
  const server = config.backend.proxy_url;
  await checkBeforeSaving({ ...config, checks_in_browser, review }, server && checkOnServer(server));
  const changedByOthers = server ? tellWhatWasBegunFrom(server, showConflict) : () => null;
  CMS.registerEventListener({ name: "postSave", handler: ({ entry }) => saved(pageOf(entry), pages, review, changedByOthers()) });
  const tables = config.collections.filter(({ format }) => format === MEASUREMENTS).flatMap(({ files }) => files.map(({ file }) => file));
  if (config.backend.name === "gitlab") readMissingAsEmpty(config.backend.api_root, tables);
  explainLogin(review ? `Tryk på knappen, og log ind med din konto på ${review.host}.` : "Tryk på »Log ind«. Du skal ikke bruge en adgangskode.");
  if (server) openAsSaved(words.editor.editor.confirmLoadBackup);
  if (server) watchSaves(server, showProblems);
  if (server) offerWordFiles(server);
  addPreview(server ? renderOnServer(server) : renderInBrowser());
  holdCopiesBack();
  CMS.init({ config: { ...config, load_config_file: false } });
});

/** Return the name of a new page's file, from its title or department. */
function fileName({ department, title }) {
  return slug(department ?? title ?? "");
}

/**
 * Say what has been saved, who sees it when, and who is asked about it. `review` is where changes are looked at, if that is not here, and `others`
 * what others have changed meanwhile, as two texts.
 */
function saved(page, pages, review, others) {
  const address = addressOf(page.path);
  const known = pages.find(({ url, owner }) => url === address && owner === page.data.facts?.owner);
  const told = review
    ? [`Den er nu et forslag, som en anden skal godkende. Resten bliver tjekket på ${review.host} om lidt. Det, der skal rettes, står ved dit forslag.`]
    : ["Du skal ikke gøre mere. Andre ser ændringen, når den, der passer hjemmesiden, udgiver den."];
  if (others) told.push("En anden har også ændret siden, mens du havde den åben. Begge dele er gemt.");
  if (page.data.facts?.status === "draft") told.push("Siden er et udkast, til den bliver vedtaget.");
  if (known) told.push(`Ansvarlig: ${known.owner_name}${known.owner_phone ? `, ${known.owner_phone}` : ""}.`);
  const before = lastSaved.path === page.path && lastSaved.opened === page.before ? lastSaved.text : page.before;
  lastSaved = { path: page.path, opened: page.before, text: page.text };
  const links = review ? [{ text: `Se ${review.requests}`, url: review.url }] : [{ text: "Se siden på hjemmesiden", url: new URL(`../${address}`, location.href).href }];
  showChanges({ before, text: page.text }, told, links, others ? changesBetween(others.base, others.theirs) : []);
}

async function json(url) {
  return (await fetch(url)).json();
}

/** Return the format of the pages of some collections, and fill in the dates that their new pages begin with. */
function formatOf(collections) {
  const fields = collections.flatMap((collection) => collection.fields ?? collection.files.flatMap((file) => file.fields));
  const folded = fields.flatMap((field) => (field.name === "facts" ? field.fields : []));
  const kinds = {};
  const keyFields = [...fields.filter(({ name }) => name === "department"), ...folded, ...fields];
  for (const { name, widget, multiple } of keyFields) {
    if (widget in KINDS && !NOT_IN_FRONT_MATTER.includes(name)) kinds[name] ??= multiple ? "list" : KINDS[widget];
  }
  for (const field of folded) {
    if (field.default?.months_from_today !== undefined) field.default = monthsFromToday(field.default.months_from_today);
  }
  const format = pageFormat(kinds);
  const isTitled = fields.some(({ name }) => name === "title");
  return withFacts(isTitled ? withTitle(format) : format, folded.map(({ name }) => name), Object.keys(kinds));
}

/** Return the title and the rules of each channel and each group of channels, keyed by id. */
function channelsOf(groups, rules) {
  const channels = [...groups, ...groups.flatMap((group) => group.channels)];
  return Object.fromEntries(channels.map(({ id, title, rules: ids }) => [id, { title, rules: rules.filter((rule) => ids.includes(rule.id)) }]));
}

/** Return the date so many months from today, on the same day or the month's last one: `2026-02-28`. */
function monthsFromToday(months) {
  const now = new Date();
  const date = new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, 1));
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(now.getDate(), lastDay));
  return date.toISOString().slice(0, 10);
}

/** Return nested texts with others added to them or in their place. */
function merged(texts, additions) {
  const result = { ...texts };
  for (const [key, value] of Object.entries(additions)) {
    result[key] = typeof value === "string" ? value : merged(texts?.[key], value);
  }
  return result;
}
