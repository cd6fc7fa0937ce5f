// The form for a guideline: the strategy's rules to read, and the decisions with their state and answer. A widget of Decap (3.16.3), whose
// `h` and `createClass` are those of React.

import { setOpenPage } from "../open-page.js";
import { passesOnThePage } from "../page-text.js";
import { say } from "../phrases.js";
import { changesOf, confirmedHeading, confirmedOn, idOf, isUnused, unusedHeading } from "./confirmation.js";
import { STATES, changedDecision, changedText, lacksAnswer, newDecision, partsOf, progressOf, textOf } from "./text.js";

const CHARACTERS_IN_ROW = 60;
const OTHER_TEXT = "Teksten uden om beslutningerne";
const NO_ANSWER = "Skriv, hvad I har besluttet, eller vælg »Ikke besluttet«.";

/**
 * Return the component. `channels` is the title and the rules (`{text, kind}`) of each channel, keyed by id, and `adoption` what the last adoption
 * has changed, with the day of today; null if it has changed nothing.
 */
export function guidelineForm(channels, adoption = null) {
  const { h, createClass } = window;

  return createClass({
    displayName: "GuidelineForm",
    mixins: [passesOnThePage],

    getInitialState() {
      this.known = this.props.value ?? "";
      return { parts: partsOf(this.known), told: [] }; // the numbers of the decisions that say that they lack an answer
    },

    componentDidUpdate() {
      setOpenPage(this);
      const value = this.props.value ?? "";
      if (value !== this.known) {
        this.known = value;
        this.setState({ parts: partsOf(value), told: [] });
      }
    },

    /** Decap asks before each save. */
    isValid() {
      const relevant = used(this.state.parts);
      const told = this.state.parts.flatMap((part, number) => (relevant.includes(part) && lacksAnswer(part) ? [number] : []));
      this.setState({ told }, () => told.length && document.querySelector(".guideline-decision [aria-invalid=true]")?.focus());
      return told.length ? { error: { type: "CUSTOM", parentIds: [], message: `${told.length === 1 ? "Et svar" : `${told.length} svar`} mangler.` } } : true;
    },

    /** Return the question that has been answered last, or an empty text. */
    lastChange() {
      return this.lastQuestion ?? "";
    },

    /** Put the focus on what stands at a line of the text, counted from 0, and return whether there is anything. */
    focusLine(line) {
      let from = 0;
      for (const part of this.state.parts) {
        if (line < from + part.lines.length) {
          const field = document.querySelector(`[data-part="${this.state.parts.indexOf(part)}"] :is(textarea, input)`);
          field?.closest("details")?.setAttribute("open", "");
          field?.focus();
          return Boolean(field);
        }
        from += part.lines.length;
      }
      return false;
    },

    /** Return what the box with a line of the text is called, as `focusLine` counts it, or an empty text. */
    nameOfLine(line) {
      const { parts } = this.state;
      let from = 0;
      const number = parts.findIndex((part) => line < (from += part.lines.length));
      if (number < 0) return "";
      return parts[number].question ?? `Boksen »${boxName(sectionsOf(parts), number)}« under »${OTHER_TEXT}«`;
    },

    change(number, part) {
      this.lastQuestion = part.question ?? "";
      const parts = this.state.parts.map((old, position) => (position === number ? part : old));
      if (!lacksAnswer(part)) this.setState(({ told }) => ({ told: told.filter((one) => one !== number) }));
      this.write(parts);
    },

    /** Return what a section says right below its heading, before its rules and decisions, and how to change it. */
    reason({ key, numbers }) {
      const { parts } = this.state;
      const number = numbers.find((one) => parts[one].kind !== "empty");
      const isThere = number !== undefined && parts[number].kind === "text" && !textOf([parts[number]]).trimEnd().endsWith(":");
      const setReason = (typed) => {
        if (isThere) return this.change(number, changedText(parts[number], typed));
        const added = [{ kind: "empty", lines: [""] }, changedText({ kind: "text", lines: [""], opened: "" }, typed)];
        this.setState({ told: [] }); // the decisions below have other numbers now
        this.write([...parts.slice(0, key + 1), ...added, ...parts.slice(key + 1)]);
      };
      return { reason: isThere ? (parts[number].typed ?? textOf([parts[number]])) : "", setReason };
    },

    /** Say that a decision lacks its answer, now that its fields have been left. */
    leave(number) {
      this.setState(({ parts, told }) => (lacksAnswer(parts[number]) && !told.includes(number) ? { told: [...told, number] } : null));
    },

    write(parts) {
      this.known = textOf(parts);
      this.setState({ parts });
      this.props.onChange(this.known);
    },

    add(after, field) {
      if (!field.value.trim()) return field.focus();
      const parts = [...this.state.parts];
      parts.splice(after + 1, 0, newDecision(field.value));
      this.setState({ told: [] }); // they have other numbers now
      this.write(parts);
      field.value = "";
      requestAnimationFrame(() => document.querySelector(`[data-part="${after + 1}"] textarea`)?.focus());
    },

    render() {
      const { parts, told } = this.state;
      const sections = sectionsOf(parts);
      const relevant = used(parts);
      const progress = progressOf(relevant);
      const numbered = parts.map((part, number) => ({ part, number }));
      const essential = numbered.filter(({ part }) => part.kind === "decision" && part.isEssential && relevant.includes(part));
      const decision = ({ part, number }, channel) => h(Decision, { key: number, part, number, isTold: told.includes(number), channel, leave: () => this.leave(number), change: (changed) => this.change(number, changed) });
      return h(
        "div",
        { className: `guideline-form ${this.props.classNameWrapper ?? ""}`, id: this.props.forID },
        h("p", { className: "guideline-progress", role: "status" }, progressText(progress)),
        h("p", null, say("I svarer for hele fagområdet. I kan gemme undervejs og fortsætte en anden dag. Svarene er et udkast, til retningslinjen er vedtaget.")),
        h("nav", { "aria-label": "Kanaler" }, h("ul", { className: "guideline-jumps" }, sections.filter((section) => section.level === 2).map((section) =>
          h("li", { key: section.key }, h("button", { type: "button", onClick: () => jumpTo(section.key) }, section.title)),
        ))),
        essential.length > 0 &&
          h("section", { "aria-labelledby": "guideline-essential" },
            h("h2", { id: "guideline-essential" }, "De vigtigste"),
            h("p", null, say("De følger direkte af en af strategiens regler. Begynd med dem.")),
            essential.map((entry) => {
              const section = sections.find(({ numbers }) => numbers.includes(entry.number));
              const rules = section?.numbers.map((number) => parts[number]).filter((part) => part.kind === "rules") ?? [];
              return h("div", { key: entry.number },
                decision(entry, section?.title),
                rules.map((part, number) => h(Rules, { key: number, channel: channels[part.channel] })),
              );
            }),
          ),
        sections.filter((section) => section.level > 1 && relevant.includes(parts[section.key])).map((section) => {
          const heading = parts[section.key];
          const isChannel = section.level === 2 && Object.hasOwn(channels, idOf(heading));
          const isOut = isChannel && isUnused(heading);
          const entries = section.numbers.map((number) => ({ part: parts[number], number }));
          const decisions = entries.filter(({ part }) => part.kind === "decision");
          const others = decisions.filter(({ part }) => !part.isEssential);
          return h("section", { key: section.key, className: "guideline-section" },
            h(`h${Math.min(section.level, 3)}`, { id: `guideline-section-${section.key}`, tabIndex: -1 }, section.title),
            h(Confirmation, { heading: parts[section.key], changes: changesOf(parts, section.key, adoption), change: (heading) => this.change(section.key, heading) }),
            isChannel && h(NotUsed, { heading, change: (changed) => this.change(section.key, changed), ...this.reason(section) }),
            !isOut && entries.filter(({ part }) => part.kind === "rules").map(({ part, number }) => h(Rules, { key: number, channel: channels[part.channel] })),
            !isOut && others.map((entry) => decision(entry)),
            !isOut && decisions.length > 0 && others.length < decisions.length && h("p", { className: "guideline-note" }, `${decisions.length - others.length} af spørgsmålene står øverst blandt de vigtigste.`),
            !isOut && decisions.length > 0 && h(NewQuestion, { section, add: (field) => this.add(decisions.at(-1).number, field) }),
          );
        }),
        h("details", { className: "guideline-text" },
          h("summary", null, OTHER_TEXT),
          h("p", null, "Siden viser også dette. Ret det kun, hvis der er grund til det."),
          numbered.filter(({ part }) => part.kind === "text").map(({ part, number }) =>
            h("div", { key: number, "data-part": number, className: "guideline-own-text" },
              h("label", null,
                boxName(sections, number),
                h("textarea", { value: part.typed ?? textOf([part]), rows: Math.max(3, rowsOf(part.typed ?? textOf([part]))), onChange: (event) => this.change(number, changedText(part, event.target.value)) }),
              ),
              part.typed !== undefined && part.typed !== part.opened &&
                h("button", { type: "button", onClick: () => this.change(number, changedText(part, part.opened)) }, "Sæt den gamle tekst tilbage"),
            ),
          ),
        ),
      );
    },
  });

  function Decision({ part, number, isTold, channel, leave, change }) {
    const name = `guideline-state-${number}`;
    const isFaulty = isTold && lacksAnswer(part);
    const onBlur = ({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || leave();
    const set = (state, answer) => change(changedDecision(part, state, answer));
    return h("fieldset", { className: `guideline-decision ${part.state}`, "data-part": number, onBlur },
      h("legend", null, channel && h("span", { className: "guideline-channel" }, channel), part.question),
      h("div", { className: "guideline-states" },
        Object.entries(STATES).map(([state, label]) =>
          h("label", { key: state }, h("input", { type: "radio", name, value: state, checked: part.state === state, onChange: () => set(state, part.answer) }), label),
        ),
      ),
      h("label", { className: "guideline-answer" }, part.state === "not-relevant" ? "Hvorfor ikke (kan udelades)" : "Svar",
        h("textarea", {
          value: part.answer, rows: rowsOf(part.answer), "aria-invalid": isFaulty, "aria-describedby": isFaulty ? `${name}-fault` : undefined,
          // Whoever writes an answer has decided.
          onChange: (event) => set(part.state === "open" && event.target.value.trim() ? "decided" : part.state, event.target.value),
        }),
      ),
      isFaulty && h("p", { className: "guideline-fault", id: `${name}-fault` }, NO_ANSWER),
    );
  }

  function Rules({ channel }) {
    if (!channel) return null;
    return h("details", { className: "guideline-rules" },
      h("summary", null, `${say("Strategiens regler om")} ${lowered(channel.title)} (${channel.rules.length})`),
      runsOf(channel.rules).map(({ lead, rules }, number) => h("div", { key: number }, lead && h("p", null, lead), h("ul", null, rules.map((text, place) => h("li", { key: place }, text))))),
    );
  }

  function Confirmation({ heading, changes, change }) {
    if (!changes.length) return null;
    const isConfirmed = confirmedOn(heading) >= adoption.adopted;
    const set = ({ target }) => change(confirmedHeading(heading, target.checked ? adoption.today : ""));
    return h("div", { className: "guideline-confirm" },
      h("p", null, h("strong", null, isConfirmed ? "Genbekræftet." : `Afsnittet ${adoption.deadline}.`), ` ${adoption.title} har ændret regler, som afsnittet viser:`),
      h("ul", null, changes.map(({ rule, kind, before, after }) =>
        h("li", { key: rule },
          kind === "moved" && h("p", null, h("strong", null, `Flyttet til en anden kanal${before === after ? ": " : "."}`), before === after && after),
          before && before !== after && h("p", null, h("strong", null, kind === "gone" ? "Udgået: " : "Før: "), before),
          after && before !== after && h("p", null, h("strong", null, kind === "new" ? "Ny: " : "Nu: "), after),
        ),
      )),
      h("label", null, h("input", { type: "checkbox", checked: isConfirmed, onChange: set }), "Vi har set ændringen, og afsnittet er stadig rigtigt"),
    );
  }

  function NotUsed({ heading, change, reason, setReason }) {
    const isOut = isUnused(heading);
    const set = ({ target }) => change(unusedHeading(heading, target.checked));
    return h("div", { className: "guideline-unused" },
      h("label", null, h("input", { type: "checkbox", checked: isOut, onChange: set }), "Vi bruger ikke denne kanal"),
      isOut && h("p", null, "Så skal der ikke besluttes noget om den. Spørgsmål og svar bliver gemt, men tæller ikke med."),
      isOut && h("label", { className: "guideline-answer" }, "Hvorfor ikke (kan udelades)", h("textarea", { value: reason, rows: 2, onChange: ({ target }) => setReason(target.value) })),
    );
  }

  function NewQuestion({ section, add }) {
    let field = null;
    return h("div", { className: "guideline-new" },
      h("label", null, `Nyt spørgsmål om ${lowered(section.title)}`,
        h("input", { type: "text", ref: (element) => (field = element), onKeyDown: (event) => event.key === "Enter" && (event.preventDefault(), add(field)) }),
      ),
      h("button", { type: "button", onClick: () => add(field) }, "Tilføj spørgsmålet"),
    );
  }
}

/** Return how far a guideline is, in words. */
export function progressText({ count, decided, essential, essentialDecided, irrelevant }) {
  const ofEssential = essential ? `, heraf ${essentialDecided} af de ${essential} vigtigste` : "";
  return `${decided} af ${count} besluttet${ofEssential}${irrelevant ? `. ${irrelevant} er ikke ${irrelevant === 1 ? "relevant" : "relevante"} og tæller ikke med` : ""}`;
}

/** Return the parts without those below the headings of channels that the department does not use. */
function used(parts) {
  let isOut = false;
  return parts.filter((part) => {
    const isOfChannel = part.kind === "heading" && part.level <= 2;
    if (isOfChannel) isOut = part.level === 2 && isUnused(part);
    return !isOut || isOfChannel;
  });
}

/** Return the sections of a guideline, one for each heading, with the numbers of the parts below it. */
function sectionsOf(parts) {
  const sections = [];
  parts.forEach((part, number) => {
    if (part.kind === "heading") sections.push({ key: number, level: part.level, title: part.title, numbers: [] });
    else sections.at(-1)?.numbers.push(number);
  });
  return sections;
}

/** Return the name of the box with a part that is text. */
function boxName(sections, number) {
  return sections.find((section) => section.level > 1 && section.numbers.includes(number))?.title ?? "Indledning";
}

/** Return rules in runs that have the same words above them: »Det betyder, at«. */
function runsOf(rules) {
  const runs = [];
  for (const { lead = "", text } of rules) {
    if (runs.at(-1)?.lead === lead) runs.at(-1).rules.push(text);
    else runs.push({ lead, rules: [text] });
  }
  return runs;
}

/** Put the focus on the heading of a section, at the top of what is seen. */
function jumpTo(key) {
  const heading = document.getElementById(`guideline-section-${key}`);
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: "start" });
}

/** Return how many rows an answer takes on a narrow screen, for browsers in which a field does not grow by itself. */
function rowsOf(text) {
  return Math.max(2, text.split("\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / CHARACTERS_IN_ROW)), 0));
}

/** Return a title as it stands within a sentence. */
function lowered(title) {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
