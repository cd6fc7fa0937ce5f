"""Checks that the targets of links and images exist."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from kanalstrategi.content.edition_paths import linked_file, section_in_force
from kanalstrategi.content.outdated_links import former_place
from kanalstrategi.content.project import Project
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.allow_list import is_misleading
from kanalstrategi.markdown.nodes import Link
from kanalstrategi.markdown.tree_builder import MAX_URL_CHARACTERS
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.sanitizing.images import RASTER_FORMATS
from kanalstrategi.suggestions import nearest, suggestion

IMAGE_EXTENSIONS = (*RASTER_FORMATS, ".svg")
LINK_SCHEMES = ("https", "http", "mailto", "tel")
"""The schemes of URLs that readers can follow."""

WORDINGS = {
    "too_long": Wording("$thing har en alt for lang adresse", "ret adressen"),
    "no_alternative": Wording("$thing $target mangler en beskrivelse", "skriv den i ![…]"),
    "no_text": Wording("linket $target har ingen tekst", "skriv, hvor det fører hen: [tekst]($target)"),
    "not_url": Wording("$thing $target er ikke en adresse", "ret adressen"),
    "image_elsewhere": Wording("billedet $target ligger et andet sted end på siden", "læg filen i docs/billeder, og skriv stien dertil"),
    "scheme": Wording("linket $target kan ikke følges af læserne", "brug en sti til en side, eller en adresse med https:"),
    "from_root": Wording("$thing $target begynder med /", "skriv stien fra siden selv: ../…"),
    "no_scheme": Wording("linket $target mangler sin begyndelse", "skriv https://$target"),
    "missing": Wording("$thing peger på $target, som ikke findes", "$remedy"),
    "not_image": Wording("filen $target er ikke et billede", "skriv den som et link, uden !: [tekst]($target)"),
    "missing_id": Wording("linket peger på #$id, som ikke findes i docs/$page", "$suggestion"),
}
"""What can be wrong with a link to the site's own pages and files, or with any link before its host is looked at."""
REMEDIES = {
    "nearest": "ret stien; mente du $near?",
    "none": "ret stien, eller tilføj filen",
    "document": 'skriv {{ download("$id") }} i stedet',
    "id": "ret det, der står efter #, eller slet det",
}
"""What to do about a link to a file or an id that does not exist."""
_MISLEADING_WEB, _PLAIN_WEB = "kan føre et andet sted hen, end man tror", "skriv hele adressen, som den står i browseren: https://…"
_MISLEADING = {"tel": "er ikke et telefonnummer", "mailto": "gør mere end at begynde en mail"}
_PLAIN = {"tel": "skriv kun tal: tel:+4512345678", "mailto": "skriv kun adressen, og eventuelt ?subject=… efter den"}
"""What is wrong with a URL that misleads, and what to write instead, by its scheme."""
_URL_AS_TEXT = re.compile(r"(?:https?://|(?=www\.))([^\s/?#]+)(?:[/?#]\S*)?", re.IGNORECASE)
"""The text of a link that is a URL itself, and its host."""


def link_targets(path: str, project: Project, registry: MacroRegistry) -> set[str]:
    """Return every id on a page that a link can point to: those in its Markdown and those that its macros write."""
    ids = set(project.parsed_pages[path].ids)
    for call in project.parsed_pages[path].calls:
        if call.name in registry and (anchors := registry[call.name].anchors):
            ids |= set(anchors(project.content))
    return ids


def check_link(link: Link, path: str, project: Project, registry: MacroRegistry, files: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield the diagnostics for a link or image on the page at `path`. `files` are the paths of all published files."""
    file = f"docs/{path}"

    def diagnostic(kind: str, **words: str) -> Diagnostic:
        thing = "billedet" if link.is_image else "linket"
        return Diagnostic(file, link.line, *WORDINGS[kind].filled(thing=thing, target=link.target, **words))

    if len(link.target) > MAX_URL_CHARACTERS:
        yield diagnostic("too_long")
        return
    if link.is_image and not link.text.strip():
        yield diagnostic("no_alternative")
    if not link.is_image and not link.has_content:
        yield diagnostic("no_text")
    try:
        parts = urlsplit(link.target)
    except ValueError:  # for example `http://[`
        yield diagnostic("not_url")
        return
    if link.is_image and (parts.scheme or parts.netloc):
        yield diagnostic("image_elsewhere")
    elif parts.scheme and parts.scheme not in LINK_SCHEMES:
        yield diagnostic("scheme")
    elif parts.scheme and " " in link.target:
        hint = f"skriv %20 for hvert mellemrum: {link.target.replace(' ', '%20')}"
        yield Diagnostic(file, link.line, f"adressen {link.target} indeholder mellemrum", hint)
    elif (parts.scheme or parts.netloc) and is_misleading(link.target):
        scheme = parts.scheme.lower()
        yield Diagnostic(file, link.line, f"linket {link.target} {_MISLEADING.get(scheme, _MISLEADING_WEB)}", _PLAIN.get(scheme, _PLAIN_WEB))
    elif parts.netloc and (named := _URL_AS_TEXT.fullmatch(link.text.strip())) and _host(named[1]) != _host(parts.netloc):
        yield Diagnostic(file, link.line, f"linkets tekst nævner {named[1]}, men det fører til {parts.netloc}", "ret teksten eller adressen")
    if parts.scheme or parts.netloc:
        return
    if link.target.startswith("/"):
        yield diagnostic("from_root")
        return
    target = linked_file(path, unquote(parts.path), files, project.content.folders) if parts.path else path
    anchor = unquote(parts.fragment)
    if target not in files:
        if not link.is_image and former_place(target, anchor, project.content, project.parsed_pages):
            return  # of what an adoption has taken away, there is only a warning
        if link.target.startswith("www."):
            yield diagnostic("no_scheme")
            return
        near = nearest(link.target, _relative_paths(files, section_in_force(path, project.content.folders) or "."))
        remedy = REMEDIES["nearest" if near else "none"].replace("$near", near)
        for document in project.content.organisation.documents.values():
            if document.url == target:
                remedy = REMEDIES["document"].replace("$id", document.id)
        yield diagnostic("missing", remedy=remedy)
        return
    if link.is_image and posixpath.splitext(target)[1] not in IMAGE_EXTENSIONS:
        yield diagnostic("not_image")
    if anchor and target in project.parsed_pages and anchor not in (ids := link_targets(target, project, registry)):
        if former_place(target, anchor, project.content, project.parsed_pages):
            return
        yield diagnostic("missing_id", id=anchor, page=target, suggestion=suggestion(anchor, sorted(ids), REMEDIES["id"], "#{}"))


def _host(netloc: str) -> str:
    return netloc.casefold().removeprefix("www.").removesuffix(".")


@functools.lru_cache(maxsize=256)
def _relative_paths(files: frozenset[str], folder: str) -> list[str]:
    """Return the sorted files as links relative to a folder."""
    return [posixpath.relpath(name, folder) for name in sorted(files)]
