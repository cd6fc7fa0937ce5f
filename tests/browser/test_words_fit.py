"""On every page, from a small phone to a wide screen, words are whole and nothing scrolls sideways, in any font that a reader may see."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import every_page, measuring, roboto

WIDTHS = (320, 375, 768, 1024, 1280, 1920)
"""In pixels: phones, tablets and screens, on both sides of the widths where the layout changes."""
FAULTS = """async () => {
  // Without the browser's hyphenation, which depends on the machine: what fits without it fits with it.
  const faces = { Plex: "", DejaVu: ':root { --md-text-font: "DejaVu Sans" !important }', Roboto: ':root { --md-text-font: "Tested" !important }' }
  if (!globalThis.style) {
    globalThis.style = new CSSStyleSheet()
    document.adoptedStyleSheets = [style]
    document.fonts.add(await new FontFace("Tested", "url(/roboto.ttf)", { weight: "100 900", stretch: "75% 100%" }).load())
    await document.fonts.ready
  }
  const found = {}
  for (const [font, face] of Object.entries(faces)) {
    style.replaceSync(`* { hyphens: manual !important } ${face}`)
    found[font] = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) found[font].push(`${scrollWidth} px wide`)
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text; (text = texts.nextNode()); ) {
      if (!text.data.trim() || text.parentElement.closest("pre, code, script") || !text.parentElement.checkVisibility()) continue
      for (const { 0: word, index } of text.data.matchAll(/[^\\s\\/@–-]+[^\\s]?/g)) {
        const range = new Range()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        const tops = [...range.getClientRects()].filter(it => it.width > 0).map(it => it.top)
        if (tops.length && Math.max(...tops) - Math.min(...tops) > 8) found[font].push(word)
      }
    }
    if (!found[font].length) delete found[font]
  }
  return found
}"""
"""What is wrong on a page in each font: how wide it is if it is too wide, and the words that stand on more than one line. A word may end
in a hyphen."""


@pytest.mark.evidence("9.1.4.10", how="words")
@pytest.mark.slow
@pytest.mark.parametrize("part", [0, 1])  # so that two workers can share the work
def test_every_word_is_whole_and_no_page_scrolls_sideways(browser: Browser, site: Path, url: str, part: int) -> None:
    faults = {}
    with measuring(browser, url, WIDTHS[0], "", reduced_motion="reduce") as context:
        context.route("**/roboto.ttf", lambda route: route.fulfill(body=roboto(), content_type="font/ttf"))
        page = context.new_page()
        for path in every_page(site)[part::2]:
            page.goto(path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if found := page.evaluate(FAULTS):
                    faults[f"{path} {width} px"] = found
    assert faults == {}
