"""Compares two built sites as their readers would: addresses, the text of pages, the length of PDFs. No I/O."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from kanalstrategi.danish.phrases import capitalized, count_phrase

MAX_TOLD = 12
"""How many of a kind are told of on the screen; the report has all."""
MAX_LINES = 40
"""How many changed lines of a page the report has."""


@dataclass(frozen=True)
class BuiltSite:
    """What readers get of a site."""

    pages: dict[str, tuple[str, ...]]
    """The paragraphs of each page, keyed by its URL relative to the site's root."""
    documents: dict[str, int]
    """The number of pages of each PDF, keyed likewise."""


@dataclass(frozen=True)
class Difference:
    """What readers would notice."""

    new: tuple[str, ...]
    """The URLs of pages and PDFs that there were none of."""
    gone: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    """The lines that differ on each page, as `- …` and `+ …`, keyed by URL."""
    lengths: dict[str, tuple[int, int]]
    """The number of pages, before and after, of each PDF that is longer or shorter."""
    same: int
    """How many pages say the same as before."""


def difference(before: BuiltSite, after: BuiltSite) -> Difference:
    """Return what differs between two builds of a site."""
    had, has = ({*site.pages, *site.documents} for site in (before, after))
    both = sorted(before.pages.keys() & after.pages.keys())
    changed = {url: tuple(_changed_lines(before.pages[url], after.pages[url])) for url in both if before.pages[url] != after.pages[url]}
    pdfs = sorted(before.documents.keys() & after.documents.keys())
    lengths = {url: (before.documents[url], after.documents[url]) for url in pdfs if before.documents[url] != after.documents[url]}
    return Difference(tuple(sorted(has - had)), tuple(sorted(had - has)), changed, lengths, len(both) - len(changed))


def in_short(found: Difference) -> list[str]:
    """Return the lines that the screen shows."""
    lines = [f"{capitalized(count_phrase(found.same, 'side', 'sider'))} har samme tekst som før."]
    pdfs = [f"{url}: før {count_phrase(before, 'side', 'sider')}, nu {after}" for url, (before, after) in found.lengths.items()]
    for title, items in (
        ("Adresser, der forsvinder", [f"/{url}" for url in found.gone]),
        ("Nye adresser", [f"/{url}" for url in found.new]),
        ("Sider, hvis tekst ændrer sig", [f"/{url} ({count_phrase(len(lines), 'linje', 'linjer')})" for url, lines in found.changed.items()]),
        ("PDF’er, der får en anden længde", pdfs),
    ):
        if items:
            lines += ["", f"{title}: {len(items)}", *(f"  {item}" for item in items[:MAX_TOLD])]
            lines += [f"  … og {len(items) - MAX_TOLD} mere"] if len(items) > MAX_TOLD else []
    return lines


def in_full(found: Difference) -> Iterator[str]:
    """Yield the lines of the report, as Markdown."""
    yield f"{capitalized(count_phrase(found.same, 'side', 'sider'))} har samme tekst som før."
    pdfs = [f"{url}: før {count_phrase(before, 'side', 'sider')}, nu {after}" for url, (before, after) in found.lengths.items()]
    for title, items in (("Adresser, der forsvinder", found.gone), ("Nye adresser", found.new), ("PDF’er, der får en anden længde", pdfs)):
        if items:
            yield from ("", f"### {title}", "", *(f"- `{item}`" for item in items))
    if found.changed:
        yield from ("", "### Sider, hvis tekst ændrer sig")
    for url, lines in found.changed.items():
        yield from ("", f"`/{url}`", "", *(f"    {line}" for line in lines[:MAX_LINES]))
        if len(lines) > MAX_LINES:
            yield f"    … og {count_phrase(len(lines) - MAX_LINES, 'linje', 'linjer')} mere"


def _changed_lines(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    """Yield the paragraphs that differ."""
    for line in difflib.unified_diff(list(before), list(after), n=0, lineterm=""):
        if line[:1] in "+-" and not line.startswith(("---", "+++")):
            yield f"{line[0]} {line[1:]}"
