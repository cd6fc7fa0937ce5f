// What JavaScript does on every page: the choice of light or dark, the menu on a phone, the table of contents, printing,
// reading aloud where the device can, and the search, which is loaded only when its field gets the focus.

const root = document.documentElement;
const darkDevice = matchMedia("(prefers-color-scheme: dark)");
const wide = matchMedia("(min-width: 76.25em)");

/** Return a stored choice of the reader; null if there is none, or storage is turned off. */
function storedChoice(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// Light or dark. A choice that matches the device's setting is not stored.
const appearance = document.querySelector(".appearance");
const isDark = () => (root.dataset.appearance ? root.dataset.appearance === "dark" : darkDevice.matches);
function labelAppearanceButton() {
  const { light = "Skift til lyst udseende", dark = "Skift til mørkt udseende" } = appearance.dataset; // on pages in other languages, their words
  appearance.setAttribute("aria-label", isDark() ? light : dark);
}
appearance.addEventListener("click", () => {
  const wanted = isDark() ? "light" : "dark";
  root.dataset.appearance = (wanted === "dark") === darkDevice.matches ? "" : wanted;
  try {
    if (root.dataset.appearance) localStorage.setItem("udseende", wanted);
    else localStorage.removeItem("udseende");
  } catch {
    // Storage is turned off, so the choice applies to this page only.
  }
  labelAppearanceButton();
});
darkDevice.addEventListener("change", labelAppearanceButton);
labelAppearanceButton();

// The menu. It closes when the focus leaves it, so that it never covers the focused element.
const menu = document.getElementById("menu");
const menuButton = document.querySelector(".menu-button");
if (menu.hidePopover) {
  menu.addEventListener("toggle", (event) => menuButton.setAttribute("aria-expanded", event.newState === "open"));
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget) && menu.matches(":popover-open")) menu.hidePopover();
  });
  wide.addEventListener("change", () => menu.matches(":popover-open") && menu.hidePopover());
} else {
  // Without the popover API: Safari before 17, Firefox before 125.
  menuButton.addEventListener("click", () => menuButton.setAttribute("aria-expanded", menu.classList.toggle("is-open")));
}

// The table of contents. On a wide screen it is beside the page and always open.
const contents = document.querySelector(".contents");
if (contents) {
  const openIfWide = () => (contents.open = wide.matches);
  openIfWide();
  wide.addEventListener("change", openIfWide);
  contents.addEventListener("click", (event) => event.target.closest("a") && !wide.matches && (contents.open = false));
}

// Safari drops the table semantics when the style for narrow screens turns cells into blocks, so the roles are set explicitly.
// They are not in the HTML itself because the standard forbids redundant roles there.
for (const [selector, role] of Object.entries({
  "table": "table",
  "thead, tbody": "rowgroup",
  "tr": "row",
  "td": "cell",
  "thead th": "columnheader",
  "tbody th": "rowheader",
})) {
  for (const element of document.querySelectorAll(`:is(.coverage, .follow-up, .outcomes):is(${selector}), :is(.coverage, .follow-up, .outcomes) :is(${selector})`)) {
    element.setAttribute("role", role);
  }
}

// A table that is wider than its box can be scrolled by keyboard too, and says that there is more. On paper, its text is smaller.
const PAPER_WIDTH = 40; // in em of the table's text: what A4 has between its margins
const paper = matchMedia("print");
const scrollable = { tabindex: "0", role: "group", "aria-label": document.querySelector("article").dataset.wideTable ?? "Tabel, der kan rulles til siden" };
const tables = new ResizeObserver((entries) => {
  if (paper.matches) return;
  for (const { target } of entries) {
    const isWider = target.scrollWidth > target.clientWidth;
    for (const [name, value] of Object.entries(scrollable)) isWider ? target.setAttribute(name, value) : target.removeAttribute(name);
    const width = target.scrollWidth / parseFloat(getComputedStyle(target.firstElementChild).fontSize);
    target.style.setProperty("--fit", isWider ? Math.min(1, PAPER_WIDTH / width) : 1);
  }
});
for (const box of document.querySelectorAll(".table-scroll")) tables.observe(box);

// What an address leads to is open.
function openTarget() {
  const folded = document.querySelector(":target")?.closest("article details");
  if (folded) folded.open = true;
}
openTarget();
for (const name of ["load", "hashchange"]) addEventListener(name, openTarget);

// Nothing that is folded up is missing on paper. The style sees to it, except in Firefox before 143 and Safari before 18.4.
if (!CSS.supports("selector(::details-content)")) {
  const unfolded = [];
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("article details:not([open])")) {
      details.open = true;
      unfolded.push(details);
    }
  });
  addEventListener("afterprint", () => {
    for (const details of unfolded.splice(0)) details.open = false;
  });
}

// Reading aloud. Only voices of the device itself count: to any other, the browser would send the text of the page.
const voiceFor = (language) =>
  speechSynthesis.getVoices().find(({ localService, lang }) => localService && lang.toLowerCase().split(/[-_]/)[0] === language);
const offerReading = async () => root.lang === "da" && voiceFor("da") && (await import("./read-aloud/buttons.js")).offerReading(voiceFor);
if (globalThis.speechSynthesis) {
  offerReading();
  speechSynthesis.addEventListener?.("voiceschanged", offerReading); // Chromium knows its voices only some time after it has been asked
}

// A browser that shows no PDF itself saves the file and opens no window for it, so the link does not promise one.
if (navigator.pdfViewerEnabled === false) {
  for (const link of document.querySelectorAll(".download a[target]")) {
    link.removeAttribute("target");
    link.querySelector(".web-only").remove();
  }
}

for (const button of document.querySelectorAll(".print-page")) button.addEventListener("click", () => print());

// The search.
const form = document.querySelector("form[data-script]");
const field = form.elements.q;
const load = (name) => import(new URL(name, new URL(form.dataset.script, document.baseURI)));
let loading;
function handleLoadError() {
  loading = undefined; // so that the next focus or input tries again
  field.value ||= new URLSearchParams(location.search).get("q") ?? "";
  document.querySelector(".search-status")?.replaceChildren(form.dataset.fault);
}
function loadSearch() {
  // All modules at once, instead of each import only after the module that names it. The empty name is the main script.
  loading ??= Promise.all(["", "../dom.js", "client.js", "excerpts.js", "engine.js", "vocabulary.js", "words.js"].map(load)).catch(handleLoadError);
}
field.addEventListener("focus", loadSearch);
field.addEventListener("input", loadSearch);
if ("now" in form.dataset || document.activeElement === field) loadSearch();
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || storedChoice("genvejstaster") === "fra") return;
  // The search page focuses its field by itself, so that a reader who presses "/" to get there would begin the query with it.
  const isThereAlready = event.target === field && !field.value && event.key === "/";
  if (!isThereAlready && (!["/", "s"].includes(event.key) || event.target.closest("input, textarea, select, [contenteditable]"))) return;
  event.preventDefault();
  if (field.offsetParent) field.focus();
  else location.assign(form.action);
});
