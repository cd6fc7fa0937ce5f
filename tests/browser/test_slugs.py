"""The editor in the browser gives a new page the file name that the program would give it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kanalstrategi.danish.slugs import slug
from kanalstrategi.editor.site import EDITOR_FOLDER
from tests.support.browser import visiting

WORDS = [
    "Børn & Unge", "Café på Øen", "Ældre- og sundhedscentret", "A\u030ab og ja\u0308ger", "Blød\u00adbindestreg", "İstanbul", "Straẞe", "ﬁnde", "a\u0323\u030a",
    "ΣΑΣ", "100 m² – 1½ time", "😀 smil", "\u212a\u212b", "...", "", *map(chr, range(0x80, 0x250)), "ə", *map(chr, range(0xFB00, 0xFB07)),
]  # fmt: skip # laid out by hand, as a table
# Without unassigned characters: the browser may know a newer Unicode than Python does.
TEXTS = st.text(st.sampled_from("aåæøeéüßdðſ \u030a\u0301\u0323\u00ad\u200dÅÆØ5-\u212b"), max_size=15) | st.text(
    st.characters(exclude_categories=["Cn", "Cs"]), max_size=15
)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    shutil.copy(EDITOR_FOLDER / "slug.js", tmp_path)
    (tmp_path / "index.html").write_text("<!doctype html>", encoding="utf-8")
    with visiting(browser, tmp_path) as page:
        page.goto("")
        yield page


def test_the_editor_has_the_same_slugs(page: Page) -> None:
    texts = list(WORDS)

    @given(TEXTS)
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    found = page.evaluate("async texts => { const { slug } = await import(new URL('slug.js', document.baseURI)); return texts.map(slug) }", texts)
    assert len(texts) > len(WORDS) and found == [slug(text) for text in texts]
