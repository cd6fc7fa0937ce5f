"""Opens pages in Chromium and writes down what the browser says of each.

A telephone sees them in light colors, and a screen in dark ones: the colors of both are the same. If the whole site is asked for, both see both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from kanalstrategi.content.redirects import all_redirects
from kanalstrategi.verification.axe import AXE_RUN, AXE_TAGS, axe_finding
from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.chromium import axe_script, chromium
from kanalstrategi.verification.model import Finding
from kanalstrategi.verification.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

Kind = str
"""The id of the promise that a finding is about: `axe`, `console` or `width`."""

PHONE, NARROWEST, SCREEN, HEIGHT = 375, 320, 1280, 900
"""Of the window, in CSS pixels. WCAG 1.4.10 has the narrowest."""
Scheme = tuple[Literal["light", "dark"], str]
_LIGHT: Scheme = ("light", "lyst")
_DARK: Scheme = ("dark", "mørkt")
"""What readers can ask for, with the word for it."""
PAGES_OF_A_FOLDER = 2
"""How many pages of each folder are opened: its own, and the longest of those below it."""
_ASKED_UNPROMPTED = "/favicon.ico"
"""What browsers ask for where a page names no icon."""
_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", event => console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI}`))
"""
TOO_WIDE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return ""
  const beyond = [...document.body.querySelectorAll("*")].filter(it => it.getBoundingClientRect().right > clientWidth + 1)
  return beyond.slice(-1).map(it => it.tagName.toLowerCase() + (it.classList.length ? "." + [...it.classList].join(".") : ""))[0] || "siden"
}"""
"""Returns the innermost element that makes the page scroll sideways; nothing if none does."""
TEXT_TWICE_AS_LARGE = "() => { const root = document.documentElement; root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px` }"


def chosen_pages(site: BuiltSite) -> list[str]:
    """Return the URLs of the pages that are opened: some of each folder, or all if the whole site is asked for. Former addresses are none."""
    moved = all_redirects(site.content)
    urls = [url for url, page in site.pages.items() if page.policy and url not in moved]
    if site.is_whole:
        return urls
    folders: dict[str, list[str]] = {}
    for url in urls:
        folders.setdefault(url.partition("/")[0], []).append(url)
    for below in folders.values():
        below.sort(key=lambda url: (url.count("/") > 1, -site.file_of(url).stat().st_size, url))
    return [url for below in folders.values() for url in below[:PAGES_OF_A_FOLDER]]


def visits(site: BuiltSite) -> list[tuple[Kind, Finding]]:
    """Return what was found on the pages, each finding with the promise that it is about. The site is visited once. Raises NotTriedError."""
    if site.visited is None:
        script = axe_script()
        with chromium() as browser, serving(site) as root:
            site.visited = [found for width in (PHONE, SCREEN) for found in _visit_all(browser, site, root, width, script)]
    return site.visited


def of_kind(site: BuiltSite, kind: Kind) -> Iterator[Finding]:
    """Yield the findings about one promise. Raises NotTriedError."""
    yield from (finding for about, finding in visits(site) if about == kind)


def accessible_to_axe(site: BuiltSite) -> Iterator[Finding]:
    """Yield what axe finds."""
    yield from of_kind(site, "axe")


def browser_has_no_errors(site: BuiltSite) -> Iterator[Finding]:
    """Yield what the browser's console says, what a page asks others for, and what it stores on the reader's machine."""
    yield from of_kind(site, "console")


def nothing_scrolls_sideways(site: BuiltSite) -> Iterator[Finding]:
    """Yield the pages that are wider than the window."""
    yield from of_kind(site, "width")


def _visit_all(browser: Browser, site: BuiltSite, root: str, width: int, script: str) -> Iterator[tuple[Kind, Finding]]:
    # Without motion, so that axe does not see colors in transition.
    with closing(browser.new_context(base_url=root, viewport={"width": width, "height": HEIGHT}, reduced_motion="reduce")) as context:
        context.add_init_script(script + _REPORT_VIOLATIONS)
        page = context.new_page()
        said = _listen(page, root)
        for url in chosen_pages(site):
            page.goto(quote(url))
            yield from _visit(page, f"/{url}", width, (_LIGHT, _DARK) if site.is_whole else (_LIGHT,) if width == PHONE else (_DARK,))
            stored = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie.split(';').filter(Boolean)]")
            said += [f"siden gemmer {name} hos læseren" for name in stored]
            yield from (("console", Finding(f"/{url}", message, "find ud af, hvad siden gør, og fjern det")) for message in dict.fromkeys(said))
            said.clear()


def _listen(page: Page, root: str) -> list[str]:
    """Return a list to which everything is added that goes wrong on a page from now on."""
    said: list[str] = []

    def hear_message(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.location["url"].endswith(_ASKED_UNPROMPTED):
            said.append(f"browseren siger: {message.text}")

    def hear_request(request: Request) -> None:
        if not request.url.startswith((root, "data:", "blob:")):
            said.append(f"siden beder om {request.url}")

    def hear_answer(answer: Response) -> None:
        if not answer.ok and answer.url.startswith(root):
            said.append(f"filen {answer.url.removeprefix(root)} bliver besvaret med {answer.status}")

    page.on("console", hear_message)
    page.on("pageerror", lambda error: said.append(f"et script fejler: {error}"))
    page.on("request", hear_request)
    page.on("response", hear_answer)
    return said


def _visit(page: Page, where: str, width: int, schemes: Sequence[Scheme]) -> Iterator[tuple[Kind, Finding]]:
    for scheme, name in schemes:
        page.emulate_media(color_scheme=scheme)
        for seen in page.evaluate(AXE_RUN, AXE_TAGS):
            yield "axe", axe_finding(where, seen, f"{width} px, {name}")
    if width == PHONE:
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        state = f"på en skærm af {NARROWEST} px"
    else:
        page.evaluate(TEXT_TWICE_AS_LARGE)
        state = "med dobbelt så stor tekst"
    if element := page.evaluate(TOO_WIDE):
        yield "width", Finding(where, f"siden skal rulles sidelæns {state}; det yderste er {element}", "del det, der er for bredt, eller gør det smallere")
    if width == PHONE:
        page.set_viewport_size({"width": width, "height": HEIGHT})
