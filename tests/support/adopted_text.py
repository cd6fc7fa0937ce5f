"""Reads the adopted text, the built site and its PDFs as words, so that they can be compared."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from lxml import html

from kanalstrategi.verification import main_text
from tests.support.project import DATA

SOURCE = DATA / "adopted-text" / "kanalstrategi-2023-2025.txt"

# The source holds two bullets as one line.
RUN_TOGETHER = re.compile(r"(?<=i dialog med borgerne) (?=på hjemmesiden skal vi ikke annoncere)")


HEADINGS = ("Hvad er en kanal?", "Håndtering af mails via fællespostkasser:")
"""Headings of the source that are not in capitals."""

Sentence = tuple[str, str]
"""`heading`, `item` or `text`, and the words."""


def source_sentences() -> list[str]:
    """Return every heading, sentence and bullet of the adopted text, in order."""
    return [words for _, words in source_structure()]


def source_structure() -> list[Sentence]:
    """Return the same, each with its kind."""
    found = []
    for kind, block in _blocks(SOURCE.read_text(encoding="utf-8").splitlines()):
        for part in RUN_TOGETHER.split(block):
            found += [(kind, words) for words in sentences(part)]
    return found


def sentences(text: str) -> list[str]:
    """Return the sentences of a text. A full stop before a small letter ends none ("f.eks. er", "borgere. der")."""
    return re.split(r"(?<=[.?!]) (?=[A-ZÆØÅ”])", text)


def _blocks(lines: list[str]) -> list[Sentence]:
    """Return the lines that belong together: a bullet, an empty line and a heading begin a new block."""
    blocks: list[tuple[str, list[str]]] = [("text", [])]
    for line in lines:
        text = " ".join(line.split())
        bullet = re.match(r"(•|\d\.) ?", text)
        is_heading = text.isupper() or text in HEADINGS
        if is_heading:
            blocks.append(("heading", []))
        elif bullet:
            blocks.append(("item", []))
        elif not text:
            blocks.append(("text", []))
        if text:
            blocks[-1][1].append(text.removeprefix(bullet.group()) if bullet else text)
        if is_heading:
            blocks.append(("text", []))
    return [(kind, " ".join(block)) for kind, block in blocks if block]


def article(site: Path, url: str) -> html.HtmlElement:
    """Return the main content of a built page, without the footer that every page has."""
    return main_text.article(site / url / "index.html")


def page_structure(file: Path) -> list[Sentence]:
    """Return the sentences of a page's main text, each with its kind, without the text that depends on dates and what is said in short."""
    article = html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot().find(".//article")
    for element in article.xpath(
        ".//a[@class='headerlink'] | .//div[@class='in-short'] | "
        ".//ul[contains(@class, 'status')] | .//p[@class='evaluation'] | .//*[contains(@class, 'web-only')]"
    ):
        element.drop_tree()
    kinds = {"h1": "heading", "h2": "heading", "h3": "heading", "li": "item", "p": "text"}
    return [(kinds[element.tag], words) for element in article.iter(*kinds) for words in sentences(" ".join(element.text_content().split()))]


def normal(text: str) -> str:
    """Return a text without differences of case (the source has headings in capitals) and white space."""
    return " ".join(text.split()).casefold()


def site_text(site: Path) -> str:
    """Return the text of all pages with the adopted text, as seen or heard."""
    folders = (site / "strategi", site / "kanaler")
    files = [site / "index.html", *(file for folder in folders for file in sorted(folder.rglob("index.html")))]
    return normal(" ".join(page_text(file) for file in files))


def page_text(file: Path) -> str:
    body = html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot().find("body")
    for element in body.xpath("//script | //a[@class='headerlink']"):
        element.drop_tree()
    for image in body.xpath("//img[@alt]"):
        image.tail = f" {image.get('alt')} " + (image.tail or "")
    blocks = {"p", "li", "h1", "h2", "h3", "div", "ul", "ol", "section", "article", "blockquote", "nav", "label"}
    for element in body.iter():
        if element.tag in blocks:
            element.tail = " " + (element.tail or "")
    return body.text_content()


def pages_as_text(pdf: Path) -> list[str]:
    """Return the text of each page, laid out, from pdftotext."""
    process = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"[\u00ad\u200b](?=\S)", "", process.stdout).split("\f")[:-1]


def joined(pages: list[str]) -> str:
    """Return the text of some pages with single spaces, and with divided words joined."""
    return with_whole_words(" ".join(" ".join(pages).split()))


def with_whole_words(text: str) -> str:
    """Return the text of a PDF with the words joined that its lines divide, and without the places where they could have been divided."""
    return re.sub(r"[\u00ad\u200b]\s*", "", text)


def pdf_text(pdf: Path) -> str:
    """Return the text of a PDF from pdftotext, with hyphenated words joined."""
    process = subprocess.run(["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, text=True, check=True)
    return normal(with_whole_words(process.stdout.replace("\f", " ")))


def body_text(pdf: Path) -> str:
    """Return the text between the running header and the page number, in the order of the file."""
    crop = ["-r", "72", "-x", "0", "-y", "58", "-W", "595", "-H", "728"]
    command = ["pdftotext", "-raw", *crop, "-enc", "UTF-8", str(pdf), "-"]
    process = subprocess.run(command, capture_output=True, text=True, check=True)
    return with_whole_words(process.stdout.replace("\f", " "))
