"""Checks the redirects, and that every URL that was ever published still works."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from kanalstrategi.content.model import Content
from kanalstrategi.content.published_urls import RECORD_FILE, document_urls, page_urls, published_urls, unrecorded
from kanalstrategi.content.redirects import all_redirects, is_valid_url
from kanalstrategi.diagnostics import Diagnostic

_MAX_LISTED_URLS = 5


def check_redirects(content: Content, lines: Mapping[str, int], files: Container[str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each former URL that is in use again or is claimed by two pages.

    `lines` maps the path of a page to the line of `redirects` in its front matter. `files` are the paths of all files in `docs/`.
    """
    pages, documents = page_urls(content), document_urls(content)
    first: dict[str, str] = {}
    for path, page in content.pages.items():
        for old in page.redirects:
            place, hint = (f"docs/{path}", lines.get(path, 1)), "slet den fra redirects"
            if old in pages:
                rule = content.rule_of(pages[old])
                owner = f"siden om reglen {rule.id}" if rule else f"docs/{pages[old].path}"
                yield Diagnostic(*place, f"den tidligere adresse {old} er adressen på {owner}", hint)
            elif old in documents:
                yield Diagnostic(*place, f"den tidligere adresse {old} er adressen på en PDF, der findes", hint)
            elif old in files:  # an attachment has its path as URL
                yield Diagnostic(*place, f"den tidligere adresse {old} er adressen på docs/{old}", hint)
            elif old in first:
                yield Diagnostic(*place, f"den tidligere adresse {old} fører allerede til docs/{first[old]}", "slet den ene af de to")
            first.setdefault(old, path)


def check_record(content: Content, recorded: Mapping[str, int]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each recorded URL that leads nowhere. `recorded` maps each URL to its line in the record."""
    working = {*published_urls(content), *all_redirects(content)}
    for url, line in recorded.items():
        if url in working:
            continue
        hint = f"skriv `redirects: [{url}]` øverst på den side, der har afløst den"
        if not is_valid_url(url):  # for example open data, which no page can replace
            hint = "sørg for, at den bliver lavet igen"
        yield Diagnostic(RECORD_FILE, line, f"adressen {url or '/'} er offentliggjort og fører ingen steder hen", hint)


def warn_of_unrecorded(content: Content, recorded: Mapping[str, int]) -> Iterator[Diagnostic]:
    """Yield a single diagnostic for all new URLs, since people who add pages in the browser cannot record them."""
    if new := unrecorded(published_urls(content), recorded):
        urls = ", ".join(f"/{url}" for url in new[:_MAX_LISTED_URLS]) + (" …" if len(new) > _MAX_LISTED_URLS else "")
        yield Diagnostic(RECORD_FILE, 1, f"nye adresser er ikke skrevet på listen: {urls}", "kør python3 scripts/addresses.py")
