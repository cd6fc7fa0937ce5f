"""Lays the pages that belong to the program beside those of a site, which come first.

They are read as if they lay in `docs/`, in folders that are called what the site calls them. The menu decides which of them a site has, and
a page of the site's own at the same path replaces one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from kanalstrategi.content.conventions import EDITOR_FOLDER, MACRO_GUIDE, SEARCH_PAGE, TEMPLATE_FOLDER
from kanalstrategi.content.edition_paths import linked_file
from kanalstrategi.content.folders import DEFAULT_FOLDERS, Folders
from kanalstrategi.content.navigation import expand_menu, page_paths
from kanalstrategi.content.settings_model import Words
from kanalstrategi.design.theme import PAGES
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.nodes import Element, Link, ParsedPage, descendants, encode_tree
from kanalstrategi.sanitizing.files import list_files

FOLDER = "pages"
"""What the folder of the program's pages is called in messages."""
EXAMPLE_FOLDER = "eksempel"
"""The folder in it with the made-up site that the guide's examples are from."""
_NAMED_FOLDER = re.compile(rf"(?<![\w./-])((?:docs/)?(?:udgaver/\d[\w-]*/|(?:\.\./)+)?)({'|'.join(astuple(DEFAULT_FOLDERS))})(?=/|$)")
"""A folder that the guide writes as a part of a path: `docs/kanaler/`."""
OWN_MACRO = "status"
"""The macro that speaks of the page itself, also where the others are examples."""


@dataclass(frozen=True)
class ProgramPages:
    """The program's files that a site has, by paths as if they lay in `docs/`."""

    pages: tuple[str, ...] = ()
    images: tuple[str, ...] = ()

    @property
    def files(self) -> frozenset[str]:
        """The paths of all of them."""
        return frozenset((*self.pages, *self.images))


def source_of(docs: Path, path: str, folders: Folders) -> Path:
    """Return the file at a path in `docs/`: the site's own, or else that of the program."""
    own = docs / path
    return own if own.is_file() or not is_shipped(path, folders) else PAGES / folders.as_shipped(path)


def shipped_template(path: str, words: Words) -> str | None:
    """Return the text of one of the program's templates in the words of a site, or None if it has none at a path in `docs/`."""
    file = PAGES / path
    return words.say(file.read_text(encoding="utf-8")) if file.is_file() else None


def shipped_files() -> frozenset[str]:
    """Return the paths of everything that the program has for a site, its templates among it, as if they lay in `docs/`."""
    return frozenset(path for path in list_files(PAGES, []) if not path.startswith(f"{EXAMPLE_FOLDER}/"))


def is_shipped(path: str, folders: Folders) -> bool:
    """Whether the program has a page at a path in `docs/`, which the menu need not name, and nor need a page that replaces it."""
    return (PAGES / folders.as_shipped(path)).is_file()


def offered_pages(own: Collection[str], folders: Folders) -> list[str]:
    """Return the paths of the program's pages that a site with these files of its own has not replaced."""
    return [path for path in _shipped(own, folders) if path.endswith(".md")]


def program_pages_of(
    config: Mapping[str, Any] | None, own: Collection[str], parsed_pages: Mapping[str, ParsedPage], folders: Folders
) -> ProgramPages:
    """Return the program's files that belong to a site with these settings and these files of its own.

    The site has the pages that its menu names, itself or by a wildcard, those that its own pages link to, and the search page, to which
    every page leads. It has all of them if its settings cannot be read, so that this mistake leads to no others. `parsed_pages` are its
    own and all that are offered.
    """
    shipped = _shipped(own, folders)
    offered = [path for path in shipped if path.endswith(".md")]
    wanted = {*offered} if config is None else {SEARCH_PAGE, *page_paths(expand_menu(config.get("nav"), [*own, *offered]))}
    if not wanted.issuperset(offered):
        files = frozenset((*own, *shipped))
        for path, parsed in parsed_pages.items():
            if path not in offered:
                wanted |= {linked_file(path, target, files, folders) for link in parsed.links if (target := _path_in(link.target))}
    pages = tuple(path for path in offered if path in wanted)
    has_guide = any(path.startswith(f"{EDITOR_FOLDER}/") for path in pages)  # whose images they are
    return ProgramPages(pages, tuple(path for path in shipped if path not in offered) if has_guide else ())


