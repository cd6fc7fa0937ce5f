// Checks a page before Decap saves it, and files before they are uploaded. The build has written which rules hold (rules.json).

import { checkPage } from "./checks/check-page.js";
import { checkFile, uploadName } from "./checks/files.js";
import { checkMeasurements } from "./checks/measurements.js";
import { faultyDates } from "./date-field.js";
import { faultyFields } from "./empty-fields.js";
import { formWords, labelsOf } from "./form-words.js";
import { isOfMeasurements } from "./measurements/format.js";
import { onChange, openPage, pageOf } from "./open-page.js";
import { clearProblems, rememberPage, sayInForm, showProblems } from "./problems.js";

const WIDGET = "page-check";

/**
 * Register the checks with Decap, and add a field to every page that no one sees: Decap asks each field whether it is valid before it begins to
 * save. A `preSave` handler that fails would come too late: with an editorial workflow, Decap (3.16.3) then takes the page for one with a draft
 * of its own in the repository, and the next save fails. `checkOnServer` returns the problems of a page where a server of ours knows them.
 */
export async function checkBeforeSaving(config, checkOnServer = null) {
  const rules = await (await fetch("rules.json")).json();
  const folder = config.media_folder.replace(/^\/?docs\//, "");
  const problemsOf = (page, collection, uploads = []) => {
    const [path, text] = [page.path.replace(/^docs\//, ""), page.text];
    const faulty = faultyFields(config.collections.find(({ name }) => name === collection), page);
    const dates = faultyDates(); // first: a date that is written halfway counts as empty
    const ofForm = [...dates, ...faulty.filter(({ key }) => !dates.some((one) => one.key === key))];
    const here = (problem) => ({ file: page.path, ...problem });
    if (ofForm.length || !config.checks_in_browser) return ofForm.map(here); // the preview's own server checks what it writes
    const own = { ...rules, files: [...rules.files, ...uploads], unsure_folder: uploads.length ? "" : folder };
    const ofFile = path.includes("/.") ? [] : checkFile(path, new TextEncoder().encode(text).length, own); // Decap asks for the name itself
    return [...ofFile, ...(isOfMeasurements(path) ? checkMeasurements(text, own) : checkPage(path, text, own))].map(here);
  };
  const isRight = (entry) => {
    clearProblems();
    const page = pageOf(entry);
    rememberPage(page.path, page.text);
    const uploads = (entry.get("mediaFiles")?.toJS() ?? []).map((upload) => upload.path.replace(/^\/?docs\//, ""));
    const problems = problemsOf(page, entry.get("collection"), uploads);
    if (problems.length) showProblems(problems);
    return !problems.length;
  };
  const labels = labelsOf(config.collections);
  sayInForm(formWords(rules.wordings, labels), labels, async (page) => {
    const problems = problemsOf(page, page.collection);
    return problems.length || !checkOnServer ? problems : checkOnServer(page);
  });
  let hidden = null;
  let saved = null; // the page that was saved last, `{ path, text }`, until it is changed again
  const control = createClass({
    componentDidMount() {
      hidden = this;
    },
    componentWillUnmount() {
      hidden = null;
      saved = null;
    },
    isValid() {
      return isRight(this.props.getEntry()) || { error: { type: "CUSTOM", message: "Siden er ikke gemt." } };
    },
    render: () => h("div", { className: WIDGET }),
  });
  CMS.registerWidget(WIDGET, control);
  // Decap (3.16.3) compares a page with its text when it was opened, so that what is undone after a save would not count as a change. The unseen
  // field gets another value with the first change after each save. A new page is opened again by its save.
  CMS.registerEventListener({
    name: "postSave",
    handler: ({ entry }) => {
      const { path, before, text } = pageOf(entry);
      saved = before ? { path, text } : null;
    },
  });
  onChange(() => {
    const page = openPage();
    // Only of that page while it is open: when it is left, Decap (3.16.3) would take the change for one of a new page, which it then empties.
    if (!hidden || page?.path !== saved?.path || page?.text === saved?.text) return;
    saved = null;
    hidden.props.onChange(String(Date.now()));
  });
  const lists = config.collections.flatMap(({ fields, files }) => (fields ? [fields] : files.map((file) => file.fields)));
  for (const fields of lists) fields.push({ name: WIDGET.replace("-", "_"), label: "Tjek", widget: WIDGET, required: false });
  document.addEventListener("change", (event) => checkUpload(event, folder, rules), true); // before Decap gets the file
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
    const name = uploadName(file.name, folder, rules, [...rules.files, ...paths]);
    paths.push(`${folder}/${name}`);
    problems.push(...checkFile(`${folder}/${name}`, file.size, rules).map((problem) => ({ file: file.name, ...problem })));
    renamed.items.add(new File([file], name, { type: file.type, lastModified: file.lastModified }));
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
