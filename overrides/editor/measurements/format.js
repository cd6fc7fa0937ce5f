// The format in which Decap reads and writes a goal's measurements: the text of the file, whole. The table makes rows of it.

import { withoutAddedLineEnding } from "../page-format.js";

/** Return the format for `CMS.registerCustomFormat`. A file that is not there yet is empty. */
export function measurementFormat() {
  return {
    fromFile: (raw) => ({ original: String(raw ?? ""), body: String(raw ?? "") }),
    toFile: ({ body }) => withoutAddedLineEnding(body ?? ""),
  };
}

/** Whether the file at a path holds the measurements of a goal. */
export function isOfMeasurements(path) {
  return path.endsWith(".csv");
}
