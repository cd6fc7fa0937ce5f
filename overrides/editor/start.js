// Starts Decap with the configuration that the build wrote, our own page format and the missing Danish texts.

import { pageFormat, withTitle } from "./page-format.js";
import { missingWords } from "./danish.js";
import { checkBeforeSaving } from "./save-checks.js";
import { slug } from "./slug.js";

const KINDS = { string: "text", text: "text", select: "text", datetime: "date", list: "list" };

window.CMS_MANUAL_INIT = true; // otherwise Decap requests config.yml, and requires a content type that not every server sends

document.addEventListener("DOMContentLoaded", async () => {
  const { checks_in_browser, review, ...config } = await (await fetch("config.json")).json();
  if (config.backend.proxy_url) config.backend.proxy_url = new URL(config.backend.proxy_url, location.href).href; // Decap would add it to the root
  const fields = config.collections.flatMap((collection) => collection.fields ?? collection.files.flatMap((file) => file.fields));
  const kinds = {};
  for (const { name, widget, multiple } of fields) {
    if (widget in KINDS && name !== "body" && name !== "title") kinds[name] = multiple ? "list" : KINDS[widget];
  }
  for (const field of fields) {
    if (field.default?.months_from_today !== undefined) field.default = monthsFromToday(field.default.months_from_today);
  }
  const formats = { side: pageFormat(kinds), "side-med-titel": withTitle(pageFormat(kinds)) };
  for (const [name, format] of Object.entries(formats)) CMS.registerCustomFormat(name, "md", format);
  CMS.registerLocale("da", merged(CMS.getLocale("da"), missingWords));
  // Decap's own file names turn »å« into »a«. These are the same as those of scripts/new.py.
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => {
      const name = entry.getIn(["data", "department"]) ?? entry.getIn(["data", "title"]);
      return name ? entry.get("data").set("file_name", slug(name)) : undefined;
    },
  });
  await checkBeforeSaving({ ...config, checks_in_browser, review }, formats);
  CMS.init({ config: { ...config, load_config_file: false } });
});

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
