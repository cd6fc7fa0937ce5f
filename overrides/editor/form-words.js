// Says what is wrong in the words of the form. The checks speak of the file: of keys, lines and macros. Whoever sees a form sees labels and boxes.

const IN_FORM = {
  "fields.missing": ["feltet er tomt", "udfyld det"],
  "fields.empty": ["feltet er tomt", "udfyld det"],
  "fields.not_text": ["feltet kan ikke læses som tekst", "skriv teksten igen"],
  "fields.not_list": ["feltet kan ikke læses som en liste", "skriv det igen med komma mellem"],
  "fields.not_choice": ["feltet kan ikke være $value", null],
  "fields.no_such_day": ["datoen $value findes ikke", null],
  "fields.not_date": ["det er ikke en dato", "vælg en dag, eller skriv dag, måned og år"],
};
const OF_MACROS = ["syntax", "calls"];
const WORD = /\$([a-z_]+)/g;
const LONG_LIST = /^vælg en af: (?:[^,\n]{1,80}, ){8}/;

/**
 * Return a function that says a problem, `{message, hint}`, in the words of the form. `wordings` are those of the checks, and `labels` what the
 * fields are called, keyed by name, each with the labels of its options, `{ label, options }`. What none of the wordings says is said as it is.
 */
export function formWords(wordings, labels) {
  const known = Object.entries(wordings).flatMap(([group, kinds]) => Object.entries(kinds).map(([kind, words]) => templateOf(group, kind, words, labels)));
  const templates = known.filter(Boolean).sort((one, other) => other.fixed - one.fixed);
  return ({ message, hint }) => {
    for (const template of templates) {
      const ofMessage = template.isMessage.exec(message);
      const more = ofMessage && template.isHint.exec(hint);
      if (!ofMessage || (!more && !OF_MACROS.includes(template.group))) continue;
      const all = { ...ofMessage.groups, ...more?.groups };
      const fill = (text) => text.replace(WORD, (_, name) => (name === "key" || name === "missing" ? labelOf(all[name], labels) : all[name]) ?? "");
      return { message: fill(template.message), hint: shortened(more ? fill(template.hint) : hint), isMacro: OF_MACROS.includes(template.group) };
    }
    return { message, hint: shortened(hint), isMacro: false };
  };
}

/** Return the fields of some collections of Decap's configuration, keyed by name, as `formWords` wants them. */
export function labelsOf(collections) {
  const labels = {};
  const fields = collections.flatMap(({ fields: own, files = [] }) => [...(own ?? []), ...files.flatMap((file) => file.fields)]);
  for (const field of fields.flatMap((one) => [one, ...(one.name === "facts" ? one.fields : [])])) {
    if (!field.label || field.name in labels) continue;
    labels[field.name] = { label: field.label, options: Object.fromEntries((field.options ?? []).map(({ label, value }) => [value, label])) };
  }
  return labels;
}

function templateOf(group, kind, [message, hint], labels) {
  const fixed = message.replace(WORD, "").trim().length;
  if (!fixed) return null;
  const [ownMessage, ownHint] = IN_FORM[`${group}.${kind}`] ?? [null, null];
  const isMacro = OF_MACROS.includes(group);
  const said = (text) => (isMacro ? text : withLabels(text, labels));
  return { group, fixed, isMessage: patternOf(message), isHint: patternOf(hint), message: ownMessage ?? said(message), hint: ownHint ?? said(hint) };
}

/** Return an expression that finds a filled wording, with its words as groups. */
function patternOf(text) {
  const named = new Set();
  const source = text.split(/(\$[a-z_]+)/).map((piece) => {
    if (!/^\$[a-z_]+$/.test(piece)) return piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const name = piece.slice(1);
    if (named.has(name)) return `\\k<${name}>`;
    named.add(name);
    return `(?<${name}>[^]*?)`;
  });
  return new RegExp(`^${source.join("")}$`);
}

/** Return the words of a wording with labels in the place of keys. */
function withLabels(text, labels) {
  const keys = Object.keys(labels).filter((key) => key !== "body" && key !== "title").join("|");
  if (!keys) return text;
  return text
    .replace(new RegExp(`skriv \`(${keys}): …\``, "g"), (_, key) => `udfyld ${labelOf(key, labels)}`)
    .replace(new RegExp(`skriv \`(${keys}): (\\w+)\``, "g"), (_, key, value) => `sæt ${labelOf(key, labels)} til »${labels[key].options[value] ?? value}«`)
    .replace(new RegExp(`\`(${keys}): ([^\`]*)\``, "g"), (_, key, value) => `»${value}«`)
    .replace(new RegExp(`\`(${keys}):\``, "g"), (_, key) => labelOf(key, labels))
    .replace(new RegExp(`(?<![\\w$({/\`æøå-])(${keys})(?![\\w(/:æøå-])`, "g"), (key) => labelOf(key, labels))
    .replace(/`([^`]*)`/g, "»$1«")
    .replace("slet linjen", "tøm feltet");
}

function labelOf(key, labels) {
  return `»${labels[key]?.label ?? key}«`;
}

/** Return a hint without a list of names that nobody reads through. */
function shortened(hint) {
  return LONG_LIST.test(hint) ? "ret navnet, eller slet det" : hint;
}
