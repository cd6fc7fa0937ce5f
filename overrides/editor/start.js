// Starts Decap with the configuration that the build made, our format and the rest of the Danish.

import { pageFormat } from "./page-format.js";
import { missingWords } from "./danish.js";

const KINDS = { string: "text", text: "text", select: "text", datetime: "date", list: "list" };

window.CMS_MANUAL_INIT = true; // or Decap asks for config.yml, with a type that not every server gives

document.addEventListener("DOMContentLoaded", async () => {
  const config = await (await fetch("config.json")).json();
  const fields = config.collections.flatMap((collection) => collection.fields ?? collection.files.flatMap((file) => file.fields));
  const kinds = {};
  for (const { name, widget, multiple } of fields) {
    if (widget in KINDS && name !== "body") kinds[name] = multiple ? "list" : KINDS[widget];
  }
  for (const field of fields) {
    if (field.default?.months_from_today !== undefined) field.default = monthsFromToday(field.default.months_from_today);
  }
  CMS.registerCustomFormat("side", "md", pageFormat(kinds));
  CMS.registerLocale("da", merged(CMS.getLocale("da"), missingWords));
  // Decap's own file names turn »å« into »a«; ours are as scripts/new.py makes them.
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => {
      const department = entry.getIn(["data", "department"]);
      return department ? entry.get("data").set("file_name", fileName(department)) : undefined;
    },
  });
  CMS.init({ config: { ...config, load_config_file: false } });
});

function monthsFromToday(months) {
  const now = new Date();
  const day = new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, 1));
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(now.getDate(), last));
  return day.toISOString().slice(0, 10);
}

/** As `slug` in macros/source.py. */
function fileName(name) {
  const ascii = name.normalize("NFC").toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa");
  return (ascii.match(/[a-z0-9]+/g) ?? []).join("-");
}

function merged(words, more) {
  const result = { ...words };
  for (const [key, value] of Object.entries(more)) {
    result[key] = typeof value === "string" ? value : merged(words?.[key], value);
  }
  return result;
}
