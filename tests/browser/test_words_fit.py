"""On every page, from a small phone to a wide screen, words are whole and nothing scrolls sideways, in any font that a reader may see."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import every_page, measuring, roboto

WIDTHS = (320, 375, 768, 1024, 1280, 1920)
"""In pixels: phones, tablets and screens, on both sides of the widths where the layout changes."""
FRAME = "<!doctype html><body style='margin: 0'><iframe style='border: 0; height: 900px'></iframe>"
"""The page is laid out in a frame of each width: unlike a window, it is not drawn each time, which takes longer than the measuring."""
FAULTS = """async ([url, widths]) => {
  const frame = document.querySelector("iframe")
  frame.style.width = `${widths[0]}px`
  await new Promise(loaded => Object.assign(frame, { onload: loaded, src: url }))
  const { contentDocument: page, contentWindow: view } = frame
  const style = new view.CSSStyleSheet()
  page.adoptedStyleSheets = [style]
  page.fonts.add(await new view.FontFace("Tested", "url(/roboto.ttf)", { weight: "100 900", stretch: "75% 100%" }).load())
  await page.fonts.ready
  const range = page.createRange()
  const isOnTwoLines = () => {
    const tops = [...range.getClientRects()].filter(it => it.width > 0).map(it => it.top)
    return tops.length && Math.max(...tops) - Math.min(...tops) > 8
  }
  // Without the browser's hyphenation, which depends on the machine: what fits without it fits with it.
  const faces = { Plex: "", DejaVu: ':root { --md-text-font: "DejaVu Sans" !important }', Roboto: ':root { --md-text-font: "Tested" !important }' }
  const faults = {}
  for (const width of widths) {
    frame.style.width = `${width}px`
    await new Promise(drawn => view.requestAnimationFrame(() => setTimeout(drawn))) // a script may answer to the width
    if (view.innerWidth !== width) throw new Error(`${view.innerWidth} px wide, not ${width}`)
    for (const [font, face] of Object.entries(faces)) {
      style.replaceSync(`* { hyphens: manual !important } ${face}`)
      const found = []
      const { scrollWidth, clientWidth } = page.documentElement
      if (scrollWidth > clientWidth) found.push(`${scrollWidth} px wide`)
      const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
      for (let text; (text = texts.nextNode()); ) {
        if (!text.data.trim() || text.parentElement.closest("pre, code, script") || !text.parentElement.checkVisibility()) continue
        range.selectNodeContents(text)
        if (!isOnTwoLines()) continue
        for (const { 0: word, index } of text.data.matchAll(/[^\\s\\/@–-]+[^\\s]?/g)) {
          range.setStart(text, index)
          range.setEnd(text, index + word.length)
          if (isOnTwoLines()) found.push(word)
        }
      }
      if (found.length) faults[`${width} px ${font}`] = found
    }
  }
  return faults
}"""
"""What is wrong on a page at each width in each font: how wide it is if it is too wide, and the words that stand on more than one line. A
word may end in a hyphen."""


@pytest.mark.evidence("9.1.4.10", how="words")
@pytest.mark.slow
@pytest.mark.parametrize("part", [0, 1])  # so that two workers can share the work
def test_every_word_is_whole_and_no_page_scrolls_sideways(browser: Browser, site: Path, url: str, part: int) -> None:
    faults = {}
    with measuring(browser, url, max(WIDTHS), "", reduced_motion="reduce") as context:
        context.route("**/roboto.ttf", lambda route: route.fulfill(body=roboto(), content_type="font/ttf", headers={"Cache-Control": "max-age=3600"}))
        context.route("**/frame", lambda route: route.fulfill(body=FRAME, content_type="text/html"))
        page = context.new_page()
        page.goto("frame")
        for path in every_page(site)[part::2]:
            if found := page.evaluate(FAULTS, [url + path, WIDTHS]):
                faults[path] = found
    assert faults == {}
