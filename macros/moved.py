"""Addresses that outlive their pages: where one leads that a page has left, and the record of all that were ever published.

Pure: from the content to addresses, and from the record's text to what it says. Addresses are relative to the
site's root; in the record each begins with `/`, which alone is the front page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .opendata import OPEN_DATA
from .records import Content, Fault, Page, Problem
from .safe_files import LARGEST, TAKEN

FILE = "addresses.txt"
"""The record, in the project's root."""
HEAD = """\
# Every address that the site has ever published, one a line. Somebody may have a link to any of them, so lines are
# only ever added, by scripts/addresses.py. The check tells of an address that leads nowhere any more.
"""
_PART = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""As the files of pages may be called. These become lines of a web server's configuration, so nothing else is let through."""
_FILES = (*LARGEST, ".css", ".gz", ".html", ".js", ".json", ".pdf", ".txt", ".xml")
"""How the name of a folder cannot end, where a file of the site may stand."""
_LONGEST = 200
_MOST_SHOWN = 5


def is_address(text: str) -> bool:
    """Whether a page or a PDF can have had this address."""
    if not text.endswith(("/", ".pdf")) or len(text) > _LONGEST:
        return False
    parts = text.removesuffix("/").split("/")
    folders = parts if text.endswith("/") else parts[:-1]
    return all(map(_PART.fullmatch, parts)) and not any(part.endswith(_FILES) for part in folders)


def address_faults(former: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The former addresses of a page that cannot be used, each with what is wrong and what to do, in Danish."""
    for old in former:
        folder = old.partition("/")[0]
        if not is_address(old):
            remedy = "skriv den fra hjemmesidens rod med små bogstaver, som `mappe/navn/` eller `pdf/navn.pdf`"
            yield old, f"den tidligere adresse {old} kan ikke bruges", remedy
        elif folder in TAKEN and not (folder == "pdf" and old.endswith(".pdf")):
            yield old, f"den tidligere adresse {old} kan ikke bruges: {TAKEN[folder]}", "slet den fra redirects"


def redirects(content: Content) -> dict[str, str]:
    """Former addresses, in order, and the address of the page that each leads to now."""
    return dict(sorted((old, page.url) for page in content.pages.values() for old in page.redirects))


def addresses(content: Content) -> list[str]:
    """Every address that the site publishes for others to use: pages, documents and open data, in order."""
    data = [f"data/{name}.json" for name in OPEN_DATA]
    return sorted({*_pages(content), *_documents(content), *data})


def _pages(content: Content) -> dict[str, Page]:
    return {page.url: page for page in content.pages.values()}


def _documents(content: Content) -> set[str]:
    return {document.url for document in content.organisation.documents.values()}


def redirect_problems(content: Content, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Former addresses that are in use or claimed twice. `lines` says where the key stands, by the page's path."""
    pages, documents = _pages(content), _documents(content)
    first: dict[str, str] = {}
    for path, page in content.pages.items():
        for old in page.redirects:
            place, remedy = (f"docs/{path}", lines.get(path, 1)), "slet den fra redirects"
            if old in pages:
                yield Problem(*place, f"den tidligere adresse {old} er adressen på docs/{pages[old].path}", remedy)
            elif old in documents:
                yield Problem(*place, f"den tidligere adresse {old} er adressen på en PDF, der findes", remedy)
            elif old in first:
                yield Problem(*place, f"den tidligere adresse {old} fører allerede til docs/{first[old]}", "slet den ene af de to")
            first.setdefault(old, path)


# The record.


def parse(text: str) -> tuple[dict[str, int], list[Fault]]:
    """The addresses that a record holds, with their lines, and the lines that are none."""
    found: dict[str, int] = {}
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line.startswith("/") and "//" not in line and line.isprintable():
            found.setdefault(line[1:], number)
        elif line and not line.startswith("#"):
            remedy = f"skriv én adresse på linjen, begyndende med /, eller hent linjen igen fra en tidligere udgave af {FILE}"
            faults.append(Fault(number, "linjen kan ikke læses som en adresse", remedy))
    return found, faults


def missing(published: Iterable[str], recorded: Mapping[str, int]) -> list[str]:
    """What is published and not recorded."""
    return sorted(set(published) - set(recorded))


def with_added(text: str, published: Iterable[str]) -> str:
    """The record with what it lacked, each in its place. No line goes away, whatever it says."""
    lines = (text or HEAD).rstrip("\n").split("\n")
    for address in missing(published, parse(text)[0]):
        line = f"/{address}"
        place = next((number for number, other in enumerate(lines) if other.startswith("/") and other > line), len(lines))
        lines.insert(place, line)
    return "\n".join(lines) + "\n"


def record_problems(content: Content, recorded: Mapping[str, int]) -> Iterator[Problem]:
    """Recorded addresses that lead nowhere."""
    leads = {*addresses(content), *redirects(content)}
    for address, line in recorded.items():
        if address in leads:
            continue
        remedy = f"skriv `redirects: [{address}]` øverst på den side, der har afløst den"
        if not is_address(address):  # open data, say, which no page can stand in for
            remedy = "sørg for, at den bliver lavet igen"
        yield Problem(FILE, line, f"adressen {address or '/'} er offentliggjort og fører ingen steder hen", remedy)


def record_advice(content: Content, recorded: Mapping[str, int]) -> Iterator[Problem]:
    """New addresses are told of in one line: whoever adds a page in a browser cannot mend it."""
    if new := missing(addresses(content), recorded):
        shown = ", ".join(f"/{address}" for address in new[:_MOST_SHOWN]) + (" …" if len(new) > _MOST_SHOWN else "")
        yield Problem(FILE, 1, f"nye adresser er ikke skrevet på listen: {shown}", "kør python3 scripts/addresses.py")