def fitted(parsed_pages: Mapping[str, ParsedPage], program: ProgramPages, files: Collection[str], folders: Folders) -> dict[str, ParsedPage]:
    """Return the site's pages, given also those that it was offered: with the program's fitted to it, so that they link to nothing it lacks."""
    ids = {path: parsed.ids for path, parsed in parsed_pages.items() if path not in program.pages}
    fit = partial(_fitted_target, files=files, ids=ids, folders=folders)
    return {
        path: _with_folders(_fitted(path, parsed, fit), folders) if path in program.pages else parsed
        for path, parsed in parsed_pages.items()
        if path in files
    }


def named_for_people(diagnostics: Iterable[Diagnostic], program: ProgramPages, folders: Folders) -> list[Diagnostic]:
    """Return diagnostics in which a page of the program is not said to lie in `docs/`, with what a site can do about it."""
    places = {f"docs/{path}": path for path in program.files}

    def named(diagnostic: Diagnostic) -> Diagnostic:
        path = places.get(diagnostic.file)
        if path is None:
            return diagnostic
        hint = f"{diagnostic.hint} (siden følger med programmet; en side i docs/{path} træder i stedet for den)"
        return replace(diagnostic, file=f"{FOLDER}/{folders.as_shipped(path)}", hint=hint)

    return [named(diagnostic) for diagnostic in diagnostics]


def _shipped(own: Collection[str], folders: Folders) -> list[str]:
    """Return the paths of the program's pages and their images, without those that the site has files of its own in the place of."""
    files = sorted(path for path in shipped_files() if not path.startswith(f"{TEMPLATE_FOLDER}/"))
    return [path for path in map(folders.placed, files) if path not in own]


def _path_in(target: str) -> str:
    """Return the path of a file that a link may lead to, or an empty string if it leads elsewhere."""
    try:
        parts = urlsplit(target)
    except ValueError:  # for example `http://[`, which `kanalstrategi.checks.links` reports
        return ""
    return "" if parts.scheme or parts.netloc else unquote(parts.path)


def _fitted(path: str, parsed: ParsedPage, fit: Callable[[str, str], str | None]) -> ParsedPage:
    """Return a page whose links lead to what there is, and whose examples are not calls that show the site."""
    if path == MACRO_GUIDE:
        parsed = replace(parsed, calls=tuple(call for call in parsed.calls if call.name == OWN_MACRO))
    changed = {link.target: target for link in parsed.links if not link.is_image and (target := fit(path, link.target)) != link.target}
    if not changed:
        return parsed
    root = parsed.root
    for anchor in descendants(root):
        href = unquote(anchor.attributes.get("href", ""))
        if anchor.tag == "a" and href in changed:
            _point(anchor, changed[href])
    links = tuple(_pointed(link, changed) for link in parsed.links if link.is_image or changed.get(link.target, "") is not None)
    return replace(parsed, tree=encode_tree(root), links=links)


def _with_folders(parsed: ParsedPage, folders: Folders) -> ParsedPage:
    """Return a page of the program on which the paths that it writes as code are those of the site."""
    if folders == DEFAULT_FOLDERS:
        return parsed
    root = parsed.root
    for code in (element for element in descendants(root) if element.tag == "code"):
        code.children = [
            _NAMED_FOLDER.sub(lambda found: found[1] + folders.placed(f"{found[2]}/")[:-1], child) if type(child) is str else child
            for child in code.children
        ]
    return replace(parsed, tree=encode_tree(root))


def _point(anchor: Element, target: str | None) -> None:
    """Have a link lead to a target, or make it a piece of text."""
    if target is None:
        anchor.tag, anchor.attributes = "span", {}
    else:
        anchor.attributes["href"] = target


def _pointed(link: Link, changed: Mapping[str, str | None]) -> Link:
    return link if link.is_image else replace(link, target=changed.get(link.target) or link.target)


def _fitted_target(path: str, target: str, files: Collection[str], ids: Mapping[str, Collection[str]], folders: Folders) -> str | None:
    """Return where a link on a page of the program leads on this site, or None if the site has no such page."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path:
        return target
    shipped = linked_file(folders.as_shipped(path), unquote(parts.path), (), DEFAULT_FOLDERS)
    file = folders.placed(shipped)
    if file not in files:
        return None
    if file != shipped:
        parts = parts._replace(path=quote(posixpath.relpath(file, posixpath.dirname(path) or ".")))
        target = urlunsplit(parts)
    if parts.fragment and file in ids and unquote(parts.fragment) not in ids[file]:  # the site has replaced the page
        return urlunsplit(parts._replace(fragment=""))
    return target
