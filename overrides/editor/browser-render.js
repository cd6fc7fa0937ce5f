// Shows a page without a server of ours: its Markdown by markdown-it, and its macro calls by the answers that the build has written. What only
// the build can know looks the same as before the change.

import { readFields, splitPage } from "./checks/front-matter.js";
import { LINE_FILLER, parseMacros } from "./checks/macro-text.js";
import { STATES, stateOf } from "./guideline/text.js";

const CALLS = /<p>\u0002\s*<\/p>|\u0002/g; // what stands for macro calls
const TASK = /^\[([ xX-])\][ \t]+(?:([^:\n]{1,60}:)(?=\s))?/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const CODE_OR_LIST = /(?<!`)`[^`\n]{1,1000}`(?!`)|(?<![ \t])[ \t]{0,99}\{:[^{}\n]{0,500}\}/g;
const BOX = /^(!!!|\?\?\?\+?)[ \t]+(\w+)(?:[ \t]+"([^"\n]*)")?[ \t]*\n((?:(?:[ ]{4}|\t)[^\n]*\n?|[ \t]*\n(?=(?:\n|[ ]{4}|\t)))*)/gm;

/** Return a function that renders a page's own part in the browser. */
export function renderInBrowser() {
  let known = null;
  return async ({ path, text }) => {
    known ??= Promise.all([import("./markdown-it.js"), json("answers.json"), json("rules.json")]);
    const [{ default: MarkdownIt }, answers, rules] = await known;
    const { front, body } = splitPage(text.replace(/\r\n?/g, "\n"), rules);
    const macros = parseMacros(body, rules);
    if (macros.diagnostics.length) throw new Error("Siden kan først vises, når makroerne er rettet.");
    const reader = new MarkdownIt({ html: true });
    const html = reader.render(withBoxes(macros.text, reader));
    const filled = withAnswers(html, macros.calls.map((call) => answerTo(call, path.replace(/^docs\//, ""), answers)));
    const fields = front === null ? null : readFields(front, rules);
    const isOfStrategy = rules.folders.of_strategy.some((folder) => path.startsWith(`docs/${folder}/`));
    withShort(filled, fields?.get("short")?.value, fields?.get("status")?.value === "adopted" && isOfStrategy);
    return filled.innerHTML;
  };
}

/** Return the HTML that a call is answered with on a page; on a page where it is new, as on another page. */
function answerTo({ name, arguments: values }, path, answers) {
  const key = JSON.stringify([name, ...values]);
  const found = answers[path]?.[key] ?? Object.values(answers).find((of) => key in of)?.[key];
  return found ?? '<p class="admonition note">Det, der hentes her, vises først, når ændringen er tjekket.</p>';
}

/** Return Markdown with its boxes as HTML, and without attribute lists, which change nothing that is read here. Blocks of code stay as they are. */
function withBoxes(markdown, reader) {
  const result = [];
  let text = [];
  let fence = "";
  for (const line of markdown.split("\n")) {
    const mark = FENCE.exec(line)?.[1] ?? "";
    if (!fence && !mark) text.push(line);
    else {
      if (text.length) result.push(textWithBoxes(text.join("\n"), reader));
      text = [];
      result.push(line);
      if (!fence) fence = mark;
      else if (mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark) fence = "";
    }
  }
  if (text.length) result.push(textWithBoxes(text.join("\n"), reader));
  return result.join("\n");
}

function textWithBoxes(markdown, reader) {
  const plain = markdown.replace(CODE_OR_LIST, (found) => (found.trimStart().startsWith("{") ? "" : found));
  return plain.replace(BOX, (all, mark, kind, title, inside) => {
    const own = inside.replace(/^(?: {4}|\t)/gm, "");
    const heading = title === "" ? "" : `<p class="admonition-title">${reader.utils.escapeHtml(title ?? "")}</p>`;
    return `<div class="admonition ${kind}">${heading}\n\n${withBoxes(own, reader)}\n\n</div>\n\n`;
  });
}

/** Put the box with what the page says in short below its title and its status. */
function withShort(holder, short, isAdopted) {
  if (typeof short !== "string" || !short) return;
  const box = element("div", "", "in-short");
  const title = element("p", "", "in-short-title");
  title.append(element("strong", "Kort fortalt"), isAdopted ? " – ikke en del af den vedtagne tekst" : "");
  box.append(title, element("p", short));
  const heading = holder.querySelector("h1");
  const status = heading?.nextElementSibling;
  if (!heading) holder.prepend(box);
  else (status?.classList.contains("status") ? status : heading).after(box);
}

/** Return an element that holds HTML with the answers in the place of the marks that stand for calls, and the decisions marked. */
function withAnswers(html, answers) {
  let number = 0;
  const filled = html.replaceAll(LINE_FILLER, "").replace(CALLS, () => answers[number++] ?? "");
  const holder = new DOMParser().parseFromString(filled, "text/html").body;
  for (const item of holder.querySelectorAll("li")) {
    const own = item.firstElementChild?.tagName === "P" ? item.firstElementChild : item;
    const words = own.firstChild;
    const found = words?.nodeType === Node.TEXT_NODE && TASK.exec(words.data.trimStart());
    if (!found) continue;
    const state = stateOf(found[1]);
    words.data = words.data.trimStart().slice(found[0].length);
    item.classList.add("decision", state);
    own.prepend(element("span", STATES[state], "decision-state"), " ", ...(found[2] ? [element("strong", found[2])] : []));
  }
  return holder;
}

function element(tag, text, name = "") {
  const result = document.createElement(tag);
  result.textContent = text;
  if (name) result.className = name;
  return result;
}

async function json(url) {
  return (await fetch(url)).json();
}
