// Checks the names, kinds and sizes of files (kanalstrategi/sanitizing/files.py), and gives an uploaded file a name that the checks accept.

import { slug } from "../slug.js";
import { filled, length, matchesAll } from "./wording.js";

/** Return the diagnostics for the name, the kind and the size of a file, given its path in `docs/`. `taken` are the paths in use. */
export function checkFile(path, size, rules, taken = rules.files) {
  return [...checkName(path, rules, taken), ...checkKindAndSize(path, size, rules)];
}

/** Return the diagnostics for the kind of a file, or for its size. */
export function checkKindAndSize(path, size, rules) {
  const name = path.split("/").at(-1);
  const extension = extensionOf(name);
  const limit = Object.hasOwn(rules.limits.bytes, extension) ? rules.limits.bytes[extension] : null;
  if (limit === null) return [report("kind", { extension: extension || "uden endelse" }, rules)];
  if (size <= limit) return [];
  return [report("size", { size: kilobytes(size), limit: kilobytes(limit), remedy: rules.remedies.files[extension] }, rules)];
}

/** Return the diagnostics for the name of a file and of its folders. */
export function checkName(path, rules, taken = rules.files) {
  const diagnostics = [];
  const parts = path.split("/");
  const folders = parts.slice(0, -1);
  const name = parts.at(-1);
  const [stem, dot, extension] = partition(name);
  const { reserved, pages_of_reserved: allowed, devices, pages, site_extensions: siteExtensions } = rules.names;
  if (length(path) > rules.limits.path) diagnostics.push(report("path_length", { length: length(path) }, rules));
  const first = parts[0].replace(/\.md$/, "");
  if (Object.hasOwn(reserved, first) && !allowed.includes(path)) diagnostics.push(report("reserved", { reason: reserved[first] }, rules));
  const wrong = [
    ...folders.filter((folder) => !matchesAll(rules.patterns.folder_name, folder)),
    ...(matchesAll(rules.patterns.file_name, name) ? [] : [name]),
  ];
  if (wrong.length) {
    const better = freePath(folders.map(slug), slug(stem || extension) || "side", dot + extension.toLowerCase(), taken);
    diagnostics.push(report("name", { name: wrong[0], better }, rules));
  } else if (pages.includes(`.${extension}`) && siteExtensions.some((ending) => stem.endsWith(ending))) {
    diagnostics.push(report("folder_like_file", { stem, better: freePath(folders, slug(stem), dot + extension, taken) }, rules));
  }
  const device = parts.find((part) => devices.includes(part.split(".", 1)[0].toLowerCase()));
  if (device) diagnostics.push(report("device", { name: device }, rules));
  return diagnostics;
}

/** Return the name that a file is uploaded under: one that needs no correction, and that no other file in the folder has. */
export function uploadName(name, folder, rules, taken = rules.files) {
  const [stem, dot, extension] = partition(name);
  const ending = dot + extension.toLowerCase();
  const room = rules.limits.path - `${folder}/-999${ending}`.length;
  const short = (slug(stem || extension) || "billede").slice(0, Math.max(room, 1)).replace(/-$/, "");
  const devices = rules.names.devices.map((device) => `${folder}/${device}${ending}`);
  return freePath([folder], short, ending, [...taken, ...devices]).slice(folder.length + 1);
}

/** Whether a page or a PDF could have had this URL (kanalstrategi/content/redirects.py). */
export function isFormerUrl(url, rules) {
  if (!/(?:\/|\.pdf)$/.test(url) || length(url) > rules.limits.path) return false;
  const parts = url.replace(/\/$/, "").split("/");
  const folders = url.endsWith("/") ? parts : parts.slice(0, -1);
  const isPart = (part) => matchesAll(rules.patterns.url_part, part);
  return parts.every(isPart) && !folders.some((part) => rules.names.site_extensions.some((ending) => part.endsWith(ending)));
}

function report(kind, words, rules) {
  return { line: 1, ...filled(rules.wordings.files[kind], words) };
}

function freePath(folders, stem, extension, taken) {
  const folder = folders.map((name) => `${name}/`).join("");
  for (let number = 1; ; number++) {
    const path = `${folder}${stem}${number === 1 ? "" : `-${number}`}${extension}`;
    if (!taken.includes(path)) return path;
  }
}

/** Return a name's text before its last full stop, the full stop, and its text after it, as Python's `rpartition` does. */
function partition(name) {
  const place = name.lastIndexOf(".");
  return place < 0 ? ["", "", name] : [name.slice(0, place), ".", name.slice(place + 1)];
}

/** Return the extension, as `PurePosixPath.suffix` does. */
function extensionOf(name) {
  const place = name.lastIndexOf(".");
  return place > 0 && place < name.length - 1 ? name.slice(place) : "";
}

function kilobytes(size) {
  return Math.ceil(size / 1000);
}
