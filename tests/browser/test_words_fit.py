"""On every page, from a small phone to a wide screen, words are whole and nothing scrolls sideways, in any font that a reader may see."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import FONTS, every_page, measuring, set_font

WIDTHS = (320, 375, 768, 1024, 1280, 1920)
"""In pixels: phones, tablets and screens, on both sides of the widths where the layout changes."""
FAULTS = """() => {
  const { scrollWidth, clientWidth } = document.documentElement
  const found = scrollWidth > clientWidth ? [`${scrollWidth} px wide`] : []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text; (text = texts.nextNode()); ) {
    if (!text.data.trim() || text.parentElement.closest("pre, code, script") || !text.parentElement.checkVisibility()) continue
    for (const { 0: word, index } of text.data.matchAll(/[^\\s\\/@–-]+[^\\s]?/g)) {
      const range = new Range()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      const tops = [...range.getClientRects()].filter(it => it.width > 0).map(it => it.top)
      if (tops.length && Math.max(...tops) - Math.min(...tops) > 8) found.push(word)
    }
  }
  return found
}"""
"""What is wrong on a page: how wide it is if it is too wide, and the words that stand on more than one line. A word may end in a hyphen."""


@pytest.mark.slow
@pytest.mark.parametrize("font", FONTS)
def test_every_word_is_whole_and_no_page_scrolls_sideways(browser: Browser, site: Path, url: str, font: str) -> None:
    faults = {}
    with measuring(browser, url, WIDTHS[0], reduced_motion="reduce") as context:
        set_font(context, font)
        page = context.new_page()
        for path in every_page(site):
            page.goto(path)
            page.evaluate("document.fonts.ready.then(() => undefined)")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if found := page.evaluate(FAULTS):
                    faults[f"{path} {width} px"] = found
    assert faults == {}
