// Checks a page before Decap saves it, and files before they are uploaded. The build has written which rules hold (rules.json).

import { checkPage } from "./checks/check-page.js";
import { checkFile, uploadName } from "./checks/files.js";
import { clearProblems, rememberPage, showNotice, showProblems } from "./problems.js";
import { slug } from "./slug.js";

const WIDGET = "page-check";

/**
 * Register the checks with Decap, and add a field to every page that no one sees: Decap asks each field whether it is valid before it begins to
 * save. A `preSave` handler that fails would come too late: with an editorial workflow, Decap (3.16.3) then takes the page for one with a draft
 * of its own in the repository, and the next save fails. `formats` are the page formats, keyed by name.
 */
export async function checkBeforeSaving(config, formats) {
  const rules = await (await fetch("rules.json")).json();
  const folder = config.media_folder.replace(/^\/?docs\//, "");
  const isRight = (entry) => {
    clearProblems();
    const { path, text, uploads } = pageOf(entry, config, formats);
    rememberPage(`docs/${path}`, text);
    if (!config.checks_in_browser) return true; // the preview's own server checks what it writes
    const own = { ...rules, files: [...rules.files, ...uploads], unsure_folder: uploads.length ? "" : folder };
    const ofFile = path.includes("/.") ? [] : checkFile(path, new TextEncoder().encode(text).length, own); // Decap asks for the name itself
    const problems = [...ofFile, ...checkPage(path, text, own)].map((problem) => ({ file: `docs/${path}`, ...problem }));
    if (problems.length) showProblems(problems);
    return !problems.length;
  };
  const control = createClass({
    isValid() {
      return isRight(this.props.getEntry()) || { error: { type: "CUSTOM", message: "Siden er ikke gemt." } };
    },
    render: () => h("div", { className: WIDGET }),
  });
  CMS.registerWidget(WIDGET, control);
  const lists = config.collections.flatMap(({ fields, files }) => (fields ? [fields] : files.map((file) => file.fields)));
  for (const fields of lists) fields.push({ name: WIDGET.replace("-", "_"), label: "Tjek", widget: WIDGET, required: false });
  if (config.review) {
    const { host, url, requests } = config.review;
    const text = `Der er mere, end der kan tjekkes her. Resten bliver tjekket på ${host} om lidt, og det, der skal rettes, står ved din ændring under `;
    CMS.registerEventListener({ name: "postSave", handler: () => showNotice(text, url, requests) });
  }
  document.addEventListener("change", (event) => checkUpload(event, folder, rules), true); // before Decap gets the file
}

/** Return the path in `docs/` of the page that is being saved, its text as it will be written, and the paths of the uploaded files. */
function pageOf(entry, config, formats) {
  const collection = config.collections.find(({ name }) => name === entry.get("collection"));
  const { fields, file } = collection.files?.find(({ name }) => name === entry.get("slug")) ?? collection;
  const data = entry.get("data").toJS();
  const text = String(formats[collection.format].toFile(data, fields.map(({ name }) => name)));
  const newFile = `${collection.folder}/${slug(data[collection.identifier_field] ?? "")}.md`;
  const path = (entry.get("path") || file || newFile).replace(/^docs\//, "");
  const uploads = (entry.get("mediaFiles")?.toJS() ?? []).map((upload) => upload.path.replace(/^\/?docs\//, ""));
  return { path, text, uploads };
}

/** Refuse a file that cannot be on the site, and give any other a name that it can have there. */
function checkUpload(event, folder, rules) {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.files.length) return;
  clearProblems();
  const renamed = new DataTransfer();
  const problems = [];
  for (const file of input.files) {
    const name = uploadName(file.name);
    problems.push(...checkFile(`${folder}/${name}`, file.size, rules).map((problem) => ({ file: file.name, ...problem })));
    renamed.items.add(new File([file], name, { type: file.type, lastModified: file.lastModified }));
  }
  if (!problems.length) {
    input.files = renamed.files;
    return;
  }
  event.stopImmediatePropagation();
  input.value = "";
  showProblems(problems, "Filen er ikke lagt op");
}
