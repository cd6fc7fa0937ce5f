// Shows the page as it will look, beside the fields. The published page is the frame into which the changed text is put. It stands in a frame
// in which no script runs, that has no origin and sends no form (`sandbox`), so that nothing in a page's text can reach the editor's session.

import { addressOf, onChange, openPage } from "./open-page.js";

const CHANGED = "aendret"; // the id of what has been changed last
const SECONDS_OF_REST = 0.5; // after the last change, before the page is shown again

/** Add the button and the panel. `render` returns the HTML of a page's own part, given the page; it may throw an error with a message in Danish. */
export function addPreview(render) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "preview-button";
  button.setAttribute("aria-expanded", "false");
  const panel = document.createElement("section");
  panel.className = "preview-panel";
  panel.setAttribute("aria-label", "Sådan kommer siden til at se ud");
  panel.hidden = true;
  const message = panel.appendChild(document.createElement("p"));
  message.setAttribute("role", "status");
  const frame = panel.appendChild(document.createElement("iframe"));
  frame.title = "Sådan kommer siden til at se ud";
  frame.setAttribute("sandbox", "");
  document.body.append(button, panel);
  let timer = 0;
  let address = "";
  let shown = "";
  let isWorking = false;

  const show = (isOpen) => {
    panel.hidden = !isOpen;
    button.textContent = isOpen ? "Luk visningen" : "Se siden";
    button.setAttribute("aria-expanded", String(isOpen));
    document.body.classList.toggle("with-preview", isOpen);
    if (isOpen) update();
  };

  const update = async () => {
    const page = openPage();
    if (panel.hidden || !page || isWorking || page.text === shown) return;
    isWorking = true;
    if (!address) message.textContent = "Visningen bliver lavet …"; // until then, there is only a blank frame
    try {
      const html = await render(page);
      const file = new Blob([await documentOf(page.path, html, page.lastChange ?? "")], { type: "text/html" });
      URL.revokeObjectURL(address);
      address = URL.createObjectURL(file);
      frame.src = `${address}#${CHANGED}`; // unlike `srcdoc`, it opens at the change, and links within the page work
      message.textContent = "";
    } catch (error) {
      message.textContent = `${error.message} Her ses siden, som den var.`;
    } finally {
      shown = page.text;
      isWorking = false;
    }
    later(); // something may have been typed meanwhile
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(update, SECONDS_OF_REST * 1000);
  };

  button.addEventListener("click", () => show(panel.hidden));
  onChange(() => {
    button.hidden = !openPage()?.path.endsWith(".md"); // measurements are not a page
    if (button.hidden && !panel.hidden) show(false);
    else later();
  });
  button.hidden = true;
  show(false);
}

/**
 * Return the whole page with another own part: the published page, or that of its folder for a page that is not published yet. What
 * holds the text of the last change gets an id.
 */
export async function documentOf(path, article, lastChange = "") {
  const url = new URL(`../${addressOf(path)}`, location.href);
  let answer = await fetch(url);
  if (!answer.ok) answer = await fetch(new URL("../", url));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const element of page.querySelectorAll("script, noscript, meta[http-equiv], base, iframe, object, embed, link:not([rel~=stylesheet])")) element.remove();
  const own = page.querySelector("article") ?? page.body;
  own.innerHTML = article;
  for (const element of own.querySelectorAll("script, iframe, object, embed, form, base, meta, link")) element.remove();
  const changed = lastChange && [...own.querySelectorAll("li.decision")].find((item) => item.textContent.replace(/\s+/g, " ").includes(lastChange));
  if (changed) changed.id = CHANGED;
  await inlineStyles(page, url);
  await inlineImages(page, url);
  const policy = page.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"; // it asks nobody for anything
  page.head.prepend(policy);
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

/** Put the styles into the page, with their fonts in them. */
async function inlineStyles(page, url) {
  for (const link of page.querySelectorAll("link[rel~=stylesheet]")) {
    const address = new URL(link.getAttribute("href"), url);
    const element = page.createElement("style");
    element.textContent = address.origin === location.origin ? await (await fetch(address)).text() : "";
    const files = new Set([...element.textContent.matchAll(/url\(["']?(?!data:|#)([^"')]+)["']?\)/g)].map(([, file]) => file));
    for (const file of files) element.textContent = element.textContent.replaceAll(file, await dataUrl(new URL(file, address)));
    link.replaceWith(element);
  }
}

async function inlineImages(page, url) {
  for (const image of page.querySelectorAll("img[src]")) {
    image.src = await dataUrl(new URL(image.getAttribute("src"), url));
    image.removeAttribute("srcset");
    image.removeAttribute("loading");
  }
}

/** Return a file of this site as a URL that holds all of it. */
async function dataUrl(address) {
  if (address.origin !== location.origin) return "data:,";
  const answer = await fetch(address);
  if (!answer.ok) return "data:,";
  const reader = new FileReader();
  const read = new Promise((resolve) => reader.addEventListener("load", () => resolve(reader.result)));
  reader.readAsDataURL(await answer.blob());
  return read;
}
