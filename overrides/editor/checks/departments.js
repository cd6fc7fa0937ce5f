// Checks the fields that name departments: what a unit is a part of, and whom a channel is for (kanalstrategi/content/units.py).

import { texts } from "./plan.js";
import { suggestion } from "./suggestions.js";

/** Report what is wrong with the department that the guideline at a path is a part of. */
export function checkPartOf(path, read, report, rules) {
  const { units: wordings } = rules.wordings;
  const { departments, no_departments: otherwise } = rules.values;
  const own = path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/, "");
  const value = read.text("part_of", false);
  if (!value) return;
  const known = Object.keys(departments).filter((id) => !departments[id] && id !== own);
  if (value === own) report("part_of", wordings.own_parent);
  else if (!Object.hasOwn(departments, value)) report("part_of", wordings.unknown_parent, { value, suggestion: suggestion(value, known, otherwise) });
  else if (departments[value]) report("part_of", wordings.nested, { value, parent: departments[value] });
}

/** Report the departments that a channel is for and that do not exist. */
export function checkDepartments(fields, read, report, rules) {
  const known = Object.keys(rules.values.departments);
  for (const [value, line] of texts("departments", fields, read)) {
    if (known.includes(value)) continue;
    const words = { value, suggestion: suggestion(value, known, rules.values.no_departments) };
    report("departments", rules.wordings.units.unknown_department, words, line);
  }
}
