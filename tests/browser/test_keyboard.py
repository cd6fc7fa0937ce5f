"""Keyboard users see where the focus is, and screen readers learn its name and the structure of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.support.browser import measuring

PATHS = ("", "kanaler/telefon-og-videomoeder/", "retningslinjer/skoler/", "regler/")
LEAST_STOPS = 10
SCRIPT = """
const colour = text => {
  const [red, green, blue, alpha = 1] = (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number)
  return { alpha, light: [red, green, blue].map(it => it / 255).map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
    .reduce((sum, it, n) => sum + it * [0.2126, 0.7152, 0.0722][n], 0) }
}
const behind = element => {
  for (let it = element; it; it = it.parentElement) {
    const found = colour(getComputedStyle(it).backgroundColor)
    if (found.alpha > 0.9) return found.light
  }
  return null
}
const looks = element => {
  // What is hidden and stands for a label or a box shows its focus there.
  const all = [element, element.parentElement, element.nextElementSibling, ...(element.labels ?? [])].filter(Boolean)
  return JSON.stringify(all.flatMap(it => [null, "::before", "::after"].map(part => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, borderWidth, backgroundColor, textDecoration } = getComputedStyle(it, part)
    return [outlineStyle !== "none" && outlineWidth + outlineColor, boxShadow, borderColor, borderWidth, backgroundColor, textDecoration]
  })))
}
// What is wrong with the element that has the focus.
window.stop_here = forced => {
  const element = document.activeElement
  const errors = []
  const box = element.getClientRects()[0] ?? new DOMRect()
  const middle = [box.left + box.width / 2, box.top + box.height / 2]
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || box.width < 2 || box.height < 2) errors.push("cannot be seen")
  const high = box.height > innerHeight
  if (box.left < -1 || box.right > innerWidth + 1 || (!high && (box.top < -1 || box.bottom > innerHeight + 1))) errors.push("is outside of the window")
  const top = document.elementFromPoint(...middle)
  const covers = top && !element.contains(top) && top.closest("label")?.control !== element
  if (!top || covers) errors.push(`is covered by ${top?.tagName.toLowerCase()}.${top?.className}`)
  const words = element.parentElement.textContent.trim().length > element.textContent.trim().length
  const inline = getComputedStyle(element).display === "inline" && words
  if (!inline && (box.width < 24 || box.height < 24)) errors.push(`is ${Math.round(box.width)} by ${Math.round(box.height)} px`)
  const style = getComputedStyle(element)
  if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && !forced) {
    const ground = behind(parseFloat(style.outlineOffset) < 0 ? element : element.parentElement)
    const line = colour(style.outlineColor)
    const [low, high] = [line.light, ground].sort((a, b) => a - b)
    if (ground !== null && line.alpha && (high + 0.05) / (low + 0.05) < 3) errors.push("has a focus of less than 3:1")
  }
  const focused = looks(element)
  element.blur()
  const unfocused = looks(element)
  element.focus({ preventScroll: true, focusVisible: true })
  if (focused === unfocused) errors.push("does not show its focus")
  return errors
}
"""


def landmarks_and_headings(page: Page) -> list[str]:
    """Return the errors in a page's structure, as Chromium exposes it to screen readers."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    found = [(node["role"]["value"], node) for node in nodes if not node["ignored"] and "role" in node]
    roles = Counter(role for role, _ in found)
    errors = [f"{roles[role]} {role}" for role in ("banner", "main", "contentinfo") if roles[role] != 1]
    names = Counter(node["name"]["value"] for role, node in found if role == "navigation")
    errors += [f"{count} navigation {name!r}" for name, count in names.items() if count > 1 or not name]
    errors += [] if names or page.locator(".menu-button").is_visible() else ["no navigation"]  # or a closed menu
    levels = [next(each["value"]["value"] for each in node["properties"] if each["name"] == "level") for role, node in found if role == "heading"]
    errors += [f"{levels.count(1)} headings of level 1"] if levels.count(1) != 1 else []
    errors += [f"level {level} after {before}" for before, level in pairwise(levels) if level > before + 1]
    return errors


def name_of_focused(cdp: CDPSession) -> str:
    element = cdp.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    tree = cdp.send("Accessibility.getPartialAXTree", {"objectId": element, "fetchRelatives": False})
    return str(tree["nodes"][0].get("name", {}).get("value", "")).strip()


def stops(page: Page) -> Iterator[str]:
    """Return the name and place of each element that gets the focus in thirty presses of Tab."""
    cdp = page.context.new_cdp_session(page)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return  # after the last one
        yield name_of_focused(cdp)


@pytest.mark.evidence("9.1.4.11", "9.2.1.1", "9.2.4.7", "9.4.1.2", how="keyboard")
@pytest.mark.parametrize(("width", "scheme", "forced"), [(375, "light", False), (1280, "light", False), (1280, "dark", False), (375, "dark", True)])
def test_the_focus_is_visible_everywhere(browser: Browser, nginx_url: str, width: int, scheme: str, forced: bool) -> None:
    errors: list[str] = []
    more = {"color_scheme": scheme, "forced_colors": "active" if forced else "none", "reduced_motion": "reduce"}
    with measuring(browser, nginx_url, width, SCRIPT, **more) as context:
        page = context.new_page()
        for path in PATHS:
            page.goto(path)
            count = 0
            for name in stops(page):
                count += 1
                where = page.evaluate("(({ tagName, id, className }) => `${tagName.toLowerCase()}#${id}.${className}`)(document.activeElement)")
                wrong = page.evaluate("forced => stop_here(forced)", forced) + ([] if name else ["has no name"])
                errors += [f"{path or '(front page)'}: {where} »{name[:30]}« {message}" for message in wrong]
            assert count >= LEAST_STOPS, path
    assert errors == [], "\n" + "\n".join(dict.fromkeys(errors))


@pytest.mark.evidence("9.2.1.1", "9.2.4.1", "9.2.4.3", how="bypass")
@pytest.mark.parametrize("width", [375, 1280])
def test_the_skip_link_leads_past_the_menu(browser: Browser, nginx_url: str, width: int) -> None:
    with measuring(browser, nginx_url, width, "") as context:
        page = context.new_page()
        for path in PATHS:
            page.goto(path)
            page.keyboard.press("Tab")
            assert re.match("Gå til ", page.evaluate("document.activeElement.textContent.trim()")), path
            page.keyboard.press("Enter")
            page.wait_for_function("() => location.hash.length > 1")
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('main') !== null"), path
            # And not before the target of the link.
            before = "document.querySelector(decodeURI(location.hash)).compareDocumentPosition(document.activeElement)"
            assert page.evaluate(f"({before} & Node.DOCUMENT_POSITION_PRECEDING) === 0"), path


@pytest.mark.evidence("9.1.3.1", "9.2.4.1", "9.2.4.6", "9.4.1.2", how="headings")
@pytest.mark.parametrize("width", [375, 1280])
def test_a_page_has_landmarks_with_names_and_headings_in_order(browser: Browser, nginx_url: str, width: int) -> None:
    errors: list[str] = []
    with measuring(browser, nginx_url, width, "") as context:
        page = context.new_page()
        for path in (*PATHS, "soeg/", "vaelg-kanal/"):
            page.goto(path)
            errors += [f"{path or '(front page)'}: {message}" for message in landmarks_and_headings(page)]
    assert errors == [], "\n" + "\n".join(errors)
