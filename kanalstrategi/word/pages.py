"""The Word file of a guideline, as one value that says all that the file depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote, urljoin, urlsplit

from PIL import Image, UnidentifiedImageError

from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.content.urls import PLACEHOLDER_SITE
from kanalstrategi.markdown.nodes import Element, decode_tree, descendants
from kanalstrategi.word.docx_file import WordFacts
from kanalstrategi.word.page_writer import write_word

_STATES = {Status.DRAFT: "Udkast. Ikke vedtaget", Status.ADOPTED: "Vedtaget"}
_FORMATS = ("PNG", "JPEG")
"""The formats of images that every program shows."""


@dataclass(frozen=True)
class WordPage:
    """A page of the site that is offered as a Word file."""

    facts: WordFacts
    url: str
    """The URL of the page, relative to the site's root."""
    site_url: str
    """The URL of the published site, or empty if it is not known."""
    tree: bytes
    """The tree of the page, encoded, with the answers of its macros."""
    images: dict[str, bytes]
    """The files of its images, keyed by their URLs in the tree."""


def word_page(page: Page, content: Content, tree: bytes, *, language: str, site_url: str, read: Callable[[str], bytes]) -> WordPage:
    """Return a page as what its Word file is made of.

    `read` returns the content of a file of the site, given its path, or nothing if there is no such file.
    """
    facts = WordFacts(page.title, content.organisation.name, page.description, language, content.today, _STATES[page.status])
    images = {src: data for src, path in _image_paths(decode_tree(tree), page.url) if (data := read(path))}
    return WordPage(facts, page.url, site_url, tree, images)


def write_page(page: WordPage) -> bytes:
    """Return the Word file of a page."""
    images = {src: image for src, data in page.images.items() if (image := _word_image(data))}
    return write_word(decode_tree(page.tree), page.facts, page.url, page.site_url, images)


def _image_paths(root: Element, url: str) -> Iterator[tuple[str, str]]:
    """Yield the URL of each image in a tree, and the path of its file on the site."""
    for node in descendants(root):
        if node.tag == "img" and (src := node.attributes.get("src", "")):
            target = urljoin(PLACEHOLDER_SITE + url, src)
            if target.startswith(PLACEHOLDER_SITE):
                yield src, unquote(urlsplit(target).path.lstrip("/"))


def _word_image(data: bytes) -> bytes:
    """Return an image in a format that every program shows; nothing if it is a drawing, which is then given in words."""
    try:
        with Image.open(BytesIO(data)) as image:
            if image.format in _FORMATS:
                return data
            converted = BytesIO()
            image.convert("RGBA").save(converted, "PNG")
            return converted.getvalue()
    except UnidentifiedImageError:
        return b""
