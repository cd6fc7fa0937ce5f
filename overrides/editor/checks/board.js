// Checks the decisions that the board is asked to make (kanalstrategi/content/decisions_sought.py).

import { texts } from "./plan.js";
import { length } from "./wording.js";

/** Report what is wrong with the decisions on the board's page, or that they are on another. */
export function checkDecisionsSought(path, fields, read, report, rules) {
  const { misplaced, too_many: tooMany, too_long: tooLong } = rules.wordings.board;
  const { page, most, characters } = rules.board;
  const key = "decisions_sought";
  if (!fields.has(key)) return;
  if (path !== page) {
    report(key, misplaced, { page });
    return;
  }
  let count = 0;
  for (const [text, line] of texts(key, fields, read)) {
    const number = length(text.split(/[\s\x1c-\x1f\x85]+/u).filter(Boolean).join(" "));
    if (number > characters) report(key, tooLong, { number, most: characters }, line);
    else if (number) count += 1;
  }
  if (count > most) report(key, tooMany, { most });
}
