// Where the pages of editions of the strategy lie that are not in force (kanalstrategi/content/edition_paths.py).

/**
 * Return the folder of the edition that a page belongs to, and the path that the page has when it is in force: `udgaver/2026-2029/` and
 * `strategi/formaal.md`. The folder is empty for any other page.
 */
export function inEdition(path, rules) {
  const { editions, former_guidelines: former } = rules.folders;
  const [top, name, ...rest] = path.split("/");
  return top === editions && name && `${top}/${name}` !== former && rest.join("/") ? { folder: `${top}/${name}/`, place: rest.join("/") } : { folder: "", place: path };
}
