// Checks a page before Decap saves it, and files before they are uploaded. The build has written which rules hold (rules.json).

import { checkPage } from "./checks/check-page.js";
import { checkKindAndSize, uploadName } from "./checks/files.js";
import { pageOf } from "./open-page.js";
import { clearProblems, rememberPage, showProblems } from "./problems.js";

/** Register the checks with Decap. */
export async function checkBeforeSaving(config) {
  const rules = await (await fetch("rules.json")).json();
  const folder = config.media_folder.replace(/^\/?docs\//, "");
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => {
      clearProblems();
      const page = pageOf(entry);
      const [path, text] = [page.path.replace(/^docs\//, ""), page.text];
      const uploads = (entry.get("mediaFiles")?.toJS() ?? []).map((upload) => upload.path.replace(/^\/?docs\//, ""));
      rememberPage(page.path, text);
      if (!config.checks_in_browser) return; // the preview's own server checks what it writes
      const own = { ...rules, files: [...rules.files, ...uploads], unsure_folder: uploads.length ? "" : folder };
      const problems = checkPage(path, text, own).map((problem) => ({ file: `docs/${path}`, ...problem }));
      if (!problems.length) return;
      showProblems(problems);
      throw new RefusedError("se, hvad der skal rettes, nederst på skærmen");
    },
  });
  document.addEventListener("change", (event) => checkUpload(event, folder, rules), true); // before Decap gets the file
}

/** An error that Decap shows by its message alone. */
class RefusedError extends Error {
  toString() {
    return this.message;
  }
}

/** Refuse a file that cannot be on the site, and give any other a name that it can have there. */
function checkUpload(event, folder, rules) {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.files.length || input.closest("dialog")) return; // a dialog's own file is not uploaded
  clearProblems();
  const renamed = new DataTransfer();
  const problems = [];
  const paths = [];
  for (const file of input.files) {
    const path = `${folder}/${uploadName(file.name, folder, rules, [...rules.files, ...paths])}`;
    paths.push(path);
    problems.push(...checkKindAndSize(path, file.size, rules).map((problem) => ({ file: file.name, ...problem })));
    renamed.items.add(new File([file], path.slice(folder.length + 1), { type: file.type, lastModified: file.lastModified }));
  }
  if (!problems.length) {
    input.files = renamed.files;
    rules.files.push(...paths); // so that the next file with that name gets another, where Decap would ask in English whether to replace this one
    return;
  }
  event.stopImmediatePropagation();
  input.value = "";
  showProblems(problems, "Filen er ikke lagt op");
}
