// What every page does with JavaScript: the choice of light or dark, the menu on a phone, the list of contents, print,
// and the search, which is loaded when its field is touched and not before.

const root = document.documentElement;
const darkDevice = matchMedia("(prefers-color-scheme: dark)");
const wide = matchMedia("(min-width: 76.25em)");

/** The reader's stored choices; none where storage is switched off. */
function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// Light or dark. A choice that is what the device asks for anyway is not kept.
const appearance = document.querySelector(".appearance");
const isDark = () => (root.dataset.appearance ? root.dataset.appearance === "dark" : darkDevice.matches);
function nameAppearance() {
  appearance.setAttribute("aria-label", isDark() ? "Skift til lyst udseende" : "Skift til mørkt udseende");
}
appearance.addEventListener("click", () => {
  const wanted = isDark() ? "light" : "dark";
  root.dataset.appearance = (wanted === "dark") === darkDevice.matches ? "" : wanted;
  try {
    if (root.dataset.appearance) localStorage.setItem("udseende", wanted);
    else localStorage.removeItem("udseende");
  } catch {
    // It holds for this page.
  }
  nameAppearance();
});
darkDevice.addEventListener("change", nameAppearance);
nameAppearance();

// The menu. Focus that leaves it closes it, so that it never stands in front of what has the focus.
const menu = document.getElementById("menu");
const menuButton = document.querySelector(".menu-button");
if (menu.hidePopover) {
  menu.addEventListener("toggle", (event) => menuButton.setAttribute("aria-expanded", event.newState === "open"));
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget) && menu.matches(":popover-open")) menu.hidePopover();
  });
  wide.addEventListener("change", () => menu.matches(":popover-open") && menu.hidePopover());
} else {
  // Safari before 17, Firefox before 125.
  menuButton.addEventListener("click", () => menuButton.setAttribute("aria-expanded", menu.classList.toggle("is-open")));
}

// The list of contents is beside the page on a wide screen, where nothing has to be folded away.
const contents = document.querySelector(".contents");
if (contents) {
  const unfold = () => (contents.open = wide.matches);
  unfold();
  wide.addEventListener("change", unfold);
  contents.addEventListener("click", (event) => event.target.closest("a") && !wide.matches && (contents.open = false));
}

// Safari forgets that a table is one when the style of a narrow page stacks its cells. (In the page itself, HTML forbids to say it.)
for (const [selector, role] of Object.entries({
  "table": "table",
  "thead, tbody": "rowgroup",
  "tr": "row",
  "td": "cell",
  "thead th": "columnheader",
  "tbody th": "rowheader",
})) {
  for (const element of document.querySelectorAll(`:is(.coverage, .outcomes):is(${selector}), :is(.coverage, .outcomes) :is(${selector})`)) {
    element.setAttribute("role", role);
  }
}

for (const button of document.querySelectorAll(".print-page")) button.addEventListener("click", () => print());

// The search.
const form = document.querySelector("form[data-script]");
const field = form.elements.q;
const load = (name) => import(new URL(name, new URL(form.dataset.script, document.baseURI)));
let begun;
function fail() {
  begun = undefined; // so that the next touch is another try
  field.value ||= new URLSearchParams(location.search).get("q") ?? "";
  document.querySelector(".search-status")?.replaceChildren(form.dataset.fault);
}
function begin() {
  // All at once, not each when the one before has come.
  begun ??= Promise.all(["", "results.js", "engine.js", "vocabulary.js", "words.js"].map(load)).catch(fail);
}
field.addEventListener("focus", begin);
field.addEventListener("input", begin);
if ("now" in form.dataset || document.activeElement === field) begin();
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (!["/", "s"].includes(event.key) || stored("genvejstaster") === "fra") return;
  event.preventDefault();
  if (field.offsetParent) field.focus();
  else location.assign(form.action);
});
