// Checks links and images whose target is on the site (kanalstrategi/checks/links.py).

import { inEdition } from "./editions.js";
import { suggestion, nearest } from "./suggestions.js";
import { filled } from "./wording.js";

const SCHEME = /^([a-zA-Z][a-zA-Z0-9+.-]*):/;

/** Return the diagnostics for the links on certain lines. */
export function checkLinks(path, lines, rules) {
  const files = new Set([...rules.files, path]);
  return lines.flatMap(({ number, links }) => links.flatMap((link) => mistakesIn(link, path, files, rules).map((mistake) => ({ line: number, ...mistake }))));
}

function mistakesIn({ isImage, text, target }, path, files, rules) {
  const mistakes = [];
  const report = (kind, words) => {
    mistakes.push(filled(rules.wordings.links[kind], { thing: isImage ? "billedet" : "linket", target, ...words }));
    return mistakes;
  };
  if (!target || target.length > rules.limits.url) return [];
  if (isImage && !text.trim()) report("no_alternative");
  const scheme = SCHEME.exec(target)?.[1].toLowerCase();
  if (scheme || target.startsWith("//")) {
    if (isImage) report("image_elsewhere");
    else if (scheme && !rules.links.schemes.includes(scheme)) report("scheme");
    return mistakes;
  }
  if (target.startsWith("/")) return report("from_root");
  const [, filePath, anchor = ""] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(target);
  const edition = inEdition(path, rules);
  const folder = folderOf(edition.place);
  const linked = normalized(`${folder}/${filePath}`); // the edition's own file, or else the site's
  const place = !filePath ? path : files.has(edition.folder + linked) ? edition.folder + linked : linked;
  const former = Object.hasOwn(rules.former_pages, place) ? rules.former_pages[place] : null;
  const isFormer = !isImage && former && (!anchor || former.includes(anchor)); // of what an adoption has taken away, there is only a warning
  if (!files.has(place)) {
    if (isFormer) return mistakes;
    if (rules.unsure_folder && place.startsWith(`${rules.unsure_folder}/`)) return mistakes; // it may have been uploaded since
    if (target.startsWith("www.")) return report("no_scheme");
    const near = nearest(target, [...files].map((file) => relative(file, folder)));
    let remedy = filled([rules.remedies.links[near ? "nearest" : "none"], ""], { near }).message;
    if (!edition.folder && Object.hasOwn(rules.documents, place)) remedy = filled([rules.remedies.links.document, ""], { id: rules.documents[place] }).message;
    return report("missing", { remedy });
  }
  if (isImage && !rules.links.images.includes(/[^/.]\.*(\.[^./]*)$/.exec(place)?.[1] ?? "")) report("not_image");
  const ids = place === path || !Object.hasOwn(rules.pages, place) ? null : rules.pages[place];
  if (anchor && ids && !ids.includes(anchor) && !isFormer) {
    report("missing_id", { id: anchor, page: place, suggestion: suggestion(anchor, ids, rules.remedies.links.id, "#$near") });
  }
  return mistakes;
}

function folderOf(path) {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}

/** Return a path without `.` and `..`, as `posixpath.normpath` does. */
function normalized(path) {
  const parts = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/") || ".";
}

function relative(file, folder) {
  const from = folder === "." ? [] : folder.split("/");
  const to = file.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}
