// What is read aloud of a page, in order: its title, what it says in short, and its text.

// The status is left out but for the mark of a draft; the rest of the list is not text.
const LEFT_OUT = [
  "nav", "script", "style", "template", "pre", "svg", "form", "button", "input", "select", "textarea", "[hidden]", "[aria-hidden=true]",
  ".read-aloud", ".headerlink", ".block-notes", ".icon", ".rule-source", ".pdf-facts", ".footnote-mark", ".footnote-back", ".page-foot", ".questions", ".offer", ".download",
  ".status > :not(:has(.draft))",
].join(", ");

/**
 * A passage is the text of a block: `text`, the `block`, `pieces` with each text node, its start in the text and its language, and
 * `head`, which is what the head of its column calls a cell of a table.
 */
export function passagesOf(article) {
  const passages = [];
  let open;
  const close = () => {
    if (open && /[\p{L}\p{N}]/u.test(open.text)) passages.push(open);
    open = undefined;
  };
  const add = (text, node, block, language) => {
    open ??= { text: "", block, pieces: [], head: headOf(block) };
    if (node) open.pieces.push({ node, start: open.text.length, language });
    open.text += text;
  };
  const read = (parent, block, language) => {
    for (const child of parent.childNodes) {
      if (parent.tagName === "DETAILS" && !parent.open && child.tagName !== "SUMMARY") continue;
      if (child.nodeType === Node.TEXT_NODE) add(child.data, child, block, language);
      if (child.nodeType !== Node.ELEMENT_NODE || isLeftOut(child)) continue;
      if (child.tagName === "BR") {
        add(" ", null, block, language);
        continue;
      }
      const isInline = /^(?:inline|contents|ruby)/.test(getComputedStyle(child).display);
      const own = (child.lang || language).toLowerCase().split(/[-_]/)[0];
      if (!isInline) close();
      read(child, isInline ? block : child, own);
      if (!isInline) close();
    }
  };
  read(article, article, document.documentElement.lang || "da");
  return passages;
}

function isLeftOut(element) {
  if (element.matches(LEFT_OUT)) return true;
  if (element.tagName === "A" && !/[\p{L}\p{N}]/u.test(element.textContent)) return true; // the mark of a footnote
  return element.checkVisibility ? !element.checkVisibility() : getComputedStyle(element).display === "none";
}

/** Return what the head of its column calls the cell that a block stands in, if the table is simple: a row of heads, no cell over several. */
function headOf(block) {
  const cell = block.closest("td, tbody th");
  const table = cell?.closest("table");
  if (!table || table.querySelector("table, [colspan], [rowspan]") || table.tHead?.rows.length !== 1) return "";
  const head = table.tHead.rows[0].cells[cell.cellIndex];
  return head ? head.textContent.replace(/\s+/g, " ").trim() : "";
}
