// The page that is open in the editor: its file as it would be saved now, and the component with its text. Decap (3.16.3) tells nobody outside
// its own components what has been typed, so the widget of the text passes it on.

let open = null;
let told = ""; // the text of the page that the listeners have been told of
let formats = {};
let fileName = () => "";
const listeners = new Set();

/** Tell which format the pages of each collection have and which folder its new ones are in, and what makes the name of a new page's file from its data. */
export function setFormats(known, nameOf) {
  formats = known;
  fileName = nameOf;
}

/** Tell that a component with a page's text has been put on the screen, has changed, or is gone (null). */
export function setOpenPage(component) {
  open = component;
  told = openPage()?.text ?? "";
  for (const listener of listeners) listener();
}

/** Tell of what has been changed in another field: after a save that was refused, Decap (3.16.3) does not draw the text's component again for that. */
function tellOfOtherFields() {
  const text = openPage()?.text ?? "";
  if (text !== told) setOpenPage(open);
}

for (const kind of ["input", "change", "click"]) document.addEventListener(kind, () => setTimeout(tellOfOtherFields), true);

/** Call a function whenever the open page has changed. */
export function onChange(listener) {
  listeners.add(listener);
}

/** Return the open page as `pageOf` does, with what was changed last and methods for a line of its body, which put the focus on it and say what its box is called; or null. */
export function openPage() {
  const entry = open?.props.getEntry?.() ?? open?.props.entry; // the latter is that of the last time it was drawn
  const isThere = entry?.get("data") && entry.get("collection") in formats; // Decap draws its fields before it has read the page
  return isThere ? { ...pageOf(entry), lastChange: open.lastChange?.() ?? "", focusLine: (line) => open.focusLine?.(line) ?? false, nameOfLine: (line) => open.nameOfLine?.(line) ?? "" } : null;
}

/** Return a page from Decap's entry, `{ path, text, before, data, collection }`. `path` begins with `docs/`; `before` is the text that was opened. */
export function pageOf(entry) {
  const data = entry.get("data").toJS();
  const collection = entry.get("collection");
  const path = entry.get("path") || `${formats[collection].folder}/${fileName(data)}.md`;
  return { path, text: String(formats[collection].toFile(data)), before: data.original ?? "", data, collection };
}

/** Return the URL of a page, relative to the site's root, given its path or that of its measurements. */
export function addressOf(path) {
  return path.replace(/^docs\//, "").replace(/(?:^|(?<=\/))index\.md$/, "").replace(/\.(?:md|csv)$/, "/");
}
