"""Lists the former URLs of pages, and the URLs that they redirect to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kanalstrategi.content.edition_paths import edition_pages, permanent_folder
from kanalstrategi.content.model import Content
from kanalstrategi.diagnostics import Wording
from kanalstrategi.sanitizing.files import MAX_PATH_CHARACTERS, RESERVED_NAMES, SITE_EXTENSIONS, WINDOWS_NAMES

URL_PART = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""One part of a URL, in the form allowed for the names of page files. URLs go into web server configurations, so nothing else is allowed."""

WORDINGS = {
    "invalid": Wording(
        "den tidligere adresse $url kan ikke bruges", "skriv den fra hjemmesidens rod med små bogstaver, som `mappe/navn/` eller `pdf/navn.pdf`"
    ),
    "reserved": Wording("den tidligere adresse $url kan ikke bruges: $reason", "slet den fra redirects"),
}
"""What can be wrong with a former URL."""


def is_valid_url(text: str) -> bool:
    """Whether a page or a PDF could have had this URL, relative to the site's root."""
    if not text.endswith(("/", ".pdf")) or len(text) > MAX_PATH_CHARACTERS:
        return False
    parts = text.removesuffix("/").split("/")
    folders = parts if text.endswith("/") else parts[:-1]
    return all(map(URL_PART.fullmatch, parts)) and not any(part.endswith(SITE_EXTENSIONS) for part in folders)


def check_former_urls(urls: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the former URLs of a page that cannot be used, each with a message and a hint in Danish."""
    for url in urls:
        folder = url.partition("/")[0]
        if not is_valid_url(url):
            yield url, *WORDINGS["invalid"].filled(url=url)
        elif device := next((part for part in url.split("/") if part.partition(".")[0] in WINDOWS_NAMES), ""):
            yield url, *WORDINGS["reserved"].filled(url=url, reason=f"navnet {device} kan ikke bruges på Windows")
        elif folder in RESERVED_NAMES and not (folder == "pdf" and url.endswith(".pdf")):
            yield url, *WORDINGS["reserved"].filled(url=url, reason=RESERVED_NAMES[folder])


def redirects(content: Content) -> dict[str, str]:
    """Return the former URLs, sorted, each with the current URL of its page."""
    return dict(sorted((old, page.url) for page in content.pages.values() for old in page.redirects))


def all_redirects(content: Content) -> dict[str, str]:
    """Return every URL that redirects to another, sorted, with that one: former URLs, and those of the edition in force at its name.

    The edition was there while it was proposed, and will be there again when another takes its place.
    """
    folder = permanent_folder(content)
    of_edition = {f"{folder}{page.url}": page.url for page in edition_pages(content)} if folder else {}
    return dict(sorted((of_edition | redirects(content)).items()))
