// Finds the fields of a page that must be filled in and are not. Decap (3.16.3) says only that there is one.

const UNSEEN = ["hidden", "page-check", "delete-page"];

/** Return what is wrong with the fields of a page, `[{key, message, hint}]`, given its collection in Decap's configuration. */
export function faultyFields(collection, { path, data }) {
  const own = collection?.fields ?? collection?.files.find(({ file }) => file === path)?.fields ?? [];
  const values = { ...data, ...data.facts };
  const fields = own.flatMap((field) => (field.name === "facts" ? field.fields : [field])).filter(({ widget }) => !UNSEEN.includes(widget));
  return fields.flatMap(({ name, required, widget, pattern }) => {
    const value = values[name];
    const isEmpty = value === undefined || value === null || value === "" || value.length === 0;
    if (isEmpty) return required === false ? [] : [{ key: name, message: "feltet er tomt", hint: widget === "dato" ? "vælg en dag, eller skriv dag, måned og år" : "udfyld det" }];
    return pattern && !new RegExp(pattern[0]).test(value) ? [{ key: name, message: "feltet er ikke udfyldt, som det skal", hint: pattern[1] }] : [];
  });
}
