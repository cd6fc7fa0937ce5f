// Tells the preview's own server what each save and deletion began from, so that nobody undoes what someone else has saved meanwhile.

import { onChange, openPage } from "./open-page.js";

const STORED = "begyndt-fra:"; // and the path of a page: the text that its unsaved changes are changes of

/**
 * Add to Decap's (3.16.3) requests to a server what it does not say itself: `base`, the text that a page had when it was opened, or when this
 * window saved it last, and `ids`, the digests of the files that are deleted. `onConflict` is called with `{ path, base, mine, theirs }` when the
 * server refuses a save because of someone else's change. Returns a function that returns that someone has changed the page that was saved last,
 * as `{ base, theirs }`, or null.
 */
export function tellWhatWasBegunFrom(server, onConflict) {
  const read = new Map(); // all texts of each page that the server has sent to this window
  const ids = new Map(); // the digest of each file
  const saved = new Map(); // `{ opened, text }` of each page that was saved since it was opened
  let saving = { before: "", isNew: true };
  let merged = null;

  window.addEventListener("hashchange", () => saved.clear()); // the page is opened anew
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => {
      saving = { before: entry.getIn(["data", "original"]) ?? "", isNew: entry.get("newRecord") };
    },
  });
  onChange(() => {
    const page = openPage();
    if (page?.before && page.text !== page.before) remember(page.path, baseOf(page.path, page.before));
  });

  /** Return the text that the changes of a page are changes of, given the text that Decap has opened. */
  function baseOf(path, opened) {
    if (saved.get(path)?.opened === opened) return saved.get(path).text;
    if (read.get(path)?.has(opened)) return opened;
    return recall(path) ?? ""; // Decap has opened its own copy of changes that were never saved
  }

  const known = window.fetch;
  window.fetch = async (address, options) => {
    if (String(address?.url ?? address) !== server || typeof options?.body !== "string") return known(address, options);
    const message = JSON.parse(options.body);
    const { action, params } = message;
    const send = (more) => known(address, { ...options, body: JSON.stringify({ ...message, params: { ...params, ...more } }) });
    if (action === "persistEntry") return save(params.dataFiles, send);
    if (action === "deleteFiles") return send({ ids: Object.fromEntries(params.paths.map((path) => [path, ids.get(path) ?? ""])) });
    const answer = await known(address, options);
    if (answer.ok && /^(?:getEntry|getMedia|getMediaFile|persistMedia)$/.test(action)) note(await answer.clone().json());
    return answer;
  };

  async function save(files, send) {
    const pages = files.map((file) => ({ ...file, base: saving.isNew ? "" : baseOf(file.path, saving.before) }));
    const answer = await send({ dataFiles: pages });
    merged = null;
    if (answer.status !== 409 && !answer.ok) return answer;
    const { path, theirs } = await answer.clone().json();
    for (const page of pages) {
      if (!answer.ok && page.path === path) onConflict({ path, base: page.base, mine: page.raw, theirs });
      if (!answer.ok) continue;
      // Not the text on the server, in which there may be changes of others: this window does not show them.
      saved.set(page.path, { opened: saving.before, text: page.raw });
      ids.set(page.path, page.path in theirs ? "" : await digestOf(page.raw));
      forget(page.path);
      if (page.path in theirs) merged = { base: page.base, theirs: theirs[page.path] };
    }
    return answer;
  }

  /** Note what the server says of a file or of several. */
  function note(answer) {
    for (const item of [answer].flat()) {
      const file = item?.file ?? item;
      if (!file?.path) continue;
      ids.set(file.path, file.id ?? "");
      if (item.file) read.set(file.path, (read.get(file.path) ?? new Set()).add(item.data ?? ""));
    }
  }

  return () => merged;
}

const remembered = new Map();

function remember(path, text) {
  if (remembered.get(path) === text) return; // at every keystroke
  remembered.set(path, text);
  try {
    localStorage.setItem(STORED + path, text);
  } catch {
    // It is full or forbidden: then such changes can be read, but not saved.
  }
}

function recall(path) {
  try {
    return localStorage.getItem(STORED + path);
  } catch {
    return null;
  }
}

function forget(path) {
  remembered.delete(path);
  try {
    localStorage.removeItem(STORED + path);
  } catch {
    // There is nothing to forget.
  }
}

async function digestOf(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
