// Building elements, and the pieces of text that more than one script shows.

/** Return an element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, value);
  created.append(...children);
  return created;
}

export const draftMark = () => element("strong", { class: "badge draft" }, "Udkast");

/** Return the mark of a page of an edition that is not in force: how far that has come. */
export const stateMark = (state) => element("strong", { class: "badge draft" }, state);

/** Return the mark of a page that is for other readers: `borger` or `medarbejder`. */
export const audienceMark = (audience) => element("strong", { class: "badge audience" }, AUDIENCE_WORDS[audience]);
const AUDIENCE_WORDS = { borger: "For borgere", medarbejder: "For medarbejdere" };

/** Return the sign of what kind of rule a rule is: `duty`, `aim` or `prohibition`. */
export const ruleSign = (kind) => element("span", { class: `rule-kind ${kind}`, role: "img", "aria-label": RULE_WORDS[kind] });
const RULE_WORDS = { duty: "Påbud", aim: "Hensigt", prohibition: "Forbud" };

/** Return the children for a text in parts, `[text, isHit]`, with the hits marked. */
export const withMarks = (parts) => parts.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text));

/** Return `1 side`, `4 sider` or `ingen sider`. */
export const pageCount = (count) => `${count || "ingen"} ${count === 1 ? "side" : "sider"}`;
